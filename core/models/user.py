"""Accounts. One person, one account, one role; which platform or region it belongs to is `platforms.Membership`."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from core.choices import Role
from core.history import tracked

DESK_ROLES = frozenset({Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.AUDITOR})


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, *, role: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, role=role, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A first bureau account, for `manage.py createsuperuser`; nobody stands above the roles."""
        return self.create_user(username, role=Role.BUREAU, password=password, **fields)


@tracked(without=("password", "last_login"))
class User(AbstractUser):
    """A named account. Desk roles work at /admin/, window accounts at /my/."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    is_staff = property(lambda self: self.role in DESK_ROLES)
    is_superuser = False

    full_name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    expires_on = models.DateField("有效期至", null=True, blank=True, help_text="留空表示长期有效")

    objects: UserManager = UserManager()  # type: ignore[assignment, misc]
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="core_user_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}({self.get_role_display()})"

    def get_full_name(self) -> str:
        return self.full_name

    def is_expired_on(self, day: date) -> bool:
        return self.expires_on is not None and day > self.expires_on
