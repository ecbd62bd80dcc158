"""Import and export on the desk: the library's steps (upload, preview, confirm) around our actions and formats."""

import logging
from collections.abc import Callable
from typing import Any

import tablib
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from import_export.admin import ExportMixin, ImportExportMixin

from core.errors import Refusal
from core.typed.keeping import SEEN
from core.typed.rows import Rows, version_of
from core.typed.versions import faults_of
from core.versioned_admin import SEEN_ROWS
from platforms.actions import ImportCounts
from platforms.formats import CSV, XLSX
from platforms.forms import TableExportForm, TableImportForm
from platforms.resources import result_faults

_log = logging.getLogger(__name__)
_UPLOAD = "import_upload"


class TableExport(ExportMixin):
    """Export of what the person may see, filtered as the list is."""

    formats = [CSV, XLSX]
    export_form_class = TableExportForm

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """A filter that cannot be read is left out, as the list does it."""
        try:
            response: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(request.path)
        return response

    def init_request_context_data(self, request: HttpRequest, form: object) -> dict[str, object]:
        context: dict[str, object] = super().init_request_context_data(request, form)
        return context | {"title": f"导出{self.model._meta.verbose_name}"}


class TableImportExport(ImportExportMixin, TableExport):
    """`import_table` is the action that takes the confirmed table; the preview is a rolled-back run of the resource."""

    import_form_class = TableImportForm
    import_table: Callable[..., ImportCounts]
    also_imported: tuple[type[Model], ...] = ()
    """Models whose rows the table names beside its own."""

    def shown_tables(self) -> list[Rows]:
        """The preview compares the file with whole tables: whatever changed in them since may be what it would undo."""
        return [Rows(model, ()) for model in (self.model, *self.also_imported)]

    def import_action(self, request: HttpRequest, **options: object) -> HttpResponse:
        response: HttpResponse = super().import_action(request, **options)
        context = getattr(response, "context_data", None)
        if context is not None:
            columns = self.resource_classes[0].columns()
            context["title"] = f"导入{self.model._meta.verbose_name}"
            context["fields_list"] = [("", list(columns.values()))]
            context[SEEN_ROWS] = version_of(self.shown_tables())
            if "result" in context:
                context["faults"] = result_faults(context["result"], columns)
        return response

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if not isinstance(e, Refusal):
            _log.error("unreadable upload", exc_info=e)
            e = Refusal("文件无法读取,请检查格式后重新上传")
        for fault in e.faults:
            form.add_error("import_file", str(fault))

    def create_confirm_form(self, request: HttpRequest, import_form: Any = None) -> object:
        """The stored upload belongs to the session that made it."""
        if import_form is not None:
            request.session[_UPLOAD] = import_form.cleaned_data["import_file"].tmp_storage_name
        return super().create_confirm_form(request, import_form)

    @method_decorator(transaction.atomic)
    def process_import(self, request: HttpRequest, **options: object) -> HttpResponse:
        name = request.POST.get("import_file_name")
        if not name or name != request.session.get(_UPLOAD):
            raise PermissionDenied
        if told := faults_of(self.shown_tables(), request.POST.get(SEEN, "")):
            for line in told:
                messages.error(request, line)
            return redirect(self._address("import"))
        try:
            response: HttpResponse = super().process_import(request, **options)
        except Refusal as refusal:
            for fault in refusal.faults:
                messages.error(request, str(fault))
            return redirect(self._address("import"))
        return response

    def process_dataset(self, dataset: tablib.Dataset, form: object, request: HttpRequest, **_: object) -> ImportCounts:
        return type(self).import_table(dataset=dataset, by=request.user)

    def process_result(self, result: ImportCounts, request: HttpRequest) -> HttpResponseRedirect:
        del request.session[_UPLOAD]
        messages.success(request, f"{self.model._meta.verbose_name}已导入:{result}")
        return HttpResponseRedirect(self._address("changelist"))

    def _address(self, view: str) -> str:
        app, model = self.get_model_info()
        return reverse(f"admin:{app}_{model}_{view}", current_app=self.admin_site.name)
