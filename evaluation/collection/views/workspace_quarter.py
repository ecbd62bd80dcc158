"""The grid of one quarter: filled in, saved on the way, handed in (细则 R4.2(1))."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Refusal
from core.paper.punctuation import full_width
from core.periods import Quarter
from evaluation.collection.actions import Saved, hand_in, save_figures
from evaluation.collection.checks.typed_figures import REASON, REMARK, CellFault, Entry
from evaluation.collection.documents.submission_grid import submission_grid
from evaluation.collection.models import Submission
from evaluation.collection.queries.due import due_facts
from evaluation.collection.queries.submissions import receipts_of, submission_facts, submission_in
from evaluation.scope import person, workspace_page
from platforms.models import Platform

CELL = "cell"


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def quarter(request: HttpRequest, platform: Platform, code: str) -> HttpResponse:
    """One form with two buttons: save, and save and hand in. What is sound is kept even when something is not."""
    submission = found_submission(platform, code)
    if request.method != "POST":
        return _page(request, submission)
    entries = typed_entries(request.POST)
    try:
        saved = _saved(request, submission, entries)
        if saved.faults:
            faulty = {fault.indicator for fault in saved.faults}
            typed = {indicator: entry for indicator, entry in entries.items() if indicator in faulty}
            return _page(request, submission, typed, saved.faults)
        if request.POST.get("step") == "hand_in":
            receipt = hand_in(submission=submission, by=person(request))
            return redirect("my_submission_receipt", number=receipt.number)
    except Refusal as refusal:
        return _page(request, submission, entries, refusal=refusal)
    messages.success(request, f"已保存,{timezone.localtime(saved.at):%H:%M:%S}")
    return redirect("my_submission", code=code)


@require_POST
@workspace_page
def save(request: HttpRequest, platform: Platform, code: str) -> HttpResponse:
    """What the grid's script sends while one types: the rows that changed. Answers with the time and every fault."""
    submission = found_submission(platform, code)
    try:
        saved = _saved(request, submission, typed_entries(request.POST))
    except Refusal as refusal:
        return JsonResponse({"refused": [full_width(str(fault)) for fault in refusal.faults]}, status=400)
    faults = [{"row": f.indicator, "field": field_name(f), "message": full_width(f.message)} for f in saved.faults]
    return JsonResponse({"saved_at": f"{timezone.localtime(saved.at):%H:%M:%S}", "faults": faults})


def _saved(request: HttpRequest, submission: Submission, entries: Mapping[str, Entry]) -> Saved:
    if not entries:
        raise Refusal("没有收到填报的数据,请刷新页面后重新填写;已报送的数据不必重复报送")
    return save_figures(submission=submission, entries=entries, by=person(request))


def found_submission(platform: Platform, code: str) -> Submission:
    """By the quarter's code; the platform is the account's own, so no address leads to another's."""
    try:
        asked = Quarter.parse(code)
    except ValueError:
        raise Http404 from None
    found = submission_in(platform, asked) if asked.code == code else None
    if found is None:
        raise Http404
    return found


def typed_entries(data: QueryDict) -> dict[str, Entry]:
    """`K5.cell.value`, `K5.reason`, `K5.remark` by indicator; other fields are no figures."""
    rows: dict[str, dict[str, str]] = {}
    for name, text in data.items():
        indicator, dot, field = str(name).partition(".")
        if dot and (field in (REASON, REMARK) or field.startswith(f"{CELL}.")):
            rows.setdefault(indicator, {})[field] = str(text)
    return {
        indicator: Entry(
            {field.removeprefix(f"{CELL}."): text for field, text in fields.items() if field.startswith(CELL)},
            fields.get(REASON, ""),
            fields.get(REMARK, ""),
        )
        for indicator, fields in rows.items()
    }


def field_name(fault: CellFault) -> str:
    """The field that a fault stands beside; '' for a whole row."""
    if not fault.cell:
        return ""
    return f"{fault.indicator}.{fault.cell if fault.cell in (REASON, REMARK) else f'{CELL}.{fault.cell}'}"


def _page(
    request: HttpRequest,
    submission: Submission,
    typed: Mapping[str, Entry] | None = None,
    faults: Iterable[CellFault] = (),
    refusal: Refusal | None = None,
) -> HttpResponse:
    names = {code: indicator.name for code, indicator in submission.system.rules.by_code.items()}
    listed = [f"{fault.indicator} {names.get(fault.indicator, '')}:{fault.message}" for fault in faults]
    context: dict[str, object] = {
        "submission": submission,
        "period": submission.period,
        "grid": submission_grid(submission_facts(submission), typed, faults),
        "receipts": receipts_of(submission.platform).filter(submission=submission),
        "faults": listed or (refusal.faults if refusal else ()),
        "is_refused": refusal is not None,
        **due_facts(submission.period.due_on),
    }
    status = 400 if listed or refusal else 200
    return render(request, "evaluation/workspace/quarter.html", context, status=status)
