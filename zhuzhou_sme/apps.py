"""The desk replaces Django's default admin site; the portal itself is an app so that its commands are found."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import register


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

        collect(HOUSE, groups=GROUPS)
        register(check_pages)
