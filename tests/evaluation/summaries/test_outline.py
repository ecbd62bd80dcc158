"""The summary's outline as a document: every heading, the platform's own year filled in, fonts for Chinese text."""

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.oxml.ns import qn

from core.files.sealing import seal
from evaluation.summaries.checks import missing_headings
from evaluation.summaries.documents.outline import outline_docx
from evaluation.summaries.documents.summary_outline import summary_outline
from platforms.models import EnterpriseRecognition, RecognitionList
from tests.factories import PlatformFactory
from tests.factories.collection import EnterpriseFactory, ServiceRecordFactory
from tests.factories.published import system_in_force


def text_of(document) -> list[str]:
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return lines


def recognised(enterprise, day) -> EnterpriseRecognition:
    listed = RecognitionList.objects.create(
        kind="little_giant",
        title="演示名单",
        published_on=day,
        file_name="名单.csv",
        file=seal(b"list", media_type="text/csv"),
        row_count=1,
    )
    return EnterpriseRecognition.objects.create(
        recognition_list=listed, enterprise=enterprise, kind="little_giant", recognised_on=day, row=2
    )


@pytest.fixture
def window(db):
    system_in_force(2025)
    return PlatformFactory.create(code="CNT-08", name="演示八号窗口平台", contact_person="演示联系人")


def outline(window, today=date(2025, 11, 20), is_demo=False) -> bytes:
    return outline_docx(summary_outline(platform=window, year=2025, today=today, is_demo=is_demo))


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def test_an_outline_handed_back_as_it_is_lacks_no_heading(window):
    assert missing_headings(text_of(opened(outline(window)))) == []


def test_figures_services_and_honours_of_the_own_year_are_filled_in(window):
    record = ServiceRecordFactory.create(platform=window, served_on=date(2025, 2, 10))
    ServiceRecordFactory.create(platform=window, enterprise=record.enterprise, served_on=date(2025, 5, 6))
    ServiceRecordFactory.create(platform=window, served_on=date(2024, 12, 31))
    ServiceRecordFactory.create(served_on=date(2025, 5, 6))
    recognised(record.enterprise, date(2025, 9, 1))
    recognised_elsewhere = EnterpriseFactory.create()
    lines = text_of(opened(outline(window)))
    assert "2025年第一季度\t1\t1" in lines and "全年累计\t2\t1" in lines
    assert f"{record.enterprise.name}\t国家级专精特新“小巨人”企业\t2025-09-01" in lines
    assert not any(recognised_elsewhere.name in line for line in lines)
    assert any(line.startswith("A16 服务企业家次\t家次\t未报\t600\t\t省枢纽平台") for line in lines)
    assert "K0 重点工作(示例)\t100\t100\t未报\t" in lines


def test_a_demonstration_says_so_and_every_run_names_a_chinese_font(window):
    document = opened(outline(window, is_demo=True))
    assert "演示数据(虚构)" in document.paragraphs[0].text
    for run in (run for paragraph in document.paragraphs for run in paragraph.runs):
        assert run.element.rPr.rFonts.get(qn("w:eastAsia")) in {"仿宋", "黑体", "楷体"}


def test_as_many_queries_for_one_enterprise_as_for_three(window):
    counts = []
    for _ in range(3):
        record = ServiceRecordFactory.create(platform=window, served_on=date(2025, 2, 10))
        recognised(record.enterprise, date(2025, 9, 1)) if not counts else None
        with CaptureQueriesContext(connection) as queries:
            outline(window)
        counts.append(len(queries))
    assert counts[0] == counts[2]
