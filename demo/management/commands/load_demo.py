"""The fictional demonstration: regions, platforms, accounts, indicator systems. Loading it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.models import Office
from demo.accounts import ask_for_new_phone, load_accounts
from demo.consequences import load_standards
from demo.enterprises import load_enterprises
from demo.platforms import load_platforms
from demo.systems import load_systems


class Command(BaseCommand):
    help = "载入演示数据(虚构):区划、平台、账号、指标体系、企业认定名单和服务记录;重复载入不产生变化"

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("只有演示模式(DEMO_MODE=1)才能载入演示数据")
        with transaction.atomic():
            for line in load_platforms():
                self.stdout.write(line)
            accounts = load_accounts()
            load_systems(by=accounts["bureau"], approver=accounts["bureau2"])
            load_standards(by=accounts["bureau"])
            load_enterprises(by=accounts["city"])
            Office.objects.get_or_create(pk=1, defaults={"host_name": "演示主办单位", "phone": "0731-00000000"})
            ask_for_new_phone(accounts)
        self.stdout.write("演示数据已载入")
