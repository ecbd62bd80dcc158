"""Nasty files by number. Numbers up to 65 are the reference corpus (several files may share one), those from 66 on are
kinds that it names besides."""

from functools import partial

from tests.core.files.excel import files
from tests.core.files.uploads import build
from tests.corpus import documents, spreadsheets
from tests.corpus.documents import EICAR
from tests.corpus.kinds import (
    ANY_CSV,
    NO_TABLE,
    NOT_HERE,
    container,
    dtd,
    everywhere,
    part,
    pdf,
    picture,
    sheet,
    text,
    word,
)
from tests.corpus.nasty_disguised import DISGUISED
from tests.corpus.spreadsheets import FIGURES, listed

WORKBOOKS = [
    sheet(1, "good workbook", files.workbook, ""),
    everywhere(2, "empty file", "表.xlsx", lambda: b"", "文件是空的"),
    container(3, "truncated workbook", lambda: files.workbook()[:-200], "已损坏"),
    everywhere(
        4, "HTML", "表.xlsx", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "这是网页", csv=NO_TABLE
    ),
    text(5, "CSV named xlsx", lambda: FIGURES.encode("gb18030"), "", "表.xlsx", workbook=r"文本文件.*另存为\.xlsx"),
    everywhere(
        6,
        "old office file",
        "表.xlsx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "无密码的",
        csv=ANY_CSV,
    ),
    everywhere(7, "program", "表.xlsx", lambda: b"MZ\x90\x00" + bytes(200), "可执行程序", csv=ANY_CSV),
    dtd(8, "billion laughs", spreadsheets.LAUGHS),
    dtd(9, "quadratic blow-up", spreadsheets.QUADRATIC),
    dtd(10, "local entity", spreadsheets.XXE),
    dtd(11, "external DTD", spreadsheets.EXTERNAL_DTD),
    container(12, "a million rows", spreadsheets.million_rows, "压缩比异常.*工作簿"),
    container(13, "290 MB of shared strings", spreadsheets.shared_strings, "解压后超过60MB"),
    container(14, "70,000 parts", spreadsheets.many_members, "超过2000个"),
    part(15, "path upwards", "../../x", "不安全的部件名称"),
    part(15, "absolute path", "/abs", "不安全的部件名称"),
    container(16, "duplicate part", spreadsheets.duplicate_member, r"重复的部件\(xl/worksheets/sheet1\.xml\)"),
    sheet(17, "declared size too large", lambda: spreadsheets.declared("A1:XFD1048576"), ""),
    sheet(18, "declared size too small", lambda: spreadsheets.declared("A1:A1"), ""),
    sheet(
        19,
        "one cell in the far corner",
        lambda: files.workbook(files.sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "第1048576行“XFD”列:数据范围过大",
    ),
    sheet(20, "formula", lambda: listed(C='<c r="C2"><f>SUM(A1:B1)</f></c>'), "“运营数据”第2行“C”列:单元格是公式"),
    sheet(
        20, "formula as text", lambda: listed(E=spreadsheets.text_cell("E2", "=cmd|' /C calc'!A0")), "", listing="公式"
    ),
    sheet(21, "error values", spreadsheets.error_values, r"第2行“C”列:单元格是错误值\(现为“#REF!”\)(.|\n)*“D”列.*#N/A"),
    sheet(
        22,
        "text that turns its direction",
        lambda: listed(C=spreadsheets.text_cell("C2", "W1\u202efdp.exe")),
        "第2行“C”列:文字中有看不见",
    ),
    sheet(23, "very hidden sheet", lambda: spreadsheets.hidden_sheet("veryHidden"), "工作表“藏”:有隐藏的工作表"),
    sheet(23, "repeated heading", spreadsheets.repeated_heading, "", listing="第1行“企业名称”列:列名重复"),
    part(24, "macro", "xl/vbaProject.bin", r"含有宏,请另存为不含宏的\.xlsx"),
    part(25, "external link part", "xl/externalLinks/externalLink1.xml", "断开链接", "<x/>"),
    container(26, "sheet from the network", spreadsheets.external_sheet, "引用了外部内容"),
    container(27, "200,000 levels of XML", spreadsheets.nested, "压缩比异常"),
    container(28, "200,000 styles", spreadsheets.many_styles, "压缩比异常"),
    sheet(
        29,
        "no worksheet",
        lambda: files.workbook(**{"xl/workbook.xml": files.workbook_xml()}),
        "没有工作表",
        evidence="没有工作表",
    ),
    container(30, "NUL in XML", lambda: files.workbook(files.sheet_xml("\0")), "sheet1.xml含有无法读取的字符"),
    container(
        31,
        "content types alone",
        lambda: files.zipped({"[Content_Types].xml": "<x/>"}),
        "没有工作簿",
        document="没有Word文档或工作簿",
        evidence="没有Word文档或工作簿",
    ),
    *(
        sheet(
            32,
            f"date {serial}",
            partial(spreadsheets.dated, serial),
            "",
            listing=words,
        )
        for serial, words in (("-1", "第2行“服务日期”列"), ("1e10", "第2行“服务日期”列"), ("60", "早于2000年"))
    ),
    container(33, "lying directory", spreadsheets.lying_directory, "已损坏"),
    container(
        34,
        "PDF and zip in one",
        lambda: b"%PDF-1.4\n" + files.workbook(),
        r"扩展名不是\.pdf",
        workbook="这是PDF文件",
        document=NOT_HERE,
    ),
    sheet(35, "encryption flag in the local header", lambda: spreadsheets.encrypted_flag(b"PK\x03\x04", 6), ""),
    container(35, "encryption flag", lambda: spreadsheets.encrypted_flag(b"PK\x01\x02", 8), "设有密码"),
]

TEXTS = [
    text(36, "GB18030", lambda: FIGURES.encode("gb18030"), ""),
    text(37, "UTF-16", lambda: FIGURES.encode("utf-16"), "UTF-16.*另存为“CSV UTF-8", workbook=r"不是\.xlsx"),
    text(38, "NUL", lambda: FIGURES.replace("A17", "A\x0017").encode(), "第2行:含有空字符", workbook=r"不是\.xlsx"),
    text(39, "field of 200 KB", lambda: FIGURES.replace("A17", "A" * 200_000).encode(), "第2行:有一格超过32767个字符"),
    text(40, "unclosed quote", lambda: FIGURES.replace("A17", '"A17').encode(), "第2行:引号没有成对"),
    text(
        41,
        "BOM and mixed line ends",
        lambda: (FIGURES + FIGURES.splitlines()[1] + "\n").encode("utf-8-sig"),
        "",
    ),
    text(
        42,
        "heading in GBK, rows in UTF-8",
        lambda: FIGURES.split("\r\n")[0].encode("gb18030") + "\r\n演示平台,A17,2025,3\r\n".encode(),
        "第2行:编码与前面不同.*第1行是GBK,这一行是UTF-8",
        workbook=r"不是\.xlsx|文本文件",
    ),
    text(
        42,
        "a row in GBK under UTF-8",
        lambda: FIGURES.encode("utf-8-sig") + "演示平台,A17,2025,3\r\n".encode("gb18030"),
        "第3行:编码与前面不同.*第1行是UTF-8,这一行是GBK",
        workbook=r"不是\.xlsx|文本文件",
    ),
    text(42, "18 MB of commas", lambda: b"x" + b"," * 18_000_000, "最多500列"),
    text(42, "97,000 rows of 60 columns", lambda: (b"," * 59 + b"x\n") * 97_000, "最多500列、500万格"),
    text(42, "ragged rows", lambda: (FIGURES + "XX-02,A17\r\n").encode(), "第3行:有2列"),
]

PICTURES = [
    picture(43, "PNG of 400 million pixels", "图.png", lambda: documents.square(20_000), "20000×20000像素,超过4000万"),
    picture(44, "PNG of 144 million pixels", "图.png", lambda: documents.square(12_000), "12000×12000像素,超过4000万"),
    everywhere(
        45, "GIF and HTML in one", "图.gif", documents.polyglot_gif, "这是GIF图片", workbook=r"不是\.xlsx", csv=ANY_CSV
    ),
    *(
        everywhere(
            number,
            "SVG with script",
            name,
            lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "网页或XML",
            workbook=r"不是\.xlsx",
            csv=NO_TABLE,
        )
        for number, name in ((46, "图.svg"), (47, "图.png"))
    ),
    picture(48, "truncated JPEG", "图.jpg", lambda: documents.photograph()[:2000], "图片已损坏"),
    picture(
        48,
        "JPEG of 3,000 scans",
        "图.jpg",
        lambda: documents.scanned_over_and_over(3_000, (7_300, 5_400)),
        "16遍以上扫描",
    ),
    picture(
        48,
        "large JPEG of 40 scans",
        "图.jpg",
        lambda: documents.scanned_over_and_over(40, (5_000, 4_000)),
        "遍以上扫描",
    ),
    picture(48, "JPEG of many parts", "图.jpg", lambda: documents.of_many_parts("JPEG"), "20000段以上"),
    picture(48, "PNG of many parts", "图.png", lambda: documents.of_many_parts("PNG"), "20000段以上"),
    picture(48, "PNG with packed texts", "图.png", documents.text_bomb, "图片已损坏"),
    picture(49, "JPEG with its place", "图.jpg", documents.photograph_with_place, ""),
]

PDFS = [
    pdf(50, "good PDF", build.pdf_bytes, ""),
    pdf(51, "script", lambda: build.pdf_bytes(OpenAction=build.script_action()), "JavaScript"),
    pdf(51, "script on a page", build.pdf_with_script_on_a_page, "JavaScript"),
    pdf(52, "password", lambda: build.encrypted_pdf(password="geheim"), "设有密码"),
    pdf(52, "locked", lambda: build.encrypted_pdf(password=""), "加密或权限限制"),
    pdf(53, "attached program", build.pdf_with_attachment, "内嵌了其他文件"),
    pdf(54, "truncated", lambda: build.pdf_bytes()[:60], "已损坏"),
    everywhere(55, "HTML", "总结.pdf", lambda: b"<html><script>alert(1)</script></html>", "这是网页", csv=NO_TABLE),
    text(
        56,
        "script before the PDF",
        lambda: b"alert(1);\n" + build.pdf_bytes(),
        ".",
        "总结.pdf",
        workbook=r"不是\.xlsx",
    ),
    pdf(57, "a gigabyte packed twice", documents.pdf_bomb, "内存限制|解压后超过"),
    pdf(58, "loop in the page tree", documents.page_tree_loop, "已损坏"),
]

DOCUMENTS = [
    word(59, "good document", build.docx_bytes, "", workbook="这是Word文档"),
    word(60, "billion laughs", lambda: documents.with_document(documents.LAUGHS), "DTD"),
    word(61, "local entity", lambda: documents.with_document(documents.XXE), "DTD"),
    word(62, "macro", documents.macro_document, r"含有宏,请另存为不含宏的\.docx"),
    word(62, "macro type alone", documents.macro_type_alone, r"含有宏,请另存为不含宏的\.docx"),
    word(
        63,
        "remote template",
        lambda: build.changed_docx({"word/_rels/settings.xml.rels": documents.REMOTE_TEMPLATE}),
        "网络上的模板.*文档模板",
    ),
    word(64, "3 million paragraphs", documents.many_paragraphs, "压缩比异常.*Word文档"),
    everywhere(65, "test virus", "总结.pdf", lambda: EICAR, "病毒特征", system="病毒特征"),
    container(65, "test virus in a zip", lambda: files.zipped({"a.com": EICAR}), "病毒特征"),
    word(65, "test virus in a document", lambda: build.changed_docx({"word/media/image1.png": EICAR}), "病毒特征"),
    pdf(65, "test virus behind a PDF", lambda: build.pdf_bytes() + EICAR, "病毒特征")._replace(
        words=dict.fromkeys(("workbook", "csv", "system", "document", "evidence"), "病毒特征")
    ),
]

FURTHER = [
    part(66, "Excel 4 macro sheet", "xl/macrosheets/sheet1.xml", "宏表", "<x/>"),
    container(
        68,
        "xlsb",
        lambda: files.zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"\x83\x01"}),
        r"\.xlsb",
        document="没有Word文档或工作簿",
        evidence="没有Word文档或工作簿",
    ),
    part(73, "pivot cache", "xl/pivotCache/pivotCacheDefinition1.xml", "数据透视表", "<x/>"),
    container(
        81, "ods", lambda: files.zipped({"content.xml": "<x/>"}), r"\.ods", document="没有Word", evidence="没有Word"
    ),
    everywhere(83, "RAR", "总结.docx", lambda: b"Rar!\x1a\x07\x00", "RAR", csv=ANY_CSV),
    everywhere(83, "7z", "总结.docx", lambda: b"7z\xbc\xaf\x27\x1c", "7z", csv=ANY_CSV),
    pdf(85, "XFA form", documents.dynamic_form, "XFA"),
    pdf(86, "launch action", documents.launching_pdf, "启动程序"),
    pdf(87, "501 pages", lambda: build.pdf_bytes(pages=501), "共501页"),
]

NASTY = [*WORKBOOKS, *TEXTS, *PICTURES, *PDFS, *DOCUMENTS, *FURTHER, *DISGUISED]
