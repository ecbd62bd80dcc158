"""Single service records: entered by the platform, and withdrawn by it. A record is never changed (细则 R3.1(2))."""

from datetime import date
from typing import NamedTuple

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from core.errors import Refusal
from core.models import User
from platforms.actions.service_lists import PERMISSION, lock_records
from platforms.models import Enterprise, Platform, ServiceRecord


class Visit(NamedTuple):
    """What a person enters, cleaned by the form."""

    credit_code: str
    enterprise_name: str
    served_on: date
    kind: str
    activity: str
    contact_person: str
    contact_phone: str


def record_service(*, platform: Platform, visit: Visit, today: date, by: User) -> ServiceRecord:
    """Add one record, and the enterprise when it is new; a known enterprise keeps its name. The same enterprise,
    activity and day a second time is refused: it is one visit."""
    if not by.has_perm(PERMISSION, platform):
        raise PermissionDenied
    if visit.served_on > today:
        raise Refusal(f"服务日期晚于今天({today})")
    with transaction.atomic(), pghistory.context(user=by.pk, step="登记服务记录"):
        lock_records(platform)
        enterprise, _ = Enterprise.objects.get_or_create(
            credit_code=visit.credit_code, defaults={"name": visit.enterprise_name}
        )
        own = ServiceRecord.objects.in_force().filter(platform=platform, enterprise=enterprise)
        if own.filter(served_on=visit.served_on, activity=visit.activity).exists():
            raise Refusal("同一企业、同一活动、同一天只算一家次,这条记录已经登记过")
        return ServiceRecord.objects.create(
            platform=platform,
            enterprise=enterprise,
            served_on=visit.served_on,
            kind=visit.kind,
            activity=visit.activity,
            contact_person=visit.contact_person,
            contact_phone=visit.contact_phone,
            recorded_by=by,
        )


def withdraw_service(*, record: ServiceRecord, by: User) -> ServiceRecord:
    """Stamp a record as withdrawn; it stays readable and counts no more. Withdrawing twice is refused."""
    if not by.has_perm(PERMISSION, record.platform):
        raise PermissionDenied
    in_force = ServiceRecord.objects.in_force().filter(pk=record.pk)
    with transaction.atomic():
        if not in_force.update(withdrawn_at=Now(), withdrawn_by=by):
            raise Refusal("这条服务记录已经撤回")
    record.refresh_from_db()
    return record
