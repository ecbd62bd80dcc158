"""No room left, on real file systems of a megabyte or two: under the folder of uploads, under a table of PostgreSQL.
The person reads a sentence, no half file stays, and the next small upload passes once there is room."""

import os
import random
import subprocess
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.files.sealing import seal
from core.models import Attachment, Job, SealedFile
from dev.homes import home
from evaluation.collection.models import Evidence
from evaluation.intake.models import ImportBatch
from tests.core.files.uploads.build import pdf_bytes
from tests.evaluation.collection.conftest import quarter
from tests.evaluation.intake.workbooks import demo_content
from tests.evaluation.year.demo import load_registry
from tests.factories import UserFactory
from tests.forms import Browser

__all__ = ["quarter"]

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a file system"),
]


def is_embedded() -> bool:
    """Whether the server is our own: it knows the password of the test instance."""
    return urlsplit(os.environ["DATABASE_OWNER_URL"]).password == home("test").passwords()["owner"]


FIGURE = "/my/submissions/2026Q1/figures/K5/"
SAID = "磁盘空间可能不足"


@contextmanager
def tiny(folder: Path, kilobytes: int):
    """A file system of so many kilobytes, mounted there."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def enlarge(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)


def large_pdf(kilobytes: int) -> bytes:
    """Honest, and no smaller when it is compressed: bytes after the end that readers pass over."""
    content = pdf_bytes()
    return content[:-6] + b"\n%" + random.Random(1).randbytes(1024 * kilobytes).hex().encode() + content[-7:]


def signed_in(user) -> Browser:
    client = Browser()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def hand_in(client: Browser, content: bytes):
    return client.post(FIGURE, {"file": SimpleUploadedFile("证明.pdf", content)})


@pytest.mark.parametrize("kilobytes", [300, 900], ids=["no room to keep it", "no room to receive it"])
def test_under_the_folder_of_uploads(db, quarter, settings, tmp_path, kilobytes):
    """The quarantine holds the file once, keeping it needs the room again."""
    client = signed_in(quarter.window)
    with tiny(tmp_path / "media", 1024) as media:
        settings.MEDIA_ROOT = media
        answer = hand_in(client, large_pdf(kilobytes))
        assert answer.status_code in (200, 400)
        assert SAID in answer.content.decode()
        assert not Evidence.objects.exists() and not Attachment.objects.exists()
        assert files(media) == [], "no half file stays, in the quarantine neither"
        assert hand_in(client, pdf_bytes()).status_code == 302, "a small one still passes"
        enlarge(media)
        assert hand_in(client, large_pdf(kilobytes)).status_code == 302
        assert Evidence.objects.count() == len(files(media / "attachments")) == 2


@contextmanager
def sealed_files_on(folder: Path):
    """The table of sealed files in a tablespace there; only the superuser of the embedded server may."""
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    account = home("test").account
    assert account
    os.chown(folder, account.uid, account.gid)
    place = folder / "pg"
    place.mkdir(mode=0o700)
    os.chown(place, account.uid, account.gid)
    for each in (folder, *folder.parents):
        if each.stat().st_mode & 0o001 == 0:
            each.chmod(each.stat().st_mode | 0o011)
    with as_superuser(address.hostname, address.port) as run:
        run(f"CREATE TABLESPACE tiny LOCATION '{place}'")
        run("ALTER TABLE core_sealedfile SET TABLESPACE tiny")
        try:
            yield
        finally:
            run("ALTER TABLE core_sealedfile SET TABLESPACE pg_default")
            run("DROP TABLESPACE tiny")


@contextmanager
def as_superuser(host, port):
    password = home("test").passwords()["postgres"]
    name = connection.settings_dict["NAME"]
    server = psycopg2.connect(host=host, port=port, user="postgres", password=password, dbname=name)
    server.autocommit = True
    try:
        yield lambda statement: server.cursor().execute(statement)
    finally:
        server.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not is_embedded(), reason="only the embedded server tells its superuser's password")
def test_under_a_table_of_postgresql(tmp_path):
    load_registry()
    client = signed_in(UserFactory.create(role=Role.CITY_PLATFORM))
    with tiny(tmp_path / "tablespace", 2048) as folder, sealed_files_on(folder):
        fill_up()
        kept = SealedFile.objects.count()
        preview = upload(client)["Location"]
        answer = client.post(preview, {"changes": client.get(preview).context["changes"].digest})
        assert (answer.status_code, answer["Retry-After"]) == (503, "600")
        assert "服务器的存储空间已满" in answer.content.decode()
        assert SealedFile.objects.count() == kept and not Job.objects.exists()
        enlarge(folder)
        answer = client.post(preview, {"changes": client.get(preview).context["changes"].digest})
        assert answer.status_code == 302
        job = Job.objects.get()
        assert jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, ImportBatch.objects.count()) == (JobState.DONE, 1)


def upload(client: Browser):
    content = SimpleUploadedFile("2025Q1.xlsx", demo_content("2025Q1"))
    return client.post(reverse("desk_import_hub"), {"year": 2025, "quarter": 1, "file": content})


def fill_up() -> None:
    """Until a page of the table finds no room any more."""
    chance = random.Random(2)
    for size in (200_000, 20_000, 2_000):
        with pytest.raises(OperationalError, match="No space left on device"):
            for _ in range(1000):
                with transaction.atomic():
                    seal(chance.randbytes(size), media_type="application/octet-stream")
