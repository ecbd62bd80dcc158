"""Made by `manage.py remake_migrations`; not edited by hand."""

from django.conf import settings
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler

TABLES = [
    migrations.CreateModel(
        name='Enterprise',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
            ('name', models.CharField(max_length=200, verbose_name='企业名称')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('credit_code__regex', '^[0-9A-HJ-NP-RTUW-Y]{18}$')), name='platforms_enterprise_code_form'),
            ],
            'ordering': ['credit_code'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_enterpriseevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."credit_code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='5f9a50db60dbbc5375fa3fa6d0f0e3c3d485ec7e', operation='INSERT', pgid='pgtrigger_insert_insert_900bf', table='platforms_enterprise', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_enterpriseevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."credit_code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='e4ee171b8702ee9469d96d20c668ad754083114c', operation='UPDATE', pgid='pgtrigger_update_update_b9b05', table='platforms_enterprise', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_enterpriseevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."credit_code", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='240814d89137dd6f17788cb1eb2cecfb1db0f564', operation='DELETE', pgid='pgtrigger_delete_delete_2ef4f', table='platforms_enterprise', when='AFTER')),
            ],
            'verbose_name': '企业',
            'verbose_name_plural': '企业',
        },
    ),
    migrations.CreateModel(
        name='EnterpriseEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.enterprise')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
            ('name', models.CharField(max_length=200, verbose_name='企业名称')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='33b6bddf331b90e5e092f8d54c62e8f81caa35a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f4a4b', table='platforms_enterpriseevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='EnterpriseRecognition',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('recognition_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='platforms.recognitionlist', verbose_name='名单')),
            ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='platforms.enterprise', verbose_name='企业')),
            ('kind', models.CharField(choices=[('little_giant', '国家级专精特新“小巨人”企业'), ('single_champion', '国家级制造业单项冠军企业(产品)'), ('provincial_srdi', '省级专精特新中小企业'), ('innovative_sme', '创新型中小企业'), ('above_scale', '升规入统企业'), ('listed', '上市(挂牌)企业')], max_length=20, verbose_name='认定类别')),
            ('product', models.CharField(blank=True, max_length=120, verbose_name='产品')),
            ('recognised_on', models.DateField(verbose_name='认定日期')),
            ('row', models.PositiveIntegerField(verbose_name='行号')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('enterprise', 'kind', 'product', 'recognised_on'), name='platforms_enterprise_recognised_once'),
                models.CheckConstraint(condition=models.Q(('kind__in', ['little_giant', 'single_champion', 'provincial_srdi', 'innovative_sme', 'above_scale', 'listed'])), name='platforms_enterprise_recognition_kind'),
            ],
            'indexes': [
                models.Index(fields=['kind', 'recognised_on'], name='platforms_recognised_in_year'),
            ],
            'ordering': ['-recognised_on', 'enterprise'],
            'verbose_name': '企业认定',
            'verbose_name_plural': '企业认定',
        },
    ),
    migrations.CreateModel(
        name='Guidance',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='platforms.platform', verbose_name='平台')),
            ('kind', models.CharField(choices=[('note', '指导意见'), ('reminder', '催报提醒')], max_length=10, verbose_name='类别')),
            ('text', models.TextField(max_length=1000, verbose_name='内容')),
            ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='发出时间')),
            ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发出人')),
            ('acknowledged_at', models.DateTimeField(null=True, verbose_name='签收时间')),
            ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签收人')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'reminder'])), name='platforms_guidance_kind'),
                models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='platforms_guidance_says_something'),
                models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='platforms_guidance_acknowledged_pair'),
            ],
            'ordering': ['-written_at', '-pk'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='acknowledged_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.acknowledged_at IS NOT NULL THEN\n                IF TG_OP = 'DELETE' THEN\n                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';\n                ELSIF (to_jsonb(NEW) - ARRAY[]::text[])\n                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[]::text[]) THEN\n                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4891a12301f1218cc5542576ebfa631b675c9727', operation='UPDATE OR DELETE', pgid='pgtrigger_acknowledged_once_4f6d2', table='platforms_guidance', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_guidanceevent" ("acknowledged_at", "acknowledged_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "text", "written_at", "written_by_id") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='c68c5de80e7574a519fbb96450f520354efcb270', operation='INSERT', pgid='pgtrigger_insert_insert_1893c', table='platforms_guidance', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_guidanceevent" ("acknowledged_at", "acknowledged_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "text", "written_at", "written_by_id") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='e249f57f0b8dec2cb93f668a0ab8acdf61085090', operation='UPDATE', pgid='pgtrigger_update_update_b5e5a', table='platforms_guidance', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_guidanceevent" ("acknowledged_at", "acknowledged_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "text", "written_at", "written_by_id") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_id", OLD."text", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='0843dda245a69116f95e7330f2ab944069f54bbb', operation='DELETE', pgid='pgtrigger_delete_delete_f5c13', table='platforms_guidance', when='AFTER')),
            ],
            'verbose_name': '指导与提醒',
            'verbose_name_plural': '指导与提醒',
        },
    ),
    migrations.CreateModel(
        name='GuidanceEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.guidance')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('platform', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.platform', verbose_name='平台')),
            ('kind', models.CharField(choices=[('note', '指导意见'), ('reminder', '催报提醒')], max_length=10, verbose_name='类别')),
            ('text', models.TextField(max_length=1000, verbose_name='内容')),
            ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='发出时间')),
            ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发出人')),
            ('acknowledged_at', models.DateTimeField(null=True, verbose_name='签收时间')),
            ('acknowledged_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签收人')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e3e958099d7688985766ba9adf90d75b42c774de', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_47670', table='platforms_guidanceevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='Membership',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='membership', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ('platform', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='platforms.platform', verbose_name='所属平台')),
            ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='platforms.region', verbose_name='所属县(市、区)')),
            ('is_manager', models.BooleanField(default=False, help_text='可以管理本单位的账号', verbose_name='单位管理员')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('platform__isnull', False), ('region__isnull', True)), models.Q(('platform__isnull', True), ('region__isnull', False)), _connector='OR'), name='platforms_membership_one_owner', violation_error_message='请在“所属平台”和“所属县(市、区)”中恰好填写一项'),
            ],
            'triggers': [
                pgtrigger.compiler.Trigger(name='ends_sessions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.platform_id, NEW.region_id, NEW.is_manager)\n                       IS NOT DISTINCT FROM (OLD.user_id, OLD.platform_id, OLD.region_id, OLD.is_manager) THEN\n                        RETURN NULL;\n                    END IF;\n                    UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = OLD.user_id;\n                    IF TG_OP = 'UPDATE' AND NEW.user_id <> OLD.user_id THEN\n                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = NEW.user_id;\n                    END IF;\n                    RETURN NULL;\n                ", hash='68dff92d8678a71e85b529576d7464f8ebe349b9', operation='UPDATE OR DELETE', pgid='pgtrigger_ends_sessions_6ed0f', table='platforms_membership', when='AFTER')),
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_membershipevent" ("id", "is_manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "region_id", "user_id") VALUES (NEW."id", NEW."is_manager", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_id", NEW."region_id", NEW."user_id"); RETURN NULL;', hash='1e2468a47aaa1f2f308a67c92c01fd5fe5940888', operation='INSERT', pgid='pgtrigger_insert_insert_6f6ac', table='platforms_membership', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_membershipevent" ("id", "is_manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "region_id", "user_id") VALUES (NEW."id", NEW."is_manager", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_id", NEW."region_id", NEW."user_id"); RETURN NULL;', hash='d1a5ab3411cef9bad9b6b58a18f77b5f4a598c7b', operation='UPDATE', pgid='pgtrigger_update_update_3539d', table='platforms_membership', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_membershipevent" ("id", "is_manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "region_id", "user_id") VALUES (OLD."id", OLD."is_manager", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_id", OLD."region_id", OLD."user_id"); RETURN NULL;', hash='377b8cd34088c1826cf801b8047332a91647a5f9', operation='DELETE', pgid='pgtrigger_delete_delete_252b8', table='platforms_membership', when='AFTER')),
            ],
            'verbose_name': '账号归属',
            'verbose_name_plural': '账号归属',
        },
    ),
    migrations.CreateModel(
        name='MembershipEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.membership')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ('platform', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.platform', verbose_name='所属平台')),
            ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.region', verbose_name='所属县(市、区)')),
            ('is_manager', models.BooleanField(default=False, help_text='可以管理本单位的账号', verbose_name='单位管理员')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5b367bbb7a534809690f6c4d17f78eb1f5e3366', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11ab6', table='platforms_membershipevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='Operator',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('name', models.CharField(max_length=80, verbose_name='运营单位')),
            ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('credit_code__regex', '^[0-9A-HJ-NP-RTUW-Y]{18}$')), name='platforms_operator_code_form'),
            ],
            'ordering': ['name'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_operatorevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."credit_code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='03b40553919e600df8d0188e3adcab9510bb7038', operation='INSERT', pgid='pgtrigger_insert_insert_73004', table='platforms_operator', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_operatorevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."credit_code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='730d95b3909a0732cdce3234441464cf3d0d10bc', operation='UPDATE', pgid='pgtrigger_update_update_51b08', table='platforms_operator', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_operatorevent" ("credit_code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."credit_code", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a5e04bdd5983cc437598e002332549f57502bdb6', operation='DELETE', pgid='pgtrigger_delete_delete_02243', table='platforms_operator', when='AFTER')),
            ],
            'verbose_name': '运营单位',
            'verbose_name_plural': '运营单位',
        },
    ),
    migrations.CreateModel(
        name='OperatorEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.operator')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('name', models.CharField(max_length=80, verbose_name='运营单位')),
            ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c6242ae05ede4013e2800e036e31bb46c109e9b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a1ad0', table='platforms_operatorevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='OperatorTerm',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operator_terms', to='platforms.platform', verbose_name='平台')),
            ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='platforms.operator', verbose_name='运营单位')),
            ('term', django.contrib.postgres.fields.ranges.DateRangeField(help_text='含起始日,不含结束日;仍在运营的结束日留空', verbose_name='运营期')),
        ],
        options={
            'constraints': [
                django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('platform'), models.F('platform'), models.Value('[]'), function='int8range'), '&&'), ('term', '&&')], name='platforms_term_no_overlap', violation_error_message='同一平台的运营期不能重叠:请先填写上一家运营单位的结束日期'),
                models.CheckConstraint(condition=models.Q(('term__isempty', False)), name='platforms_term_not_empty'),
            ],
            'ordering': ['platform', 'term'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_operatortermevent" ("id", "operator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "term") VALUES (NEW."id", NEW."operator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_id", NEW."term"); RETURN NULL;', hash='0456fa0025d9ae677c3b222ac17a5c74c32accd6', operation='INSERT', pgid='pgtrigger_insert_insert_5d92b', table='platforms_operatorterm', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_operatortermevent" ("id", "operator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "term") VALUES (NEW."id", NEW."operator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_id", NEW."term"); RETURN NULL;', hash='df4c643579f9954557ebbdee0378776df8f30c00', operation='UPDATE', pgid='pgtrigger_update_update_cf132', table='platforms_operatorterm', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_operatortermevent" ("id", "operator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "term") VALUES (OLD."id", OLD."operator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_id", OLD."term"); RETURN NULL;', hash='0a468098447960d43d66793b2d1c490340300d6e', operation='DELETE', pgid='pgtrigger_delete_delete_caded', table='platforms_operatorterm', when='AFTER')),
            ],
            'verbose_name': '运营期',
            'verbose_name_plural': '运营期',
        },
    ),
    migrations.CreateModel(
        name='OperatorTermEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.operatorterm')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('platform', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.platform', verbose_name='平台')),
            ('operator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.operator', verbose_name='运营单位')),
            ('term', django.contrib.postgres.fields.ranges.DateRangeField(help_text='含起始日,不含结束日;仍在运营的结束日留空', verbose_name='运营期')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f3c621e8699bb1687b267a941797c0c40234c126', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b5d71', table='platforms_operatortermevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='Platform',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('code', models.CharField(max_length=20, unique=True, verbose_name='平台编码')),
            ('name', models.CharField(max_length=80, verbose_name='平台名称')),
            ('platform_type', models.CharField(choices=[('city_platform', '市平台'), ('cluster_window', '产业集群窗口平台'), ('county_window', '县(市、区)综合窗口平台'), ('innovation_base', '创业创新基地'), ('core_institution', '核心服务机构')], max_length=20, verbose_name='平台类型')),
            ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='platforms.region', verbose_name='行政区划')),
            ('service_field', models.CharField(blank=True, max_length=80, verbose_name='服务领域')),
            ('contact_person', models.CharField(blank=True, max_length=40, verbose_name='联系人')),
            ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
            ('sort_key', models.CharField(blank=True, editable=False, max_length=400, verbose_name='拼音排序键')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('platform_type__in', ['city_platform', 'cluster_window', 'county_window', 'innovation_base', 'core_institution'])), name='platforms_platform_type_known'),
                models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='platforms_platform_code_plain', violation_error_message='平台编码只能用字母、数字和“.”“_”“-”,以字母或数字开头'),
                models.UniqueConstraint(fields=('name',), name='platforms_platform_name_once'),
            ],
            'indexes': [
                models.Index(fields=['platform_type', 'code'], name='platforms_platform_by_type'),
            ],
            'ordering': ['code'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_platformevent" ("code", "contact_person", "contact_phone", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "region_id", "service_field", "sort_key") VALUES (NEW."code", NEW."contact_person", NEW."contact_phone", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_type", NEW."region_id", NEW."service_field", NEW."sort_key"); RETURN NULL;', hash='0417570da2630976df6183e90eaf85118f2d209d', operation='INSERT', pgid='pgtrigger_insert_insert_b2dfe', table='platforms_platform', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_platformevent" ("code", "contact_person", "contact_phone", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "region_id", "service_field", "sort_key") VALUES (NEW."code", NEW."contact_person", NEW."contact_phone", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_type", NEW."region_id", NEW."service_field", NEW."sort_key"); RETURN NULL;', hash='1b9c2285005d8a00751e875a9887d5076e984bf6', operation='UPDATE', pgid='pgtrigger_update_update_7efdb', table='platforms_platform', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_platformevent" ("code", "contact_person", "contact_phone", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "region_id", "service_field", "sort_key") VALUES (OLD."code", OLD."contact_person", OLD."contact_phone", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_type", OLD."region_id", OLD."service_field", OLD."sort_key"); RETURN NULL;', hash='d184febb47c837bf7f9da7d53be5bae5f4d690a6', operation='DELETE', pgid='pgtrigger_delete_delete_7e347', table='platforms_platform', when='AFTER')),
            ],
            'verbose_name': '平台',
            'verbose_name_plural': '平台',
        },
    ),
    migrations.CreateModel(
        name='PlatformEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.platform')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('code', models.CharField(max_length=20, verbose_name='平台编码')),
            ('name', models.CharField(max_length=80, verbose_name='平台名称')),
            ('platform_type', models.CharField(choices=[('city_platform', '市平台'), ('cluster_window', '产业集群窗口平台'), ('county_window', '县(市、区)综合窗口平台'), ('innovation_base', '创业创新基地'), ('core_institution', '核心服务机构')], max_length=20, verbose_name='平台类型')),
            ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.region', verbose_name='行政区划')),
            ('service_field', models.CharField(blank=True, max_length=80, verbose_name='服务领域')),
            ('contact_person', models.CharField(blank=True, max_length=40, verbose_name='联系人')),
            ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
            ('sort_key', models.CharField(blank=True, editable=False, max_length=400, verbose_name='拼音排序键')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='471794f9980282d9d215bff34de8dacdf304e310', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7535c', table='platforms_platformevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='Recognition',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='platforms.platform', verbose_name='平台')),
            ('kind', models.CharField(choices=[('recognition', '认定'), ('acceptance', '省级验收')], max_length=20, verbose_name='类别')),
            ('authority', models.CharField(blank=True, max_length=80, verbose_name='认定(验收)机关')),
            ('document_number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
            ('recognised_on', models.DateField(verbose_name='认定(验收)日期')),
            ('level', models.CharField(choices=[('national', '国家级'), ('provincial', '省级'), ('municipal', '市级')], max_length=20, verbose_name='级别')),
            ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['recognition', 'acceptance']), ('level__in', ['national', 'provincial', 'municipal'])), name='platforms_recognition_known'),
                models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('recognised_on')), _connector='OR'), name='platforms_recognition_order', violation_error_message='有效期不能早于认定(验收)日期'),
                models.UniqueConstraint(fields=('platform', 'kind', 'recognised_on', 'document_number'), name='platforms_recognition_once'),
            ],
            'ordering': ['platform', 'recognised_on'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_recognitionevent" ("authority", "document_number", "id", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "recognised_on", "valid_until") VALUES (NEW."authority", NEW."document_number", NEW."id", NEW."kind", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_id", NEW."recognised_on", NEW."valid_until"); RETURN NULL;', hash='327821423a324556374ed1bbd76f04be2f0cec87', operation='INSERT', pgid='pgtrigger_insert_insert_6d396', table='platforms_recognition', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_recognitionevent" ("authority", "document_number", "id", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "recognised_on", "valid_until") VALUES (NEW."authority", NEW."document_number", NEW."id", NEW."kind", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_id", NEW."recognised_on", NEW."valid_until"); RETURN NULL;', hash='12cd6cb3a45b2bbdf1caf915a969061f31012e15', operation='UPDATE', pgid='pgtrigger_update_update_706fe', table='platforms_recognition', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_recognitionevent" ("authority", "document_number", "id", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_id", "recognised_on", "valid_until") VALUES (OLD."authority", OLD."document_number", OLD."id", OLD."kind", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_id", OLD."recognised_on", OLD."valid_until"); RETURN NULL;', hash='55d55f717bdad0e9d5b6f77ded9d407535a764dd', operation='DELETE', pgid='pgtrigger_delete_delete_d67bc', table='platforms_recognition', when='AFTER')),
            ],
            'verbose_name': '认定与验收',
            'verbose_name_plural': '认定与验收',
        },
    ),
    migrations.CreateModel(
        name='RecognitionEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.recognition')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('platform', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='platforms.platform', verbose_name='平台')),
            ('kind', models.CharField(choices=[('recognition', '认定'), ('acceptance', '省级验收')], max_length=20, verbose_name='类别')),
            ('authority', models.CharField(blank=True, max_length=80, verbose_name='认定(验收)机关')),
            ('document_number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
            ('recognised_on', models.DateField(verbose_name='认定(验收)日期')),
            ('level', models.CharField(choices=[('national', '国家级'), ('provincial', '省级'), ('municipal', '市级')], max_length=20, verbose_name='级别')),
            ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a8839d7af3595fae22426559e2e10e24d18a714c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_941c0', table='platforms_recognitionevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='RecognitionList',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('little_giant', '国家级专精特新“小巨人”企业'), ('single_champion', '国家级制造业单项冠军企业(产品)'), ('provincial_srdi', '省级专精特新中小企业'), ('innovative_sme', '创新型中小企业'), ('above_scale', '升规入统企业'), ('listed', '上市(挂牌)企业')], max_length=20, verbose_name='认定类别')),
            ('title', models.CharField(max_length=200, verbose_name='名单名称')),
            ('document_number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
            ('published_on', models.DateField(verbose_name='公布日期')),
            ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
            ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedfile', verbose_name='原文件')),
            ('row_count', models.PositiveIntegerField(verbose_name='企业(产品)数')),
            ('imported_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='导入时间')),
            ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('kind', 'file'), name='platforms_recognition_list_once'),
                models.CheckConstraint(condition=models.Q(('kind__in', ['little_giant', 'single_champion', 'provincial_srdi', 'innovative_sme', 'above_scale', 'listed'])), name='platforms_recognition_list_kind'),
            ],
            'ordering': ['-published_on', '-pk'],
            'verbose_name': '认定名单',
            'verbose_name_plural': '认定名单',
        },
    ),
    migrations.CreateModel(
        name='Region',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('code', models.CharField(max_length=12, unique=True, verbose_name='区划代码')),
            ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
            ('kind', models.CharField(choices=[('city', '市'), ('district', '区'), ('county', '县'), ('county_level_city', '县级市'), ('non_statutory', '非建制单位')], max_length=20, verbose_name='类别')),
        ],
        options={
            'constraints': [
                models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'district', 'county', 'county_level_city', 'non_statutory'])), name='platforms_region_kind_known'),
                models.CheckConstraint(condition=models.Q(('kind', 'non_statutory'), ('code__regex', '^[0-9]{6}$'), _connector='OR'), name='platforms_region_statutory_code', violation_error_message='法定行政区划的代码应为6位数字;非建制单位可自编代码'),
            ],
            'ordering': ['code'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_regionevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='d62e004eedd62f8d6c49fabd161d4e223130740f', operation='INSERT', pgid='pgtrigger_insert_insert_c7dd6', table='platforms_region', when='AFTER')),
                pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "platforms_regionevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5043a7717a2534a4f1a77313600b70e07df8d5cf', operation='UPDATE', pgid='pgtrigger_update_update_77ed4', table='platforms_region', when='AFTER')),
                pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "platforms_regionevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='b954b099d027b42be0410b8ce43585e0dcab9ebb', operation='DELETE', pgid='pgtrigger_delete_delete_da192', table='platforms_region', when='AFTER')),
            ],
            'verbose_name': '行政区划',
            'verbose_name_plural': '行政区划',
        },
    ),
    migrations.CreateModel(
        name='RegionEvent',
        fields=[
            ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
            ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
            ('pgh_label', models.TextField(help_text='The event label.')),
            ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='platforms.region')),
            ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ('id', models.BigIntegerField()),
            ('code', models.CharField(max_length=12, verbose_name='区划代码')),
            ('name', models.CharField(max_length=40, verbose_name='名称')),
            ('kind', models.CharField(choices=[('city', '市'), ('district', '区'), ('county', '县'), ('county_level_city', '县级市'), ('non_statutory', '非建制单位')], max_length=20, verbose_name='类别')),
        ],
        options={
            'abstract': False,
            'triggers': [
                pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='38424e9f675255ef273d9bf922845932916cdc9d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7af00', table='platforms_regionevent', when='BEFORE')),
            ],
        },
    ),
    migrations.CreateModel(
        name='ServiceList',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_lists', to='platforms.platform', verbose_name='平台')),
            ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
            ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedfile', verbose_name='原文件')),
            ('row_count', models.PositiveIntegerField(verbose_name='数据行数')),
            ('record_count', models.PositiveIntegerField(verbose_name='新增服务记录数')),
            ('imported_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='导入时间')),
            ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(fields=('platform', 'file'), name='platforms_service_list_once'),
            ],
            'ordering': ['-imported_at'],
            'verbose_name': '服务企业名单',
            'verbose_name_plural': '服务企业名单',
        },
    ),
    migrations.CreateModel(
        name='ServiceRecord',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='platforms.platform', verbose_name='平台')),
            ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='platforms.enterprise', verbose_name='企业')),
            ('served_on', models.DateField(verbose_name='服务日期')),
            ('kind', models.CharField(choices=[('consulting', '咨询管理'), ('testing', '检验检测'), ('shared_manufacturing', '共享制造'), ('property_trading', '产权交易'), ('recruitment', '人才招引'), ('above_scale', '升规入统'), ('funding', '争资引项'), ('innovation', '技术创新'), ('financing', '融资担保'), ('listing', '上市辅导'), ('policy', '政策宣传'), ('training', '培训活动'), ('other', '其他服务')], max_length=20, verbose_name='服务类别')),
            ('activity', models.CharField(max_length=120, verbose_name='服务事项(活动)')),
            ('contact_person', models.CharField(blank=True, max_length=40, verbose_name='企业联系人')),
            ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
            ('service_list', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='platforms.servicelist', verbose_name='来源名单')),
            ('row', models.PositiveIntegerField(default=0, verbose_name='行号')),
            ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='登记时间')),
            ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
            ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
        ],
        options={
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('platform', 'enterprise', 'served_on', 'activity'), name='platforms_service_one_visit', violation_error_message='同一企业、同一活动、同一天只算一家次,这条记录已经登记过'),
                models.CheckConstraint(condition=models.Q(('kind__in', ['consulting', 'testing', 'shared_manufacturing', 'property_trading', 'recruitment', 'above_scale', 'funding', 'innovation', 'financing', 'listing', 'policy', 'training', 'other'])), name='platforms_service_kind_known'),
                models.CheckConstraint(condition=models.Q(('activity', ''), _negated=True), name='platforms_service_names_activity'),
                models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='platforms_service_withdrawn_pair'),
            ],
            'indexes': [
                models.Index(fields=['enterprise', 'served_on'], name='platforms_served_when'),
                models.Index(fields=['platform', 'served_on'], name='platforms_served_by_whom'),
            ],
            'ordering': ['-served_on', '-pk'],
            'triggers': [
                pgtrigger.compiler.Trigger(name='withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.withdrawn_at IS NOT NULL THEN\n                IF TG_OP = 'DELETE' THEN\n                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';\n                ELSIF (to_jsonb(NEW) - ARRAY[]::text[])\n                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[]::text[]) THEN\n                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7802472dcff0534b6d689d3aa0f49244f2c600ab', operation='UPDATE OR DELETE', pgid='pgtrigger_withdrawn_once_600c4', table='platforms_servicerecord', when='BEFORE')),
            ],
            'verbose_name': '服务记录',
            'verbose_name_plural': '服务记录',
        },
    ),
]
