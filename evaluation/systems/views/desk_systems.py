"""Indicator systems: the versions, one version as an official prints it, import, putting in force, retiring."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refusal
from core.typed.versions import versioned
from core.views.desk import desk_page, page, person, steps_of, take_step
from evaluation.permissions import obstacle
from evaluation.systems.actions.systems import import_system_file, put_system_in_force, retire_system
from evaluation.systems.documents.indicator_systems import system_table
from evaluation.systems.documents.key_work import key_work
from evaluation.systems.forms.importing import SystemForm
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.models.indicator_system import TRANSITIONS
from evaluation.systems.views.shown import shown_system


@desk_page("evaluation.view_indicatorsystem")
@require_safe
def indicator_systems(request: HttpRequest) -> HttpResponse:
    rows = IndicatorSystem.objects.select_related("imported_by").defer("definition")
    return page(
        request,
        "evaluation/desk/systems.html",
        "指标体系",
        rows=rows,
        may_import=request.user.has_perm("evaluation.import_system"),
    )


@desk_page("evaluation.view_indicatorsystem")
@require_safe
def indicator_system(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        IndicatorSystem.objects.select_related("imported_by", "changed_by", "in_force_by", "retired_by", "copied_from"),
        pk=pk,
    )
    steps = steps_of(TRANSITIONS, found, person(request), obstacle)
    return page(
        request,
        "evaluation/desk/system.html",
        f"{found.get_platform_type_display()}指标体系 {found}",
        system=found,
        table=system_table(found.rules),
        work=key_work(found),
        may_plan=request.user.has_perm("evaluation.plan_year"),
        # Whoever may put it in force first reads what that means, on a page of its own.
        steps=[step for step in steps if step.obstacle or step.move.name != "put_in_force"],
    )


@desk_page("evaluation.import_system")
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """A sound file becomes a draft version, which changes nothing until it is put in force."""
    form = SystemForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _upload_page(request, form, status=400 if form.is_bound else 200)
    try:
        name, content = form.content()
        imported = import_system_file(content=content, by=person(request))
    except Refusal as refusal:
        return _upload_page(request, form, status=400, faults=refusal.as_rows(), file_name=form.files["file"])
    said = "已导入为草案" if imported.is_new else "内容与已有版本相同,没有变化"
    return take_step(request, lambda: None, done=f"{name}:{said}", back=_address(imported.system))


@desk_page("evaluation.view_indicatorsystem")
@require_POST
@versioned(shown_system)
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A button of the version's page."""
    found, by = get_object_or_404(IndicatorSystem, pk=pk), person(request)
    reason = request.POST.get("reason", "")
    steps: dict[str, Callable[[], object]] = {
        "put_in_force": lambda: put_system_in_force(system=found, by=by, reason=reason),
        "retire": lambda: retire_system(system=found, reason=reason, by=by),
    }
    if step not in steps:
        raise Http404
    return take_step(request, steps[step], done=f"{found}:已{TRANSITIONS[step].label}", back=_address(found))


def _upload_page(request: HttpRequest, form: SystemForm, **context: Any) -> HttpResponse:
    back = (reverse("desk_systems"), "指标体系")
    introduction = "检查通过的文件导入为草案,施行之前不影响任何评分。"
    return page(
        request,
        "admin/desk/upload.html",
        "导入指标体系",
        form=form,
        back=back,
        introduction=introduction,
        **context,
    )


def _address(system: IndicatorSystem) -> str:
    return reverse("desk_system", args=[system.pk])
