"""The gate for handed-in documents beyond the corpus (`tests/corpus`): names against content, damage, other kinds."""

import pytest

from core.errors import Refusal
from core.files.uploads.gate import DOCX, PDF, Checked, check_word
from tests.core.files.excel import files
from tests.core.files.uploads import build
from tests.corpus import documents
from tests.corpus.gates import document

REFUSED = {
    "linux program": ("总结.docx", lambda: b"\x7fELF" + b"\0" * 100, "可执行程序"),
    "image": ("总结.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "这是PNG图片"),
    "plain text": ("总结.docx", lambda: "工作总结".encode(), "不是.docx文档中的任何一种"),
    "zip as docx": ("总结.docx", lambda: build.changed_docx({"word/document.xml": None}), "没有Word文档"),
    "docx in place of the scan": ("总结.pdf", build.docx_bytes, "这是.docx文档,这里只接收PDF"),
    "scan in place of the docx": ("总结.docx", build.pdf_bytes, "这是PDF,这里只接收.docx文档"),
    "docx with another ending": ("总结.doc", build.docx_bytes, "扩展名不是.docx"),
    "truncated docx": ("总结.docx", lambda: build.docx_bytes()[:-400], "损坏"),
    "broken xml": ("总结.docx", lambda: build.changed_docx({"word/document.xml": b"<w:document>"}), "损坏"),
    "large beside the text": (
        "总结.docx",
        lambda: build.changed_docx({"word/media/a.bin": b"\0" * 70_000_000}),
        "解压后超过60MB,请删去多余的内容、压缩图片后再上传",
    ),
    "pdf without table": ("总结.pdf", lambda: b"%PDF-1.7\nnothing here", "损坏"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_sound_document_is_named_and_refused(kind):
    name, make, expected = REFUSED[kind]
    with pytest.raises(Refusal) as refused:
        document(name, make())
    assert expected in str(refused.value)


@pytest.mark.parametrize(
    ("workbook", "expected"),
    [
        (files.with_part("xl/vbaProject.bin"), "含有宏,请另存为不含宏的.xlsx"),
        (files.with_part("xl/embeddings/a.bin"), "内嵌了其他文件"),
        (files.with_part("word/embeddings/a.xlsx", files.workbook()), "又内嵌了其他文件"),
        (files.with_part("xl/externalLinks/externalLink1.xml", "<x/>"), "断开链接"),
        (files.with_part("xl/media/a.bin", bytes(61 * 1024 * 1024)), "解压后超过60MB"),
        (b"MZ", "已损坏"),
    ],
    ids=["macro", "embedded file", "workbook in the workbook", "external link", "bomb", "no workbook"],
)
def test_a_charts_workbook_passes_the_same_gate(workbook, expected):
    name = "word/embeddings/Microsoft_Excel_Worksheet.xlsx"
    with pytest.raises(Refusal) as refused:
        check_word("总结.docx", build.changed_docx({name: workbook}))
    assert str(refused.value).startswith(f"文档中图表的数据({name})")
    assert expected in str(refused.value)


def test_other_embedded_files_stay_refused():
    for name in ("word/embeddings/oleObject1.bin", "word/embeddings/deep/a.xlsx", "xl/embeddings/a.xlsx"):
        with pytest.raises(Refusal, match="内嵌了其他文件"):
            check_word("总结.docx", build.changed_docx({name: files.workbook()}))


@pytest.mark.parametrize(
    "target",
    ["file://server/share/x.dotm", "file:////server/x.dotm", "http://example.invalid/x.dotm", "\\\\server\\x.dotm"],
)
def test_a_template_from_elsewhere_is_refused(target):
    relations = documents.REMOTE_TEMPLATE.replace("http://example.invalid/x.dotm", target)
    with pytest.raises(Refusal, match="引用了外部内容"):
        check_word("总结.docx", build.changed_docx({"word/_rels/settings.xml.rels": relations}))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("总结.docx", build.docx_bytes("一、平台基本情况", "二、年度运营情况"), Checked(DOCX, 2)),
        ("总结.DOCX", build.docx_bytes(), Checked(DOCX, 1)),
        ("总结.pdf", build.pdf_bytes(pages=3), Checked(PDF, 3)),
    ],
    ids=["docx", "capital ending", "pdf"],
)
def test_documents_are_measured(name, content, expected):
    assert document(name, content) == expected
