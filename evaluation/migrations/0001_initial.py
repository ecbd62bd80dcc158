from django.conf import settings
from django.db import migrations

from core.db_tables import CreateTables
from evaluation.migrations._tables import TABLES

# The sums of 细则 R3 inside the database: 20 % routine, 80 % key work, and points that add up in each section.
ADDS_UP = """
CREATE FUNCTION evaluation_system_adds_up(definition jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT count(*) FILTER (WHERE code = 'routine' AND weight = 0.20) = 1
       AND count(*) FILTER (WHERE code = 'key_work' AND weight = 0.80) = 1
       AND sum(weight) = 1
       AND bool_and(points = indicator_points)
    FROM (
        SELECT section->>'code' AS code, (section->>'weight')::numeric AS weight,
               (section->>'points')::numeric AS points,
               (SELECT coalesce(sum((indicator->>'points')::numeric), 0)
                  FROM jsonb_array_elements(section->'categories') AS category,
                       jsonb_array_elements(category->'indicators') AS indicator) AS indicator_points
        FROM jsonb_array_elements(definition->'sections') AS section
    ) AS sections
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("platforms", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(ADDS_UP, "DROP FUNCTION evaluation_system_adds_up(jsonb)"),
        CreateTables(TABLES),
        # Scorecards are stored as they are: compressing their texts took longer than scoring.
        migrations.RunSQL(
            "ALTER TABLE evaluation_scorecard ALTER COLUMN detail SET STORAGE EXTERNAL,"
            " ALTER COLUMN sources SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
