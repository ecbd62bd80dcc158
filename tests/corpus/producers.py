"""Workbooks in the manner of many programs: how they name and join their parts, write their texts, and what they put
beside the cells. Built by hand from what each program is known to write; the tables are those of `tables`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from core.files.excel.cells import column_letter
from tests.core.files.excel import files
from tests.corpus import office, printed
from tests.corpus.tables import Rows, serial

HEAD = files.HEAD
OFFICE = files.RELATIONS
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXCEL = "application/vnd.ms-excel"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True)
class Extra:
    """A part beside the table: what it is, and which part is related to it how."""

    name: str
    data: str | bytes
    kind: str = ""
    relation: str = ""
    source: str = "xl/workbook.xml"


@dataclass(frozen=True)
class Producer:
    """How a program writes a workbook. `texts` is where the texts of cells stand; `mark` the prefix of its elements;
    `root` what stands before the targets of relations."""

    name: str
    application: str
    version: str = ""
    texts: str = "shared"
    mark: str = ""
    root: str = ""
    relations: str = OFFICE
    main: str = files.MAIN
    head: str = HEAD
    sheet: str = "Sheet1"
    file: str = "xl/worksheets/sheet1.xml"
    behind: str = ""
    book: str = ""
    theme: bool = True
    styles: bool = True
    extras: tuple[Extra, ...] = ()

    def write(self, rows: Rows) -> bytes:
        texts = dict[str, int]()
        sheet = self._sheet(rows, texts)
        extras = [*self._usual(texts), *self.extras]
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": self._types(extras),
            "xl/workbook.xml": self._book(),
            self.file: sheet,
            **{extra.name: extra.data for extra in extras if extra.data != ""},
        }
        sources = {"": [Extra("xl/workbook.xml", "", "", f"{self.relations}/officeDocument", "")]}
        sources["xl/workbook.xml"] = [Extra(self.file, "", "", f"{self.relations}/worksheet")]
        for extra in extras:
            if extra.relation:
                sources.setdefault(extra.source, []).append(extra)
        for source, found in sources.items():
            folder, _, leaf = source.rpartition("/")
            parts[f"{folder}/_rels/{leaf}.rels".lstrip("/")] = self._related(found)
        return files.zipped(parts)

    def _usual(self, texts: dict[str, int]) -> list[Extra]:
        found = [
            Extra("docProps/app.xml", office.app_properties(self.application, self.version), "", "", ""),
            Extra("docProps/core.xml", office.core_properties(), "", "", ""),
        ]
        if self.styles:
            found.append(
                Extra("xl/styles.xml", HEAD + office.STYLES, f"{SHEETS}.styles+xml", f"{self.relations}/styles")
            )
        if self.theme:
            kind = "application/vnd.openxmlformats-officedocument.theme+xml"
            found.append(Extra("xl/theme/theme1.xml", HEAD + office.THEME, kind, f"{self.relations}/theme"))
        if self.texts == "shared":
            items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
            xml = f'{self.head}<sst xmlns="{self.main}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'
            kind = f"{SHEETS}.sharedStrings+xml"
            found.append(Extra("xl/sharedStrings.xml", xml, kind, f"{self.relations}/sharedStrings"))
        return found

    def _types(self, extras: list[Extra]) -> str:
        endings = {"png": "image/png", "jpeg": "image/jpeg", "vml": f"{office.DOCUMENT}.vmlDrawing"}
        endings |= {"bin": f"{SHEETS}.printerSettings", "xml": "application/xml"}
        endings["rels"] = "application/vnd.openxmlformats-package.relationships+xml"
        kinds = {"xl/workbook.xml": f"{SHEETS}.sheet.main+xml", self.file: f"{SHEETS}.worksheet+xml"}
        kinds |= {extra.name: extra.kind for extra in extras if extra.kind}
        defaults = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in endings.items())
        own = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
        return f'{HEAD}<Types xmlns="{files.PACKAGE}/content-types">{defaults}{own}</Types>'

    def _related(self, found: list[Extra]) -> str:
        rows = "".join(
            f'<Relationship Id="rId{number}" Type="{each.relation}" Target="{self._target(each)}"'
            f"{' TargetMode=' + chr(34) + 'External' + chr(34) if each.name.startswith('http') else ''}/>"
            for number, each in enumerate(found, 1)
        )
        return f'{HEAD}<Relationships xmlns="{files.PACKAGE}/relationships">{rows}</Relationships>'

    def _target(self, extra: Extra) -> str:
        if extra.name.startswith("http"):
            return extra.name
        if self.root:
            return f"{self.root}{extra.name}"
        depth = extra.source.count("/")
        if depth == 1:
            return extra.name.removeprefix("xl/") if extra.name.startswith("xl/") else f"../{extra.name}"
        return "../" * (depth - 1) + extra.name.removeprefix("xl/") if depth else extra.name

    def _book(self) -> str:
        mark, link = self.mark, f'xmlns{":" + self.mark[:-1] if self.mark else ""}="{self.main}"'
        return (
            f'{self.head}<{mark}workbook {link} xmlns:r="{self.relations}"><{mark}sheets>'
            f'<{mark}sheet name="{self.sheet}" sheetId="1" state="visible" r:id="rId1"/></{mark}sheets>'
            f"{self.book}</{mark}workbook>"
        )

    def _sheet(self, rows: Rows, texts: dict[str, int]) -> str:
        mark, link = self.mark, f'xmlns{":" + self.mark[:-1] if self.mark else ""}="{self.main}"'
        lines = "".join(
            f'<{mark}row r="{number}">{self._cells(number, row, texts)}</{mark}row>'
            for number, row in enumerate(rows, 1)
        )
        return (
            f'{self.head}<{mark}worksheet {link} xmlns:r="{self.relations}"><{mark}sheetData>{lines}</{mark}sheetData>'
            f"{self.behind}</{mark}worksheet>"
        )

    def _cells(self, number: int, row: Any, texts: dict[str, int]) -> str:
        places = ((f"{column_letter(index)}{number}", value) for index, value in enumerate(row))
        return "".join(self._cell(place, value, texts) for place, value in places if value not in (None, ""))

    def _cell(self, place: str, value: Any, texts: dict[str, int]) -> str:
        mark = self.mark
        if isinstance(value, date):
            return f'<{mark}c r="{place}" s="1"><{mark}v>{serial(value)}</{mark}v></{mark}c>'
        if not isinstance(value, str):
            return f'<{mark}c r="{place}"><{mark}v>{value}</{mark}v></{mark}c>'
        if self.texts == "shared":
            return f'<{mark}c r="{place}" t="s"><{mark}v>{texts.setdefault(value, len(texts))}</{mark}v></{mark}c>'
        if self.texts == "plain":
            return f'<{mark}c r="{place}" t="str"><{mark}v>{escape(value)}</{mark}v></{mark}c>'
        text = f"<{mark}is><{mark}t>{escape(value)}</{mark}t></{mark}is>"
        return f'<{mark}c r="{place}" t="inlineStr">{text}</{mark}c>'


FIRST = "xl/worksheets/sheet1.xml"
PRINTER = Extra("xl/printerSettings/printerSettings1.bin", bytes(600), "", f"{OFFICE}/printerSettings", FIRST)
CHAIN = Extra(
    "xl/calcChain.xml", f'<calcChain xmlns="{files.MAIN}"/>', f"{SHEETS}.calcChain+xml", f"{OFFICE}/calcChain"
)
TABLE = Extra(
    "xl/tables/table1.xml",
    f'<table xmlns="{files.MAIN}" id="1" name="表1" displayName="表1" ref="A1:B2"/>',
    f"{SHEETS}.table+xml",
    f"{OFFICE}/table",
    FIRST,
)
# As old programs write it: line breaks that no XML parser takes.
VML = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape type="#_x0000_t202"><div>甲<br>乙</div></v:shape></xml>'
NOTES = (
    Extra(
        "xl/comments1.xml",
        f'<comments xmlns="{files.MAIN}"><authors><author>经办</author></authors><commentList/></comments>',
        f"{SHEETS}.comments+xml",
        f"{OFFICE}/comments",
        FIRST,
    ),
    Extra("xl/drawings/vmlDrawing1.vml", VML, "", f"{OFFICE}/vmlDrawing", FIRST),
)
PICTURE = (
    Extra(
        "xl/drawings/drawing1.xml",
        f'<xdr:wsDr xmlns:xdr="{DRAWING_NS}/spreadsheetDrawing"/>',
        DRAWING,
        f"{OFFICE}/drawing",
        FIRST,
    ),
    Extra("xl/media/image1.png", printed.picture("PNG"), "", f"{OFFICE}/image", "xl/drawings/drawing1.xml"),
)
CHART = (
    *PICTURE,
    Extra(
        "xl/charts/chart1.xml",
        f'<c:chartSpace xmlns:c="{DRAWING_NS}/chart"/>',
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        f"{OFFICE}/chart",
        "xl/drawings/drawing1.xml",
    ),
    Extra(
        "xl/charts/style1.xml",
        '<cs:chartStyle xmlns:cs="x"/>',
        "application/vnd.ms-office.chartstyle+xml",
        f"{MICROSOFT}/2011/relationships/chartStyle",
        "xl/charts/chart1.xml",
    ),
)
CUSTOM = (
    Extra(
        "docProps/custom.xml",
        office.custom_properties(),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{OFFICE}/custom-properties",
        "",
    ),
    Extra("customXml/item1.xml", "<b:Sources xmlns:b='x'/>", "", f"{OFFICE}/customXml"),
    Extra(
        "customXml/itemProps1.xml",
        "<ds:datastoreItem xmlns:ds='x'/>",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f"{OFFICE}/customXmlProps",
        "customXml/item1.xml",
    ),
)
NEW_EXCEL = (
    Extra(
        "xl/metadata.xml", f'<metadata xmlns="{files.MAIN}"/>', f"{SHEETS}.sheetMetadata+xml", f"{OFFICE}/sheetMetadata"
    ),
    Extra(
        "xl/richData/rdrichvalue.xml",
        '<rvData xmlns="x"/>',
        f"{EXCEL}.rdrichvalue+xml",
        f"{MICROSOFT}/2017/06/relationships/rdRichValue",
    ),
    Extra(
        "xl/persons/person.xml",
        '<personList xmlns="x"/>',
        f"{EXCEL}.person+xml",
        f"{MICROSOFT}/2017/10/relationships/person",
    ),
    Extra(
        "xl/threadedComments/threadedComment1.xml",
        '<ThreadedComments xmlns="x"/>',
        f"{EXCEL}.threadedcomments+xml",
        f"{MICROSOFT}/2017/10/relationships/threadedComment",
        FIRST,
    ),
    Extra(
        "docMetadata/LabelInfo.xml",
        '<clbl:labelList xmlns:clbl="x"/>',
        "application/vnd.ms-office.classificationlabels+xml",
        f"{MICROSOFT}/2020/02/relationships/classificationlabels",
        "",
    ),
)
OF_WPS = (
    Extra(
        "xl/cellimages.xml",
        '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        "application/vnd.wps-officedocument.cellimage+xml",
        "http://www.wps.cn/officeDocument/2020/cellImage",
    ),
    Extra("xl/media/image9.jpeg", printed.picture("JPEG"), "", f"{OFFICE}/image", "xl/cellimages.xml"),
)
OF_GOOGLE = (
    Extra(
        "xl/metadata",
        b"\x08\x01\x12\x04demo",
        "application/binary",
        "http://customschemas.google.com/relationships/workbookmetadata",
    ),
    *PICTURE[:1],
)
THUMBNAIL = Extra(
    "docProps/thumbnail.jpeg", printed.picture("JPEG"), "", f"{files.PACKAGE}/relationships/metadata/thumbnail", ""
)
LINK = Extra("https://example.invalid/说明", "", "", f"{OFFICE}/hyperlink", FIRST)
CONTROLS = (
    Extra(
        "xl/ctrlProps/ctrlProp1.xml",
        '<formControlPr xmlns="x" objectType="CheckBox"/>',
        f"{EXCEL}.controlproperties+xml",
        f"{OFFICE}/ctrlProp",
        FIRST,
    ),
    NOTES[1],
)
SHARED = (
    Extra(
        "xl/revisions/revisionHeaders.xml", "<headers/>", f"{SHEETS}.revisionHeaders+xml", f"{OFFICE}/revisionHeaders"
    ),
    Extra("xl/revisions/userNames.xml", "<users/>", f"{SHEETS}.userNames+xml", f"{OFFICE}/usernames"),
)
SIGNED = (
    Extra(
        "_xmlsignatures/origin.sigs",
        b"",
        "application/vnd.openxmlformats-package.digital-signature-origin",
        f"{files.PACKAGE}/relationships/digital-signature/origin",
        "",
    ),
    Extra(
        "_xmlsignatures/sig1.xml",
        "<Signature/>",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        f"{files.PACKAGE}/relationships/digital-signature/signature",
        "_xmlsignatures/origin.sigs",
    ),
)
CHOICES = (
    '<extLst><ext xmlns:x14="x" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations xmlns:xm="m">'
    "<x14:dataValidation><x14:formula1><xm:f>Sheet1!$A$1:$A$3</xm:f></x14:formula1></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)
BROKEN_NAMES = (
    '<definedNames><definedName name="_xlfn.IFERROR" hidden="1">#NAME?</definedName>'
    '<definedName name="旧名称" hidden="1">#REF!</definedName></definedNames>'
)
PLAIN = "<?xml version='1.0' encoding='utf-8'?>\n"

PRODUCERS = (
    Producer("Excel 2007", "Microsoft Excel", "12.0000", extras=(PRINTER, CHAIN, *NOTES), book=BROKEN_NAMES),
    Producer("Excel 2010", "Microsoft Excel", "14.0300", behind=CHOICES, extras=(PRINTER, TABLE, *CUSTOM)),
    Producer("Excel 2016", "Microsoft Excel", "16.0300", extras=(CHAIN, *CHART, THUMBNAIL, *CONTROLS[:1])),
    Producer("Excel 365", "Microsoft Excel", "16.0300", behind=CHOICES, extras=(*NEW_EXCEL, *NOTES, TABLE, LINK)),
    Producer("Excel for Mac", "Microsoft Macintosh Excel", "16.0300", extras=(THUMBNAIL, *PICTURE, *SHARED)),
    Producer("Excel Online", "Microsoft Excel Online", "16.0300", extras=(*NEW_EXCEL[:2], *CUSTOM), sheet="工作表1"),
    Producer("Excel strict", "Microsoft Excel", "16.0300", relations=STRICT, extras=SIGNED),
    Producer("WPS 2019", "WPS 表格", "11.1.0", extras=(*CUSTOM[:1], *OF_WPS)),
    Producer("WPS for Linux", "WPS Office", "11.1.0", extras=(*CUSTOM[:1], *CONTROLS)),
    Producer("Yozo", "Yozo_Office", "8.0", sheet="表1", extras=(PRINTER,)),
    Producer("OnlyOffice", "ONLYOFFICE/7.5.1", root="/", extras=(*CUSTOM, *PICTURE)),
    Producer("Google Sheets", "", extras=OF_GOOGLE, sheet="工作表1", texts="shared", head=PLAIN),
    Producer("Numbers", "Numbers", theme=False, head='<?xml version="1.0" encoding="UTF-8"?>', sheet="工作表 1"),
    Producer("Apache POI", "Apache POI", theme=False, head='<?xml version="1.0" encoding="UTF-8"?>\n', root="/"),
    Producer("EasyExcel", "Apache POI", theme=False, texts="inline", head='<?xml version="1.0" encoding="UTF-8"?>\n'),
    Producer("NPOI", "NPOI", theme=False, head='<?xml version="1.0" encoding="utf-8"?>', root="/", sheet="sheet1"),
    Producer("EPPlus", "Microsoft Excel", "16.0300", root="/", theme=False, extras=(LINK,)),
    Producer("ClosedXML", "Microsoft Excel", mark="x:", root="/", head='<?xml version="1.0" encoding="utf-8"?>'),
    Producer("Open XML SDK", "", mark="x:", texts="plain", theme=False, root="/", file="xl/worksheets/sheet.xml"),
    Producer("SheetJS", "SheetJS", texts="plain", theme=True, extras=(NEW_EXCEL[0],)),
    Producer("ExcelJS", "Microsoft Excel", "16.0300", extras=(*PICTURE, LINK)),
    Producer("Aspose.Cells", "Microsoft Excel", "12.0000", extras=(PRINTER, *NOTES, *CUSTOM[:1])),
    Producer("PhpSpreadsheet", "Microsoft Excel", "12.0000", sheet="Worksheet", extras=(*PICTURE, *NOTES)),
    Producer("XlsxWriter", "Microsoft Excel", "12.0000", extras=(*CHART[:3], TABLE, *NOTES)),
    Producer("excelize", "Go Excelize", extras=(*PICTURE, CHAIN), head='<?xml version="1.0" encoding="UTF-8"?>'),
    Producer("FineReport", "Apache POI", texts="inline", theme=False, sheet="报表", styles=True),
    Producer("JasperReports", "JasperReports", texts="inline", theme=False, file="xl/worksheets/sheet1.xml"),
    Producer("pandas", "", texts="inline", theme=False, head=PLAIN),
)
WRITERS: dict[str, Callable[[Rows], bytes]] = {producer.name: producer.write for producer in PRODUCERS}
