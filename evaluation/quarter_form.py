"""A year and a quarter to begin something for, asked alike by every slice that does."""

from typing import Any

from django import forms

from evaluation.choices import QUARTERS


class QuarterForm(forms.Form):
    """Which year and which quarter."""

    year = forms.IntegerField(
        label="年度", min_value=2020, max_value=2099, widget=forms.NumberInput(attrs={"class": "vIntegerField"})
    )
    quarter = forms.TypedChoiceField(label="季度", choices=QUARTERS, coerce=int)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""
