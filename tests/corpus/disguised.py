"""Office files whose dangerous part has an innocent name: only its content type, the relation that leads to it or the
XML in it gives it away. Each is a function that makes its bytes."""

from tests.core.files.excel import files
from tests.corpus import written
from tests.corpus.documents import WORD
from tests.corpus.fields import code, document_with, run

OFFICE = files.RELATIONS
MICROSOFT = "http://schemas.microsoft.com/office"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PIVOT = (
    f'<pivotCacheDefinition xmlns="{files.MAIN}"><cacheFields count="1"><cacheField name="手机"><sharedItems>'
    '<s v="13900000000"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
)
DDE = (
    f'<externalLink xmlns="{files.MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="A0"/>'
    "</ddeItems></ddeLink></externalLink>"
)
MACRO_SHEET = (
    f'<xm:macrosheet xmlns="{files.MAIN}" xmlns:xm="{MICROSOFT}/excel/2006/main"><sheetData><row r="1"><c r="A1">'
    '<f>EXEC("calc")</f></c></row></sheetData></xm:macrosheet>'
)
WEB = (
    f'<connections xmlns="{files.MAIN}"><connection id="1" name="c" type="4" refreshedVersion="6" background="1">'
    '<webPr url="http://example.invalid/x" refreshOnLoad="1"/></connection></connections>'
)
ELSEWHERE = (
    f'<externalLink xmlns="{files.MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
    '<sheetName val="表"/></sheetNames></externalBook></externalLink>'
)
TYPES = (
    f'<Types xmlns="{files.PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{0}</Types>'
)


def workbook_with(
    name: str, data: str | bytes, kind: str = "", relation: str = "", *, source: str = "xl/workbook.xml"
) -> bytes:
    """A workbook with one part more, of this content type, to which `source` has this relation."""
    folder, _, leaf = source.rpartition("/")
    override = f'<Override PartName="/{name}" ContentType="{kind}"/>' if kind else ""
    parts: dict[str, str | bytes] = {name: data, "[Content_Types].xml": files.HEAD + TYPES.format(override)}
    rows = (("rId1", "worksheet", "worksheets/sheet1.xml"),) if source == "xl/workbook.xml" else ()
    extra = f'<Relationship Id="rId7" Type="{relation}" Target="/{name}"/>' if relation else ""
    parts[f"{folder}/_rels/{leaf}.rels"] = files.relations(*rows, extra=extra)
    return files.zipped(files.parts() | parts)


def macro() -> bytes:
    return workbook_with(
        "xl/theme/theme9.xml",
        OLE,
        "application/vnd.ms-office.vbaProject",
        f"{MICROSOFT}/2006/relationships/vbaProject",
    )


def macro_by_relation() -> bytes:
    return workbook_with("xl/media/image1.png", b"\x89PNG", "", f"{MICROSOFT}/2006/relationships/vbaProject")


def macro_by_type() -> bytes:
    return workbook_with("xl/media/image1.png", b"\x89PNG", "application/vnd.ms-office.vbaProject")


def script_of_wps() -> bytes:
    return workbook_with(
        "xl/custom.bin",
        b"JSA",
        "application/vnd.wps-officedocument.jsaProject",
        "http://www.wps.cn/officeDocument/2018/jsaProject",
    )


def pivot_cache() -> bytes:
    return workbook_with(
        "xl/theme/theme9.xml", PIVOT, f"{SHEETS}.pivotCacheDefinition+xml", f"{OFFICE}/pivotCacheDefinition"
    )


def pivot_cache_by_its_root() -> bytes:
    return workbook_with("xl/theme/theme9.xml", PIVOT)


def dde_link() -> bytes:
    return workbook_with("xl/theme/theme9.xml", DDE, f"{SHEETS}.externalLink+xml", f"{OFFICE}/externalLink")


def dde_link_of_strict_kind() -> bytes:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/externalLink"
    return workbook_with("xl/theme/theme9.xml", DDE.replace("externalLink", "x:externalLink"), "", strict)


def macro_sheet() -> bytes:
    return workbook_with(
        "xl/worksheets/sheet9.xml",
        MACRO_SHEET,
        "application/vnd.ms-excel.macrosheet+xml",
        f"{MICROSOFT}/2006/relationships/xlMacrosheet",
    )


