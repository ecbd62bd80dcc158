"""Indicator systems: taking in a document as a draft version, putting it in force, retiring it (细则 R3, R3.6)."""

from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from core.characters import checked, cleaned_document
from core.errors import Fault, Refusal
from core.models import User
from core.policy import citation, clauses, has_clause
from evaluation.scoring.canonical import digest
from evaluation.scoring.document import Document
from evaluation.scoring.faults import system_faults
from evaluation.scoring.reading import read_json
from evaluation.systems.checks.feeds import feed_faults
from evaluation.systems.checks.systems import KEY_WORK, system_type_and_year, weights_and_points
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.models.indicator_system import TRANSITIONS
from platforms.choices import EnterpriseRecognitionKind

MAX_BYTES = 2 * 1024 * 1024  # a system of 60 indicators has 40 KB; small JSON can be large in memory
_LOCK = 0x535953  # "SYS": the advisory locks of imports of systems; the second number is the code's hash


@dataclass(frozen=True)
class ImportedSystem:
    """`system` holds the document; `is_new` is False when it was there already."""

    system: IndicatorSystem
    is_new: bool


def import_system_file(*, content: bytes, by: User | None) -> ImportedSystem:
    """`import_system` for the bytes of a JSON file."""
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB,不是指标体系文件")
    document, faults = read_json(content)
    if faults:
        raise Refusal([Fault(str(fault)) for fault in faults])
    return import_system(document=document, by=by)


def import_system(*, document: object, by: User | None) -> ImportedSystem:
    """Store a system as the next draft version of its code; `by` is None for the command line.

    Refused with every fault. The version in force, or the newest one, imported again changes nothing; the document's
    own version number is replaced by ours, which counts up by one for each new content.
    """
    if by is not None and not by.has_perm("evaluation.import_system"):
        raise PermissionDenied
    faults = system_document_faults(document)
    found = system_type_and_year(document.get("code")) if isinstance(document, dict) else None
    if not isinstance(document, dict) or found is None or faults:
        raise Refusal(faults)
    cleaned, odd = cleaned_document(document)
    if odd:
        raise Refusal([Fault(f"{path}: {said}") for path, said in odd])
    with transaction.atomic():
        lock_code(cleaned["code"])
        return _stored(cleaned, found[0], by)


def put_system_in_force(*, system: IndicatorSystem, by: User, reason: str = "") -> IndicatorSystem:
    """From now on the version never changes, rankings may use it and the public reads it; one version of a code at a
    time, and never by whoever prepared it. Key work is set before its year (细则 R3.5): later needs a `reason`, which
    is kept and shown."""
    reason = checked(reason, "理由", lines=True)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = IndicatorSystem.objects.select_for_update().get(pk=system.pk)
        TRANSITIONS.check(locked, "put_in_force", by=by)
        lock_code(locked.code)
        faults = _obstacles(locked, reason)
        if faults:
            raise Refusal(faults)
        locked.put_in_force()
        locked.in_force_at, locked.in_force_by = Now(), by
        locked.late_reason = reason if locked.is_late_on(timezone.localdate()) else ""
        locked.save()
    locked.refresh_from_db()
    return locked


def retire_system(*, system: IndicatorSystem, reason: str, by: User) -> IndicatorSystem:
    """No new ranking may use the version; results that used it keep it."""
    reason = checked(reason, "理由", lines=True)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = IndicatorSystem.objects.select_for_update().get(pk=system.pk)
        TRANSITIONS.check(locked, "retire", by=by, reason=reason)
        locked.retire()
        locked.retired_at, locked.retired_by = Now(), by
        locked.save()
    locked.refresh_from_db()
    return locked


def _obstacles(system: IndicatorSystem, reason: str) -> list[Fault]:
    """Everything that keeps a draft from being put in force today."""
    faults = []
    other = IndicatorSystem.objects.filter(code=system.code, status=SystemStatus.IN_FORCE).first()
    if other is not None:
        faults.append(Fault(f"{other}正在施行,请先停用后再施行{system}"))
    if system.is_late_on(timezone.localdate()) and not reason:
        faults.append(Fault(f"{system.year}年已经开始,此时施行须写明理由,理由随指标体系公开"))
    if system.copied_from_id is not None:
        planned = set(system.key_tasks.values_list("indicator", flat=True))
        bare = [task.code for task in system.rules.section_indicators(KEY_WORK) if task.code not in planned]
        if bare:
            faults.append(Fault(f"重点工作{'、'.join(bare)}没有写明依据文件和完成期限,请补齐后再施行"))
    return faults


def system_document_faults(document: object) -> list[Fault]:
    """Those of the scoring core by JSON path, then the policy's own by name, then unknown clauses."""
    faults = [Fault(f"{fault.path}: {fault.message}") for fault in system_faults(document)]
    if not faults and isinstance(document, dict):
        found = feed_faults(document, EnterpriseRecognitionKind.values)
        faults += [Fault(f"{fault.path}: {fault.message}", expected=fault.expected) for fault in found]
    check = weights_and_points(document)
    faults += [Fault(f"{check.name}({citation(check.clause)}):{finding}") for finding in check.findings]
    if isinstance(document, dict):
        faults += _unknown_clauses(document, "$")
        if system_type_and_year(document.get("code")) is None:
            expected = "“平台类型-年份”,如 county_window-2025"
            faults.append(Fault("$.code: 体系代码的形式不对", expected=expected, value=str(document.get("code", ""))))
    return faults


def _unknown_clauses(node: object, path: str) -> list[Fault]:
    """Every score's clause is shown as a link to the policy, so it must exist there."""
    if isinstance(node, list):
        return [fault for i, entry in enumerate(node) for fault in _unknown_clauses(entry, f"{path}[{i}]")]
    if not isinstance(node, dict):
        return []
    found = [fault for key, entry in node.items() for fault in _unknown_clauses(entry, f"{path}.{key}")]
    clause = node.get("clause")
    if isinstance(clause, str) and not has_clause(clause):
        known = f"政策条款编号,如 R3.1(1),共{len(clauses())}条"
        found.append(Fault(f"{path}.clause: 政策中没有这一条款", expected=known, value=clause))
    return found


def _stored(document: Document, platform_type: str, by: User | None) -> ImportedSystem:
    versions = list(IndicatorSystem.objects.filter(code=document["code"]).order_by("-version"))
    for known in versions:
        is_current = known is versions[0] or known.status == SystemStatus.IN_FORCE
        if is_current and digest({**document, "version": known.version}) == known.sha256:
            return ImportedSystem(known, is_new=False)
    version = versions[0].version + 1 if versions else 1
    definition = {**document, "version": version}
    system = IndicatorSystem.objects.create(
        platform_type=platform_type,
        code=document["code"],
        version=version,
        definition=definition,
        sha256=digest(definition),
        imported_by=by,
    )
    return ImportedSystem(system, is_new=True)


def lock_code(code: str) -> None:
    """Versions of a code are made and put in force one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, code])
