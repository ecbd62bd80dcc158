"""Honest files of many programs: every one is taken by each upload that it is meant for."""

import pytest

from core.files.uploads.gate import DOCX, check_evidence
from core.files.uploads.reading import document_lines
from evaluation.intake.actions import read_figures
from platforms.actions.recognition_lists import read_recognitions
from platforms.actions.registration import import_platforms
from platforms.actions.service_lists import read_services
from platforms.choices import EVALUATED_TYPES
from platforms.formats import read_dataset
from platforms.models import Platform
from tests.corpus.gates import GATES, document
from tests.corpus.honest import DOCUMENTS, FOLDER, HONEST, PDFS, PICTURES, TEXTS, WORKBOOKS
from tests.corpus.judging import judge
from tests.evaluation.intake import workbooks
from tests.evaluation.year.demo import load_registry, platform_rows
from tests.evaluation.year.systems import system_in_force
from tests.factories import UserFactory
from tests.platforms.enterprises.lists import ABOUT, TODAY

IMPORTS = ("hub", "services", "recognitions", "registers", "figures")
HANDED_IN = [each for each in HONEST if {"summary", "evidence"} & set(each.uploads)]


def take(upload: str, name: str, content: bytes) -> int:
    """How much of anything the upload found in the file."""
    match upload:
        case "hub":
            return workbooks.read(content).row_count
        case "figures":
            return read_figures(content=content, file_name=name).row_count
        case "services":
            platform = Platform.objects.first()
            assert platform is not None
            rows = read_services(platform=platform, content=content, file_name=name, today=TODAY).rows
            return len(rows.visits)
        case "recognitions":
            return len(read_recognitions(content=content, file_name=name, about=ABOUT, today=TODAY).rows)
        case _:
            counts = import_platforms(dataset=read_dataset(name, content), by=None)
            return counts.added + counts.changed + counts.unchanged


def test_there_are_enough_of_each_kind():
    producers = {each.style for each in HONEST}
    print(f"honest: {len(HONEST)} files from {len(producers)} producers")
    assert len(HONEST) >= 150
    assert len(producers) >= 25
    assert min(len(WORKBOOKS), len(TEXTS), len(DOCUMENTS), len(PDFS), len(PICTURES)) >= 10
    assert {"Excel", "WPS", "libreoffice", "openpyxl", "Word", "chromium", "ghostscript", "scanner"} <= producers
    assert len(set(map(str, HONEST))) == len(HONEST)
    used = {each.name for each in HONEST}
    kept = {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*")}
    assert kept <= used


@pytest.mark.parametrize("honest", HANDED_IN, ids=str)
def test_honest_files_are_taken_as_they_are(honest):
    content = honest.make()
    assert honest.uploads
    verdict = judge(honest.name, content, GATES["evidence"])
    assert (verdict.seconds < 15, verdict.peak_bytes < 700 * 1024 * 1024) == (True, True), verdict
    for upload in honest.uploads:
        if upload in IMPORTS:
            continue
        check = document if upload == "summary" else check_evidence
        checked = check(honest.name, content)
        assert checked.length >= 1
        assert checked.content == content or checked.media_type.startswith("image/")
        if checked.media_type == DOCX and upload == "summary":
            assert document_lines(content)


@pytest.mark.parametrize("upload", IMPORTS)
def test_honest_tables_are_read_to_the_last_row(db, upload):
    load_registry()
    by = UserFactory.create()
    for platform_type in EVALUATED_TYPES:
        system_in_force(by, platform_type, 2025)
    expected = {"hub": 16, "services": 8, "recognitions": 8, "registers": len(platform_rows()), "figures": 39}
    found = {str(each): take(upload, each.name, each.make()) for each in HONEST if upload in each.uploads}
    assert found == dict.fromkeys(found, expected[upload])
    assert len(found) >= 3
