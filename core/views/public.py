"""Pages for citizens that belong to no app: the policy word for word, the privacy statement, the health check."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.policy import policies
from core.queries import office


@require_safe
@login_not_required
def policy(request: HttpRequest) -> HttpResponse:
    return render(request, "core/policy.html", {"policies": policies()})


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """404 until the bureau has written its statement."""
    if not office().privacy_text:
        raise Http404
    return render(request, "core/privacy.html")


@require_safe
@login_not_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """`ok` when the database answers; an error otherwise. For the container and the load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
