"""Desk pages of the registers of enterprises: published lists and their rows, service records of the platforms one
sees. Contact phones are masked for whoever need not know them."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refusal
from core.files.uploads.waiting import WaitingUpload, keep_waiting, waiting_upload
from core.models import User
from core.views.desk import desk_page, page, person, show_faults
from platforms.actions.recognition_lists import (
    ListParticulars,
    RecognitionsReading,
    import_recognitions,
    read_recognitions,
    recognition_changes,
)
from platforms.checks.masking import masked_phone
from platforms.forms.enterprises import RecognitionListForm, RecognitionSearchForm, ServiceSearchForm
from platforms.models import Platform, RecognitionList, ServiceRecord
from platforms.queries.recognitions import found_recognitions
from platforms.queries.service_records import found_services, quarter_counts

PURPOSE = "recognitions"
SHOWN_NOTICES = 500


@desk_page("platforms.view_recognitionlist")
@require_safe
def recognition_lists(request: HttpRequest) -> HttpResponse:
    """Every list, newest first; with words or a kind, the recognitions that fit."""
    form = RecognitionSearchForm(request.GET or None)
    wanted = form.conditions() if form.is_bound else {}
    is_search = any(wanted.values())
    rows: Any = found_recognitions(**wanted) if is_search else RecognitionList.objects.select_related("imported_by")
    return page(
        request,
        "platforms/desk/recognition_lists.html",
        "企业认定名单",
        form=form,
        is_search=is_search,
        rows=Paginator(rows, 50).get_page(request.GET.get("page")),
        query=_query_of(request),
        may_import=request.user.has_perm("platforms.import_recognitions"),
    )


@desk_page("platforms.view_recognitionlist")
@require_safe
def recognition_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: where it came from, and its rows."""
    found = get_object_or_404(RecognitionList.objects.select_related("imported_by"), pk=pk)
    rows = found.recognitions.select_related("enterprise").order_by("row")
    return page(
        request,
        "platforms/desk/recognition_list.html",
        found.title,
        list=found,
        rows=Paginator(rows, 100).get_page(request.GET.get("page")),
    )


@desk_page("platforms.import_recognitions")
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST reads the file: every fault here, or on to the preview. Nothing is written."""
    form = RecognitionListForm(request.POST, request.FILES) if request.method == "POST" else RecognitionListForm()
    if request.method != "POST" or not form.is_valid():
        return _upload_page(request, form, status=400 if form.is_bound else 200)
    try:
        name, content = form.content()
        about = {key: form.cleaned_data[key] for key in ListParticulars._fields}
        upload = WaitingUpload(name, content, PURPOSE, json.dumps(about, default=str))
        _read(upload)
    except Refusal as refusal:
        return _upload_page(request, form, status=400, faults=refusal.as_rows(), file_name=form.files["file"])
    return redirect("desk_preview_recognitions", token=keep_waiting(upload, by=person(request)))


@desk_page("platforms.import_recognitions")
@require_http_methods(["GET", "HEAD", "POST"])
def preview_list(request: HttpRequest, token: UUID) -> HttpResponse:
    """GET shows what would change; POST takes the list in."""
    upload = waiting_upload(token, purpose=PURPOSE, by=person(request))
    if upload is None:
        messages.warning(request, "上传的文件已过期,请重新上传")
        return redirect("desk_import_recognitions")
    try:
        reading = _read(upload)
        if request.method == "POST":
            return _take_in(request, reading, person(request))
    except Refusal as refusal:
        show_faults(request, map(str, refusal.faults))
        return redirect("desk_import_recognitions")
    changes = recognition_changes(reading)
    return page(
        request,
        "platforms/desk/recognitions_preview.html",
        f"导入企业认定名单:{reading.about.title}",
        reading=reading,
        changes=changes,
        notices=changes.notices[:SHOWN_NOTICES],
        hidden=max(0, len(changes.notices) - SHOWN_NOTICES),
    )


@desk_page("platforms.view_servicerecord")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Records of the platforms that this person sees, counted by quarter; one platform's with `?platform=`."""
    user, form = person(request), ServiceSearchForm(request.GET or None)
    rows = ServiceRecord.objects.visible_to(user)
    platforms = list(Platform.objects.visible_to(user).evaluated().order_by("code"))
    chosen = next((each for each in platforms if each.code == request.GET.get("platform")), None)
    if chosen is not None:
        rows = rows.filter(platform=chosen)
    found = found_services(rows, **(form.conditions() if form.is_bound else {}))
    records = Paginator(found, 50).get_page(request.GET.get("page"))
    return page(
        request,
        "platforms/desk/services.html",
        "服务记录",
        form=form,
        platforms=platforms,
        chosen=chosen,
        rows=records,
        lines=[(record, _phone(user, record)) for record in records],
        quarters=quarter_counts(found),
        query=_query_of(request),
    )


def _phone(user: User, record: ServiceRecord) -> str:
    is_shown = user.has_perm("platforms.see_contacts", record.platform)
    return record.contact_phone if is_shown else masked_phone(record.contact_phone)


def _read(upload: WaitingUpload) -> RecognitionsReading:
    told = json.loads(upload.period)
    about = ListParticulars(**told | {"published_on": date.fromisoformat(told["published_on"])})
    return read_recognitions(content=upload.content, file_name=upload.name, about=about, today=timezone.localdate())


def _take_in(request: HttpRequest, reading: RecognitionsReading, by: User) -> HttpResponse:
    outcome = import_recognitions(reading=reading, by=by)
    if outcome.recognition_list is None:
        messages.info(request, "名单中的认定都已登记,没有变化")
        return redirect("desk_recognition_lists")
    said = f"已导入{outcome.recognition_list.row_count}条认定" if outcome.is_new else "同一文件已经导入,没有变化"
    messages.success(request, said)
    return redirect("desk_recognition_list", pk=outcome.recognition_list.pk)


def _upload_page(request: HttpRequest, form: RecognitionListForm, **context: Any) -> HttpResponse:
    back = (reverse("desk_recognition_lists"), "企业认定名单")
    return page(request, "admin/desk/upload.html", "导入企业认定名单", form=form, back=back, **context)


def _query_of(request: HttpRequest) -> str:
    """The rest of the query string for the links to other pages."""
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"{rest.urlencode()}&" if rest else ""
