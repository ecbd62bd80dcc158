"""What every form carries beside its fields. Known in every template without loading."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.models import User
from core.typed.pages import FIELD, signed_page

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> str:
    """In place of Django's own: the token, and on pages of signed-in people whose page it is."""
    return mark_safe(CsrfTokenNode().render(context) + _page(context))  # noqa: S308  both are escaped by themselves


def _page(context: template.Context) -> str:
    request: Any = context.get("request")
    if request is None or not getattr(request, "asks_who", False) or not isinstance(request.user, User):
        return ""
    if not hasattr(request, "signed_page"):
        request.signed_page = signed_page(request, request.user)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, request.signed_page)
