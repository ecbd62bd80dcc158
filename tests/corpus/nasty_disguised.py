"""Nasty files that no name gives away: parts told by content type, relation and root alone, fields of documents,
actions and attachments of PDF files. Numbers from 100 on."""

from functools import partial

from pikepdf import Dictionary, Name, String

from tests.core.files.excel import files
from tests.corpus import acting, disguised
from tests.corpus.acting import action
from tests.corpus.kinds import NOT_HERE, container, pdf, sheet, word

REMOTE = "引用了外部内容"
HYPERLINK = "超链接"
UNC = r"file://203.0.113.9/share/x.docx"

PARTS = [
    container(100, "macro by type and relation", disguised.macro, "含有宏"),
    container(100, "macro by relation", disguised.macro_by_relation, "含有宏"),
    container(100, "macro by type", disguised.macro_by_type, "含有宏"),
    container(100, "script of WPS", disguised.script_of_wps, "含有宏"),
    container(101, "pivot cache", disguised.pivot_cache, "数据透视表"),
    container(101, "pivot cache by its root", disguised.pivot_cache_by_its_root, "数据透视表"),
    container(102, "DDE link", disguised.dde_link, "断开链接"),
    container(102, "DDE link by a strict relation", disguised.dde_link_of_strict_kind, "断开链接"),
    container(103, "macro sheet", disguised.macro_sheet, "宏表"),
    container(103, "international macro sheet", disguised.international_macro_sheet, "宏表"),
    container(104, "OLE object", disguised.ole_object, "内嵌了其他文件"),
    container(104, "OLE bytes as a picture", disguised.ole_bytes_as_a_picture, "内嵌了其他文件"),
    container(104, "program as a picture", disguised.program_as_a_picture, "可执行程序"),
    container(104, "workbook in the workbook", disguised.workbook_in_the_workbook, "内嵌了其他文件"),
    container(104, "control", disguised.control, "ActiveX"),
    container(105, "web connection", disguised.web_connection, "数据连接"),
    container(105, "query table", disguised.query_table, "数据连接"),
    container(106, "external link", disguised.external_link, "断开链接"),
    container(107, "real-time data", disguised.real_time_data, "实时数据"),
    container(108, "ribbon", disguised.ribbon, "自定义功能区"),
    container(108, "add-in", disguised.add_in, "加载项"),
    container(109, "unknown relation", disguised.unknown_relation, r"“xl/workbook\.xml”.*newKind.*新建"),
    container(109, "unknown content type", disguised.unknown_type, r"“xl/theme/theme9\.xml”.*unheard.*新建"),
    container(110, "target outside the package", disguised.target_outside, "不安全的部件名称"),
    container(111, "external picture", disguised.picture_elsewhere, REMOTE),
    container(111, "'>' before the target", partial(disguised.picture_elsewhere, 'x=">"'), REMOTE),
    container(111, "'>' in apostrophes", partial(disguised.picture_elsewhere, "x='/>'"), REMOTE),
    container(111, "mode in capitals", partial(disguised.picture_elsewhere, "", "EXTERNAL"), REMOTE),
    container(111, "mode by a number", partial(disguised.picture_elsewhere, "", "&#69;xternal"), REMOTE),
    *(
        container(112, f"link to {kind}", partial(disguised.link_to, target), HYPERLINK)
        for kind, target in (
            ("a share", UNC),
            ("a share of Windows", r"\\203.0.113.9\share\x.docx"),
            ("a share by a long name", r"file:///\\203.0.113.9\share"),
            ("a script", "javascript:alert(1)"),
            ("a program's scheme", "ms-msdt:/id PCWDiagnostic"),
            ("a search", "search-ms:query=x"),
        )
    ),
    sheet(113, "very hidden sheet behind '>'", disguised.hidden_behind_a_bracket, "隐藏的工作表"),
    sheet(113, "hidden sheet behind '>'", partial(disguised.hidden_behind_a_bracket, "hidden"), "隐藏的工作表"),
    *(
        container(114, f"name: {kind}", partial(disguised.defined, xml), "宏表")
        for kind, xml in (
            ("run on opening", '<definedNames><definedName name="_xlnm.Auto_Open">x!$A$1</definedName></definedNames>'),
            ("old macro", '<definedNames><definedName name="x" xlm="1">x!$A$1</definedName></definedNames>'),
            ("macro function", '<definedNames><definedName name="x" vbProcedure="1"/></definedNames>'),
        )
    ),
    container(
        114,
        "reference to another workbook",
        partial(disguised.defined, f'<externalReferences xmlns:r="{files.RELATIONS}"/>'),
        "断开链接",
    ),
    *(
        sheet(115, f"formula {kind}", partial(disguised.formula, text), "单元格是公式", evidence="外部数据的公式")
        for kind, text in (
            ("of DDE", "cmd|'/C calc'!A0"),
            ("of the web", 'WEBSERVICE("http://example.invalid/")'),
            ("in pieces", "WEB<!-- -->SERVICE(&quot;http://example.invalid/&quot;)"),
            ("by numbers", "&#87;EBSERVICE(A1)"),
            ("with its prefix", "_xlfn.WEBSERVICE(A1)"),
            ("of real time", 'RTD("x",,"y")'),
            ("of a picture", '_xlfn.IMAGE("http://example.invalid/a.png")'),
            ("of a library", 'CALL("kernel32","WinExec","JCJ","calc",0)'),
            ("of the registry", 'REGISTER.ID("kernel32","WinExec")'),
        )
    ),
    sheet(117, "formula behind a false end", disguised.formula_behind_a_false_end, "单元格是公式"),
    container(117, "content types in small letters", disguised.types_in_small_letters, "含有宏"),
    sheet(
        118,
        "two sheets by one entry",
        partial(disguised.two_sheets_of_one_name, "attribute"),
        "前后不一致",
    ),
    container(118, "two sheets by one relation", partial(disguised.two_sheets_of_one_name, "relation"), "前后不一致"),
    container(116, "two main parts", disguised.two_directions, "不一致", document=NOT_HERE),
]

