"""Taking files in: upload, dry run with every fault or every change, confirmation, the job; and the batches so far."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.characters import read_back
from core.errors import Refusal
from core.files.uploads.forms import UploadForm
from core.files.uploads.waiting import WaitingUpload, keep_waiting, waiting_upload
from core.periods import Quarter
from core.views.desk import asked_period, desk_page, page, person, show_faults
from evaluation.intake.actions import Reading, changes_of, obstacles, read_figures, read_hub, request_import
from evaluation.intake.forms import FiguresForm, HubForm
from evaluation.intake.models import ImportBatch
from evaluation.intake.queries.imports import figure_text, indicator_labels

SHOWN_CHANGES = 500


@dataclass(frozen=True)
class Source:
    """One kind of file that is taken in here."""

    purpose: str
    title: str
    form: type[UploadForm]
    start: str
    preview: str
    read: Callable[[WaitingUpload], Reading]


def _read_hub(upload: WaitingUpload) -> Reading:
    return read_hub(content=upload.content, file_name=upload.name, quarter=Quarter.parse(upload.period))


def _read_figures(upload: WaitingUpload) -> Reading:
    return read_figures(content=upload.content, file_name=upload.name)


HUB = Source("hub", "导入省枢纽数据", HubForm, "desk_import_hub", "desk_preview_hub", _read_hub)
FIGURES = Source(
    "figures", "导入其他年度数据", FiguresForm, "desk_import_figures", "desk_preview_figures", _read_figures
)


@desk_page("evaluation.import_hub")
@require_http_methods(["GET", "HEAD", "POST"])
def import_hub(request: HttpRequest) -> HttpResponse:
    return _upload(request, HUB)


@desk_page("evaluation.import_figures")
@require_http_methods(["GET", "HEAD", "POST"])
def import_figures(request: HttpRequest) -> HttpResponse:
    return _upload(request, FIGURES)


@desk_page("evaluation.import_hub")
@require_http_methods(["GET", "HEAD", "POST"])
def preview_hub(request: HttpRequest, token: UUID) -> HttpResponse:
    return _preview(request, HUB, token)


@desk_page("evaluation.import_figures")
@require_http_methods(["GET", "HEAD", "POST"])
def preview_figures(request: HttpRequest, token: UUID) -> HttpResponse:
    return _preview(request, FIGURES, token)


@desk_page("evaluation.view_importbatch")
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Every batch, the newest period first."""
    rows = ImportBatch.objects.select_related("imported_by")
    found = Paginator(rows, 50).get_page(request.GET.get("page"))
    return page(request, "evaluation/desk/batches.html", "导入批次", rows=found)


@desk_page("evaluation.view_importbatch")
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: where it came from, what it replaced, and its figures by row."""
    found = get_object_or_404(ImportBatch.objects.select_related("imported_by", "replaces", "replaced_by"), pk=pk)
    figures = found.figures.select_related("platform").order_by("row", "indicator")
    rows = Paginator(figures, 100).get_page(request.GET.get("page"))
    names = indicator_labels(found.year)
    lines = [(figure, names.get(figure.indicator, figure.indicator), figure_text(figure)) for figure in rows]
    return page(request, "evaluation/desk/batch.html", str(found), batch=found, rows=rows, lines=lines)


def _upload(request: HttpRequest, source: Source) -> HttpResponse:
    """GET shows the form; POST reads the file: every fault here, or on to the preview. Nothing is written."""
    form = source.form(request.POST or None, request.FILES or None, initial=asked_period(request))
    if request.method != "POST" or not form.is_valid():
        return _upload_page(request, source, form, status=400 if form.is_bound else 200)
    try:
        name, content = form.content()
        period = form.period.code if isinstance(form, HubForm) else ""
        upload = WaitingUpload(name, content, source.purpose, period)
        source.read(upload)
    except Refusal as refusal:
        return _upload_page(request, source, form, status=400, faults=refusal.as_rows(), file_name=form.files["file"])
    return redirect(source.preview, token=keep_waiting(upload, by=person(request)))


def _upload_page(request: HttpRequest, source: Source, form: UploadForm, **context: Any) -> HttpResponse:
    return page(request, "admin/desk/upload.html", source.title, source=source, form=form, **context)


def _preview(request: HttpRequest, source: Source, token: UUID) -> HttpResponse:
    """GET shows what would change; POST asks for the job, bound to the changes that were shown."""
    upload = waiting_upload(token, purpose=source.purpose, by=person(request))
    if upload is None:
        messages.warning(request, "上传的文件已过期,请重新上传")
        return redirect(source.start)
    try:
        reading = source.read(upload)
        if request.method == "POST":
            return _confirmed(request, reading, token)
    except Refusal as refusal:  # the registry may have changed since the upload
        show_faults(request, map(str, refusal.faults))
        return redirect(source.start)
    changes, names = changes_of(reading), indicator_labels(reading.year)
    return page(
        request,
        "evaluation/desk/preview.html",
        f"{source.title}:{reading.period}",
        source=source,
        reading=reading,
        changes=changes,
        obstacles=obstacles(reading, changes),
        rows=[(change, names.get(change.indicator, change.indicator)) for change in changes.rows[:SHOWN_CHANGES]],
        hidden=max(0, len(changes.rows) - SHOWN_CHANGES),
    )


def _confirmed(request: HttpRequest, reading: Reading, token: UUID) -> HttpResponse:
    expected = read_back(request.POST.get("changes", "")) or None
    job = request_import(reading=reading, expected_changes=expected, submission=str(token), by=person(request))
    return redirect("desk_job", pk=job.pk)
