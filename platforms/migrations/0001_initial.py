from django.conf import settings
from django.db import migrations

from core.db_roles import let_app_stamp, make_append_only
from core.db_tables import CreateTables
from platforms.migrations._tables import TABLES


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(TABLES),
        make_append_only(
            "platforms_regionevent",
            "platforms_platformevent",
            "platforms_operatorevent",
            "platforms_operatortermevent",
            "platforms_recognitionevent",
            "platforms_membershipevent",
            "platforms_recognitionlist",
            "platforms_enterpriserecognition",
            "platforms_servicelist",
            "platforms_servicerecord",
            "platforms_enterpriseevent",
            "platforms_guidanceevent",
        ),
        let_app_stamp("platforms_servicerecord", "withdrawn_at", "withdrawn_by_id"),
    ]
