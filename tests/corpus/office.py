"""Workbooks as Excel and as WPS write them, part by part: what they put beside the cells is what a gate could trip
over."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from core.files.excel.cells import column_letter
from tests.core.files.excel import files
from tests.corpus.tables import Rows, serial

HEAD = files.HEAD
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
KSO = "https://web.wps.cn/et/2018/main"
DOCUMENT = "application/vnd.openxmlformats-officedocument"
SHEET_NAMESPACES = (
    f'xmlns="{files.MAIN}" xmlns:r="{files.RELATIONS}" xmlns:mc="{MC}" mc:Ignorable="x14ac xr" '
    f'xmlns:x14ac="{X14AC}" xmlns:xr="{XR}" xr:uid="{{00000000-0001-0000-0000-000000000000}}"'
)
STYLES = (
    f'<styleSheet xmlns="{files.MAIN}" xmlns:mc="{MC}" mc:Ignorable="x14ac" xmlns:x14ac="{X14AC}">'
    '<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy\\-mm\\-dd;@"/></numFmts>'
    '<fonts count="1" x14ac:knownFonts="1"><font><sz val="11"/><color theme="1"/><name val="等线"/><family val="2"/>'
    '<charset val="134"/><scheme val="minor"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0">'
    '<alignment vertical="center"/></xf></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0" xfId="0"/><xf numFmtId="176" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf>'
    '<fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>'
)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office 主题"><a:themeElements>'
    '<a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1></a:clrScheme>'
    "</a:themeElements></a:theme>"
)
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


class _Strings:
    """The table of shared strings, each text once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def xml(self) -> str:
        items = "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t><phoneticPr fontId="1" type="noConversion"/></si>'
            for text in self.places
        )
        return f'{HEAD}<sst xmlns="{files.MAIN}" uniqueCount="{len(self.places)}">{items}</sst>'


def excel(rows: Rows, **parts: str | bytes) -> bytes:
    """As Excel saves a sheet with a frozen heading, a filter, a colour rule, a list of choices and its printer."""
    return files.zipped(_parts(rows, "Microsoft Excel", "16.0300", _excel_sheet) | parts)


def wps(rows: Rows, **parts: str | bytes) -> bytes:
    """As WPS saves it: its build number in the custom properties, its own storage beside the sheets."""
    own = {
        "docProps/custom.xml": custom_properties(),
        "xl/customStorage/customStorage.xml": f'{HEAD}<customStorage xmlns="{KSO}"><book/><sheets/></customStorage>',
    }
    return files.zipped(_parts(rows, "WPS 表格", "12.1.0", _wps_sheet) | own | parts)


def three_sheets(rows: Rows) -> bytes:
    """As older programs save it: two empty sheets besides."""
    names = ("Sheet1", "Sheet2", "Sheet3")
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    more: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{n}.xml": f"{HEAD}<worksheet {SHEET_NAMESPACES}><sheetData/></worksheet>" for n in (2, 3)
    }
    relations = files.relations(
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in (1, 2, 3)),
        ("rId4", "styles", "styles.xml"),
        ("rId5", "sharedStrings", "sharedStrings.xml"),
    )
    book = f'{HEAD}<workbook xmlns="{files.MAIN}" xmlns:r="{files.RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    return excel(rows, **{"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations}, **more)


def custom_properties() -> str:
    return (
        f'{HEAD}<Properties xmlns="{CUSTOM}" xmlns:vt="{TYPES}">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-12.1.0.16929</vt:lpwstr></property>"
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="ICV">'
        "<vt:lpwstr>0123456789ABCDEF_13</vt:lpwstr></property></Properties>"
    )


def app_properties(application: str, version: str) -> str:
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        f'xmlns:vt="{TYPES}"><Application>{application}</Application><DocSecurity>0</DocSecurity>'
        f"<ScaleCrop>false</ScaleCrop><Company>演示单位</Company><AppVersion>{version}</AppVersion></Properties>"
    )


