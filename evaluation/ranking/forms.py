"""Which ranking to score. Shapes only; the actions judge."""

from typing import Any

from django import forms

from core.models import User
from evaluation.ranking.models import Ranking
from platforms.choices import EVALUATED_TYPES


class ScoringForm(forms.Form):
    """A year and one of the types that this person evaluates (细则 R4.1)."""

    year = forms.IntegerField(
        label="年度", min_value=2020, max_value=2099, widget=forms.NumberInput(attrs={"class": "vIntegerField"})
    )
    platform_type = forms.ChoiceField(label="平台类型")

    def __init__(self, *arguments: Any, by: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""
        choices = [
            (kind.value, kind.label)
            for kind in EVALUATED_TYPES
            if by.has_perm("evaluation.score_ranking", Ranking(platform_type=kind))
        ]
        self.has_types = bool(choices)
        field = self.fields["platform_type"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker: declared above
        field.choices = choices
