"""The two database roles inside migrations: what the run-time role may do with a table. Used by migrations only."""

from django.conf import settings
from django.db import connection
from django.db.migrations import RunSQL


def _app() -> str:
    return connection.ops.quote_name(settings.DATABASE_APP_ROLE)


def open_to_app() -> RunSQL:
    """Let the run-time role read and write every present and future table of the owner, but never truncate."""
    app = _app()
    return RunSQL(
        [
            f"GRANT USAGE ON SCHEMA public TO {app}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        ],
        reverse_sql=RunSQL.noop,
    )


def make_append_only(*tables: str) -> RunSQL:
    """Take UPDATE, DELETE and TRUNCATE on these tables from the run-time role."""
    app = _app()
    return RunSQL(
        [f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {app}" for table in tables],
        reverse_sql=RunSQL.noop,
    )


def let_app_stamp(table: str, *columns: str) -> RunSQL:
    """After `make_append_only`: the run-time role may write these columns of existing rows, and no other."""
    app, names = _app(), ", ".join(connection.ops.quote_name(column) for column in columns)
    return RunSQL(f"GRANT UPDATE ({names}) ON {connection.ops.quote_name(table)} TO {app}", reverse_sql=RunSQL.noop)
