"""The people of the demonstration: one account each, made as the portal makes them, bound to its platform or region."""

from collections.abc import Iterator

from allauth.mfa.totp.internal.auth import TOTP

from core.choices import Role
from core.files.excel.csv_parsing import parsed
from core.identity.change_kinds import OFFICE, wanted_of
from core.identity.changes import (
    acknowledge_change,
    ask_change,
    confirm_change,
    done_by_the_server,
)
from core.models import ChangeRequest, Office, User
from demo import FOLDER
from platforms.models import Membership, Platform, Region
from platforms.queries.accounts import new_account_wanted

FIRST = ("bureau", "bureau2")
"""Made by the server's command, together; one of them asks for each of the others, the other confirms."""
NEWCOMER = "bureau3"
"""Has not yet read that the account was made."""


def load_accounts() -> dict[str, User]:
    """One account per row of accounts.csv, by user name. An account that exists keeps its password and its factors."""
    accounts: dict[str, User] = {}
    for row in _rows():
        user = User.objects.filter(username=row["用户名"]).first()
        accounts[row["用户名"]] = user or _made(row, accounts)
    return accounts


def ask_for_new_phone(accounts: dict[str, User]) -> None:
    """A request about the bureau's particulars that nobody has confirmed yet."""
    if ChangeRequest.objects.filter(kind=OFFICE).exists():
        return
    before, after = Office.current(), Office.current()
    after.phone = "0731-00000001"
    wanted = wanted_of(OFFICE, before, after, ["phone"], account=None)
    ask_change(wanted=wanted, reason="演示:联系电话变更", by=accounts[FIRST[0]])


def _rows() -> Iterator[dict[str, str]]:
    headings, *rows = parsed((FOLDER / "accounts.csv").read_bytes()).rows
    for cells in rows:
        yield dict(zip(headings, cells, strict=True))


def _made(row: dict[str, str], accounts: dict[str, User]) -> User:
    new = User(username=row["用户名"], full_name=row["姓名"], role=row["角色"])
    wanted = new_account_wanted(user=new, own=_unit(row))
    if new.username in FIRST:
        request = done_by_the_server(wanted=wanted, reason="演示:最初的账号")
    else:
        asked = ask_change(wanted=wanted, reason="演示:开设账号", by=accounts[FIRST[0]])
        request = confirm_change(request=asked, by=accounts[FIRST[1]])
    user = User.objects.get(username=new.username)
    if user.username != NEWCOMER:
        acknowledge_change(request=request, by=user)
    user.set_password(row["口令"])
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    if row["二次验证密钥"]:
        TOTP.activate(user, row["二次验证密钥"])
    return user


def _unit(row: dict[str, str]) -> Membership | None:
    """The platform or the region of the row, as its manager when the row says so."""
    if not row["归属"]:
        return None
    is_manager = row["单位管理员"] == "是"
    if row["角色"] == Role.COUNTY:
        return Membership(region=Region.objects.get(code=row["归属"]), is_manager=is_manager)
    return Membership(platform=Platform.objects.get(code=row["归属"]), is_manager=is_manager)