DOCUMENTS = [
    word(120, "DDEAUTO", partial(disguised.field, " DDEAUTO c:\\cmd.exe "), "DDEAUTO.*域"),
    word(120, "DDEAUTO in pieces", partial(disguised.field, " D", "DE", "AU", "TO c:\\cmd "), "DDEAUTO.*域"),
    word(120, "DDEAUTO without a space", partial(disguised.field, '"DDEAUTO"c:\\cmd.exe '), "DDEAUTO.*域"),
    word(120, "DDE in small letters", partial(disguised.field, " dde Excel x "), "DDE.*域"),
    word(120, "DDEAUTO in one element", partial(disguised.simple_field, " DDEAUTO c:\\cmd "), "DDEAUTO.*域"),
    word(120, "DDEAUTO by another field", disguised.spelt_by_another_field, "域"),
    word(120, "DDEAUTO in a header", disguised.field_in_a_header, "DDEAUTO.*域"),
    *(
        word(121, f"field {name}", partial(disguised.field, f' {name} "http://example.invalid/x" '), f"{name}.*域")
        for name in ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "INCLUDE", "RD")
    ),
    word(121, "picture from a share", partial(disguised.field, r' INCLUDEPICTURE "\\\\203.0.113.9\\a.png" '), "域"),
    word(122, "macro", disguised.document_macro, "含有宏"),
    word(122, "OLE object under media", disguised.document_ole, "内嵌了其他文件"),
    word(122, "workbook under media", disguised.document_package, "内嵌了其他文件"),
    word(122, "web page as text", disguised.document_page, "内嵌了其他文件"),
    *(
        word(123, f"external {kind}", partial(disguised.document_elsewhere, kind), REMOTE)
        for kind in ("image", "frame", "subDocument", "attachedTemplate", "oleObject", "mailMergeSource")
    ),
    word(123, "link to a share", partial(disguised.document_elsewhere, "hyperlink", UNC), HYPERLINK),
    word(123, "drawing from a share", disguised.drawing_elsewhere, REMOTE),
]

