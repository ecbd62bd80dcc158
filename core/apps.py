from django.apps import AppConfig, apps
from django.core.checks import register


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        from core import form_fields
        from core.identity.second_factor import check_second_factor_roles
        from core.paper.fonts import check_fonts

        form_fields.install()
        register(check_fonts)
        register(check_second_factor_roles)
        apps.get_app_config("axes").verbose_name = "登录安全"  # the library names itself in English
