"""Documents in the manner of many programs: what they put beside the text, and the fields honest ones have."""

from collections.abc import Callable
from functools import partial

from tests.core.files.excel import files
from tests.corpus import office, printed, written
from tests.corpus.documents import WORD
from tests.corpus.fields import code, document_with

WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MICROSOFT = "http://schemas.microsoft.com/office"
OFFICE = files.RELATIONS
HONEST_FIELDS = (
    r' TOC \o "1-3" \h \z \u ',
    " PAGE ",
    r" PAGE  \* MERGEFORMAT ",
    " NUMPAGES ",
    r' HYPERLINK \l "_Toc1" ',
    ' HYPERLINK "https://example.invalid/?a=DDE" ',
    " SEQ 表 \\* ARABIC ",
    " REF _Ref1 \\h ",
    r" EQ \o\ac(○,1) ",
    r' INCLUDEPICTURE "C:\\Users\\demo\\AppData\\Local\\Temp\\ksohtml\\wps1.jpg" \* MERGEFORMAT ',
    r' INCLUDEPICTURE \d "wps1.jpg" ',
    ' DATE \\@ "yyyy年M月d日" ',
    " = SUM(ABOVE) ",
    " FORMTEXT ",
    " ADDIN EN.CITE ",
)


def part(name: str, relation: str, kind: str, xml: str | bytes = "<x/>") -> tuple[str, str, str, str | bytes]:
    return name, relation, kind, xml


SETTINGS = (
    part("word/webSettings2.xml", f"{OFFICE}/webSettings", f"{WORDS}.webSettings+xml"),
    part("word/footnotes.xml", f"{OFFICE}/footnotes", f"{WORDS}.footnotes+xml"),
    part("word/endnotes.xml", f"{OFFICE}/endnotes", f"{WORDS}.endnotes+xml"),
)
NEW_WORD = (
    part(
        "word/commentsExtended.xml", f"{MICROSOFT}/2011/relationships/commentsExtended", f"{WORDS}.commentsExtended+xml"
    ),
    part("word/commentsIds.xml", f"{MICROSOFT}/2016/09/relationships/commentsIds", f"{WORDS}.commentsIds+xml"),
    part("word/people.xml", f"{MICROSOFT}/2011/relationships/people", f"{WORDS}.people+xml"),
    part(
        "word/intelligence2.xml",
        f"{MICROSOFT}/2020/10/relationships/intelligence",
        "application/vnd.ms-office.intelligence2+xml",
    ),
    part("word/glossary/document.xml", f"{OFFICE}/glossaryDocument", f"{WORDS}.document.glossary+xml"),
)
OLD_WORD = (
    part(
        "word/stylesWithEffects.xml",
        f"{MICROSOFT}/2007/relationships/stylesWithEffects",
        "application/vnd.ms-word.stylesWithEffects+xml",
    ),
    part(
        "word/fonts/font1.odttf",
        f"{OFFICE}/font",
        "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        "font",
    ),
)
DRAWN = (
    part(
        "word/diagrams/data1.xml",
        f"{OFFICE}/diagramData",
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    ),
    part("word/media/image9.emf", f"{OFFICE}/image", "image/x-emf", "EMF"),
)
KEPT = (
    part("customXml/item2.xml", f"{OFFICE}/customXml", ""),
    part(
        "docProps/custom2.xml",
        f"{OFFICE}/custom-properties",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    ),
)
Parts = tuple[tuple[str, str, str, str | bytes], ...]


def document(application: str, parts: Parts, instructions: tuple[str, ...] = ()) -> bytes:
    """A report with these parts beside it and these fields in it."""
    body = "".join(f'<w:p xmlns:w="{WORD}">{code(escaped(each))}</w:p>' for each in instructions)
    inside = files.unzipped(document_with(body))
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{relation}" Target="/{name}"/>'
        for number, (name, relation, _, _) in enumerate(parts, 200)
    )
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, _, kind, _ in parts if kind)
    for place, end, added in (
        ("word/_rels/document.xml.rels", b"</Relationships>", relations),
        ("[Content_Types].xml", b"</Types>", overrides),
    ):
        inside[place] = inside[place].replace(end, added.encode() + end)
    own: dict[str, str | bytes] = {name: data for name, _, _, data in parts}
    return files.zipped(inside | own | {"docProps/app.xml": office.app_properties(application, "16.0000")})


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def renamed() -> bytes:
    """Word in the browser numbers the main part."""
    inside = files.unzipped(written.saved(written.report()))
    renamed = {name.replace("word/document.xml", "word/document2.xml"): data for name, data in inside.items()}
    renamed = {
        name.replace("word/_rels/document.xml", "word/_rels/document2.xml"): data.replace(
            b"word/document.xml", b"word/document2.xml"
        )
        for name, data in renamed.items()
    }
    return files.zipped(renamed)


def linked(target: str) -> bytes:
    return written.document_with(
        {}, f'<Relationship Id="rId91" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
    )


def pictured() -> bytes:
    """A picture in the old drawing language, in the document's own part."""
    name = "word/media/image8.jpeg"
    shape = (
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{OFFICE}" xmlns:o="o">'
        '<v:imagedata r:id="rId201" o:title="照片"/></v:shape>'
    )
    content = document("WPS 文字", (part(name, f"{OFFICE}/image", "image/jpeg", printed.picture("JPEG")),))
    inside = files.unzipped(content)
    run = f'<w:p xmlns:w="{WORD}"><w:r><w:pict>{shape}</w:pict></w:r></w:p><w:sectPr'
    inside["word/document.xml"] = inside["word/document.xml"].replace(b"<w:sectPr", run.encode(), 1)
    return files.zipped(inside)


WRITERS: dict[str, Callable[[], bytes]] = {
    "Word 2007": partial(document, "Microsoft Office Word", SETTINGS, HONEST_FIELDS[:4]),
    "Word 2010": partial(document, "Microsoft Office Word", (*SETTINGS, *OLD_WORD), HONEST_FIELDS),
    "Word 365": partial(document, "Microsoft Office Word", (*SETTINGS, *NEW_WORD, *DRAWN), HONEST_FIELDS),
    "Word for Mac": partial(document, "Microsoft Macintosh Word", (*SETTINGS, *KEPT), HONEST_FIELDS[:8]),
    "Word Online": renamed,
    "WPS 2019": partial(document, "WPS Office_11.1.0", KEPT, HONEST_FIELDS),
    "WPS with a drawing": pictured,
    "Google Docs": partial(document, "", KEPT[:1], HONEST_FIELDS[:2]),
    "Pages": partial(document, "Pages", DRAWN[1:]),
    "OnlyOffice": partial(document, "ONLYOFFICE/7.5", SETTINGS, HONEST_FIELDS[4:6]),
    "docx4j": partial(document, "docx4j", ()),
    "Aspose.Words": partial(document, "Aspose.Words for Java", (*OLD_WORD[1:], *DRAWN)),
    "Apache POI": partial(document, "Apache POI", SETTINGS[:1]),
    "local link": partial(linked, "file:///D:\\资料\\附件.docx"),
    "link beside": partial(linked, "附件%201.docx"),
    "link to a mailbox": partial(linked, "mailto:demo@example.invalid"),
}
