"""The texts of a bulletin. Shapes only; the actions judge."""

from typing import Any

from django import forms

from evaluation.bulletin.models import Bulletin


class BulletinForm(forms.ModelForm):  # type: ignore[type-arg]
    """The texts of a draft, its number and its date."""

    class Meta:
        model = Bulletin
        fields = ("serial_number", "issued_on", "problems", "requirements")
        widgets = {
            "issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "problems": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
            "requirements": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""
