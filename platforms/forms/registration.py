"""Forms of the registry's desk pages: what a person types, made clean, with Chinese reasons."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.postgres.forms import DateRangeField, RangeWidget
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from import_export.forms import ExportForm, ImportForm

from core.errors import Refusal
from core.files.uploads.quarantine import read_upload
from platforms.credit_code import clean_credit_code
from platforms.models import Operator, OperatorTerm

OVERLAP = "同一平台的运营期不能重叠:请先填写上一家运营单位的结束日期"


class TableImportForm(ImportForm):
    def __init__(self, formats: Any, resources: Any, **options: Any) -> None:
        super().__init__(formats, resources, **options)
        endings = [each.extension for each in formats]
        self.fields["import_file"].label = "文件"
        self.fields["import_file"].help_text = "首行为列名的.csv或.xlsx文件;先检查并预览,确认后才写入"
        self.fields["import_file"].widget = forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"})
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["format"].required = False
        self.endings = endings

    @property
    def media(self) -> forms.Media:
        """Without the library's script, which guesses the format that we read off the file's name."""
        return forms.Media()

    def clean(self) -> dict[str, Any]:
        """The format follows from the file's name; one that a person chose beside it could only be wrong."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("import_file")
        if file is not None:
            ending = str(file.name).rpartition(".")[2].casefold()
            if ending in self.endings:
                cleaned["format"] = str(self.endings.index(ending))
            else:
                self.add_error("import_file", f"只接收.csv和.xlsx文件(现为“{file.name}”)")
        return cleaned

    def clean_import_file(self) -> Any:
        """The library reads the upload itself; here it passes the scanner and the limit first."""
        upload = self.cleaned_data["import_file"]
        try:
            read_upload(upload)
        except Refusal as refusal:
            raise ValidationError([str(fault) for fault in refusal.faults]) from None
        upload.seek(0)
        return upload


class TableExportForm(ExportForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["format"].label = "格式"


class OperatorForm(forms.ModelForm):  # type: ignore[type-arg]
    # Wider than the stored 18 characters: spaces are taken out before they count.
    credit_code = forms.CharField(label="统一社会信用代码", max_length=40, help_text="18位,粘贴时的空格会自动去掉")

    class Meta:
        model = Operator
        fields = ("name", "credit_code")

    def clean_credit_code(self) -> str:
        try:
            return clean_credit_code(self.cleaned_data["credit_code"])
        except ValueError as error:
            raise ValidationError(str(error)) from None


class TermWidget(RangeWidget):
    """First and last day of a term, each with its own name for screen readers."""

    def __init__(self) -> None:
        super().__init__(AdminDateWidget())
        for widget, label in zip(self.widgets, ("起始日", "结束日(不含)"), strict=True):
            widget.attrs["aria-label"] = label


class OperatorTermForm(forms.ModelForm):  # type: ignore[type-arg]
    term = DateRangeField(
        label="运营期",
        widget=TermWidget,
        help_text="起始日和结束日(不含);仍在运营的结束日留空",
        error_messages={"bound_ordering": "结束日不能早于起始日", "invalid": "请填写有效日期,形如2025-03-31"},
    )

    class Meta:
        model = OperatorTerm
        fields = ("platform", "operator", "term")

    def clean_term(self) -> DateRange:
        term: DateRange | None = self.cleaned_data["term"]
        if term is None or term.lower is None:
            raise ValidationError("请填写起始日")
        if term.lower == term.upper:
            raise ValidationError("起始日和结束日不能是同一天(结束日不含在内)")
        return term


class OperatorTermFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """All terms of one platform on one page. Each form is checked against the stored terms; here against each other."""

    def clean(self) -> None:
        super().clean()
        terms = [
            form.cleaned_data["term"]
            for form in self.forms
            if form.cleaned_data.get("term") and not form.cleaned_data.get("DELETE")
        ]
        terms.sort(key=lambda term: term.lower)
        if any(former.upper is None or former.upper > later.lower for former, later in pairwise(terms)):
            raise ValidationError(OVERLAP)


class ExpiryForm(forms.Form):
    """The last day on which a colleague's account opens."""

    expires_on = forms.DateField(
        label="有效期至",
        help_text="当天仍可登录;最长两年",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写有效日期,形如2026-12-31"},
    )

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=731):
            raise ValidationError("有效期应在今天之后、两年之内")
        return day


class ColleagueForm(ExpiryForm):
    username = forms.CharField(
        label="用户名", max_length=40, help_text="登录用,字母、数字和“.”“_”“-”;一人一号,不要共用"
    )
    full_name = forms.CharField(label="姓名", max_length=40)
    field_order = ("username", "full_name", "expires_on")
