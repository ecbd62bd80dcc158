from django.conf import settings
from django.db import migrations

from core.db_roles import make_append_only
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
        make_append_only(
            "rewards_rewardevent",
            "rewards_yellowcardevent",
            "rewards_operatorreplacementevent",
            "rewards_rewardstandardevent",
            "rewards_rewardtierevent",
        ),
    ]
