from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0008_collection")]

    operations = [
        make_append_only(
            "evaluation_submissionreceipt",
            "evaluation_reportingperiodevent",
            "evaluation_submittedfigureevent",
            "evaluation_evidenceevent",
            "evaluation_assessorappointmentevent",
            "evaluation_assessormarkevent",
            "evaluation_keytaskevent",
            "evaluation_platformtargetevent",
        )
    ]
