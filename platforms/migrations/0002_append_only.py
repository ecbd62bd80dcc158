from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("platforms", "0001_initial")]

    operations = [
        make_append_only(
            "platforms_regionevent",
            "platforms_platformevent",
            "platforms_operatorevent",
            "platforms_operatortermevent",
            "platforms_recognitionevent",
            "platforms_membershipevent",
        )
    ]
