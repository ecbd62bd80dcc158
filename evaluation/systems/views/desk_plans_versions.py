"""The versions of every year and type; copying one; what changed; how far the year is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.views.desk import desk_page, page, person, take_step
from evaluation.systems.actions import copy_system
from evaluation.systems.documents.plan_differences import plan_differences
from evaluation.systems.forms.plans import CopyForm
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.queries import comparable_systems, copied_systems, planned_versions


@desk_page("evaluation.view_indicatorsystem")
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    return _list(request, CopyForm(systems=copied_systems(), initial={"year": timezone.localdate().year + 1}))


@desk_page("evaluation.plan_year")
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """The copy is a draft; its page opens."""
    form = CopyForm(request.POST, systems=copied_systems())
    if not form.is_valid():
        return _list(request, form, status=400)
    source, year, by = form.cleaned_data["system"], form.cleaned_data["year"], person(request)
    made: list[IndicatorSystem] = []
    step = lambda: made.append(copy_system(system=source, year=year, by=by))  # noqa: E731  one step, told once
    answer = take_step(
        request, step, done=f"已复制为{year}年度草案,请逐项核对分值、目标、依据文件和期限", back="desk_plans"
    )
    if made:
        answer["Location"] = reverse("desk_plan", args=[made[0].pk])
    return answer


@desk_page("evaluation.view_indicatorsystem")
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the version it was copied from, or another one that it follows (`?against=`)."""
    found = get_object_or_404(IndicatorSystem.objects.select_related("copied_from"), pk=pk)
    others = comparable_systems(found)
    asked = request.GET.get("against", "")
    other = next((each for each in others if not asked or str(each.pk) == asked), None)
    if asked and other is None:
        raise Http404
    return page(
        request,
        "evaluation/desk/plan_differences.html",
        f"{found.year}年度{found.get_platform_type_display()}指标体系的差异",
        system=found,
        other=other,
        others=others,
        groups=plan_differences(other, found) if other else [],
    )


def _list(request: HttpRequest, form: CopyForm, status: int = 200) -> HttpResponse:
    may_plan = request.user.has_perm("evaluation.plan_year")
    context: dict[str, object] = {"rows": planned_versions(), "form": form if may_plan else None, "may_plan": may_plan}
    return page(request, "evaluation/desk/plans.html", "重点工作与目标", status=status, **context)
