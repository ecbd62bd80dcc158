"""The quarterly bulletin (细则 R4.2(1)): drafted, compiled by the worker, issued by a second person."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from core import jobs
from core.characters import checked
from core.errors import Fault, Refusal
from core.files.intact import sealed_bytes
from core.files.sealing import seal
from core.models import Job, Office, User
from core.paper import render_pdf
from core.paper.official_page import layout_of, page_measures
from core.periods import Quarter
from core.queries import office
from evaluation.bulletin.documents import (
    BulletinView,
    Particulars,
    Proposal,
    build_bulletin,
    missing_facts,
    proposed_texts,
    read_view,
    view_bytes,
)
from evaluation.bulletin.models import TRANSITIONS, Bulletin
from evaluation.bulletin.queries import bulletin_facts, bulletin_with_number

JSON, PDF = "application/json", "application/pdf"
TEMPLATE = "documents/bulletin.html"


@dataclass(frozen=True)
class Compiled:
    """A bulletin's view-model as canonical JSON, and the PDF rendered from those very bytes."""

    view: bytes
    pdf: bytes


def draft_bulletin(*, year: int, quarter: int, by: User) -> Bulletin:
    """The bulletin of this quarter, opened as a draft if there is none yet."""
    if not by.has_perm(TRANSITIONS["compile"].permission):
        raise PermissionDenied(f"{by}没有编制通报的权限")
    with pghistory.context(user=by.pk):
        bulletin, _ = Bulletin.objects.get_or_create(year=year, quarter=quarter)
    return bulletin


def write_bulletin(
    *,
    bulletin: Bulletin,
    serial_number: int | None,
    issued_on: date | None,
    problems: str,
    requirements: str,
    by: User,
) -> Bulletin:
    """Set number, date and the staff's two texts of a draft; an empty text lets the figures speak at compiling."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
        TRANSITIONS.check(locked, "compile", by=by)  # whoever may compile the draft may edit it
        locked.serial_number, locked.issued_on = serial_number, issued_on
        locked.problems, locked.requirements = problems.strip(), requirements.strip()
        _refuse_if_any(_number_faults(locked, is_complete=False))
        locked.save()
    return locked


def suggested_texts(bulletin: Bulletin) -> Proposal:
    """What the figures suggest for 存在问题 and 下一步工作要求; Refusal while there are no figures."""
    facts = bulletin_facts(Quarter(bulletin.year, bulletin.quarter))
    _refuse_if_any(missing_facts(facts))
    return proposed_texts(facts)


def request_compiling(*, bulletin: Bulletin, submission: str, by: User) -> Job:
    """Have the worker compile a draft. `submission` names one press of the button; twice asks once."""
    TRANSITIONS.check(bulletin, "compile", by=by)
    key = f"{bulletin.pk}:{submission}"
    return jobs.enqueue("evaluation.compile_bulletin", key=key, arguments={"bulletin": bulletin.pk}, by=by)


def render_bulletin(*, bulletin: Bulletin, is_demo: bool) -> Compiled:
    """Build the view-model and its PDF from the figures in force; writes nothing. Refused with everything missing."""
    content = _view_bytes(bulletin, is_demo=is_demo)
    return Compiled(content, _pdf(read_view(content)))


def compile_bulletin(*, bulletin: Bulletin, compiled: Compiled, is_demo: bool, by: User) -> Bulletin:
    """Seal what `render_bulletin` made; the draft becomes compiled and waits for a second person.

    1. Lock the bulletin's row; an import that changes its figures waits here or has finished.
    2. Build the view-model again; if number, texts, particulars or figures changed while the PDF was laid out, refuse.
    3. Seal the view-model and the PDF, move the status, stamp who and when.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
        TRANSITIONS.check(locked, "compile", by=by)
        if _view_bytes(locked, is_demo=is_demo) != compiled.view:
            raise Refusal(f"{locked}编制期间数据或文字有变化,请重新编制")
        locked.view = seal(compiled.view, media_type=JSON)
        locked.pdf = seal(compiled.pdf, media_type=PDF)
        locked.compile()
        locked.compiled_at, locked.compiled_by = Now(), by
        locked.save()
    locked.refresh_from_db()
    return locked


