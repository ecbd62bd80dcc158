"""Rows for tests: the smallest honest facts. Names are plainly fictional."""

from datetime import date
from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from core.choices import Role
from core.models import User
from platforms.choices import Level, PlatformType, RecognitionKind, RegionKind
from platforms.models import Membership, Operator, OperatorTerm, Platform, Recognition, Region

PASSWORD = "演示密码-2025-Zz"


@cache
def password_hash() -> str:
    """Of `PASSWORD`, by the hasher in use: as slow as it has to be, but once and not for every person of every test."""
    return make_password(PASSWORD)


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"{430300 + n}")
    name = factory.Sequence(lambda n: f"演示{n}县")
    kind = RegionKind.COUNTY


class PlatformFactory(factory.django.DjangoModelFactory[Platform]):
    class Meta:
        model = Platform

    code = factory.Sequence(lambda n: f"W{n:03d}")
    name = factory.Sequence(lambda n: f"演示{n}号窗口平台")
    platform_type = PlatformType.COUNTY_WINDOW
    region = factory.SubFactory(RegionFactory)


class OperatorFactory(factory.django.DjangoModelFactory[Operator]):
    class Meta:
        model = Operator

    name = factory.Sequence(lambda n: f"演示运营单位{n}号")
    credit_code = factory.Sequence(lambda n: f"91000000MA{n:07d}X")


class OperatorTermFactory(factory.django.DjangoModelFactory[OperatorTerm]):
    class Meta:
        model = OperatorTerm

    platform = factory.SubFactory(PlatformFactory)
    operator = factory.SubFactory(OperatorFactory)
    term = (date(2020, 1, 1), None)


class RecognitionFactory(factory.django.DjangoModelFactory[Recognition]):
    class Meta:
        model = Recognition

    platform = factory.SubFactory(PlatformFactory)
    kind = RecognitionKind.ACCEPTANCE
    recognised_on = date(2020, 1, 1)
    level = Level.PROVINCIAL


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"演示人员{n}")
    role = Role.BUREAU
    password = factory.LazyFunction(password_hash)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory, role=Role.WINDOW)
    platform = factory.SubFactory(PlatformFactory)
