"""manage.py renew_sign_in wang --reason 手机丢失: for when nobody is left who could confirm a request."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.identity.change_kinds import sign_in_wanted
from core.identity.changes import done_by_the_server, first_password
from core.models import User


class Command(BaseCommand):
    help = "在服务器上重设一个账号的登录(换初始密码、清除二次验证);记入“变更申请”,并告知本人。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("--reason", required=True, metavar="理由")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户名为“{options['username']}”的账号")
        with transaction.atomic():
            wanted = sign_in_wanted(user, with_password=True)
            request = done_by_the_server(wanted=wanted, reason=options["reason"])
        self.stdout.write(f"{user.full_name} 用户名:{user.username} 初始密码:{first_password(request)}")
