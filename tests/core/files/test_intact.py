"""A byte turned on disk or in the database is never served: 503 with a plain page wherever the file is read, the bureau
is told once, the nightly check and the command name it with its use, and restoring it brings it back. The controls show
that it is the comparison that does it."""

import errno
import hashlib
import logging
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core import jobs, tasks
from core.choices import JobState, Shelf
from core.errors import Unequipped
from core.files import checking, intact
from core.files.intact import Damaged, open_intact, place_of, sealed_bytes
from core.files.sealing import seal
from core.files.uploads import storage
from core.models import DamagedFile, SealedFile
from core.queries import standing_damages
from dev.paths import CHECKOUT
from dev.sizes import modules
from evaluation.ranking.models import PublicationFile
from rewards.actions import confirm_proposal, propose_consequences, seal_letter
from rewards.models import YellowCard
from tests.core.files.uploads.build import pdf_bytes
from tests.factories import UserFactory
from tests.walls.test_attacks import as_role, sql
from tests.web.conftest import office, site

__all__ = ["office", "site"]
TABLE = "/open-data/2025/county_window/v2/ranking.csv"


@pytest.fixture(autouse=True)
def messages(monkeypatch, settings, tmp_path):
    """What was sent to the worker; nothing was told before, and uploads lie in a folder of the test's own."""
    sent: list[tuple[str, str]] = []
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(intact, "_told", set())
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda app, name, args, **_: sent.append((name, *args)))
    return sent


