from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "绩效评价"

    def ready(self) -> None:
        from evaluation import permissions, registry  # noqa: F401  register the rules and what the slices declare
