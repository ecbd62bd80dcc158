"""Sends a form as a browser does: opens the page, takes what stands in the form, puts in what the person types."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import resolve
from lxml import html as markup

from core.typed.pages import signed_page
from core.typed.rows import version_of
from platforms.models import Membership
from platforms.views.scope import own_platform

Fields = dict[str, Any]
_BUTTONS = ("submit", "button", "reset", "file", "image")


class Browser(Client):
    """A client whose forms stand on pages that this person has just opened: whose page it is goes with each of them."""

    def post(self, path: Any, data: Any = None, *given: Any, **options: Any) -> Any:
        user = get_user(self)
        if user.is_authenticated and isinstance(data, dict | None) and "page_of" not in (data or {}):
            data = {**(data or {}), "page_of": signed_page(RequestFactory().get(path), user)}
        return super().post(path, data, *given, **options)


def sent(client: Client, page: str, typed: Mapping[str, Any] | None = None, *, to: str = "", **options: Any) -> Any:
    """`page` is opened, its form that leads to `to` (else the page's own) filled in and sent there."""
    return send(client, client.get(page), page, typed, to=to, **options)


def send(
    client: Client,
    opened: Any,
    page: str,
    typed: Mapping[str, Any] | None = None,
    *,
    to: str = "",
    **options: Any,
) -> Any:
    """The same for a page that was opened before: what happened since is not in it."""
    shown = form_on(opened, page, to) or form_on(opened, page)
    return client.post(to or page, {**shown, **(typed or {})}, **options)


def press(client: Client, address: str, typed: Mapping[str, Any] | None = None, **options: Any) -> Any:
    """A POST of somebody who has just seen what the view acts on, whatever page they saw it on."""
    return client.post(address, {"seen": seen_at(client, address), **(typed or {})}, **options)


def seen_at(client: Client, address: str) -> str:
    """The version that a page with a form for this address carries now."""
    match, request = resolve(urlsplit(address).path), RequestFactory().get(address)
    request.user = get_user(client)
    shown = getattr(match.func, "shown", None)
    if not request.user.is_authenticated:
        return ""
    given = _handed_over(str(match.view_name), request.user)
    if shown is None or None in given:
        return ""
    return version_of(shown(request, *given, *match.args, **match.kwargs))


def _handed_over(name: str, user: Any) -> list[Any]:
    """What stands between the address and the view: the account's platform, or the membership of who keeps people."""
    if name.endswith("_people_step"):
        return ["", Membership.objects.filter(user=user.pk).first()]
    return [own_platform(user)] if name.startswith("my_") else []


def form_on(opened: Any, page: str, address: str = "") -> Fields:
    """What a browser would send of the first form on the page that leads to this address; {} if there is none."""
    root = markup.fromstring(opened.content.decode())
    for form in root.iter("form"):
        if form.get("method", "").lower() == "post" and urljoin(page, form.get("action") or "") == (address or page):
            return dict(_fields(root, form))
    return {}


def _fields(root: Any, form: Any) -> Iterator[tuple[str, Any]]:
    own = [each for each in form.iter("input", "select", "textarea") if not each.get("form")]
    own += root.xpath("//*[@form=$name]", name=form.get("id")) if form.get("id") else []
    values: dict[str, list[str]] = {}
    for field in own:
        if field.get("name") and field.get("disabled") is None:
            values.setdefault(field.get("name"), []).extend(_values(field))
    for name, found in values.items():
        if found:
            yield name, found[0] if len(found) == 1 else found


def _values(field: Any) -> list[str]:
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if option.get("selected") is not None]
        if not chosen and field.get("multiple") is None:
            chosen = list(field.iter("option"))[:1]
        return [option.get("value", option.text or "") for option in chosen]
    kind = field.get("type", "text")
    if kind in _BUTTONS:
        return []
    if kind in ("checkbox", "radio"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]
