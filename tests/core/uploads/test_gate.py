"""The gate for handed-in documents: honest files pass, each nasty kind gets its own message, quickly and cheaply."""

import re

import pytest
from pikepdf import Dictionary, Name

from core.uploads.gate import DOCX, PDF, Checked, check_document
from tests.core.uploads import build
from tests.core.uploads.judging import judge

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
)
XXE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
REMOTE_TEMPLATE = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1/x.dotm"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
BOMB = b"<w:p/>" * 3_000_000
MANY = b'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>' + BOMB + b"</w:body></w:document>"

NASTY = {
    "empty": ("a.docx", lambda: b"", "空的"),
    "program": ("总结.pdf", lambda: b"MZ\x90\x00" + b"\0" * 100, "可执行程序"),
    "linux program": ("总结.docx", lambda: b"\x7fELF" + b"\0" * 100, "可执行程序"),
    "old doc": ("总结.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为无密码的.docx"),
    "html as pdf": ("总结.pdf", lambda: b"<html><script>alert(1)</script></html>", "网页"),
    "svg": ("总结.pdf", lambda: b"<svg onload='x'/>", "网页或XML"),
    "image": ("总结.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "这是PNG图片"),
    "rar": ("总结.docx", lambda: b"Rar!\x1a\x07\x00", "RAR"),
    "plain text": ("总结.docx", lambda: "工作总结".encode(), "不是.docx文档、PDF中的任何一种"),
    "virus mark": ("总结.pdf", lambda: EICAR, "病毒特征"),
    "virus mark inside pdf": ("总结.pdf", lambda: build.pdf_bytes() + EICAR, "病毒特征"),
    "zip as docx": ("总结.docx", lambda: build.changed_docx({"word/document.xml": None}), "没有Word文档"),
    "docx named pdf": ("总结.pdf", build.docx_bytes, "扩展名不是.docx"),
    "pdf named docx": ("总结.docx", build.pdf_bytes, "扩展名不是.pdf"),
    "macro": ("总结.docx", lambda: build.changed_docx({"word/vbaProject.bin": b"x"}), "宏"),
    "billion laughs": ("总结.docx", lambda: build.changed_docx({"word/document.xml": LAUGHS}), "DTD"),
    "xxe": ("总结.docx", lambda: build.changed_docx({"word/document.xml": XXE}), "DTD"),
    "remote template": (
        "总结.docx",
        lambda: build.changed_docx({"word/_rels/settings.xml.rels": REMOTE_TEMPLATE}),
        "外部",
    ),
    "zip bomb": ("总结.docx", lambda: build.changed_docx({"word/document.xml": MANY}), "压缩炸弹"),
    "zip bomb beside": (
        "总结.docx",
        lambda: build.changed_docx({"word/media/a.bin": b"\0" * 70_000_000}),
        "解压后超过",
    ),
    "path": ("总结.docx", lambda: build.changed_docx({"../../evil.xml": b"<x/>"}), "不安全的部件名称"),
    "truncated docx": ("总结.docx", lambda: build.docx_bytes()[:-400], "损坏"),
    "broken xml": ("总结.docx", lambda: build.changed_docx({"word/document.xml": b"<w:document>"}), "损坏"),
    "truncated pdf": ("总结.pdf", lambda: build.pdf_bytes()[:60], "损坏"),
    "pdf without table": ("总结.pdf", lambda: b"%PDF-1.7\nnothing here", "损坏"),
    "pdf script": ("总结.pdf", lambda: build.pdf_bytes(OpenAction=build.script_action()), "JavaScript"),
    "pdf script on page": ("总结.pdf", build.pdf_with_script_on_a_page, "JavaScript"),
    "pdf launch": (
        "总结.pdf",
        lambda: build.pdf_bytes(OpenAction=Dictionary(S=Name.Launch, F="cmd.exe")),
        "启动程序",
    ),
    "pdf form": ("总结.pdf", lambda: build.pdf_bytes(AcroForm=Dictionary(XFA="x")), "XFA"),
    "pdf attachment": ("总结.pdf", build.pdf_with_attachment, "内嵌了其他文件"),
    "pdf with password": ("总结.pdf", lambda: build.encrypted_pdf(password="geheim"), "密码"),
    "pdf locked": ("总结.pdf", lambda: build.encrypted_pdf(password=""), "加密"),
    "too many pages": ("总结.pdf", lambda: build.pdf_bytes(pages=501), "501页"),
}


@pytest.mark.parametrize("kind", NASTY)
def test_nasty_documents_are_named_and_refused(kind):
    name, make, expected = NASTY[kind]
    verdict = judge(name, make())
    assert re.search(expected, verdict.refusal)
    assert verdict.seconds < 15
    assert verdict.peak_bytes < 700 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("总结.docx", build.docx_bytes("一、平台基本情况", "二、年度运营情况"), Checked(DOCX, 2)),
        ("总结.DOCX", build.docx_bytes(), Checked(DOCX, 1)),
        ("总结.pdf", build.pdf_bytes(pages=3), Checked(PDF, 3)),
        ("总结.pdf", build.pdf_turning_to_first_page(), Checked(PDF, 1)),
    ],
    ids=["docx", "capital ending", "pdf", "pdf that opens at its first page"],
)
def test_honest_documents_pass(name, content, expected):
    assert check_document(name, content) == expected
