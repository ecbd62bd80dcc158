"""Which platform or region an account belongs to."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models

from core.history import tracked
from platforms.models.platform import Platform
from platforms.models.region import Region


class MembershipQuerySet(models.QuerySet["Membership"]):
    def kept_by(self, manager: "Membership") -> Self:
        """The people of a manager's own unit and role; nobody else's are there."""
        return self.filter(
            platform=manager.platform_id, region=manager.region_id, user__role=manager.user.role
        ).select_related("user")


@tracked()
class Membership(models.Model):
    """A window account, or one of the city platform, belongs to a platform; a county account to a region; the bureau's
    and the auditors' have no membership. Whoever `is_manager` keeps the accounts of their own unit."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name="账号"
    )
    platform = models.ForeignKey(Platform, models.PROTECT, null=True, blank=True, verbose_name="所属平台")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="所属县(市、区)")

    is_manager = models.BooleanField("单位管理员", default=False, help_text="可以管理本单位的账号")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "账号归属"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(platform__isnull=False, region__isnull=True)
                | models.Q(platform__isnull=True, region__isnull=False),
                name="platforms_membership_one_owner",
                violation_error_message="请在“所属平台”和“所属县(市、区)”中恰好填写一项",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ends_sessions",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.platform_id, NEW.region_id, NEW.is_manager)
                       IS NOT DISTINCT FROM (OLD.user_id, OLD.platform_id, OLD.region_id, OLD.is_manager) THEN
                        RETURN NULL;
                    END IF;
                    UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = OLD.user_id;
                    IF TG_OP = 'UPDATE' AND NEW.user_id <> OLD.user_id THEN
                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = NEW.user_id;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        # A form that came back with its faults prints what is not sound yet.
        return f"{self.user} · {self.platform or self.region or '—'}"

    @property
    def unit(self) -> Platform | Region:
        """The platform or the region that the account belongs to."""
        found = self.platform or self.region
        assert found is not None  # noqa: S101  the table's own constraint
        return found
