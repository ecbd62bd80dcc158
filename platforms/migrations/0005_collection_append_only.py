from django.db import migrations

from core.db_roles import let_app_stamp, make_append_only


class Migration(migrations.Migration):
    dependencies = [("platforms", "0004_collection")]

    operations = [
        make_append_only(
            "platforms_recognitionlist",
            "platforms_enterpriserecognition",
            "platforms_servicelist",
            "platforms_servicerecord",
            "platforms_enterpriseevent",
            "platforms_guidanceevent",
        ),
        let_app_stamp("platforms_servicerecord", "withdrawn_at", "withdrawn_by_id"),
    ]
