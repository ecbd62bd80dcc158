"""Files to import, as somebody hands them in. Shapes only; the actions judge."""

from typing import Any

from django import forms

from core.files.uploads.forms import UploadForm
from core.periods import Quarter
from evaluation.choices import QUARTERS


class HubForm(UploadForm):
    """A hub workbook and the quarter it is meant for."""

    accept = ".xlsx"
    year = forms.IntegerField(
        label="年度", min_value=2020, max_value=2099, widget=forms.NumberInput(attrs={"class": "vIntegerField"})
    )
    quarter = forms.TypedChoiceField(label="季度", choices=QUARTERS, coerce=int)
    field_order = ("year", "quarter", "file")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text = "省枢纽平台导出的季度运营数据工作簿(.xlsx),不超过20MB"

    @property
    def period(self) -> Quarter:
        return Quarter(self.cleaned_data["year"], self.cleaned_data["quarter"])


class FiguresForm(UploadForm):
    accept = ".csv"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text = "首行依次为:平台编码、指标编码、年度、数值(JSON);CSV格式(.csv),不超过20MB"
