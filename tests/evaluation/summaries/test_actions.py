"""A summary handed in gives a receipt of the database's clock; every version stays; nobody hands in for another."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Refusal
from core.models import Attachment
from evaluation.deadlines import summary_deadline
from evaluation.summaries import actions as summaries
from evaluation.summaries.actions import NamedFile
from evaluation.summaries.checks import OUTLINE
from evaluation.summaries.models import AnnualSummary
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.factories import MembershipFactory, PlatformFactory
from tests.harness.races import at_once


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def hand_in(membership, *, year=2025, name="总结.docx", content=None, stamped=None, platform=None):
    return summaries.submit_summary(
        platform=platform or membership.platform,
        year=year,
        document=NamedFile(name, content or docx_bytes()),
        stamped=NamedFile("盖章.pdf", stamped) if stamped else None,
        by=membership.user,
    )


def test_receipt_names_platform_version_and_digest(db):
    membership = MembershipFactory.create(platform__code="CNT-08")
    first, second = hand_in(membership), hand_in(membership, content=docx_bytes("第二次"), stamped=pdf_bytes())
    assert [first.version, second.version] == [1, 2]
    assert second.receipt_number == f"ZJ2025-CNT-08-02-{second.attachment.sha256[:8].upper()}"
    assert AnnualSummary.objects.latest().get() == second
    assert first.stamped is None and second.stamped is not None and second.stamped.name == "盖章.pdf"


def test_the_text_is_kept_and_missing_headings_are_named_not_refused(db):
    written = docx_bytes("一、平台基本情况", "场地300平方米", "二、年度运营情况", "(一)平台活跃度")
    summary = hand_in(MembershipFactory.create(), content=written)
    assert summary.text.splitlines() == ["一、平台基本情况", "场地300平方米", "二、年度运营情况", "(一)平台活跃度"]
    assert summary.missing_headings[0] == "(二)服务协同" and len(summary.missing_headings) == len(OUTLINE) - 3


def test_every_fault_of_both_files_is_named_and_nothing_is_stored(db):
    with pytest.raises(Refusal) as refused:
        hand_in(MembershipFactory.create(), content=b"MZ\x90\x00", stamped=docx_bytes())
    assert [str(fault).split(":")[0] for fault in refused.value.faults] == ["“总结.docx”", "“盖章.pdf”"]
    assert not Attachment.objects.exists()


def test_time_and_lateness_are_the_databases(db):
    membership = MembershipFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (before,) = cursor.fetchone()
    last_year, next_year = before.year - 1, before.year + 1
    late, early = hand_in(membership, year=last_year), hand_in(membership, year=next_year)
    assert before <= late.received_at <= before + timedelta(minutes=1)
    assert [late.is_late, early.is_late] == [True, False]
    assert late.received_at > summary_deadline(last_year) > datetime(2000, 1, 1, tzinfo=late.received_at.tzinfo)


def test_another_platforms_summary_is_refused_and_nothing_is_stored(db):
    membership = MembershipFactory.create()
    with pytest.raises(Refusal, match="只能报送本平台"):
        hand_in(membership, platform=PlatformFactory.create())
    assert not Attachment.objects.exists()


def test_a_refused_file_leaves_nothing(db):
    with pytest.raises(Refusal, match="可执行程序"):
        hand_in(MembershipFactory.create(), content=b"MZ\x90\x00")
    assert not AnnualSummary.objects.exists() and not Attachment.objects.exists()


def test_a_receipt_cannot_be_rewritten_by_the_run_time_role(db, as_app):
    hand_in(MembershipFactory.create())
    with pytest.raises(DatabaseError), transaction.atomic():
        AnnualSummary.objects.update(is_late=False)


def test_two_uploads_at_once_get_two_versions(transactional_db):
    membership = MembershipFactory.create()
    at_once(*[lambda: hand_in(membership)] * 3)
    assert sorted(AnnualSummary.objects.values_list("version", flat=True)) == [1, 2, 3]