def core_properties() -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{files.PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>演示经办</dc:creator>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2025-04-01T01:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _parts(rows: Rows, application: str, version: str, sheet: Any) -> dict[str, str | bytes]:
    strings = _Strings()
    worksheet = sheet(rows, strings)
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": files.relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _workbook(rows),
        "xl/_rels/workbook.xml.rels": files.relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "theme", "theme/theme1.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet,
        "xl/worksheets/_rels/sheet1.xml.rels": files.relations(
            ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
            extra=(
                f'<Relationship Id="rId2" Type="{files.RELATIONS}/hyperlink" Target="https://example.invalid/" '
                'TargetMode="External"/>'
            ),
        ),
        "xl/printerSettings/printerSettings1.bin": "演示打印机".encode("utf-16-le") + bytes(900),
        "xl/theme/theme1.xml": HEAD + THEME,
        "xl/styles.xml": HEAD + STYLES,
        "xl/sharedStrings.xml": strings.xml(),
        "docProps/app.xml": app_properties(application, version),
        "docProps/core.xml": core_properties(),
    }


def _content_types() -> str:
    kinds = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/styles.xml": "styles",
        "/xl/sharedStrings.xml": "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{DOCUMENT}.spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{files.PACKAGE}/content-types"><Default Extension="bin" '
        f'ContentType="{DOCUMENT}.spreadsheetml.printerSettings"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{overrides}</Types>'
    )


def _workbook(rows: Rows) -> str:
    last = f"{column_letter(_width(rows) - 1)}${len(rows)}"
    return (
        f'{HEAD}<workbook xmlns="{files.MAIN}" xmlns:r="{files.RELATIONS}" xmlns:mc="{MC}" mc:Ignorable="x15" '
        'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><fileVersion appName="xl" '
        'lastEdited="7" lowestEdited="7" rupBuild="27328"/><workbookPr defaultThemeVersion="166925"/>'
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="D:\\演示\\" '
        'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="12375"/></bookViews>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Sheet1!$A$1:${last}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">Sheet1!$1:$2</definedName></definedNames>'
        '<calcPr calcId="191029"/></workbook>'
    )


def _excel_sheet(rows: Rows, strings: _Strings) -> str:
    last = f"{column_letter(_width(rows) - 1)}{len(rows)}"
    return (
        f'{HEAD}<worksheet {SHEET_NAMESPACES}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/><sheetViews><sheetView tabSelected="1" '
        'workbookViewId="0"><pane ySplit="2" topLeftCell="A3" '
        'activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A3" sqref="A3"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/>'
        '<cols><col min="1" max="1" width="9" style="1" customWidth="1"/></cols>'
        f"<sheetData>{''.join(_rows(rows, strings, 'x14ac:dyDescent=' + chr(34) + '0.2' + chr(34)))}</sheetData>"
        f'<autoFilter ref="A1:{last}" xr:uid="{{00000000-0001-0000-0000-000000000001}}"/><phoneticPr fontId="1" '
        'type="noConversion"/><conditionalFormatting sqref="A3:A9"><cfRule type="expression" dxfId="0" priority="1">'
        '<formula>LEN($A3)=0</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation '
        'type="list" allowBlank="1" showErrorMessage="1" sqref="Z3:Z9"><formula1>"政策宣传,融资服务"</formula1>'
        '</dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId2"/></hyperlinks>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/></worksheet>'
    )


def _wps_sheet(rows: Rows, strings: _Strings) -> str:
    return (
        f'{HEAD}<worksheet xmlns="{files.MAIN}" xmlns:r="{files.RELATIONS}" xmlns:xdr="http://schemas.openxmlformats.org/'
        f'drawingml/2006/spreadsheetDrawing" xmlns:mc="{MC}" xmlns:etc="http://www.wps.cn/officeDocument/2017/'
        'etCustomData"><sheetPr/><dimension ref="A1"/><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="9" '
        f'defaultRowHeight="13.5"/><sheetData>{"".join(_rows(rows, strings, "ht=" + chr(34) + "18" + chr(34)))}'
        '</sheetData><pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
        "<headerFooter/></worksheet>"
    )


def _rows(rows: Rows, strings: _Strings, more: str) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        cells = "".join(
            _cell(f"{column_letter(index)}{number}", value, strings) for index, value in enumerate(row) if value != ""
        )
        yield f'<row r="{number}" spans="1:{_width(rows)}" {more}>{cells}</row>'


def _cell(place: str, value: Any, strings: _Strings) -> str:
    if value is None:
        return f'<c r="{place}" s="1"/>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{serial(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{strings.place(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _width(rows: Rows) -> int:
    return max(map(len, rows))
