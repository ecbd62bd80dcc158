"""The admin's forms say which version they show; the second of two people is told what changed and by whom, keeps what
was typed on the page, and nothing is written."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.typed.keeping import SEEN
from core.typed.rows import Rows, row, rows_of, version_of
from core.typed.versions import faults_of

SEEN_ROWS = "seen_rows"
"""Name in a page's context: its forms carry what stands there (`core.templatetags.forms`)."""


class VersionedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A change and a deletion carry the version of the row and of the rows on the same page."""

    def shown_rows(self, request: HttpRequest, obj: Model) -> list[Rows]:
        if not hasattr(obj, "pgh_event_model"):
            return []  # a library's own row, without history
        inlines = [inline.model for inline in self.get_inline_instances(request, obj)]
        return rows_of(obj, *((model, _get_foreign_key(self.model, model).attname) for model in inlines))

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:  # type: ignore[override]
        form = super().get_form(request, obj, **options)
        if request.method != "POST" or not options.get("change") or obj is None or obj.pk is None:
            return form
        return type(form.__name__, (SeenForm, form), {"shown": self.shown_rows(request, obj), "request": request})

    def render_change_form(self, request: HttpRequest, context: Any, *given: Any, **more: Any) -> Any:
        obj = context.get("original")
        if obj is not None and obj.pk is not None:
            context[SEEN_ROWS] = version_of(self.shown_rows(request, obj))
        return super().render_change_form(request, context, *given, **more)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        found = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        if found is None or not self.has_delete_permission(request, found):
            return super().delete_view(request, object_id, extra_context)
        shown = self.shown_rows(request, found)
        with transaction.atomic():
            if request.method == "POST" and _is_refused(request, shown):
                return redirect(request.get_full_path())
            context = {**(extra_context or {}), SEEN_ROWS: version_of(shown)}
            return super().delete_view(request, object_id, context)


class SeenForm:
    """Beside the form's own checks: does what it showed still stand."""

    shown: Sequence[Rows]
    request: HttpRequest

    def clean(self) -> Any:
        form: Any = super()
        cleaned = form.clean()
        own: Any = self
        faults = faults_of(self.shown, self.request.POST.get(SEEN, ""))
        for fault in faults:
            own.add_error(None, fault)
        if faults:
            own.data = self._with_what_stands(own)
        return cleaned

    def _with_what_stands(self, form: Any) -> Any:
        """What this person did not touch shows what stands now: sending the page again shall not undo it."""
        number, data = self.request.POST.get(SEEN, "").partition("-")[0], form.data.copy()
        was = self.shown[0].events().filter(pgh_id__lte=int(number) if number.isdecimal() else 0).order_by("-pgh_id")
        if (old := was.first()) is None:
            return data
        for column in form._meta.model._meta.concrete_fields:
            name = form.add_prefix(column.name)
            typed = form.fields.get(column.name)
            if typed is None or name not in data or not hasattr(old, column.attname):
                continue
            if not typed.has_changed(column.value_from_object(old), data[name]):
                stands = typed.prepare_value(form.initial.get(column.name))
                data[name] = "" if stands is None else str(stands)
        return data


@admin.action(permissions=["delete"], description="删除所选的%(verbose_name_plural)s")
def delete_selected(model_admin: Any, request: HttpRequest, found: QuerySet[Any]) -> HttpResponse | None:
    """Django's own, with the version of every row that the confirmation names."""
    shown = [row(each) for each in found.order_by("pk") if hasattr(each, "pgh_event_model")]
    with transaction.atomic():
        if request.POST.get("post") and _is_refused(request, shown):
            return None
        answer: Any = actions.delete_selected(model_admin, request, found)
        if isinstance(answer, TemplateResponse):
            answer.context_data = {**(answer.context_data or {}), SEEN_ROWS: version_of(shown)}
        return answer  # type: ignore[no-any-return]


def _is_refused(request: HttpRequest, shown: Sequence[Rows]) -> bool:
    faults = faults_of(shown, request.POST.get(SEEN, ""))
    for fault in faults:
        messages.error(request, fault)
    return bool(faults)
