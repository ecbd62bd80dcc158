from django.apps import AppConfig, apps
from django.core.checks import register


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        from core.pdf.fonts import check_fonts
        from core.second_factor import check_second_factor_roles

        register(check_fonts)
        register(check_second_factor_roles)
        apps.get_app_config("axes").verbose_name = "登录安全"  # the library names itself in English
