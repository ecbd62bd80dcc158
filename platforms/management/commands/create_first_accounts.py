"""manage.py create_first_accounts wang 王某 li 李某: the first two accounts of the bureau, together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.choices import Role
from core.identity.changes import done_by_the_server, first_password
from core.models import User
from platforms.queries.accounts import new_account_wanted

_LOCK = "系统中已有市工信局账号。新的账号请在工作台“账号”中申请,由另一人确认"


class Command(BaseCommand):
    help = "建立市工信局最初的两个账号(一人申请、另一人确认从这两人开始)。"

    def add_arguments(self, parser: CommandParser) -> None:
        for number in ("1", "2"):
            parser.add_argument(f"username{number}", metavar=f"用户名{number}")
            parser.add_argument(f"name{number}", metavar=f"姓名{number}")

    def handle(self, *args: Any, **options: Any) -> None:
        people = [(options[f"username{n}"], options[f"name{n}"]) for n in ("1", "2")]
        try:
            with transaction.atomic():
                passwords = create(people)
        except ValidationError as error:
            raise CommandError(";".join(error.messages)) from None
        for (username, name), password in zip(people, passwords, strict=True):
            self.stdout.write(f"{name} 用户名:{username} 初始密码:{password}")
        self.stdout.write("请把初始密码分别告诉本人,不要一起保存。首次登录须修改密码并设置二次验证。")


def create(people: list[tuple[str, str]]) -> list[str]:
    """Both or none, and only before anybody of the bureau is there."""
    if User.objects.filter(role=Role.BUREAU).exists():
        raise CommandError(_LOCK)
    if people[0][0] == people[1][0] or people[0][1] == people[1][1]:
        raise CommandError("两个账号须是两个人:用户名和姓名都不能相同")
    requests = []
    for username, name in people:
        user = User(username=username, full_name=name, role=Role.BUREAU)
        wanted = new_account_wanted(user=user, own=None)
        requests.append(done_by_the_server(wanted=wanted, reason="最初的账号"))
    return [first_password(request) for request in requests]
