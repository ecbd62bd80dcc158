"""The base of the desk's model pages: a person sees the rows of their scope and nothing tells of the others."""

from collections import Counter
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.versioned_admin import VersionedAdmin


class ScopedAdmin(VersionedAdmin):
    """Lists what the model's `visible_to` gives; a row out of scope is 404 in every view, like one that is not there.

    Whether a role may add, change, delete, import or export is answered by what the model's slice declares (`Sight`).
    """

    list_per_page = 50
    list_max_show_all = 500

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(request.user)
        return rows  # type: ignore[no-any-return]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What other rows keep is told by kind and number: a platform has thousands of figures, and naming each of its
        results would ask the database again and again."""
        collector = NestedObjects(using=DEFAULT_DB_ALIAS)
        collector.collect(objs)
        keeping = Counter(str(row._meta.verbose_name) for row in collector.protected)
        if not keeping:
            return super().get_deleted_objects(objs, request)
        return [], {}, set(), [f"{name}:{count}项" for name, count in sorted(keeping.items())]


class RecordAdmin(ScopedAdmin):
    """Facts that only a workflow writes: listed and read here, never added, changed or deleted."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class WorkflowRecordAdmin(RecordAdmin):
    """`workflow_page` is the URL name of the page where the record's steps are."""

    workflow_page = ""

    @admin.display(description="办理页面")
    def workflow(self, record: Model) -> SafeString:
        return format_html('<a href="{}">打开</a>', reverse(self.workflow_page, args=[record.pk]))
