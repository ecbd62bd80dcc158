"""Accounts. One person, one account, one role; whom it works for is told by the app that knows."""

from datetime import date

import pgtrigger
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.management import CommandError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from core.choices import Role
from core.history import tracked
from core.models.office import Office

SYSTEM = "system"
"""The account in whose name scheduled work runs. The database lets nobody sign in with it."""
DESK_ROLES = frozenset({Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.AUDITOR})


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, *, role: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, role=role, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def system(self) -> "User":
        """The account of scheduled work, opened when it is first needed: of the role that may do least, bound to no
        platform, switched off and without a password."""
        facts = {
            "role": Role.WINDOW,
            "full_name": "系统(定时任务)",
            "is_active": False,
            "password": make_password(None),
        }
        return self.get_or_create(username=SYSTEM, defaults=facts)[0]

    def create_superuser(self, *_: object, **__: object) -> "User":
        """`manage.py createsuperuser` would make one person who confirms themself; nobody stands above the roles."""
        raise CommandError("请用 manage.py create_first_accounts 一起建立市工信局最初的两个账号")


@tracked(without=("password", "last_login", "session_epoch"))
class User(AbstractUser):
    """A named account. Desk roles work at /admin/, window accounts at /my/.

    Every session carries the account's `session_epoch`. The database raises it when the role or the activity changes,
    and, from the table of memberships, when the account moves to another organisation: whatever was open is closed.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    is_staff = property(lambda self: self.role in DESK_ROLES)
    is_superuser = False

    full_name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    expires_on = models.DateField("有效期至", null=True, blank=True, help_text="留空表示长期有效")
    must_change_password = models.BooleanField("须修改密码", default=False, help_text="下次登录后须先修改密码")
    session_epoch = models.PositiveIntegerField("会话批次", default=0, editable=False)

    objects: UserManager = UserManager()  # type: ignore[assignment, misc]
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="core_user_role_known"),
            models.CheckConstraint(
                condition=~models.Q(username=SYSTEM)
                | models.Q(is_active=False, role=Role.WINDOW, password__startswith="!"),  # noqa: S106  no password
                name="core_user_system_never_signs_in",
                violation_error_message="系统账号只用于按计划执行的任务,不能启用、不能设置密码",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="session_epoch",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF (NEW.role, NEW.is_active) IS DISTINCT FROM (OLD.role, OLD.is_active) THEN
                        NEW.session_epoch = OLD.session_epoch + 1;
                    ELSE  -- a row that was read before the last change may be saved, but never turns the epoch back
                        NEW.session_epoch = GREATEST(OLD.session_epoch, NEW.session_epoch);
                    END IF;
                    RETURN NEW;
                """,
            ),
            # At the end of the transaction, in which a request about this account was confirmed. The owner migrates and
            # loads; the portal never runs as it.
            pgtrigger.Trigger(
                name="two_people",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("role"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__role__in=sorted(DESK_ROLES)),
                func="""
                    IF session_user <> current_user AND NOT EXISTS (
                        SELECT FROM core_changerequest
                         WHERE account_id = NEW.id AND status = 'confirmed' AND decided_at >= now()
                    ) THEN
                        RAISE EXCEPTION 'two people: nobody confirmed this account or its role'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="forgets_addresses",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("password"),
                condition=pgtrigger.Condition("OLD.password IS DISTINCT FROM NEW.password"),
                func="DELETE FROM core_knownaddress WHERE user_id = NEW.id; RETURN NULL;",
            ),
        ]

    @property
    def is_the_system(self) -> bool:
        return self.username == SYSTEM

    def __str__(self) -> str:
        return self.full_name if self.is_the_system else f"{self.full_name}({self.get_role_display()})"

    @cached_property
    def bureau_name(self) -> str:
        """The bureau's name; a list of accounts brings it with its rows and asks once."""
        return Office.current().name

    def get_full_name(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still match: the password, and everything that ends sessions when it changes."""
        facts = f"{self.password}|{self.role}|{self.is_active}|{self.session_epoch}"
        return salted_hmac("core.User.session", facts, secret=secret, algorithm="sha256").hexdigest()

    def is_expired_on(self, day: date) -> bool:
        return self.expires_on is not None and day > self.expires_on