def revise_bulletin(*, bulletin: Bulletin, reason: str, by: User) -> Bulletin:
    """Send a compiled bulletin back to the draft; the history keeps the reason, the sealed files stay unused."""
    reason = checked(reason, "理由", lines=True)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
        TRANSITIONS.check(locked, "revise", by=by, reason=reason)
        locked.revise()
        locked.view = locked.pdf = None
        locked.compiled_at = locked.compiled_by = None
        locked.save()
    return locked


def issue_bulletin(*, bulletin: Bulletin, by: User) -> Bulletin:
    """A second person issues a compiled bulletin: public and frozen from now on.

    Refused if the figures, the office's particulars or the rankings have changed since it was compiled: what is issued
    must be what the files in force say.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
        TRANSITIONS.check(locked, "issue", by=by)
        sealed = b"" if locked.view is None else sealed_bytes(locked.view)
        if _view_bytes(locked, is_demo=read_view(sealed).is_demo) != sealed:
            raise Refusal(f"{locked}编制之后数据或机关信息有变化,请退回修改后重新编制")
        locked.issue()
        locked.issued_at, locked.issued_by = Now(), by
        locked.save()
    locked.refresh_from_db()
    return locked


def _view_bytes(bulletin: Bulletin, *, is_demo: bool) -> bytes:
    _refuse_if_any(_number_faults(bulletin, is_complete=True))
    facts = bulletin_facts(Quarter(bulletin.year, bulletin.quarter))
    return view_bytes(build_bulletin(facts, _particulars(bulletin, office(), is_demo=is_demo)))


def _pdf(view: BulletinView) -> bytes:
    page = page_measures(view.layout, view.red_head, signed_by=view.issuer)
    return render_pdf(TEMPLATE, {"view": view, "page": page, "demo_mode": view.is_demo})


def _particulars(bulletin: Bulletin, office: Office, *, is_demo: bool) -> Particulars:
    if bulletin.serial_number is None or bulletin.issued_on is None:
        raise ValueError("number and date were checked before")
    return Particulars(
        red_head=office.red_head,
        issuer=office.name,
        document_code=office.document_code,
        city_platform=office.city_platform_name,
        layout=layout_of(office),
        serial_number=bulletin.serial_number,
        issued_on=bulletin.issued_on,
        problems=bulletin.problems,
        requirements=bulletin.requirements,
        is_demo=is_demo,
    )


def _number_faults(bulletin: Bulletin, *, is_complete: bool) -> list[Fault]:
    """What is wrong with number and date; absent ones are faults only when the bulletin `is_complete`."""
    faults = []
    if is_complete and bulletin.serial_number is None:
        faults.append(Fault(f"{bulletin}还没有发文顺序号", expected="先填写发文顺序号"))
    if is_complete and bulletin.issued_on is None:
        faults.append(Fault(f"{bulletin}还没有成文日期", expected="先填写成文日期"))
    if bulletin.serial_number is not None and bulletin.serial_number < 1:
        faults.append(Fault("发文顺序号须为正整数", value=str(bulletin.serial_number)))
    if bulletin.issued_on is not None and bulletin.issued_on <= Quarter(bulletin.year, bulletin.quarter).last_on:
        faults.append(Fault("成文日期不能早于季度结束", value=str(bulletin.issued_on)))
    if bulletin.issued_on is not None and bulletin.serial_number is not None:
        other = bulletin_with_number(issued_year=bulletin.issued_on.year, serial_number=bulletin.serial_number)
        if other is not None and other.pk != bulletin.pk:
            number = f"〔{bulletin.issued_on.year}〕{bulletin.serial_number}号"
            faults.append(Fault(f"发文字号{number}已用于{other}", expected="改用其他顺序号"))
    return faults


def _refuse_if_any(faults: list[Fault]) -> None:
    if faults:
        raise Refusal(faults)
