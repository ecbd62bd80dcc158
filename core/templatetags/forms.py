"""What every form carries beside its fields. Known in every template without loading."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.urls import resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.models import User
from core.typed.keeping import SEEN
from core.typed.pages import FIELD, signed_page
from core.typed.rows import version_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> str:
    """In place of Django's own: the token, and on pages of signed-in people whose page it is."""
    parts = CsrfTokenNode().render(context), _page(context), _seen(context.get("seen_rows"))
    return mark_safe("".join(parts))  # noqa: S308  each is escaped by itself


@register.simple_tag(takes_context=True)
def seen(context: template.Context, name: str, *arguments: object) -> str:
    """The version of what the page shows, for a form that leads to the view of this name."""
    match = resolve(reverse(name, args=arguments))
    shown: Any = match.func
    return _seen(version_of(shown.shown(context["request"], *match.args, **match.kwargs)))


@register.simple_tag
def seen_as(version: str) -> str:
    """The same for one row of a list, whose version the view has brought along."""
    return _seen(version)


def _seen(version: str | None) -> str:
    """A page of the admin says in its context what it shows."""
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, version) if version is not None else ""


def _page(context: template.Context) -> str:
    request: Any = context.get("request")
    if request is None or not getattr(request, "asks_who", False) or not isinstance(request.user, User):
        return ""
    if not hasattr(request, "signed_page"):
        request.signed_page = signed_page(request, request.user)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, request.signed_page)
