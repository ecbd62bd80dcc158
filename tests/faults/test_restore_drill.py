"""The restore drill on a small world that is published: it passes, touches nothing, and fails when the backup does not
hold what was sealed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.files.intact import place_of
from core.files.uploads.storage import store
from core.models import DamagedFile, SealedFile
from dev.homes import home
from dev.servers import program
from evaluation.ranking.models import Standing
from evaluation.ranking.queries.recomputed import recomputed
from tests.core.files.test_intact import flip
from tests.core.files.uploads.build import pdf_bytes
from tests.faults.test_disk_full import is_embedded
from tests.web.conftest import office, site

__all__ = ["office", "site"]

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not is_embedded(), reason="pg_dump must be as new as the server"),
]


def drill() -> str:
    out = StringIO()
    call_command("restore_drill", programs=str(program(home("test"), "pg_dump").parent), stdout=out)
    return out.getvalue()


def databases() -> set[str]:
    with connection.cursor() as cursor:
        own = f"{connection.settings_dict['NAME']}%"
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname", [own])
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def world(site, bureau):
    return site, store(name="佐证.pdf", content=pdf_bytes(), media_type="application/pdf", by=bureau)


def test_it_passes_and_leaves_nothing_behind(world):
    before = databases()
    said = drill()
    for words in ("备份数据库:", "恢复数据库:", "份文件全部完好", "3期排名重新计算的结果全部一致", "恢复演练通过,共"):
        assert words in said
    assert databases() == before


def test_a_file_that_the_backup_holds_damaged_fails_it(world):
    site, attachment = world
    flip(site.corrected.files.get(name="ranking.csv").file_id)
    place_of(attachment.sha256).write_bytes(b"x")
    with pytest.raises(CommandError, match="2份损坏") as told:
        drill()
    assert "ranking.csv" in str(told.value) and "佐证.pdf" in str(told.value)
    assert not DamagedFile.objects.exists(), "what is in use was not touched"


def test_a_publication_that_does_not_follow_from_its_bundle_fails_it(world):
    """Places rewritten by whoever owns the database: every file is whole, only the recomputation tells."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluation_standing DISABLE TRIGGER USER")
        first = [world[0].corrected.pk]
        cursor.execute("UPDATE evaluation_standing SET total = total - 1 WHERE publication_id = %s AND rank = 1", first)
        cursor.execute("ALTER TABLE evaluation_standing ENABLE TRIGGER USER")
    assert Standing.objects.filter(publication=world[0].corrected).exists()
    with pytest.raises(CommandError, match="1期不符"):
        drill()
    assert [fault for _, fault in recomputed() if fault] == ["重新计算的名次、总分与公布的不符"]
    assert SealedFile.objects.exists()
