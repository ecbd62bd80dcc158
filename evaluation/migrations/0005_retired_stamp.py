import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0004_sealed_bundle'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='indicatorsystem',
            name='in_force_is_frozen',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorsystem',
            trigger=pgtrigger.compiler.Trigger(name='in_force_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.status <> 'draft' THEN\n                IF TG_OP = 'DELETE' THEN\n                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';\n                ELSIF (to_jsonb(NEW) - ARRAY['status', 'retired_at', 'retired_by_id']::text[])\n                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['status', 'retired_at', 'retired_by_id']::text[]) THEN\n                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6eece220b4a1770f2bdd955e8e085b42a3c83a05', operation='UPDATE OR DELETE', pgid='pgtrigger_in_force_is_frozen_48aca', table='evaluation_indicatorsystem', when='BEFORE')),
        ),
    ]
