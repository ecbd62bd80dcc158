from django.db import migrations

from core.db_tables import CreateTables
from core.migrations._tables import TABLES_ON_OTHERS


class Migration(migrations.Migration):
    """What stands on tables of the sign-in library, whose own migrations need our users first."""

    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        CreateTables(TABLES_ON_OTHERS),
    ]
