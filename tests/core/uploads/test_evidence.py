"""Evidence: workbooks and pictures pass too, and a picture is kept without what the camera wrote beside it."""

import io

import pytest
from openpyxl import Workbook
from PIL import Image

from core.errors import Refusal
from core.uploads.gate import JPEG, PNG, XLSX, check_document, check_evidence
from tests.core.uploads import build
from tests.core.uploads.judging import judge


def picture(kind: str, size=(60, 40), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, kind, **options)
    return target.getvalue()


def workbook() -> bytes:
    book, target = Workbook(), io.BytesIO()
    book.create_sheet("第二张")["A1"] = "=SUM(B1:B9)"
    book.save(target)
    return target.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "演示相机"
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif)


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
    with pytest.raises(Refusal, match=r"这里只接收\.docx文档、PDF"):
        check_document(name, content)


def test_a_photograph_is_kept_upright_and_without_place_and_device():
    content = with_place()
    assert Image.open(io.BytesIO(content)).getexif()
    with Image.open(io.BytesIO(check_evidence("现场.jpg", content).content)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (40, 60)


def test_a_document_is_kept_as_it_was_handed_in():
    content = build.pdf_bytes()
    assert check_evidence("证书.pdf", content).content == content


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("大图.png", picture("PNG", (12_000, 12_000)), "12000×12000像素"),
        ("半张.jpg", picture("JPEG", (800, 800))[:900], "图片已损坏"),
        ("矢量.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "网页或XML"),
        ("动画.gif", b"GIF89a<script>alert(1)</script>", "GIF"),
        ("改名.jpg", picture("PNG"), "扩展名不是.png"),
        ("台账.xlsx", workbook()[:-300], "损坏"),
    ],
)
def test_nasty_evidence_is_named_and_refused(name, content, expected):
    verdict = judge(name, content, check_evidence)
    assert expected in verdict.refusal
    assert verdict.seconds < 15 and verdict.peak_bytes < 700 * 1024 * 1024
