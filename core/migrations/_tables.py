"""Made by `manage.py remake_migrations`; not edited by hand."""

from decimal import Decimal
from django.conf import settings
import django.contrib.auth.validators
import django.core.validators
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import uuid

TABLES = [
    migrations.CreateModel(
        name='Attachment',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
            ('name', models.CharField(max_length=200, verbose_name='文件名')),
            ('media_type', models.CharField(max_length=100, verbose_name='类型')),
            ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
            ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='上传时间')),
        ],
        options={
            'verbose_name': '附件',
            'verbose_name_plural': '附件',
        },
    ),
    migrations.CreateModel(
        name='ChangeRequest',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('kind', models.CharField(max_length=40, verbose_name='事项')),
            ('target', models.CharField(editable=False, max_length=200)),
            ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='涉及账号')),
            ('wanted', models.JSONField(default=dict)),
            ('stood', models.JSONField(default=dict)),
            ('lines', models.JSONField(default=list, verbose_name='内容')),
            ('status', models.CharField(choices=[('proposed', '待确认'), ('confirmed', '已确认'), ('rejected', '不同意'), ('withdrawn', '已撤回')], default='proposed', max_length=50, verbose_name='状态')),
            ('reason', models.CharField(max_length=200, verbose_name='申请理由')),
            ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='申请时间')),
            ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
            ('decision_reason', models.CharField(blank=True, db_default='', max_length=500, verbose_name='审核意见')),
            ('decided_at', models.DateTimeField(null=True, verbose_name='审核时间')),
            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
            ('told_at', models.DateTimeField(null=True, verbose_name='本人阅知时间')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'confirmed', 'rejected', 'withdrawn'])), name='core_change_request_status'),
                models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'proposed')), models.Q(('decided_at__isnull', False), models.Q(('status', 'proposed'), _negated=True)), _connector='OR'), name='core_change_request_decided_pair'),
                models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', True), ('decided_by__isnull', True)), models.Q(('status__in', ['confirmed', 'rejected']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='core_change_request_two_people', violation_error_message='申请人不能确认自己的申请'),
                models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['confirmed', 'rejected']), _negated=True), ('account__isnull', True), ('decided_by__isnull', True), models.Q(('decided_by', models.F('account')), _negated=True), _connector='OR'), name='core_change_request_not_about_oneself', violation_error_message='涉及本人账号的申请须由其他人确认'),
                models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('target',), name='core_change_request_one_open'),
            ],
            'ordering': ['-asked_at'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF TG_OP = 'INSERT' THEN\n                    IF NEW.status <> 'proposed' THEN\n                        RAISE EXCEPTION 'a new row must start as proposed' USING ERRCODE = 'check_violation';\n                    END IF;\n                ELSIF NEW.status IS DISTINCT FROM OLD.status\n                      AND NOT ((OLD.status, NEW.status) IN (('proposed', 'confirmed'), ('proposed', 'rejected'), ('proposed', 'withdrawn'))) THEN\n                    RAISE EXCEPTION 'no move from % to %', OLD.status, NEW.status\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='e0488617833358ba05f2769acac2d8eeb963368a', operation='INSERT OR UPDATE', pgid='pgtrigger_status_moves_f048b', table='core_changerequest', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='decided_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.status <> 'proposed' THEN\n                IF TG_OP = 'DELETE' THEN\n                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';\n                ELSIF (to_jsonb(NEW) - ARRAY['told_at']::text[])\n                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['told_at']::text[]) THEN\n                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='0847ac7da9f113550f5ce3f576808f50da5bbf62', operation='UPDATE OR DELETE', pgid='pgtrigger_decided_is_frozen_55d73', table='core_changerequest', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='told_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."told_at" IS NOT NULL)', func="RAISE EXCEPTION 'frozen: the person has read it' USING ERRCODE = 'check_violation';", hash='9ab7d441f161a88828f346f8652c63251538237a', operation='UPDATE', pgid='pgtrigger_told_once_1bb78', table='core_changerequest', when='BEFORE')),
            ],
            'verbose_name': '变更申请',
            'verbose_name_plural': '变更申请',
        },
    ),
    migrations.CreateModel(
        name='DamagedFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('shelf', models.CharField(choices=[('sealed', '封存文件'), ('upload', '上传文件')], max_length=10, verbose_name='存放处')),
            ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
            ('found', models.CharField(blank=True, help_text='文件不存在或读不出时为空', max_length=64, verbose_name='现有摘要')),
            ('found_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='发现时间')),
            ('mended_at', models.DateTimeField(null=True, verbose_name='恢复时间')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('shelf__in', ['sealed', 'upload'])), name='core_damagedfile_shelf_known'),
                models.UniqueConstraint(condition=models.Q(('mended_at', None)), fields=('shelf', 'sha256'), name='core_damagedfile_once'),
            ],
            'ordering': ['found_at', 'pk'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='mended_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.mended_at IS NOT NULL THEN\n                IF TG_OP = 'DELETE' THEN\n                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';\n                ELSIF (to_jsonb(NEW) - ARRAY[]::text[])\n                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[]::text[]) THEN\n                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='699d8f25c7f3c44871b1fdec0f3957550887e0a2', operation='UPDATE OR DELETE', pgid='pgtrigger_mended_once_c0455', table='core_damagedfile', when='BEFORE')),
            ],
            'verbose_name': '损坏的文件',
            'verbose_name_plural': '损坏的文件',
        },
    ),
    migrations.CreateModel(
        name='Job',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('kind', models.CharField(max_length=60, verbose_name='任务')),
            ('idempotency_key', models.CharField(max_length=200, verbose_name='防重键')),
            ('arguments', models.JSONField(default=dict, verbose_name='参数')),
            ('state', models.CharField(choices=[('queued', '排队中'), ('running', '进行中'), ('done', '已完成'), ('refused', '未通过检查'), ('dead', '多次失败,已停止')], default='queued', max_length=10, verbose_name='状态')),
            ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
            ('token', models.UUIDField(editable=False, null=True)),
            ('lease_until', models.DateTimeField(editable=False, null=True)),
            ('run_after', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='最早执行时间')),
            ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='提交时间')),
            ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
            ('retried_at', models.DateTimeField(null=True, verbose_name='重新执行时间')),
            ('retried_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='重新执行人')),
            ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
            ('progress_done', models.PositiveIntegerField(default=0, verbose_name='已完成')),
            ('progress_total', models.PositiveIntegerField(default=0, verbose_name='总量')),
            ('progress_note', models.CharField(blank=True, max_length=200, verbose_name='进度说明')),
            ('result', models.JSONField(null=True, verbose_name='结果')),
            ('error', models.TextField(blank=True, verbose_name='错误')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'idempotency_key'), name='core_job_once'),
                models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'refused', 'dead'])), name='core_job_state_known'),
                models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running'), ('token__isnull', False)), models.Q(('state', 'running'), _negated=True), _connector='OR'), name='core_job_running_has_lease'),
                models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['done', 'refused', 'dead'])), models.Q(('finished_at__isnull', True), ('state__in', ['queued', 'running'])), _connector='OR'), name='core_job_finished_has_time'),
                models.CheckConstraint(condition=models.Q(models.Q(('retried_at__isnull', True), ('retried_by__isnull', True)), models.Q(('retried_at__isnull', False), ('retried_by__isnull', False)), _connector='OR'), name='core_job_retried_pair'),
            ],
            'indexes': [
                models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['run_after'], name='core_job_due'),
            ],
            'ordering': ['-created_at'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='done_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'done\')', func="RAISE EXCEPTION 'frozen: the job is done' USING ERRCODE = 'check_violation';", hash='a368b07df2a1b57a6dc5c63a8983549b4d91aa66', operation='UPDATE', pgid='pgtrigger_done_is_final_a7852', table='core_job', when='BEFORE')),
            ],
            'verbose_name': '后台任务',
            'verbose_name_plural': '后台任务',
        },
    ),
    migrations.CreateModel(
        name='KeptForm',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
            ('page', models.CharField(max_length=2000, verbose_name='页面')),
            ('action', models.CharField(max_length=2000, verbose_name='提交地址')),
            ('fields', models.JSONField(verbose_name='填写的内容')),
            ('kept_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='保留时间')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('owner', 'action'), name='core_kept_form_once'),
            ],
            'verbose_name': '没有提交成功的内容',
            'verbose_name_plural': '没有提交成功的内容',
        },
    ),
    migrations.CreateModel(
        name='KnownAddress',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ('address', models.CharField(max_length=64, verbose_name='地址')),
            ('latest', models.DateTimeField(verbose_name='最近一次')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('user', 'address'), name='core_knownaddress_once'),
            ],
            'verbose_name': '登录过的地址',
            'verbose_name_plural': '登录过的地址',
        },
    ),
    migrations.CreateModel(
        name='Office',
        fields=[
            ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
            ('name', models.CharField(default='株洲市工业和信息化局', max_length=24, verbose_name='机关全称')),
            ('red_head', models.CharField(default='株洲市工业和信息化局文件', max_length=30, verbose_name='发文机关标志')),
            ('document_code', models.CharField(default='株工信通', help_text='如〔2025〕1号之前的文字', max_length=10, verbose_name='发文字号代字')),
            ('city_platform_name', models.CharField(default='株洲市中小企业公共服务平台', max_length=24, verbose_name='市平台名称')),
            ('margin_top', models.PositiveSmallIntegerField(default=37, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='上边距(毫米)')),
            ('margin_bottom', models.PositiveSmallIntegerField(default=35, help_text='25至60毫米', validators=[django.core.validators.MinValueValidator(25, '应在25至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在25至60毫米之间')], verbose_name='下边距(毫米)')),
            ('margin_left', models.PositiveSmallIntegerField(default=28, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='左边距(毫米)')),
            ('margin_right', models.PositiveSmallIntegerField(default=26, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='右边距(毫米)')),
            ('line_pitch', models.DecimalField(decimal_places=1, default=29, help_text='20至40磅', max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('20'), '应在20至40磅之间'), django.core.validators.MaxValueValidator(Decimal('40'), '应在20至40磅之间')], verbose_name='行距(磅)')),
            ('host_name', models.CharField(blank=True, max_length=60, verbose_name='主办单位')),
            ('phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
            ('icp_number', models.CharField(blank=True, max_length=60, verbose_name='ICP备案号')),
            ('police_number', models.CharField(blank=True, max_length=60, verbose_name='公网安备号')),
            ('site_code', models.CharField(blank=True, max_length=20, verbose_name='政府网站标识码')),
            ('privacy_text', models.TextField(blank=True, help_text='留空则页脚不显示“隐私政策”', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='隐私政策')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('id', 1)), name='core_office_single_row'),
                models.CheckConstraint(condition=models.Q(('line_pitch__range', (Decimal('20'), Decimal('40'))), ('margin_bottom__range', (25, 60)), ('margin_left__range', (15, 60)), ('margin_right__range', (15, 60)), ('margin_top__range', (15, 60))), name='core_office_page_measures', violation_error_message='页边距应在15至60毫米之间(下边距不小于25毫米),行距应在20至40磅之间'),
                models.CheckConstraint(condition=models.Q(('margin_left__lte', django.db.models.expressions.CombinedExpression(models.Value(70), '-', models.F('margin_right'))), ('margin_top__lte', django.db.models.expressions.CombinedExpression(models.Value(117), '-', models.F('margin_bottom')))), name='core_office_type_area', violation_error_message='左右边距之和不超过70毫米,上下边距之和不超过117毫米:版心不小于140毫米×180毫米'),
            ],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_officeevent" ("city_platform_name", "document_code", "host_name", "icp_number", "id", "line_pitch", "margin_bottom", "margin_left", "margin_right", "margin_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "police_number", "privacy_text", "red_head", "site_code") VALUES (NEW."city_platform_name", NEW."document_code", NEW."host_name", NEW."icp_number", NEW."id", NEW."line_pitch", NEW."margin_bottom", NEW."margin_left", NEW."margin_right", NEW."margin_top", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."police_number", NEW."privacy_text", NEW."red_head", NEW."site_code"); RETURN NULL;', hash='9fcb4aa688dc986c2ef573d7d2b5b6a864dd17b4', operation='INSERT', pgid='pgtrigger_insert_insert_7d5fe', table='core_office', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_officeevent" ("city_platform_name", "document_code", "host_name", "icp_number", "id", "line_pitch", "margin_bottom", "margin_left", "margin_right", "margin_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "police_number", "privacy_text", "red_head", "site_code") VALUES (NEW."city_platform_name", NEW."document_code", NEW."host_name", NEW."icp_number", NEW."id", NEW."line_pitch", NEW."margin_bottom", NEW."margin_left", NEW."margin_right", NEW."margin_top", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."police_number", NEW."privacy_text", NEW."red_head", NEW."site_code"); RETURN NULL;', hash='4babd4b3337db75eec96ba0443668e7c7902057b', operation='UPDATE', pgid='pgtrigger_update_update_f2515', table='core_office', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_officeevent" ("city_platform_name", "document_code", "host_name", "icp_number", "id", "line_pitch", "margin_bottom", "margin_left", "margin_right", "margin_top", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "police_number", "privacy_text", "red_head", "site_code") VALUES (OLD."city_platform_name", OLD."document_code", OLD."host_name", OLD."icp_number", OLD."id", OLD."line_pitch", OLD."margin_bottom", OLD."margin_left", OLD."margin_right", OLD."margin_top", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."police_number", OLD."privacy_text", OLD."red_head", OLD."site_code"); RETURN NULL;', hash='7f7865666b2b8970777c76707174f2b8f70a89a9', operation='DELETE', pgid='pgtrigger_delete_delete_560a7', table='core_office', when='AFTER')),
            ],
            'verbose_name': '机关信息',
            'verbose_name_plural': '机关信息',
        },
    ),
    migrations.CreateModel(
        name='OfficeEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.office')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.PositiveSmallIntegerField(default=1, editable=False, serialize=False)),
            ('name', models.CharField(default='株洲市工业和信息化局', max_length=24, verbose_name='机关全称')),
            ('red_head', models.CharField(default='株洲市工业和信息化局文件', max_length=30, verbose_name='发文机关标志')),
            ('document_code', models.CharField(default='株工信通', help_text='如〔2025〕1号之前的文字', max_length=10, verbose_name='发文字号代字')),
            ('city_platform_name', models.CharField(default='株洲市中小企业公共服务平台', max_length=24, verbose_name='市平台名称')),
            ('margin_top', models.PositiveSmallIntegerField(default=37, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='上边距(毫米)')),
            ('margin_bottom', models.PositiveSmallIntegerField(default=35, help_text='25至60毫米', validators=[django.core.validators.MinValueValidator(25, '应在25至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在25至60毫米之间')], verbose_name='下边距(毫米)')),
            ('margin_left', models.PositiveSmallIntegerField(default=28, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='左边距(毫米)')),
            ('margin_right', models.PositiveSmallIntegerField(default=26, help_text='15至60毫米', validators=[django.core.validators.MinValueValidator(15, '应在15至60毫米之间'), django.core.validators.MaxValueValidator(60, '应在15至60毫米之间')], verbose_name='右边距(毫米)')),
            ('line_pitch', models.DecimalField(decimal_places=1, default=29, help_text='20至40磅', max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('20'), '应在20至40磅之间'), django.core.validators.MaxValueValidator(Decimal('40'), '应在20至40磅之间')], verbose_name='行距(磅)')),
            ('host_name', models.CharField(blank=True, max_length=60, verbose_name='主办单位')),
            ('phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
            ('icp_number', models.CharField(blank=True, max_length=60, verbose_name='ICP备案号')),
            ('police_number', models.CharField(blank=True, max_length=60, verbose_name='公网安备号')),
            ('site_code', models.CharField(blank=True, max_length=20, verbose_name='政府网站标识码')),
            ('privacy_text', models.TextField(blank=True, help_text='留空则页脚不显示“隐私政策”', max_length=20000, validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name='隐私政策')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc3294bb3e1232e2acebbbbeac00fa384b3f073c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c76aa', table='core_officeevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='SealedFile',
        fields=[
            ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='SHA-256')),
            ('media_type', models.CharField(max_length=100, verbose_name='类型')),
            ('content', models.BinaryField(verbose_name='内容')),
            ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
            ('sealed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='封存时间')),
        ],
        options={
            'verbose_name': '封存文件',
            'verbose_name_plural': '封存文件',
        },
    ),
    migrations.CreateModel(
        name='SignIn',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ('address', models.CharField(max_length=64, verbose_name='地址')),
            ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='时间')),
        ],
        options={
            'ordering': ['-at'],
            'verbose_name': '登录记录',
            'verbose_name_plural': '登录记录',
        },
    ),
    migrations.CreateModel(
        name='SignInFailure',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('step', models.CharField(choices=[('password', '口令'), ('code', '动态验证码')], max_length=10, verbose_name='步骤')),
            ('account', models.CharField(max_length=150, verbose_name='用户名')),
            ('place', models.CharField(blank=True, max_length=64, verbose_name='来源')),
            ('address', models.CharField(blank=True, max_length=64, verbose_name='最近地址')),
            ('failures', models.PositiveIntegerField(default=1, verbose_name='失败次数')),
            ('latest', models.DateTimeField(verbose_name='最近一次')),
            ('waits_until', models.DateTimeField(verbose_name='暂停至')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('step', 'account', 'place'), name='core_signinfailure_once'),
            ],
            'indexes': [
                models.Index(fields=['latest'], name='core_signinfailure_latest'),
            ],
            'verbose_name': '登录锁定',
            'verbose_name_plural': '登录锁定',
        },
    ),
    migrations.CreateModel(
        name='User',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('password', models.CharField(max_length=128, verbose_name='password')),
            ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
            ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
            ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
            ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
            ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
            ('full_name', models.CharField(max_length=40, verbose_name='姓名')),
            ('role', models.CharField(choices=[('bureau', '市工信局'), ('city_platform', '市平台'), ('county', '县(市、区)工信部门'), ('window', '窗口平台'), ('auditor', '审计监督')], max_length=20, verbose_name='角色')),
            ('expires_on', models.DateField(blank=True, help_text='留空表示长期有效', null=True, verbose_name='有效期至')),
            ('must_change_password', models.BooleanField(default=False, help_text='下次登录后须先修改密码', verbose_name='须修改密码')),
            ('session_epoch', models.PositiveIntegerField(default=0, editable=False, verbose_name='会话批次')),
            ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
            ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('role__in', ['bureau', 'city_platform', 'county', 'window', 'auditor'])), name='core_user_role_known'),
                models.CheckConstraint(condition=models.Q(models.Q(('username', 'system'), _negated=True), models.Q(('is_active', False), ('password__startswith', '!'), ('role', 'window')), _connector='OR'), name='core_user_system_never_signs_in', violation_error_message='系统账号只用于按计划执行的任务,不能启用、不能设置密码'),
            ],
            'triggers': [
                pgtrigger.compiler.Trigger(name='session_epoch', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF (NEW.role, NEW.is_active) IS DISTINCT FROM (OLD.role, OLD.is_active) THEN\n                        NEW.session_epoch = OLD.session_epoch + 1;\n                    ELSE  -- a row that was read before the last change may be saved, but never turns the epoch back\n                        NEW.session_epoch = GREATEST(OLD.session_epoch, NEW.session_epoch);\n                    END IF;\n                    RETURN NEW;\n                ', hash='ee4699b02147dd1560cafa2cefbb61f45698d414', operation='UPDATE', pgid='pgtrigger_session_epoch_59a48', table='core_user', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='two_people', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."role" IN (\'auditor\', \'bureau\', \'city_platform\', \'county\'))', constraint='CONSTRAINT', func="\n                    IF session_user <> current_user AND NOT EXISTS (\n                        SELECT FROM core_changerequest\n                         WHERE account_id = NEW.id AND status = 'confirmed' AND decided_at >= now()\n                    ) THEN\n                        RAISE EXCEPTION 'two people: nobody confirmed this account or its role'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ", hash='6e2fee4ee28abe66454a8f4fc3367380e827137c', operation='INSERT OR UPDATE OF "role"', pgid='pgtrigger_two_people_8428d', table='core_user', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
                pgtrigger.compiler.Trigger(name='forgets_addresses', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.password IS DISTINCT FROM NEW.password)', func='DELETE FROM core_knownaddress WHERE user_id = NEW.id; RETURN NULL;', hash='36f038a2532fbc00c0e5e089912a12417a1f9e7a', operation='UPDATE OF "password"', pgid='pgtrigger_forgets_addresses_faef5', table='core_user', when='AFTER')),
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_userevent" ("date_joined", "email", "expires_on", "full_name", "id", "is_active", "must_change_password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."date_joined", NEW."email", NEW."expires_on", NEW."full_name", NEW."id", NEW."is_active", NEW."must_change_password", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='97bcd350388dc265ad103f4c2d58d7daa4c04d06', operation='INSERT', pgid='pgtrigger_insert_insert_45de6', table='core_user', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "core_userevent" ("date_joined", "email", "expires_on", "full_name", "id", "is_active", "must_change_password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (NEW."date_joined", NEW."email", NEW."expires_on", NEW."full_name", NEW."id", NEW."is_active", NEW."must_change_password", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."username"); RETURN NULL;', hash='d05d90ab2616704cf29da48cdee9fd101a65df5d', operation='UPDATE', pgid='pgtrigger_update_update_6ccff', table='core_user', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_userevent" ("date_joined", "email", "expires_on", "full_name", "id", "is_active", "must_change_password", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "username") VALUES (OLD."date_joined", OLD."email", OLD."expires_on", OLD."full_name", OLD."id", OLD."is_active", OLD."must_change_password", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."username"); RETURN NULL;', hash='935fbdb4f85fb8d4e9a50d9678dd7e71654f8ffa', operation='DELETE', pgid='pgtrigger_delete_delete_1425a', table='core_user', when='AFTER')),
            ],
            'verbose_name': '账号',
            'verbose_name_plural': '账号',
        },
    ),
    migrations.CreateModel(
        name='UserEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
            ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
            ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
            ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
            ('full_name', models.CharField(max_length=40, verbose_name='姓名')),
            ('role', models.CharField(choices=[('bureau', '市工信局'), ('city_platform', '市平台'), ('county', '县(市、区)工信部门'), ('window', '窗口平台'), ('auditor', '审计监督')], max_length=20, verbose_name='角色')),
            ('expires_on', models.DateField(blank=True, help_text='留空表示长期有效', null=True, verbose_name='有效期至')),
            ('must_change_password', models.BooleanField(default=False, help_text='下次登录后须先修改密码', verbose_name='须修改密码')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c831c7829668854425dc56f04bf5cdb370a36ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1b55a', table='core_userevent', when='BEFORE')),
            ],
        },
    ),
]

