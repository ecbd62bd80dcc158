"""The desk's menu: its groups in the order in which the work is done. The entries are declared by the slices that they
lead to, each with its group and its place; who sees an entry is its permission's affair."""

from django.contrib.auth.models import AnonymousUser
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest
from django.urls import reverse

from core.declared import MenuEntry, house
from core.declared.faults import page_faults
from core.models import User

GROUPS = {
    "quarter": "季度工作",
    "year": "年度工作",
    "registry": "登记",
    "records": "查询",
    "system": "系统",
}


def menu_of(request: HttpRequest) -> list[dict[str, object]]:
    """The groups and entries that this person may open, in the form of the admin's own list of apps."""
    groups = (_group(code, label, request.user) for code, label in GROUPS.items())
    return [group for group in groups if group["models"]]


def check_pages(**_: object) -> list[CheckMessage]:
    """`manage.py check`: every page that the menu or a kind of job names has an address."""
    return [Error(fault, id="zhuzhou_sme.E001") for fault in page_faults(house().declared)]


def _group(code: str, label: str, user: User | AnonymousUser) -> dict[str, object]:
    entries = [_entry(entry, user) for entry in house().menu_of(code) if user.has_perm(entry.permission)]
    return {"name": label, "app_label": code, "models": entries}


def _entry(entry: MenuEntry, user: User | AnonymousUser) -> dict[str, object]:
    name = entry.page.removeprefix("admin:").removeprefix("desk_").removesuffix("_changelist")
    return {
        "name": entry.label,
        "object_name": name,
        "admin_url": reverse(entry.page),
        "add_url": _add_address(entry, user),
    }


def _add_address(entry: MenuEntry, user: User | AnonymousUser) -> str | None:
    if not entry.add:
        return None
    app, model = entry.add.split(".")
    return reverse(f"admin:{app}_{model}_add") if user.has_perm(f"{app}.add_{model}") else None
