"""A window's annual summary, as it hands it in. Shapes only; the actions judge."""

from typing import Any

from django import forms

from core.files.uploads.forms import UploadForm
from core.files.uploads.quarantine import read_upload


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