SHARE, WEB = String(acting.SHARE), String(acting.WEB)
DONE_ALONE = {
    "URI": action("URI", URI=WEB),
    "GoToR": action("GoToR", F=String("other.pdf")),
    "Rendition": action("Rendition", OP=0),
    "Movie": action("Movie"),
    "Sound": action("Sound"),
    "unknown": action("Unheard"),
}
PDFS = [
    pdf(130, "attachment by annotation", acting.attached_by_annotation, "内嵌了其他文件"),
    pdf(130, "file without type", acting.file_without_type, "内嵌了其他文件"),
    pdf(130, "associated file", partial(acting.file_without_type, "AF"), "内嵌了其他文件"),
    pdf(130, "file in an object stream", acting.in_object_streams, "内嵌了其他文件"),
    pdf(130, "portfolio", acting.portfolio, "内嵌了其他文件"),
    *(
        pdf(131, kind, partial(acting.annotated, kind), "多媒体")
        for kind in ("RichMedia", "Movie", "Sound", "Screen", "3D")
    ),
    *(
        pdf(132, f"{kind} on opening", partial(acting.opening, step), "自动|多媒体")
        for kind, step in DONE_ALONE.items()
    ),
    pdf(132, "URI when a page opens", partial(acting.on_a_page, action("URI", URI=WEB)), "自动"),
    pdf(132, "URI when the file is closed", partial(acting.on_closing, action("URI", URI=WEB)), "自动"),
    pdf(132, "URI when a field is formatted", partial(acting.on_a_field, action("URI", URI=WEB)), "自动"),
    pdf(132, "URI after a harmless step", partial(acting.after_a_harmless_step, action("URI", URI=WEB)), "自动"),
    pdf(133, "GoToR to a share", partial(acting.clicked, action("GoToR", F=SHARE)), "网络共享"),
    pdf(133, "GoToR to a share by /UF", partial(acting.clicked, action("GoToR", F=Dictionary(UF=SHARE))), "网络共享"),
    pdf(
        133,
        "GoToR in the form of PDF",
        partial(acting.clicked, action("GoToR", F=String("//203.0.113.9/s"))),
        "网络共享",
    ),
    pdf(
        133, "GoToR to the web", partial(acting.clicked, action("GoToR", F=Dictionary(FS=Name.URL, F=WEB))), "网络共享"
    ),
    pdf(133, "URI of a share", partial(acting.clicked, action("URI", URI=String("file://203.0.113.9/s"))), "网络共享"),
    pdf(133, "URI with a script", partial(acting.clicked, action("URI", URI=String("javascript:alert(1)"))), "链接"),
    pdf(133, "base of a share", partial(acting.relative_to, "file://203.0.113.9/"), "网络共享"),
    *(
        pdf(134, f"{kind} on a click", partial(acting.clicked, action(kind)), words)
        for kind, words in (
            ("Launch", "启动程序"),
            ("SubmitForm", "提交表单"),
            ("ImportData", "导入数据"),
            ("GoToE", "打开附件"),
            ("Rendition", "多媒体"),
            ("Movie", "多媒体"),
            ("Sound", "多媒体"),
            ("RichMediaExecute", "多媒体"),
        )
    ),
    pdf(135, "script among the names", acting.named_script, "JavaScript"),
    pdf(135, "script with an escaped name", acting.escaped_script, "JavaScript"),
    pdf(136, "stream from elsewhere", acting.stream_elsewhere, REMOTE),
    pdf(136, "page from elsewhere", acting.page_elsewhere, REMOTE),
    pdf(137, "nested arrays", acting.nested_arrays, "已损坏"),
    pdf(137, "700,000 objects", acting.many_objects, "已损坏|对象过多"),
]

DISGUISED = [*PARTS, *DOCUMENTS, *PDFS]
