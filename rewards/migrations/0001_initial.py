from django.conf import settings
from django.db import migrations

from core.db_tables import CreateTables
from rewards.migrations._tables import TABLES


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("evaluation", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("platforms", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(TABLES),
    ]
