"""Documents as Word, WPS and libraries write them."""

import io
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm
from lxml import etree

from tests.core.files.excel import files
from tests.corpus import office, printed

CHANGES = (
    '<w:p xmlns:w="{0}"><w:ins w:id="1" w:author="演示审核人" w:date="2025-12-01T00:00:00Z"><w:r><w:t>新增</w:t></w:r>'
    '</w:ins><w:del w:id="2" w:author="演示审核人" w:date="2025-12-01T00:00:00Z"><w:r><w:delText>删去</w:delText></w:r>'
    "</w:del></w:p>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LOCAL = '<Relationship Id="rId91" Type="{}/{}" Target="file:///C:\\Users\\demo\\{}" TargetMode="External"/>'


def report() -> Any:
    """A summary with what summaries have: headings, a list, a table, a picture, header and footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "演示平台"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    for heading in ("一、平台基本情况", "二、年度运营情况"):
        document.add_heading(heading, 1)
        document.add_paragraph("本年度服务企业百余家次。")
        document.add_paragraph("办结需求", style="List Bullet")
    document.add_table(2, 3).cell(0, 0).text = "指标"
    document.add_picture(io.BytesIO(printed.picture("JPEG")), width=Cm(3))
    return document


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def document_with(parts: dict[str, str | bytes], relations: str = "", content: bytes | None = None) -> bytes:
    """A document with parts of other programs beside it, and relations of its main part."""
    inside = files.unzipped(content or saved(report()))
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    types, kind = "[Content_Types].xml", f'<Default Extension="xlsx" ContentType="{book}"/>'
    inside[types] = inside[types].replace(b"<Override", kind.encode() + b"<Override", 1)
    name = "word/_rels/document.xml.rels"
    inside[name] = inside[name].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return files.zipped(inside | parts)


def with_comments() -> bytes:
    document = report()
    document.add_comment(document.paragraphs[0].runs, text="请补充", author="演示审核人", initials="演")
    return saved(document)


def with_changes() -> bytes:
    document = report()
    document.element.body.insert(0, etree.fromstring(CHANGES.format(WORD)))
    return saved(document)


def with_hyperlink() -> bytes:
    document = report()
    document.part.relate_to("https://example.invalid/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return saved(document)


def with_footnotes() -> bytes:
    notes = f'{files.HEAD}<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p/></w:footnote></w:footnotes>'
    return document_with(
        {"word/footnotes.xml": notes},
        f'<Relationship Id="rId90" Type="{files.RELATIONS}/footnotes" Target="footnotes.xml"/>',
    )


def with_chart() -> bytes:
    """A chart keeps its numbers in a workbook inside the document."""
    chart = f'{files.HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    return document_with(
        {
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": files.relations(
                ("rId1", "package", "../embeddings/Microsoft_Excel_Worksheet.xlsx")
            ),
            "word/embeddings/Microsoft_Excel_Worksheet.xlsx": files.saved([["季度", "场次"], ["一", 3]]),
        },
        f'<Relationship Id="rId90" Type="{files.RELATIONS}/chart" Target="charts/chart1.xml"/>',
    )


def on_a_local_template() -> bytes:
    """The template's place on the writer's own machine, and a picture that was pasted from there."""
    settings = files.relations(extra=LOCAL.format(files.RELATIONS, "attachedTemplate", "红头文件.dotx"))
    return document_with(
        {"word/_rels/settings.xml.rels": settings}, LOCAL.format(files.RELATIONS, "image", "Temp\\ksohtml\\wps1.png")
    )


def word_style() -> bytes:
    """What Word adds: alternate content, web settings, a theme, extended comments, glossary."""
    empty = f'{files.HEAD}<w:webSettings xmlns:w="{WORD}"/>'
    return document_with(
        {"word/webSettings.xml": empty, "docProps/app.xml": office.app_properties("Microsoft Office Word", "16.0000")},
        f'<Relationship Id="rId90" Type="{files.RELATIONS}/webSettings" Target="webSettings.xml"/>',
    )


def wps_style() -> bytes:
    return document_with(
        {
            "docProps/app.xml": office.app_properties("WPS 文字", "12.1.0"),
            "docProps/custom.xml": office.custom_properties(),
            "customXml/item1.xml": f'{files.HEAD}<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/'
            'wpsCustomData"><customSectProps><customSectPr/></customSectProps></s:customData>',
        }
    )
