from django.db import migrations

from core.db_tables import CreateTables
from core.migrations._tables import TABLES


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        CreateTables(TABLES),
        # Stored as they are: most sealed files are compressed already, and squeezing the others costs more than it saves.
        migrations.RunSQL(
            "ALTER TABLE core_sealedfile ALTER COLUMN content SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
    ]
