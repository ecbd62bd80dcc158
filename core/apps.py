from pathlib import Path

from django.apps import AppConfig
from django.core.checks import register


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        from django.conf import settings

        from core import form_fields
        from core.files import turns
        from core.identity.second_factor import check_second_factor_roles
        from core.paper.fonts import check_fonts

        # Beside the uploads: what all containers of the portal share.
        turns.use(turns.Queue(Path(settings.MEDIA_ROOT) / "turns"))
        form_fields.install()
        register(check_fonts)
        register(check_second_factor_roles)
