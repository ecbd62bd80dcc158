"""Rows of a quarter's collection for tests: periods, submissions, enterprises, service records."""

from datetime import date

import factory
from stdnum.cn import uscc

from core.models import SealedFile
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from platforms.choices import EnterpriseRecognitionKind, ServiceKind
from platforms.models import Enterprise, EnterpriseRecognition, RecognitionList, ServiceRecord
from tests.factories import PlatformFactory, UserFactory


def credit_code(number: int) -> str:
    """A code of the right form with a true check digit; region 000000 belongs to no real unit."""
    body = f"91000000MB{number:07d}"
    return body + uscc.calc_check_digit(body)


class ReportingPeriodFactory(factory.django.DjangoModelFactory[ReportingPeriod]):
    class Meta:
        model = ReportingPeriod
        django_get_or_create = ("year", "quarter")

    year = 2025
    quarter = 1
    due_on = date(2025, 4, 21)
    opened_by = factory.SubFactory(UserFactory)


class SubmissionFactory(factory.django.DjangoModelFactory[Submission]):
    """`system` has to be given: which indicators are asked is the system's affair."""

    class Meta:
        model = Submission

    period = factory.SubFactory(ReportingPeriodFactory)
    platform = factory.SubFactory(PlatformFactory)


class SubmittedFigureFactory(factory.django.DjangoModelFactory[SubmittedFigure]):
    class Meta:
        model = SubmittedFigure

    submission = factory.SubFactory(SubmissionFactory)
    indicator = "B13"


class EnterpriseFactory(factory.django.DjangoModelFactory[Enterprise]):
    class Meta:
        model = Enterprise

    credit_code = factory.Sequence(credit_code)
    name = factory.Sequence(lambda n: f"演示企业{n}号有限公司")


class ServiceRecordFactory(factory.django.DjangoModelFactory[ServiceRecord]):
    class Meta:
        model = ServiceRecord

    platform = factory.SubFactory(PlatformFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    served_on = date(2025, 2, 10)
    kind = ServiceKind.POLICY
    activity = factory.Sequence(lambda n: f"演示活动{n}")
    recorded_by = factory.SubFactory(UserFactory)


class SealedFileFactory(factory.django.DjangoModelFactory[SealedFile]):
    class Meta:
        model = SealedFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    media_type = "text/csv"
    content = b"demo"
    size = 4


class RecognitionListFactory(factory.django.DjangoModelFactory[RecognitionList]):
    class Meta:
        model = RecognitionList

    kind = EnterpriseRecognitionKind.LITTLE_GIANT
    title = factory.Sequence(lambda n: f"演示认定名单{n}")
    published_on = date(2025, 9, 1)
    file_name = "演示名单.csv"
    file = factory.SubFactory(SealedFileFactory)
    row_count = 1


class EnterpriseRecognitionFactory(factory.django.DjangoModelFactory[EnterpriseRecognition]):
    class Meta:
        model = EnterpriseRecognition

    recognition_list = factory.SubFactory(RecognitionListFactory, kind=factory.SelfAttribute("..kind"))
    enterprise = factory.SubFactory(EnterpriseFactory)
    kind = EnterpriseRecognitionKind.LITTLE_GIANT
    recognised_on = date(2025, 9, 1)
    row = 2