def flip(sha256: str, where: int = 0) -> None:
    """As the owner of the database, or a broken disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_sealedfile SET content = set_byte(content, %s, get_byte(content, %s) # 1) WHERE sha256 = %s",
            [where, where, sha256],
        )
        assert cursor.rowcount == 1


def flip_upload(sha256: str) -> None:
    content = bytearray(place_of(sha256).read_bytes())
    content[-1] ^= 1
    place_of(sha256).write_bytes(bytes(content))


@pytest.fixture
def table(site):
    return PublicationFile.objects.select_related("file", "publication").get(
        publication=site.corrected, name="ranking.csv"
    )


def hashes_nothing(monkeypatch) -> None:
    """The portal as it was: nobody compares."""
    monkeypatch.setattr(intact, "sealed_bytes", lambda file: bytes(file.content))
    monkeypatch.setattr("core.views.sealed.sealed_bytes", lambda file: bytes(file.content))


def test_a_flipped_byte_is_not_served_and_comes_back_when_it_is_restored(client, table):
    whole = client.get(TABLE)
    flip(table.file_id, 5)
    answer = client.get(TABLE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
    assert "no-store" in answer["Cache-Control"] and "ETag" not in answer
    said = answer.content.decode()
    assert "与封存时的摘要不一致" in said and table.file_id in said
    assert bytes(table.file.content) not in answer.content
    flip(table.file_id, 5)
    again = client.get(TABLE)
    assert (again.status_code, again.content, again["ETag"]) == (200, whole.content, whole["ETag"])


def test_control_without_the_comparison_it_is_served_under_the_old_tag(client, table, monkeypatch):
    whole = client.get(TABLE)
    hashes_nothing(monkeypatch)
    flip(table.file_id, 5)
    answer = client.get(TABLE)
    assert (answer.status_code, answer["ETag"]) == (200, whole["ETag"])
    assert answer.content != whole.content


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_byte_that_turns_after_the_first_reading_is_noticed_too(client, table, method):
    assert client.get(TABLE).status_code == 200
    flip(table.file_id, 5)
    assert getattr(client, method)(TABLE).status_code == 503


def test_pages_that_print_from_a_damaged_file_are_not_shown(client, site):
    code = site.platforms[0].code
    result = site.corrected.files.get(name="result.json").file_id
    for page, sha256 in (
        ("/bulletins/2025Q1/", site.bulletin.view_id),
        ("/bulletins/2025Q1/bulletin.pdf", site.bulletin.pdf_id),
        (f"/rankings/2025/county_window/{code}/", result),
    ):
        assert client.get(page).status_code == 200
        flip(sha256, 3)
        assert client.get(page).status_code == 503, page


def test_the_desk_serves_no_damaged_bulletin_and_no_damaged_letter(client, site, bureau):
    propose_consequences(publication=site.corrected, by=UserFactory.create())
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="演示", by=bureau)
    letter = seal_letter(proposal=card, pdf=b"%PDF-demo")
    client.force_login(bureau)
    for page, sha256 in [
        (reverse("desk_bulletin_pdf", args=[site.bulletin.pk]), site.bulletin.pdf_id),
        (reverse("desk_consequences_letter", args=["yellow-cards", card.pk]), letter.pk),
    ]:
        assert client.get(page).status_code == 200
        flip(sha256)
        assert client.get(page).status_code == 503, page


def test_a_damaged_or_missing_upload_is_not_given_back(bureau):
    attachment = storage.store(name="佐证.pdf", content=pdf_bytes(), media_type="application/pdf", by=bureau)
    flip_upload(attachment.sha256)
    with pytest.raises(Damaged, match="上传文件"):
        storage.open_stored(attachment)
    place_of(attachment.sha256).unlink()
    with pytest.raises(Damaged):
        storage.open_stored(attachment)


def test_the_same_bytes_handed_in_again_mend_a_damaged_upload(bureau):
    content = pdf_bytes()
    attachment = storage.store(name="佐证.pdf", content=content, media_type="application/pdf", by=bureau)
    flip_upload(attachment.sha256)
    storage.store(name="佐证.pdf", content=content, media_type="application/pdf", by=bureau)
    with open_intact(attachment.sha256) as file:
        assert file.read() == content


def test_a_disk_that_cannot_read_is_a_damage(bureau, monkeypatch):
    attachment = storage.store(name="佐证.pdf", content=pdf_bytes(), media_type="application/pdf", by=bureau)

    def broken(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(hashlib, "file_digest", broken)
    with pytest.raises(Damaged):
        storage.open_stored(attachment)
    assert checking.look_at(Shelf.UPLOAD, attachment.sha256).is_damaged


def test_the_bureau_is_told_once_however_many_ask(client, table, messages, caplog, bureau, city_platform_user):
    flip(table.file_id)
    with caplog.at_level(logging.ERROR, "core.files.intact"):
        for _ in range(5):
            client.get(TABLE)
    assert [record.name for record in caplog.records].count("core.files.intact") == 1
    assert messages == [("core.tasks.note_damage", "sealed", table.file_id)]
    for _ in range(3):  # as many processes may say so
        tasks.note_damage("sealed", table.file_id)
    assert DamagedFile.objects.count() == 1
    client.force_login(bureau)
    shown = client.get("/admin/").content.decode()
    assert "有1份文件与保存时不一致" in shown and "(第2版)ranking.csv" in shown
    client.force_login(city_platform_user)
    assert "与保存时不一致" not in client.get("/admin/").content.decode()


def test_a_message_alone_proves_nothing(table):
    tasks.note_damage("sealed", table.file_id)
    assert not DamagedFile.objects.exists()


def test_the_nightly_check_finds_every_damage_and_takes_back_what_is_mended(client, site, table, bureau):
    attachment = storage.store(name="佐证.pdf", content=pdf_bytes(), media_type="application/pdf", by=bureau)
    flip(table.file_id)
    place_of(attachment.sha256).unlink()
    result = checked_tonight("1")
    assert result["damaged"] == 2 and result["files"] == checking.count_stored()
    assert {row.sha256 for row in DamagedFile.objects.all()} == {table.file_id, attachment.sha256}
    sealed, upload = result["notices"]
    assert "ranking.csv" in sealed and "佐证.pdf" in upload and "不存在或无法读出" in upload
    flip(table.file_id)
    assert checked_tonight("2")["damaged"] == 1
    assert [row.sha256 for row in DamagedFile.objects.filter(mended_at=None)] == [attachment.sha256]
    assert len(standing_damages()) == 1
    flip(table.file_id)
    checked_tonight("3")
    assert DamagedFile.objects.filter(sha256=table.file_id).count() == 2, "another damage is another entry"


def checked_tonight(night: str) -> dict[str, Any]:
    job = jobs.enqueue("core.verify_files", key=night, arguments={"day": night}, by=None)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE and job.result, job.error
    return job.result


def test_the_check_goes_on_past_what_the_database_cannot_put_together(table, monkeypatch):
    """A broken page of the table: the database answers with an error where the value should be."""
    flip(table.file_id)
    broken = SealedFile.objects.exclude(pk=table.file_id).order_by("pk").values_list("pk", flat=True)[3]
    monkeypatch.setattr(
        checking,
        "_DIGESTS",
        "SELECT sha256, encode(sha256(content), 'hex') || 1 / (sha256 <> '" + broken + "')::int FROM core_sealedfile"
        " WHERE sha256 > %s ORDER BY sha256 LIMIT %s",
    )
    monkeypatch.setattr(
        checking,
        "_DIGEST",
        "SELECT encode(sha256(content), 'hex') || left((1 / (sha256 <> '" + broken + "')::int)::text, 0)"
        " FROM core_sealedfile WHERE sha256 = %s",
    )
    monkeypatch.setattr(checking, "connection", Savepoints())
    looked = list(checking.look_through())
    assert len(looked) == SealedFile.objects.count()
    assert {each.sha256: each.found == "" for each in looked if each.is_damaged} == {table.file_id: False, broken: True}


class Savepoints:
    """Each statement in a savepoint, because a test is one transaction and a worker is in none."""

    def cursor(self):
        return self

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.inner = connection.cursor()
        return self.inner

    def __exit__(self, *error):
        self.inner.close()
        return self.atomic.__exit__(*error)


def test_the_command_names_every_damaged_file_with_its_use_and_fails(site, table, bureau):
    assert "全部完好" in spoken("verify_sealed")
    attachment = storage.store(name="佐证.pdf", content=pdf_bytes(), media_type="application/pdf", by=bureau)
    flip(table.file_id)
    flip(site.bulletin.pdf_id)
    flip_upload(attachment.sha256)
    out = StringIO()
    with pytest.raises(CommandError, match="有3份损坏"):
        call_command("verify_sealed", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 3
    assert any("发布文件" in line and "(第2版)ranking.csv" in line and table.file_id in line for line in lines)
    assert any("季度通报" in line and "2025年" in line for line in lines)
    assert any("佐证.pdf" in line for line in lines)


def spoken(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_a_job_that_reads_a_damaged_file_stops_and_says_so(db, bureau):
    """Until it is restored trying again is useless; afterwards it may be given another round."""
    file = seal("演示".encode(), media_type="text/csv")
    flip(file.pk)
    arguments = {"file": file.pk, "file_name": "演示.csv"}
    job = jobs.enqueue("evaluation.import_figures", key="1", arguments=arguments, by=bureau)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DEAD, 1)
    assert "已停止使用" in job.error


def test_a_damage_is_something_to_be_put_right_first(db):
    assert issubclass(Damaged, Unequipped)
    file = seal(b"demo", media_type="text/plain")
    assert sealed_bytes(SealedFile.objects.get(pk=file.pk)) == b"demo"


def test_an_address_without_an_edition_is_asked_again_each_time(client, site):
    """A correction reaches whoever reads: only an edition's own address may be kept for good."""
    latest, pdf, fixed = (
        client.get(page)
        for page in ("/open-data/2025/county_window/latest/ranking.csv", "/bulletins/2025Q1/bulletin.pdf", TABLE)
    )
    for answer in (latest, pdf):
        assert "no-cache" in answer["Cache-Control"] and "immutable" not in answer["Cache-Control"]
        assert answer["ETag"]
    assert "immutable" in fixed["Cache-Control"]
    again = client.get("/bulletins/2025Q1/bulletin.pdf", headers={"If-None-Match": pdf["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nobody_reads_kept_bytes_past_the_comparison():
    """`.content` of a stored file is read in one place."""
    reading = re.compile(r"bytes\([\w.()=\[\]\"]*\.content\)|\bopen_stored\b|core\.files\.intact import .*place_of")
    found = {
        path.relative_to(CHECKOUT).as_posix()
        for path in modules()
        if reading.search(Path(path).read_text(encoding="utf-8"))
    }
    assert found == {
        "core/files/intact.py",
        "core/files/checking.py",
        "core/files/uploads/storage.py",
        "core/files/uploads/responses.py",
    }


def test_the_row_of_a_damage_can_only_be_stamped(db):
    DamagedFile.objects.create(shelf=Shelf.SEALED, sha256="0" * 64)
    with as_role():
        for attack in ("DELETE FROM core_damagedfile", "UPDATE core_damagedfile SET sha256 = ''"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                sql(attack)
        assert sql("UPDATE core_damagedfile SET mended_at = now()") == 1
