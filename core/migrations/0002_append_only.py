from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        make_append_only(
            "core_sealedfile",
            "core_userevent",
            "core_officeevent",
        )
    ]
