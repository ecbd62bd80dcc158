"""Small words that every template may use: where we are, which clause, how a number reads. Nothing is decided here."""

import re
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import policy
from core.identity.changes import kind_of
from core.identity.organisations import organisation_of
from core.jobs import setback
from core.models import ChangeRequest, User
from core.numbers import percent, with_decimals
from core.paper.punctuation import full_width_html

register = template.Library()
_TYPED = re.compile(r"(<(pre|code|textarea)\b.*?</\2>)", re.DOTALL)


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: dict[str, Any], name: str, label: str) -> dict[str, object]:
    """One entry of the main navigation; marked when the page stands at or under its address."""
    address = reverse(name)
    path = context["request"].path if "request" in context else ""
    here = path == address if address == "/" else path.startswith(address)
    return {"address": address, "label": label, "current": "page" if path == address else "true" if here else ""}


@register.inclusion_tag("core/_account_notices.html", takes_context=True)
def account_notices(context: dict[str, Any]) -> dict[str, object]:
    """What was done to this person's account, until they have read it; what waits for them as the second person."""
    user = context["request"].user
    told = ChangeRequest.objects.to_be_told(user).select_related("asked_by", "decided_by").order_by("decided_at")
    waiting = ChangeRequest.objects.waiting().exclude(asked_by=user).exclude(account=user)
    return {
        "notices": [(kind_of(each).label, each) for each in told],
        "waiting": waiting.count() if user.has_perm("core.decide_change") else 0,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def clause(cited: str | policy.Clause) -> SafeString | str:
    """A clause as people name it, linked to its words on 政策原文; a code unknown to the policy stays as it is."""
    if isinstance(cited, str):
        if not policy.has_clause(cited):
            return cited
        cited = policy.clause(cited)
    return format_html('<a href="{}#{}">{}</a>', reverse("policy"), cited.anchor, cited.citation)


@register.filter
def organisation(user: User) -> str:
    """Whom an account works for, '' when nobody is registered."""
    return organisation_of(user)


@register.filter(is_safe=True)
def full_width(html: str) -> SafeString:
    """A rendered page with Chinese punctuation in full width; what is typed at a computer stays as it is."""
    pieces = _TYPED.split(html)  # text, typed, its tag's name, text, …
    pieces[::3] = [full_width_html(piece) for piece in pieces[::3]]
    del pieces[2::3]
    return mark_safe("".join(pieces))  # noqa: S308  the page itself, already escaped where it was rendered


@register.filter
def decimals(number: Decimal | None, count: int | str) -> str:
    """A score with the decimals that its system prints: 94.500000 with 2 → 94.50."""
    return with_decimals(number, int(count))


register.filter(percent)
register.filter(setback)


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field's widget in our look."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)  # the label says it, and stays while one types
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return field.as_widget(attrs={"class": "form-check-input"})
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return field.as_widget(attrs={"class": look})
