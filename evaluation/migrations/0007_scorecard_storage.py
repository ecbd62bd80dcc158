from django.db import migrations


class Migration(migrations.Migration):
    """Scorecards are stored as they are: compressing their texts took longer than scoring."""

    dependencies = [("evaluation", "0006_bulletin_number")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE evaluation_scorecard ALTER COLUMN detail SET STORAGE EXTERNAL,"
            " ALTER COLUMN sources SET STORAGE EXTERNAL",
            "ALTER TABLE evaluation_scorecard ALTER COLUMN detail SET STORAGE EXTENDED,"
            " ALTER COLUMN sources SET STORAGE EXTENDED",
        )
    ]