TABLES_ON_OTHERS = [
    migrations.CreateModel(
        name='LinkedIdentity',
        fields=[
        ],
        options={
            'proxy': True,
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_linkedidentityevent" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (NEW."date_joined", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider", NEW."uid", NEW."user_id"); RETURN NULL;', hash='5ded444a5e555f64a24cee9e22836a6c6aefbf41', operation='INSERT', pgid='pgtrigger_insert_insert_6a28e', table='socialaccount_socialaccount', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."provider" IS DISTINCT FROM (NEW."provider") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "core_linkedidentityevent" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (NEW."date_joined", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider", NEW."uid", NEW."user_id"); RETURN NULL;', hash='50176f81633f935cca869e863f8662b5c675f9ca', operation='UPDATE', pgid='pgtrigger_update_update_9a954', table='socialaccount_socialaccount', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_linkedidentityevent" ("date_joined", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider", "uid", "user_id") VALUES (OLD."date_joined", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider", OLD."uid", OLD."user_id"); RETURN NULL;', hash='73c6434106703596623ed3de868396f2a4018646', operation='DELETE', pgid='pgtrigger_delete_delete_bf60c', table='socialaccount_socialaccount', when='AFTER')),
            ],
            'verbose_name': '统一身份',
            'verbose_name_plural': '统一身份',
        },
        bases=('socialaccount.socialaccount',),
    ),
    migrations.CreateModel(
        name='LinkedIdentityEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.linkedidentity')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.IntegerField()),
            ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ('provider', models.CharField(max_length=200, verbose_name='provider')),
            ('uid', models.CharField(max_length=191, verbose_name='uid')),
            ('date_joined', models.DateTimeField(auto_now_add=True, verbose_name='date joined')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c182a0d2017e362d2da2b549c15f33a7839595c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd7ee', table='core_linkedidentityevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='SecondFactor',
        fields=[
        ],
        options={
            'proxy': True,
            'triggers': [
                pgtrigger.compiler.Trigger(name='ends_sessions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF (NEW.user_id, NEW.type) IS NOT DISTINCT FROM (OLD.user_id, OLD.type)\n                           AND (NEW.type <> 'totp' OR NEW.data IS NOT DISTINCT FROM OLD.data) THEN\n                            RETURN NULL;\n                        END IF;\n                    END IF;\n                    IF TG_OP <> 'INSERT' AND OLD.type IN ('totp', 'webauthn') THEN\n                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = OLD.user_id;\n                    END IF;\n                    IF TG_OP <> 'DELETE' AND NEW.type IN ('totp', 'webauthn') THEN\n                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = NEW.user_id;\n                    END IF;\n                    RETURN NULL;\n                ", hash='7d1c2219148e15e93b62c8e2dd0907b19dac7e14', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_ends_sessions_7fb12', table='mfa_authenticator', when='AFTER')),
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_secondfactorevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."type", NEW."user_id"); RETURN NULL;', hash='44fce91211b323eb6fe53711b37a1d3f4e20645e', operation='INSERT', pgid='pgtrigger_insert_insert_4ed05', table='mfa_authenticator', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."type" IS DISTINCT FROM (NEW."type") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "core_secondfactorevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."type", NEW."user_id"); RETURN NULL;', hash='b7975d58624294d8a190774c66e468fc11bd151f', operation='UPDATE', pgid='pgtrigger_update_update_13860', table='mfa_authenticator', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_secondfactorevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type", "user_id") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."type", OLD."user_id"); RETURN NULL;', hash='a9447b4f3ea8d8a840eea393aa0bd098ac36caed', operation='DELETE', pgid='pgtrigger_delete_delete_6fe5f', table='mfa_authenticator', when='AFTER')),
            ],
            'verbose_name': '二次验证',
            'verbose_name_plural': '二次验证',
        },
        bases=('mfa.authenticator',),
    ),
    migrations.CreateModel(
        name='SecondFactorEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.secondfactor')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ('type', models.CharField(choices=[('recovery_codes', 'Recovery codes'), ('totp', 'TOTP Authenticator'), ('webauthn', 'WebAuthn')], max_length=20)),
            ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='283447d6c9c1b8afe97269b1d23626e21b8e0c1a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_90ff8', table='core_secondfactorevent', when='BEFORE')),
            ],
        },
    ),
]
