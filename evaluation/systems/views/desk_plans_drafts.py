"""A draft's pages: key tasks and indicators, platforms' own targets, putting in force. Each works without script."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refusal
from core.typed.versions import versioned
from core.views.desk import desk_page, page, person
from evaluation.permissions import obstacle
from evaluation.systems.actions import TargetCell, change_draft, set_platform_targets
from evaluation.systems.choices import SystemStatus
from evaluation.systems.documents.key_work import KeyWork, key_work
from evaluation.systems.documents.plan_differences import plan_differences
from evaluation.systems.forms.plans import PlanForm
from evaluation.systems.forms.targets import TargetForm
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.queries import comparable_systems
from evaluation.systems.views.shown import shown_system
from evaluation.wording import SOURCES
from platforms.models import Platform

PLATFORMS_A_PAGE = 30


@desk_page("evaluation.plan_year")
@require_http_methods(["GET", "HEAD", "POST"])
@versioned(shown_system)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of a draft but its platforms' targets, in one form; a version that is no draft is only shown."""
    draft = get_object_or_404(IndicatorSystem, pk=pk)
    if request.method != "POST":
        if draft.status != SystemStatus.DRAFT:
            return redirect("desk_system", pk=pk)
        return _plan_page(request, draft, PlanForm(draft, sources=SOURCES))
    form = PlanForm(draft, request.POST, sources=SOURCES)
    try:
        change_draft(
            system=draft,
            tasks=form.task_entries(),
            routine=form.routine_entries(),
            by=person(request),
        )
    except Refusal as refusal:
        form.place(refusal.faults)
        return _plan_page(request, draft, form, status=400)
    messages.success(request, "已保存。施行前可随时修改。")
    return redirect("desk_plan", pk=pk)


@desk_page("evaluation.plan_year")
@require_http_methods(["GET", "HEAD", "POST"])
@versioned(shown_system)
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Platform × indicator; an empty cell keeps the type's target."""
    draft = get_object_or_404(IndicatorSystem, pk=pk)
    if request.method != "POST":
        if draft.status != SystemStatus.DRAFT:
            return redirect("desk_system", pk=pk)
        shown = _platforms(draft, request)
        return _targets_page(request, draft, TargetForm(draft, list(shown)), shown)
    shown = _platforms(draft, request)
    form = TargetForm(draft, list(shown), request.POST)
    cells = {TargetCell(*cell): text for cell, text in form.typed().items()}
    try:
        set_platform_targets(system=draft, targets=cells, by=person(request))
    except Refusal as refusal:
        form.place(refusal.faults)
        return _targets_page(request, draft, form, shown, status=400)
    messages.success(request, "单独目标已保存。")
    return redirect(request.get_full_path())


@desk_page("evaluation.plan_year")
@require_safe
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen when the draft is put in force, and the button."""
    draft = get_object_or_404(IndicatorSystem.objects.select_related("copied_from", "imported_by", "changed_by"), pk=pk)
    if draft.status != SystemStatus.DRAFT:
        return redirect("desk_system", pk=pk)
    others = comparable_systems(draft)
    work = key_work(draft)
    groups = plan_differences(others[0], draft) if others else []
    return page(
        request,
        "evaluation/desk/plan_publish.html",
        f"发布施行:{draft.year}年度{draft.get_platform_type_display()}指标体系",
        system=draft,
        work=work,
        other=others[0] if others else None,
        carried_over=_carried_over(draft, others[0], work) if others else [],
        difference_count=sum(len(group.sentences) for group in groups),
        is_late=draft.is_late_on(timezone.localdate()),
        obstacle=obstacle(person(request), "evaluation.put_system_in_force", draft),
    )


def _carried_over(draft: IndicatorSystem, other: IndicatorSystem, work: KeyWork) -> list[str]:
    """Key tasks of a new year that still rest on the document of the year before: perhaps forgotten."""
    if draft.year == other.year:
        return []
    earlier = dict(other.key_tasks.values_list("indicator", "base_document"))
    return [task.code for task in work.tasks if task.base_document and earlier.get(task.code) == task.base_document]


def _plan_page(request: HttpRequest, draft: IndicatorSystem, form: PlanForm, status: int = 200) -> HttpResponse:
    return page(
        request,
        "evaluation/desk/plan.html",
        f"{draft.year}年度{draft.get_platform_type_display()}重点工作与目标(草案)",
        status=status,
        system=draft,
        form=form,
    )


def _targets_page(
    request: HttpRequest, draft: IndicatorSystem, form: TargetForm, shown: "Page[Platform]", status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {"system": draft, "form": form, "shown": shown}
    title = f"{draft.year}年度{draft.get_platform_type_display()}单独目标(草案)"
    return page(request, "evaluation/desk/plan_targets.html", title, status=status, **context)


def _platforms(draft: IndicatorSystem, request: HttpRequest) -> "Page[Platform]":
    rows = Platform.objects.filter(platform_type=draft.platform_type).order_by("code")
    return Paginator(rows, PLATFORMS_A_PAGE).get_page(request.GET.get("page"))
