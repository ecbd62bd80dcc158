"""The two database roles: what the run-time role may do with the rows of each table, and triggers that it cannot get
round. `owner` applies both after every migration; whoever knows every app hands the list of tables over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True)
class Rows:
    """What may happen to a table's rows while the portal runs, beside being read. `stamps` are the only columns of
    existing rows that may be written; `update` lets all be written, as far as the table's own guards allow."""

    words: str
    insert: bool = False
    update: bool = False
    delete: bool = False
    stamps: tuple[str, ...] = ()

    @property
    def rights(self) -> Iterator[str]:
        """What stands after GRANT."""
        yield "SELECT"
        if self.insert:
            yield "INSERT"
        if self.update:
            yield "UPDATE"
        elif self.stamps:
            yield f"UPDATE ({', '.join(self.stamps)})"
        if self.delete:
            yield "DELETE"


READ = Rows("只能读取;由所有者或触发器写入")
ADD = Rows("只能追加", insert=True)
KEEP = Rows("追加和修改,不能删除;终态由触发器冻结", insert=True, update=True)
OPEN = Rows("追加、修改和删除;终态由触发器冻结", insert=True, update=True, delete=True)


def stamped(*columns: str) -> Rows:
    """Rows that are added, and of which these columns alone are written later."""
    return Rows(f"追加;之后只能写入{'、'.join(columns)}", insert=True, stamps=columns)


# `pg_temp` last: otherwise a temporary table would be found before the one that a guard means. Run as their owner, the
# guards see every row, and history grows where the run-time role itself may not write.
_HARDENED = """
DO $$
DECLARE found regprocedure;
BEGIN
    FOR found IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                    AND (proname LIKE 'pgtrigger\\_%' OR proname = '_pgh_attach_context') LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path TO pg_catalog, public, pg_temp', found);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
    END LOOP;
END $$
"""
# The library's own lets whoever names a trigger in its setting pass it.
_NOTHING_IGNORED = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
# The library's own writes over a context that exists. This one only adds: words that were said later in the same
# request are a context of their own, with an id that follows from both.
_CONTEXTS_ARE_ADDED = """
CREATE OR REPLACE FUNCTION public._pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    given uuid := nullif(current_setting('pghistory.context_id', true), '');
    words jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF given IS NULL OR words IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (given, words, now(), now())
        ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND AND (SELECT metadata FROM pghistory_context WHERE id = given) <> words THEN
        given := md5(given::text || words::text)::uuid;
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (given, words, now(), now())
            ON CONFLICT (id) DO NOTHING;
    END IF;
    RETURN given;
END $$
"""
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
 ORDER BY relname
"""


def tables_of(cursor: CursorWrapper) -> list[str]:
    """Every table of the portal's database, the libraries' included."""
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall()]


def apply_walls(connection: BaseDatabaseWrapper, *, role: str, rows: Mapping[str, Rows]) -> None:
    """Give `role` exactly what `rows` says of each table, and harden every trigger. Run as owner; repeated at will.

    A table that is not listed stops the migration: it would be out of reach, or in reach unnoticed.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = tables_of(cursor)
        if unlisted := sorted(set(tables) - rows.keys()):
            raise ImproperlyConfigured(f"nobody said what may happen to the rows of: {', '.join(unlisted)}")
        app = quote(role)
        statements = [*_schema_rights(quote(str(connection.settings_dict["NAME"])), app)]
        statements += (f"GRANT {', '.join(rows[table].rights)} ON {quote(table)} TO {app}" for table in tables)
        cursor.execute(";\n".join([*statements, _NOTHING_IGNORED, _CONTEXTS_ARE_ADDED]))
        cursor.execute(_HARDENED)


def _schema_rights(database: str, app: str) -> Iterator[str]:
    """Of the database itself: no temporary tables, no objects of one's own. Of every table: at first nothing, columns
    included."""
    yield f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {app}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {app}"
    yield f"GRANT USAGE ON SCHEMA public TO {app}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {app}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}"
