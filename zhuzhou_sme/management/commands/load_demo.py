"""The fictional demonstration: regions, platforms, accounts, indicator systems. Loading it again changes nothing."""

from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.choices import Role
from core.files.excel.delimited import read_csv
from core.models import Office, User
from platforms.actions import import_platforms, import_regions
from platforms.choices import RegionKind
from platforms.formats import read_dataset
from platforms.models import Membership, Platform, Region
from zhuzhou_sme.management.demo_consequences import load_standards
from zhuzhou_sme.management.demo_enterprises import load_enterprises
from zhuzhou_sme.management.demo_systems import load_systems

FOLDER = Path(settings.BASE_DIR) / "demo"


class Command(BaseCommand):
    help = "载入演示数据(虚构):区划、平台、账号、指标体系、企业认定名单和服务记录;重复载入不产生变化"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("只有演示模式(DEMO_MODE=1)才能载入演示数据")
        with transaction.atomic():
            self._registry()
            accounts = load_accounts()
            load_systems(by=accounts["bureau"], approver=accounts["bureau2"])
            load_standards()
            load_enterprises(by=accounts["city"])
            Office.objects.get_or_create(pk=1, defaults={"host_name": "演示主办单位", "phone": "0731-00000000"})
        self.stdout.write("演示数据已载入")

    def _registry(self) -> None:
        for name, load in (("divisions.csv", import_regions), ("platforms.csv", import_platforms)):
            content = (FOLDER / name).read_bytes()
            self.stdout.write(f"{name}:{load(dataset=read_dataset(name, content, comment='#'), by=None)}")
            if load is import_regions:
                # A unit without a statutory code that reports beside the nine divisions.
                Region.objects.get_or_create(
                    code="ZZ-JKQ", defaults={"name": "株洲经开区", "kind": RegionKind.NON_STATUTORY}
                )


def load_accounts() -> dict[str, User]:
    """One account per row of accounts.csv, by user name. An account that exists keeps its password and its factors."""
    headings, *rows = read_csv((FOLDER / "accounts.csv").read_bytes())
    accounts = {}
    for row in (dict(zip(headings, cells, strict=True)) for cells in rows):
        user = User.objects.filter(username=row["用户名"]).first()
        if user is None:
            user = User.objects.create_user(
                row["用户名"], role=row["角色"], password=row["口令"], full_name=row["姓名"]
            )
            if row["二次验证密钥"]:
                TOTP.activate(user, row["二次验证密钥"])
        accounts[user.username] = user
        _bind(user, row)
    return accounts


def _bind(user: User, row: dict[str, str]) -> None:
    """To the platform or the region of the row, as its manager when the row says so."""
    if not row["归属"]:
        return
    is_county = user.role == Role.COUNTY
    unit = (
        {"region": Region.objects.get(code=row["归属"])}
        if is_county
        else {"platform": Platform.objects.get(code=row["归属"])}
    )
    Membership.objects.get_or_create(user=user, defaults={**unit, "is_manager": row["单位管理员"] == "是"})
