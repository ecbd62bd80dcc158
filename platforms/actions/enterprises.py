"""Enterprises come into the register with the lists that name them. Set-based: one statement for any number."""

from django.db.backends.utils import CursorWrapper

# The newest name counts. A published list names an enterprise for good; what a platform writes in its own list may
# name one that no published list knows, and no other. In order of the code, so that two imports never wait for each
# other crosswise.
_STORE = """
    INSERT INTO platforms_enterprise AS known (credit_code, name)
    SELECT DISTINCT ON (credit_code) credit_code, name FROM {table} ORDER BY credit_code, row DESC
    ON CONFLICT (credit_code) DO UPDATE SET name = EXCLUDED.name
     WHERE known.name <> EXCLUDED.name
       AND (%s OR NOT EXISTS (SELECT FROM platforms_enterpriserecognition r WHERE r.enterprise_id = known.id))
"""


def store_enterprises(cursor: CursorWrapper, table: str, *, is_published: bool) -> None:
    """Add the enterprises of a staged table (columns credit_code, name, row) and bring their names up to date.
    Runs in the caller's transaction. `table` is a name of our own code."""
    cursor.execute(_STORE.format(table=table), [is_published])
