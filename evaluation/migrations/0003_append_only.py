from django.db import migrations

from core.db_roles import make_append_only


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_initial")]

    operations = [
        make_append_only(
            "evaluation_figure",
            "evaluation_publication",
            "evaluation_publicationfile",
            "evaluation_standing",
            "evaluation_annualsummary",
            "evaluation_indicatorsystemevent",
            "evaluation_importbatchevent",
            "evaluation_rankingevent",
            "evaluation_bulletinevent",
        )
    ]
