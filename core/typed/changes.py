"""What changed in rows since a page showed them, and by whom, read from their history."""

from typing import Any

from django.db.models import Field, JSONField, Model
from django.utils import timezone

from core.models import User
from core.typed.rows import Rows

_WORDS = {"insert": "新增", "update": "修改", "delete": "删除"}
_MOST = 8  # lines; whoever needs more reads the history
_LONGEST = 60  # characters of one value


def changes_since(rows: Rows, number: int) -> list[str]:
    """One sentence for each event, newest last."""
    events = list(rows.events().filter(pgh_id__gt=number).select_related("pgh_context").order_by("pgh_id"))
    people = dict(User.objects.filter(pk__in=map(_actor, events)).values_list("pk", "full_name"))
    lines = [_line(rows, event, people.get(_actor(event), "系统")) for event in events]
    return lines if len(lines) <= _MOST else [*lines[:_MOST], f"此外还有{len(lines) - _MOST}处改动"]


def _line(rows: Rows, event: Any, who: str) -> str:
    at = timezone.localtime(event.pgh_created_at)
    step = _WORDS.get(event.pgh_label, "修改")
    words = _differences(rows.model, event) if step == "修改" else ""
    name = rows.model._meta.verbose_name
    return f"{at.month}月{at.day}日{at:%H:%M:%S},{who}{step}了{name}{f':{words}' if words else ''}"


def _differences(model: type[Model], event: Any) -> str:
    """Each field with what it said before and says since."""
    before = type(event).objects.filter(pgh_obj_id=event.pgh_obj_id, pgh_id__lt=event.pgh_id)
    earlier = before.order_by("-pgh_id").first()
    known = {field.attname for field in type(event)._meta.concrete_fields}
    return ";".join(
        _difference(field, earlier, event)
        for field in model._meta.concrete_fields
        if earlier is not None and field.editable and field.attname in known
        if _raw(field, earlier) != _raw(field, event)
    )


def _difference(field: "Field[Any, Any]", earlier: Any, event: Any) -> str:
    if isinstance(field, JSONField):  # a whole document: which of its parts, the page itself shows
        return f"{field.verbose_name}有改动"
    return f"{field.verbose_name}由“{_text(field, earlier)}”改为“{_text(field, event)}”"


def _raw(field: "Field[Any, Any]", event: Any) -> object:
    return getattr(event, field.attname)


def _text(field: "Field[Any, Any]", event: Any) -> str:
    value = _raw(field, event)
    if value in (None, ""):
        return "空"
    if field.choices:
        value = dict(field.flatchoices).get(value, value)
    elif field.is_relation:
        target: Any = field.remote_field
        related = target.model._default_manager.filter(pk=value).first()
        value = related if related is not None else value
    elif isinstance(value, bool):
        value = "是" if value else "否"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def _actor(event: Any) -> Any:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user")
