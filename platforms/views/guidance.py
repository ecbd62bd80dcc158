"""Guidance: what the desk tells a platform and whether it was signed for (办法 M4(2)); the platform's 签收."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refusal
from core.models import User
from core.views.desk import desk_page, page, person
from platforms.actions.guidance import LONGEST, acknowledge_guidance, write_guidance
from platforms.choices import GuidanceKind
from platforms.models import Guidance, Platform
from platforms.queries.guidance import guidance_of

VIEW = "platforms.view_guidance"
PER_PAGE = 50


@desk_page(VIEW)
@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """Everything told to the platforms in this person's scope, newest first."""
    rows = Guidance.objects.visible_to(person(request)).select_related("platform", "written_by", "acknowledged_by")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "platforms/desk/guidance.html", "指导与催报", rows=shown)


@desk_page(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_guidance(request: HttpRequest, code: str) -> HttpResponse:
    """One platform's, and the form for the next note for whoever guides it."""
    platform = get_object_or_404(Platform.objects.visible_to(person(request)).select_related("region"), code=code)
    faults: tuple[object, ...] = ()
    if request.method == "POST":
        kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
        try:
            write_guidance(platform=platform, kind=kind, text=text, by=person(request))
        except Refusal as refusal:
            faults = refusal.faults
        else:
            messages.success(request, f"已发给{platform}")
            return redirect("desk_platform_guidance", code=code)
    return page(
        request,
        "platforms/desk/platform_guidance.html",
        f"{platform}:指导与催报",
        status=400 if faults else 200,
        platform=platform,
        rows=Paginator(guidance_of(platform), PER_PAGE).get_page(request.GET.get("page")),
        may_write=request.user.has_perm("platforms.guide_platform", platform),
        kinds=GuidanceKind.choices,
        longest=LONGEST,
        kind=request.POST.get("kind", GuidanceKind.NOTE),
        text=request.POST.get("text", ""),
        faults=faults,
    )


@never_cache
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """签收 by an account of the platform itself; another platform's guidance is not there."""
    user = cast(User, request.user)
    own = Guidance.objects.filter(platform__membership__user=user).select_related("platform")
    acknowledge_guidance(guidance=get_object_or_404(own, pk=pk), by=user)
    messages.success(request, "已签收")
    return redirect("my_home")
