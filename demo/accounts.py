"""The people of the demonstration: one account each, bound to its platform or region."""

from allauth.mfa.totp.internal.auth import TOTP

from core.choices import Role
from core.files.excel.csv_parsing import parsed
from core.models import User
from demo import FOLDER
from platforms.models import Membership, Platform, Region


def load_accounts() -> dict[str, User]:
    """One account per row of accounts.csv, by user name. An account that exists keeps its password and its factors."""
    headings, *rows = parsed((FOLDER / "accounts.csv").read_bytes()).rows
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
