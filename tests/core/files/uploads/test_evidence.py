"""Evidence: workbooks and pictures pass too. What no gate lets in is in `tests/corpus`."""

import io

import pytest
from openpyxl import Workbook
from PIL import Image

from core.errors import Refusal
from core.files.uploads.gate import JPEG, PNG, XLSX, check_evidence, check_scan, check_word
from tests.core.files.uploads import build


def picture(kind: str, size=(60, 40), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind, **options)
    return target.getvalue()


def workbook() -> bytes:
    book, target = Workbook(), io.BytesIO()
    book.create_sheet("第二张")["A1"] = "=SUM(B1:B9)"
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type", "length"),
    [
        ("台账.xlsx", workbook(), XLSX, 2),
        ("现场.PNG", picture("PNG"), PNG, 2400),
        ("现场.jpeg", picture("JPEG"), JPEG, 2400),
    ],
)
def test_workbooks_and_pictures_pass_as_evidence_but_not_as_a_summary(name, content, media_type, length):
    checked = check_evidence(name, content)
    assert (checked.media_type, checked.length) == (media_type, length)
    for check, accepted in ((check_word, r"\.docx文档"), (check_scan, "PDF")):
        with pytest.raises(Refusal, match=f"这里只接收{accepted}$"):
            check(name, content)


def test_a_document_is_kept_as_it_was_handed_in():
    content = build.pdf_bytes()
    assert check_evidence("证书.pdf", content).content == content


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [("改名.jpg", picture("PNG"), "扩展名不是.png"), ("台账.xlsx", workbook()[:-300], "损坏")],
)
def test_what_is_no_sound_evidence_is_named_and_refused(name, content, expected):
    with pytest.raises(Refusal, match=expected):
        check_evidence(name, content)
