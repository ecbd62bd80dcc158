from django.conf import settings
from django.db import migrations

from core.db_tables import CreateTables
from platforms.migrations._tables import TABLES

# Where the rows of a list stand while it is compared: empty for everybody but the transaction that fills them.
STAGED = """
CREATE UNLOGGED TABLE platforms_serviceupload (
    row integer, credit_code varchar(18), name varchar(200), served_on date, kind varchar(20),
    activity varchar(120), contact_person varchar(40), contact_phone varchar(40)
);
CREATE UNLOGGED TABLE platforms_recognitionupload (
    row integer, credit_code varchar(18), name varchar(200), product varchar(120), recognised_on date
)
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(TABLES),
        migrations.RunSQL(STAGED, "DROP TABLE platforms_serviceupload, platforms_recognitionupload"),
    ]
