"""PDF files and pictures as honest programs write them."""

import io
import struct
import zlib
from functools import cache
from typing import Any

import pikepdf
import weasyprint
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

PAGE = (
    '<html lang="zh"><head><meta charset="utf-8"><title>年度工作总结</title></head><body><h1>年度工作总结</h1>'
    '<h2>一、平台基本情况</h2><p>演示平台。<a href="https://example.invalid/">附件</a></p></body></html>'
)


@cache
def printed_page(variant: str | None = None) -> bytes:
    content = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant=variant)
    assert content is not None
    return content


def pdf(change: Any = None, **options: Any) -> bytes:
    """Two pages, changed by `change`, saved as the options say."""
    document = pikepdf.new()
    for _ in range(2):
        document.add_blank_page(page_size=(595, 842))
    if change is not None:
        change(document)
    target = io.BytesIO()
    document.save(target, **options)
    return target.getvalue()


def outlined(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("一、平台基本情况", 0))
    document.Root.PageMode = Name.UseOutlines


def office_export(document: pikepdf.Pdf) -> None:
    """As Word and WPS export: tagged, with language, opening at a place of the first page."""
    document.Root.Lang = String("zh-CN")
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.XYZ, 0, 842, 1]))
    document.docinfo["/Producer"] = "WPS 文字"
    with document.open_metadata() as meta:
        meta["xmp:CreatorTool"] = "WPS 文字"


def plain_form(document: pikepdf.Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("单位"),
        V=String("演示"),
        Rect=Array([50, 50, 200, 80]),
    )
    document.pages[0].obj.Annots = Array([document.make_indirect(field)])
    document.Root.AcroForm = Dictionary(Fields=Array([document.pages[0].obj.Annots[0]]), NeedAppearances=True)


def signed(document: pikepdf.Pdf) -> None:
    """An electronic seal: a signature field with its stamp."""
    signature = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"), Contents=String("0" * 64)
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=String("电子印章"),
        V=document.make_indirect(signature),
        Rect=Array([300, 100, 420, 220]),
    )
    document.pages[0].obj.Annots = Array([document.make_indirect(field)])
    document.Root.AcroForm = Dictionary(Fields=Array([document.pages[0].obj.Annots[0]]), SigFlags=3)


def linked(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([50, 50, 200, 80]),
                A=Dictionary(S=Name.URI, URI=String("mailto:demo@example.invalid")),
            )
        ]
    )


def scanned(mode: str = "RGB", pages: int = 3) -> bytes:
    """As a scanner or a telephone saves it: nothing but pictures."""
    picture_of_page = Image.radial_gradient("L").resize((400, 560)).convert(mode)
    target = io.BytesIO()
    picture_of_page.save(target, "PDF", save_all=True, append_images=[picture_of_page] * (pages - 1), resolution=72)
    return target.getvalue()


def picture(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    target = io.BytesIO()
    Image.radial_gradient("L").resize((120, 80)).convert(mode).save(target, kind, **options)
    return target.getvalue()


def interlaced() -> bytes:
    """Eight by eight pixels in seven passes (Adam7), which our library reads but does not write."""
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    data = b"".join((b"\0" + bytes(width)) * height for width, height in passes)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
