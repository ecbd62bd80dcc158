"""Every upload of the portal hands its files to the gate that the corpus is run against."""

from datetime import date

import pytest

from core.errors import Refusal
from core.files.excel.encodings import MAX_BYTES
from core.files.sandbox import run_limited
from core.periods import Quarter
from evaluation.intake.actions import read_figures, read_hub
from evaluation.systems.actions import systems
from platforms.actions.recognition_lists import ListParticulars, read_recognitions
from platforms.actions.service_lists import read_services
from platforms.formats import read_dataset
from platforms.models import Platform
from tests.corpus.documents import WORD, with_document
from tests.corpus.nasty import NASTY

TODAY = date(2026, 11, 25)
ABOUT = ListParticulars("little_giant", "演示名单", "演工信〔2026〕1号", TODAY)
FORMULA = next(each for each in NASTY if each.kind == "formula").make()
NUL = "企业名称,代码\r\n甲,\0乙\r\n".encode()
IN_CELL = "第2行“C”列:单元格是公式"
IN_ROW = "第2行:含有空字符"


def hub(name: str, content: bytes) -> object:
    return read_hub(content=content, file_name=name, quarter=Quarter(2025, 1))


def figures(name: str, content: bytes) -> object:
    return read_figures(content=content, file_name=name)


def recognitions(name: str, content: bytes) -> object:
    return read_recognitions(content=content, file_name=name, about=ABOUT, today=TODAY)


def services(name: str, content: bytes) -> object:
    return read_services(platform=Platform(), content=content, file_name=name, today=TODAY)


@pytest.mark.parametrize(
    ("upload", "name", "content", "words"),
    [
        (hub, "表.xlsx", FORMULA, IN_CELL),
        (figures, "表.csv", NUL, IN_ROW),
        *((upload, "表.xlsx", FORMULA, IN_CELL) for upload in (recognitions, services, read_dataset)),
        *((upload, "表.csv", NUL, IN_ROW) for upload in (recognitions, services, read_dataset)),
    ],
)
def test_imports_read_through_the_gate(upload, name, content, words):
    with pytest.raises(Refusal, match=words):
        upload(name, content)


def test_a_system_file_is_bounded_before_it_is_read():
    nested = b"[" * 100_000
    for content, words in ((nested, "嵌套层数过多"), (b"[" + b"[]," * 700_000, "超过2MB")):
        with pytest.raises(Refusal, match=words):
            systems.import_system_file(content=content, by=None)


def test_a_cell_that_claims_to_be_a_thousand_million_wide_is_read_as_one():
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc>'
    body = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    content = with_document(f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    assert run_limited("core.files.uploads.docx.read_text", content) == '{"lines":["合计"]}'.encode()


@pytest.mark.parametrize("read", [read_dataset, recognitions, services])
def test_lists_over_the_limit_are_refused_in_both_formats(read):
    for name in ("表.csv", "表.xlsx"):
        with pytest.raises(Refusal, match="超过20MB"):
            read(name, b"PK\x03\x04" * (MAX_BYTES // 4 + 1) if name.endswith("x") else b"a," * (MAX_BYTES // 2 + 1))
