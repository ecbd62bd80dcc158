from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("core", "0004_accounts_and_sign_in")]

    operations = [make_append_only("core_secondfactorevent", "core_linkedidentityevent")]