def international_macro_sheet() -> bytes:
    return workbook_with(
        "xl/worksheets/sheet9.xml", MACRO_SHEET, "", f"{MICROSOFT}/2006/relationships/xlIntlMacrosheet"
    )


def ole_object() -> bytes:
    return workbook_with(
        "xl/media/image9.png",
        OLE,
        "application/vnd.openxmlformats-officedocument.oleObject",
        f"{OFFICE}/oleObject",
        source="xl/worksheets/sheet1.xml",
    )


def ole_bytes_as_a_picture() -> bytes:
    return workbook_with("xl/media/image9.png", OLE, "", f"{OFFICE}/image", source="xl/worksheets/sheet1.xml")


def program_as_a_picture() -> bytes:
    return workbook_with("xl/media/image9.png", b"MZ\x90\x00" + bytes(300), "", f"{OFFICE}/image")


def workbook_in_the_workbook() -> bytes:
    return workbook_with("xl/media/image9.png", files.workbook(), "", f"{OFFICE}/package")


def control() -> bytes:
    return workbook_with("xl/theme/theme9.xml", "<x/>", "application/vnd.ms-office.activeX+xml", f"{OFFICE}/control")


def web_connection() -> bytes:
    return workbook_with("xl/theme/theme9.xml", WEB, f"{SHEETS}.connections+xml", f"{OFFICE}/connections")


def query_table() -> bytes:
    xml = f'<queryTable xmlns="{files.MAIN}" name="q" connectionId="1"/>'
    return workbook_with("xl/theme/theme9.xml", xml, f"{SHEETS}.queryTable+xml", f"{OFFICE}/queryTable")


def external_link() -> bytes:
    return workbook_with("xl/theme/theme9.xml", ELSEWHERE, f"{SHEETS}.externalLink+xml", f"{OFFICE}/externalLink")


def real_time_data() -> bytes:
    xml = f'<volTypes xmlns="{files.MAIN}"/>'
    return workbook_with("xl/theme/theme9.xml", xml, "", f"{OFFICE}/volatileDependencies")


def ribbon() -> bytes:
    return workbook_with("xl/theme/theme9.xml", "<customUI/>", "", f"{MICROSOFT}/2006/relationships/ui/extensibility")


def add_in() -> bytes:
    kind = "application/vnd.ms-office.webextension+xml"
    relation = f"{MICROSOFT}/2011/relationships/webextension"
    return workbook_with("xl/theme/theme9.xml", "<webextension/>", kind, relation)


def unknown_relation() -> bytes:
    return workbook_with("xl/theme/theme9.xml", "<x/>", "", "http://example.invalid/relationships/newKind")


def unknown_type() -> bytes:
    return workbook_with("xl/theme/theme9.xml", "<x/>", "application/vnd.example.unheard+xml", f"{OFFICE}/theme")


def target_outside() -> bytes:
    parts = files.parts() | {
        "xl/_rels/workbook.xml.rels": files.relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "theme", "../../../etc/theme1.xml")
        )
    }
    return files.zipped(parts)


def related(relation: str, source: str = "xl/worksheets/_rels/sheet1.xml.rels") -> bytes:
    return files.with_part(source, files.relations(extra=relation))


def picture_elsewhere(before: str = "", mode: str = "External") -> bytes:
    """`before` stands in front of the attribute that matters."""
    return related(
        f'<Relationship Id="rId9" {before} Type="{OFFICE}/image" Target="http://example.invalid/a.png" '
        f'TargetMode="{mode}"/>'
    )


def link_to(target: str) -> bytes:
    return related(f'<Relationship Id="rId9" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>')


def hidden_behind_a_bracket(state: str = "veryHidden") -> bytes:
    """A sheet with values whose entry holds a '>' in its name."""
    book = files.workbook_xml(("表", "rId1", "visible"), ("藏&gt;", "rId2", state)).replace("&gt;", ">")
    return files.zipped(
        files.parts()
        | {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": files.relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
            ),
            "xl/worksheets/sheet2.xml": files.sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'),
        }
    )


def defined(name: str) -> bytes:
    """A name that Excel runs when the file is opened, or that belongs to a macro."""
    book = files.workbook_xml(("运营数据", "rId1", "visible"))
    return files.workbook(**{"xl/workbook.xml": book.replace("</workbook>", f"{name}</workbook>")})


