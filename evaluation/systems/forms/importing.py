"""The file of an indicator system, as somebody hands it in. Shapes only; the actions judge."""

from typing import Any

from core.files.uploads.forms import UploadForm


class SystemForm(UploadForm):
    accept = ".json"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text = "指标体系文件(.json),内容相同的文件不会重复导入"
