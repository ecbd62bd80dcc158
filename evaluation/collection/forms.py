"""A period to open, a file of evidence. Shapes only; the actions judge."""

from typing import Any

from django import forms

from core.files.uploads.forms import UploadForm
from evaluation.quarter_form import QuarterForm


class EvidenceForm(UploadForm):
    """A file that shows one figure."""

    accept = ".docx,.pdf,.xlsx,.png,.jpg,.jpeg"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].label = "佐证文件"
        self.fields["file"].help_text = "Word文档(.docx)、Excel工作簿(.xlsx)、PDF或图片(.png、.jpg),不超过20MB"


class PeriodOpeningForm(QuarterForm):
    """A quarter to collect; without a day the tenth working day after it."""

    due_on = forms.DateField(
        label="截止日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="留空为季度结束后第10个工作日;当日24时(北京时间)前报送为按时",
    )
