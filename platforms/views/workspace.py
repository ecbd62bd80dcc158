"""A platform's own pages about the enterprises it serves: its records, one visit, a list, the job that takes it in.
Another platform's things are not there: 404."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Fault, Refusal
from core.files.uploads.waiting import WaitingUpload, keep_waiting, waiting_upload
from core.models import Job
from platforms.actions.service_lists import (
    JOB_KIND,
    ServicesReading,
    read_services,
    request_service_import,
    service_changes,
)
from platforms.actions.service_records import Visit, record_service, withdraw_service
from platforms.forms.enterprises import ServiceListForm, ServiceSearchForm, VisitForm
from platforms.models import Platform, ServiceRecord
from platforms.queries.service_records import found_services, quarter_counts
from platforms.views.scope import person, workspace_page

PURPOSE = "services"
SHOWN_NOTICES = 200


@require_safe
@workspace_page
def services(request: HttpRequest, platform: Platform) -> HttpResponse:
    """The platform's records, newest first, withdrawn ones marked; visits against enterprises by quarter."""
    form = ServiceSearchForm(request.GET or None)
    own = ServiceRecord.objects.filter(platform=platform)
    found = found_services(own, **(form.conditions() if form.is_bound else {}))
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {
        "platform": platform,
        "form": form,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "quarters": quarter_counts(found),
        "query": f"{rest.urlencode()}&" if rest else "",
    }
    return render(request, "platforms/workspace/services.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def add_service(request: HttpRequest, platform: Platform) -> HttpResponse:
    form = VisitForm(request.POST) if request.method == "POST" else VisitForm()
    if request.method == "POST" and form.is_valid():
        visit = Visit(**{name: form.cleaned_data[name] for name in Visit._fields})
        try:
            record = record_service(platform=platform, visit=visit, today=timezone.localdate(), by=person(request))
        except Refusal as refusal:
            form.add_error(None, [str(fault) for fault in refusal.faults])
        else:
            messages.success(request, f"已登记对“{record.enterprise}”的服务")
            return redirect("my_services")
    context = {"platform": platform, "form": form}
    return render(request, "platforms/workspace/add_service.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def import_list(request: HttpRequest, platform: Platform) -> HttpResponse:
    """GET shows the form; POST reads the file: every fault here, or on to the dry run. Nothing is written."""
    form = ServiceListForm(request.POST, request.FILES) if request.method == "POST" else ServiceListForm()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            name, content = form.content()
            upload = WaitingUpload(name, content, PURPOSE, "")
            _read(platform, upload)
            return redirect("my_services_preview", token=keep_waiting(upload, by=person(request)))
        except Refusal as refusal:
            faults = refusal.faults
    context = {"platform": platform, "form": form, "faults": faults, "file_name": str(form.files.get("file", ""))}
    return render(request, "platforms/workspace/import_services.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def preview_list(request: HttpRequest, platform: Platform, token: UUID) -> HttpResponse:
    """GET shows what would be added; POST asks for the job."""
    upload = waiting_upload(token, purpose=PURPOSE, by=person(request))
    if upload is None:
        messages.warning(request, "上传的文件已过期,请重新上传")
        return redirect("my_services_import")
    try:
        reading = _read(platform, upload)
    except Refusal as refusal:
        for fault in refusal.faults:
            messages.error(request, str(fault))
        return redirect("my_services_import")
    if request.method == "POST":
        job = request_service_import(reading=reading, submission=str(token), by=person(request))
        return redirect("my_services_job", pk=job.pk)
    changes = service_changes(reading)
    context = {
        "platform": platform,
        "reading": reading,
        "changes": changes,
        "notices": changes.notices[:SHOWN_NOTICES],
        "hidden": max(0, len(changes.notices) - SHOWN_NOTICES),
    }
    return render(request, "platforms/workspace/preview_services.html", context)


@require_safe
@workspace_page
def import_job(request: HttpRequest, platform: Platform, pk: UUID) -> HttpResponse:
    """How far the import is, what it gave, or every fault. htmx asks again for the inner part only."""
    found = get_object_or_404(Job, pk=pk, kind=JOB_KIND, created_by=person(request), arguments__platform=platform.pk)
    result = found.result or {}
    context = {"platform": platform, "job": found, "result": result, "faults": _faults(found)}
    inner = getattr(request, "htmx", False)
    return render(request, f"platforms/workspace/{'_job' if inner else 'job'}.html", context)


@require_POST
@workspace_page
def withdraw(request: HttpRequest, platform: Platform, pk: int) -> HttpResponse:
    record = get_object_or_404(ServiceRecord.objects.select_related("platform", "enterprise"), pk=pk, platform=platform)
    try:
        withdraw_service(record=record, by=person(request))
        messages.success(request, f"已撤回{record.served_on}对“{record.enterprise}”的服务记录")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("my_services")


def _read(platform: Platform, upload: WaitingUpload) -> ServicesReading:
    return read_services(platform=platform, content=upload.content, file_name=upload.name, today=timezone.localdate())


def _faults(job: Job) -> list[Fault]:
    rows = (job.result or {}).get("faults") or ([{"message": job.error}] if job.is_refused else [])
    return [Fault(**row) for row in rows]
