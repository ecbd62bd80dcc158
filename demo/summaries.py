"""Annual summaries in the demonstration, all fictional: a few windows have handed in this year's, written in the
outline that the portal gives them; one left a part out. What has been handed in already is left as it is."""

import io
from collections.abc import Callable, Iterator
from functools import partial

import docx
from django.conf import settings
from django.utils import timezone

from demo.quarters import filler
from evaluation.summaries.actions import NamedFile, submit_summary
from evaluation.summaries.documents.outline import outline_docx
from evaluation.summaries.documents.summary_outline import summary_outline
from evaluation.summaries.models import AnnualSummary
from platforms.models import Platform

# Platform and the heading that its summary leaves out.
HANDED_IN = (("CNT-02", ""), ("CNT-03", "典型服务案例"), ("CLU-01", ""))
_SENTENCE = "演示文字:本平台全年围绕重点工作开展服务,以上数据由系统带出,内容均为虚构。"


def summary_steps() -> Iterator[tuple[str, Callable[[], None]]]:
    for code, left_out in HANDED_IN:
        yield f"报送年度工作总结 {code}", partial(_hand_in, code, left_out)


def _hand_in(code: str, left_out: str) -> None:
    platform, today = Platform.objects.get(code=code), timezone.localdate()
    if AnnualSummary.objects.filter(platform=platform, year=today.year).exists():
        return
    outline = outline_docx(summary_outline(platform=platform, year=today.year, today=today, is_demo=settings.DEMO_MODE))
    document = NamedFile(f"{platform.name}{today.year}年度工作总结.docx", _written(outline, left_out))
    submit_summary(platform=platform, year=today.year, document=document, by=filler(platform))


def _written(outline: bytes, left_out: str) -> bytes:
    document = docx.Document(io.BytesIO(outline))
    for paragraph in document.paragraphs:
        if left_out and left_out in paragraph.text:
            paragraph.clear()
    document.add_paragraph(_SENTENCE)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
