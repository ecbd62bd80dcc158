"""The grid of one quarter: filled in, saved on the way, handed in (细则 R4.2(1))."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Refusal
from core.paper.punctuation import full_width
from core.periods import Quarter
from evaluation.collection.actions import Saved, hand_in, save_figures
from evaluation.collection.checks.typed_figures import CellFault, Entry
from evaluation.collection.documents.standing import standing_words
from evaluation.collection.documents.submission_grid import submission_grid
from evaluation.collection.models import Submission
from evaluation.collection.queries.due import due_facts
from evaluation.collection.queries.submissions import figures_of, receipts_of, submission_facts, submission_in
from evaluation.collection.views.grid_form import GridForm, check_platform, field_name, grid_form
from evaluation.scope import person, workspace_page
from platforms.models import Platform


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def quarter(request: HttpRequest, platform: Platform, code: str) -> HttpResponse:
    """One form with two buttons: save, and save and hand in. What is sound is kept even when something is not."""
    if request.method != "POST":
        return _page(request, found_submission(platform, code))
    try:
        check_platform(request.POST, platform)
    except Refusal as refusal:
        return render(request, "evaluation/workspace/moved.html", {"faults": refusal.faults}, status=409)
    submission, form = found_submission(platform, code), grid_form(request.POST)
    try:
        saved = _saved(request, submission, form)
    except Refusal as refusal:
        return _page(request, submission, form.entries, refusal=refusal)
    if saved.faults or saved.conflicts:
        apart = {*saved.conflicts, *(fault.indicator for fault in saved.faults)}
        typed = {indicator: entry for indicator, entry in form.entries.items() if indicator in apart}
        return _page(request, submission, typed, saved.faults, saved.conflicts)
    if request.POST.get("step") == "hand_in":
        return _hand_in(request, submission, form.seen | dict(saved.versions))
    messages.success(request, f"已保存,{timezone.localtime(saved.at):%H:%M:%S}")
    return redirect("my_submission", code=code)


def _hand_in(request: HttpRequest, submission: Submission, seen: Mapping[str, int]) -> HttpResponse:
    """Everything typed is stored by now: a refusal shows the quarter as it stands."""
    try:
        receipt = hand_in(submission=submission, seen=seen, by=person(request))
    except Refusal as refusal:
        return _page(request, submission, refusal=refusal)
    return redirect("my_submission_receipt", number=receipt.number)


@require_POST
@workspace_page
def save(request: HttpRequest, platform: Platform, code: str) -> HttpResponse:
    """What the grid's script sends while one types: the rows that changed. Answers with the time, the versions of the
    rows that stand as they were sent, every fault and every row that somebody else changed."""
    try:
        check_platform(request.POST, platform)
        submission = found_submission(platform, code)
        saved = _saved(request, submission, grid_form(request.POST))
    except Refusal as refusal:
        return JsonResponse({"refused": [full_width(str(fault)) for fault in refusal.faults]}, status=400)
    faults = [{"row": f.indicator, "field": field_name(f), "message": full_width(f.message)} for f in saved.faults]
    rules, figures = submission.system.rules, figures_of(submission, saved.conflicts)
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime(saved.at):%H:%M:%S}",
            "versions": dict(saved.versions),
            "faults": faults,
            "conflicts": [standing_words(rules.indicator(each.indicator), each).as_answer() for each in figures],
        }
    )


def _saved(request: HttpRequest, submission: Submission, form: GridForm) -> Saved:
    if not form.seen and not form.entries:
        raise Refusal("没有收到填报的数据,请刷新页面后重新填写;已报送的数据不必重复报送")
    return save_figures(submission=submission, entries=form.entries, by=person(request))


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


def _page(
    request: HttpRequest,
    submission: Submission,
    typed: Mapping[str, Entry] | None = None,
    faults: Iterable[CellFault] = (),
    conflicts: Collection[str] = (),
    refusal: Refusal | None = None,
) -> HttpResponse:
    names = {code: indicator.name for code, indicator in submission.system.rules.by_code.items()}
    listed = [f"{fault.indicator} {names.get(fault.indicator, '')}:{fault.message}" for fault in faults]
    listed += [
        f"{code} {names[code]}:您打开页面之后已有他人改动,请在该行选择保留现有还是用您填的" for code in conflicts
    ]
    context: dict[str, object] = {
        "submission": submission,
        "period": submission.period,
        "grid": submission_grid(submission_facts(submission), typed, faults, conflicts),
        "receipts": receipts_of(submission.platform).filter(submission=submission),
        "faults": listed or (refusal.faults if refusal else ()),
        "is_refused": refusal is not None,
        **due_facts(submission.period.due_on),
    }
    status = 400 if listed or refusal else 200
    return render(request, "evaluation/workspace/quarter.html", context, status=status)
