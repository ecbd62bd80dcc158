"""Forms around enterprises: a list to take in, one visit, what to look for. Shapes only; the actions judge."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.files.uploads.quarantine import read_upload
from platforms.checks import cells
from platforms.choices import EnterpriseRecognitionKind, ServiceKind


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class ListForm(forms.Form):
    """One list as a workbook or CSV; the gate says what is wrong with an odd one."""

    file = forms.FileField(
        label="名单文件",
        allow_empty_file=True,
        max_length=200,
        error_messages={"required": "请选择要上传的名单", "max_length": "文件名过长,请改短后再上传"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""

    def content(self) -> tuple[str, bytes]:
        """Name and bytes, out of the quarantine."""
        return read_upload(self.cleaned_data["file"])


class RecognitionListForm(ListForm):
    """A published list and what is to be said about it."""

    kind = forms.ChoiceField(label="认定类别", choices=EnterpriseRecognitionKind.choices)
    title = forms.CharField(label="名单名称", max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    document_number = forms.CharField(
        label="文号", max_length=80, required=False, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    published_on = forms.DateField(
        label="公布日期", widget=DayInput(), help_text="名单中没有“认定日期”的,以公布日期为认定日期"
    )
    field_order = ("kind", "title", "document_number", "published_on", "file")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields[
            "file"
        ].help_text = "列名为企业名称、统一社会信用代码,可有认定日期;单项冠军名单可有产品。.xlsx或.csv,不超过20MB"


class ServiceListForm(ListForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text = (
            "列名为企业名称、统一社会信用代码、服务日期、服务类别、服务事项,可有企业联系人、联系电话;"
            ".xlsx或.csv,不超过20MB、5万行"
        )


class VisitForm(forms.Form):
    """One visit, by the same rules as a row of a list."""

    enterprise_name = forms.CharField(label="企业名称", max_length=200)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=30, help_text="18位")
    served_on = forms.DateField(label="服务日期", widget=DayInput())
    kind = forms.ChoiceField(label="服务类别", choices=ServiceKind.choices)
    activity = forms.CharField(label="服务事项", max_length=120, help_text="活动或事项的名称,如“3月惠企政策宣讲会”")
    contact_person = forms.CharField(label="企业联系人", max_length=40, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=40, required=False)

    READERS = {
        "enterprise_name": cells.text(200),
        "credit_code": cells.credit_code,
        "activity": cells.text(120),
        "contact_person": cells.text(40, is_needed=False),
        "contact_phone": cells.phone,
    }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, read in self.READERS.items():
            if name in cleaned:
                try:
                    cleaned[name] = read(cleaned[name])
                except ValueError as error:
                    self.add_error(name, ValidationError(str(error)))
        return cleaned


class ServiceSearchForm(forms.Form):
    """What to look for among records; whatever cannot be understood is not looked for."""

    q = forms.CharField(label="企业或事项", max_length=60, required=False)
    kind = forms.ChoiceField(label="服务类别", required=False, choices=[("", "全部"), *ServiceKind.choices])
    since = forms.DateField(label="自", required=False, widget=DayInput())
    until = forms.DateField(label="至", required=False, widget=DayInput())

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""

    def conditions(self) -> dict[str, Any]:
        self.is_valid()
        found = self.cleaned_data
        return {
            "words": found.get("q", ""),
            "kind": found.get("kind", ""),
            "since": found.get("since"),
            "until": found.get("until"),
        }


class RecognitionSearchForm(forms.Form):
    q = forms.CharField(label="企业名称或代码", max_length=60, required=False)
    kind = forms.ChoiceField(
        label="认定类别", required=False, choices=[("", "全部"), *EnterpriseRecognitionKind.choices]
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""

    def conditions(self) -> dict[str, str]:
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "kind": self.cleaned_data.get("kind", "")}
