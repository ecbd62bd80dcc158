"""The form field of one uploaded file: shapes only, the gate judges."""

from typing import Any

from django import forms

from core.files.uploads.quarantine import read_upload


class UploadForm(forms.Form):
    """One file. An empty or odd one is judged by the gate, which says what it is."""

    accept = ""
    file = forms.FileField(
        label="文件",
        allow_empty_file=True,
        max_length=200,
        error_messages={"required": "请选择要上传的文件", "max_length": "文件名过长,请改短后再上传"},
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""
        self.fields["file"].widget.attrs["accept"] = self.accept

    def content(self) -> tuple[str, bytes]:
        """Name and bytes, out of the quarantine."""
        return read_upload(self.cleaned_data["file"])