def formula(text: str) -> bytes:
    return files.workbook(files.sheet_xml(f'<row r="1"><c r="A1"><f>{text}</f><v>0</v></c></row>'))


def formula_behind_a_false_end() -> bytes:
    """The cells seem to end in a remark, before the formula."""
    sheet = files.sheet_xml('<!--</sheetData>--><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    return files.workbook(sheet.replace("</sheetData></worksheet>", "</sheetData ></worksheet>"))


def types_in_small_letters() -> bytes:
    inside = files.unzipped(macro_by_type())
    return files.zipped({name.lower() if "Types" in name else name: data for name, data in inside.items()})


def two_sheets_of_one_name(said_twice: str) -> bytes:
    """The entry of the only sheet leads to a sheet without and to one with a formula."""
    book = files.workbook_xml(("表", "rId1", "visible"))
    kinds = files.relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
    )
    if said_twice == "attribute":
        book = book.replace('r:id="rId1"', 'r:id="rId1" xmlns:q="q" q:id="rId2"')
    else:
        kinds = kinds.replace("rId2", "rId1")
    formula = files.sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    return files.workbook(
        formula,
        **{"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": kinds, "xl/worksheets/sheet2.xml": files.sheet_xml()},
    )


def two_directions() -> bytes:
    """The root relation leads to another main part than the one with the usual name."""
    parts = files.parts() | {
        "_rels/.rels": files.relations(("rId1", "officeDocument", "xl/other.xml")),
        "xl/other.xml": files.workbook_xml(("运营数据", "rId1", "visible")),
    }
    return files.zipped(parts)


# ---- documents


def field(*pieces: str) -> bytes:
    return document_with(f'<w:p xmlns:w="{WORD}">{code(*pieces)}</w:p>')


def simple_field(instruction: str) -> bytes:
    return document_with(f'<w:p xmlns:w="{WORD}"><w:fldSimple w:instr="{instruction}"/></w:p>')


def spelt_by_another_field() -> bytes:
    """The name of the outer field is what the inner one says: the known way past a search for DDEAUTO."""
    inner = code(" QUOTE 68 68 69 65 85 84 79 ")
    begin, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "end"))
    rest = run('<w:instrText xml:space="preserve"> c:\\\\windows\\\\cmd "/k calc"</w:instrText>')
    return document_with(f'<w:p xmlns:w="{WORD}">{begin}{inner}{rest}{end}</w:p>')


def field_in_a_header() -> bytes:
    inside = files.unzipped(written.saved(written.report()))
    name = next(name for name in inside if name.startswith("word/header"))
    xml = inside[name].decode().replace("<w:p>", "<w:p>" + code(" DDEAUTO c:/cmd.exe "), 1)
    assert "DDEAUTO" in xml
    return files.zipped(inside | {name: xml})


def document_related(kind: str, name: str, data: str | bytes, content_type: str = "") -> bytes:
    """A report to whose main part one part more is related."""
    content = written.document_with(
        {name: data}, f'<Relationship Id="rId90" Type="{kind}" Target="/{name}"/>', written.saved(written.report())
    )
    if not content_type:
        return content
    inside = files.unzipped(content)
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
    inside["[Content_Types].xml"] = inside["[Content_Types].xml"].replace(b"</Types>", override)
    return files.zipped(inside)


def document_macro() -> bytes:
    kind = f"{MICROSOFT}/2006/relationships/vbaProject"
    return document_related(kind, "word/theme/theme9.xml", OLE, "application/vnd.ms-office.vbaProject")


def document_ole() -> bytes:
    return document_related(f"{OFFICE}/oleObject", "word/media/image9.png", OLE)


def document_package() -> bytes:
    return document_related(f"{OFFICE}/package", "word/media/image9.png", files.workbook())


def document_page() -> bytes:
    """Word takes in a web page as part of the text."""
    return document_related(f"{OFFICE}/aFChunk", "word/media/a.xml", "<html><body>x</body></html>")


def document_elsewhere(kind: str, target: str = "http://example.invalid/x") -> bytes:
    return written.document_with(
        {}, f'<Relationship Id="rId91" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )


def drawing_elsewhere() -> bytes:
    """A picture of the old kind names its place itself."""
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="\\\\203.0.113.9\\s\\a.png"/></v:shape>'
    return document_with(f'<w:p xmlns:w="{WORD}"><w:r><w:pict>{shape}</w:pict></w:r></w:p>')
