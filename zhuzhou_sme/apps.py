"""The desk replaces Django's default admin site; the portal itself is an app so that its commands are found."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.core.checks import register
from django.db.models.signals import post_migrate


class DeskConfig(admin_apps.AdminConfig):
    default = False
    default_site = "zhuzhou_sme.desk.Desk"


class PortalConfig(AppConfig):
    default = True
    name = "zhuzhou_sme"
    verbose_name = "门户"

    def ready(self) -> None:
        """The last app: every model is known, so everything that was declared can be put together and looked at."""
        from core.declared import collect
        from zhuzhou_sme.menu import GROUPS, check_pages
        from zhuzhou_sme.registry import HOUSE
        from zhuzhou_sme.tables import after_migration

        collect(HOUSE, groups=GROUPS)
        post_migrate.connect(after_migration, sender=apps.get_app_config("core"))
        register(check_pages)
