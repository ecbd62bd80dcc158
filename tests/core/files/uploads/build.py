"""Documents made in code: honest ones and each kind of nasty one."""

import io
import zipfile

import docx
import pikepdf
from pikepdf import Array, Dictionary, Name


def docx_bytes(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or ("年度工作总结",):
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def changed_docx(parts: dict[str, bytes | str | None]) -> bytes:
    """An honest document with parts added, replaced (bytes) or removed (None)."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx_bytes())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info.filename))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def pdf_bytes(pages: int = 1, **root: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def script_action() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def pdf_with_script_on_a_page() -> bytes:
    """The action hides in a direct dictionary inside an array inside a page."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj["/Annots"] = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=script_action())])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_with_attachment() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["工具.exe"] = pikepdf.AttachedFileSpec(document, b"MZ....", filename="tool.exe")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def encrypted_pdf(*, password: str) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    target = io.BytesIO()
    document.save(target, encryption=pikepdf.Encryption(owner="owner", user=password))
    return target.getvalue()


def pdf_turning_to_first_page() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    document.Root["/OpenAction"] = Array([page.obj, Name.Fit])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
