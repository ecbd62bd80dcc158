from django.db import migrations


class Migration(migrations.Migration):
    """Stored as they are: most sealed files are compressed already, and squeezing the others costs more than it saves."""

    dependencies = [("core", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_sealedfile ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE core_sealedfile ALTER COLUMN content SET STORAGE EXTENDED",
        )
    ]
