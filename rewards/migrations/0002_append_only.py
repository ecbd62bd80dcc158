from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_initial")]

    operations = [
        make_append_only(
            "rewards_rewardevent",
            "rewards_yellowcardevent",
            "rewards_operatorreplacementevent",
            "rewards_rewardstandardevent",
            "rewards_rewardtierevent",
        )
    ]
