from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = "结果应用"

    def ready(self) -> None:
        from rewards import permissions  # noqa: F401  registers the rules
