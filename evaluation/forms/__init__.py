"""What people type in on the desk: files to import, texts of a bulletin. Shapes only; the actions judge."""

from typing import Any

from django import forms

from core.models import User
from core.periods import Quarter
from core.uploads.forms import UploadForm
from core.uploads.quarantine import read_upload
from evaluation.choices import QUARTERS
from evaluation.models import Bulletin, Ranking
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

    def validate_constraints(self) -> None:
        """The action answers for number and date together; the model's check cannot take a number without a date."""


class SummaryForm(UploadForm):
    """A window's annual summary (细则 R4.3): the document, and the scan of its stamped print."""

    accept = ".docx"
    stamped = forms.FileField(
        label="盖章扫描件",
        required=False,
        allow_empty_file=True,
        max_length=200,
        help_text="打印盖章后扫描的PDF,不超过20MB;可以与文档一起报送,也可以稍后连同文档再报送一次",
        error_messages={"max_length": "文件名过长,请改短后再上传"},
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].label = "总结文档"
        self.fields["file"].help_text = "Word文档(.docx),不超过20MB,不能带宏或打开密码"
        self.fields["stamped"].widget.attrs["accept"] = ".pdf"

    def stamped_content(self) -> tuple[str, bytes] | None:
        upload = self.cleaned_data["stamped"]
        return read_upload(upload) if upload else None
