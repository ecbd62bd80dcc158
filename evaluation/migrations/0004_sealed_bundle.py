import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_append_only'),
        ('evaluation', '0003_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='ranking',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ranking',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ranking',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='ranking',
            name='evaluation_ranking_scored_pair',
        ),
        migrations.RemoveField(
            model_name='ranking',
            name='bundle_sha256',
        ),
        migrations.RemoveField(
            model_name='rankingevent',
            name='bundle_sha256',
        ),
        migrations.RemoveField(
            model_name='ranking',
            name='bundle',
        ),
        migrations.AddField(
            model_name='ranking',
            name='bundle',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedfile', verbose_name='评价数据包'),
        ),
        migrations.RemoveField(
            model_name='rankingevent',
            name='bundle',
        ),
        migrations.AddField(
            model_name='rankingevent',
            name='bundle',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.sealedfile', verbose_name='评价数据包'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ranking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankingevent" ("bundle_id", "edition", "id", "not_ranked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "scored_at", "scored_by_id", "status", "system_id", "year") VALUES (NEW."bundle_id", NEW."edition", NEW."id", NEW."not_ranked", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform_type", NEW."scored_at", NEW."scored_by_id", NEW."status", NEW."system_id", NEW."year"); RETURN NULL;', hash='5d6a270ec2822148521cfa4e3749709d1dc672fc', operation='INSERT', pgid='pgtrigger_insert_insert_6b1b5', table='evaluation_ranking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ranking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "evaluation_rankingevent" ("bundle_id", "edition", "id", "not_ranked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "scored_at", "scored_by_id", "status", "system_id", "year") VALUES (NEW."bundle_id", NEW."edition", NEW."id", NEW."not_ranked", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform_type", NEW."scored_at", NEW."scored_by_id", NEW."status", NEW."system_id", NEW."year"); RETURN NULL;', hash='c18ff8ae605272a1b9a9cc8c4542f26729f7b3ca', operation='UPDATE', pgid='pgtrigger_update_update_55c0a', table='evaluation_ranking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ranking',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "evaluation_rankingevent" ("bundle_id", "edition", "id", "not_ranked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform_type", "scored_at", "scored_by_id", "status", "system_id", "year") VALUES (OLD."bundle_id", OLD."edition", OLD."id", OLD."not_ranked", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."platform_type", OLD."scored_at", OLD."scored_by_id", OLD."status", OLD."system_id", OLD."year"); RETURN NULL;', hash='39d71bf8ce5ce6b8dd04abe2879903f484c9c916', operation='DELETE', pgid='pgtrigger_delete_delete_d26c7', table='evaluation_ranking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorecard',
            trigger=pgtrigger.compiler.Trigger(name='none_added_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT status FROM evaluation_ranking WHERE id = NEW.ranking_id) = 'published' THEN\n                        RAISE EXCEPTION 'frozen: no scorecard may be added' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c3380a3d991ad410715bf591e5b7e26e12f9f6f3', operation='INSERT', pgid='pgtrigger_none_added_once_published_2318b', table='evaluation_scorecard', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ranking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bundle__isnull', True), ('scored_at__isnull', True), ('scored_by__isnull', True), ('status', 'open')), models.Q(('bundle__isnull', False), ('scored_at__isnull', False), ('scored_by__isnull', False), ('status__in', ['scored', 'published'])), _connector='OR'), name='evaluation_ranking_scored_pair'),
        ),
    ]
