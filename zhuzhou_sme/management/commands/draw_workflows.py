"""docs/workflows.md from the TRANSITIONS tables; with --check only says whether the file is current."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Choices

from core.declared import house
from core.workflow import Transitions


def workflow_pages() -> str:
    """The whole text of docs/workflows.md."""
    parts = ["# 工作流程\n\n由 `manage.py draw_workflows` 根据代码中的 TRANSITIONS 表生成,请勿手改。\n"]
    parts += [_section(flow.title, flow.table, flow.labels) for flow in house().workflows]
    return "\n".join(parts)


def _section(title: str, table: Transitions, labels: type[Choices]) -> str:
    def label(status: str) -> str:
        return str(dict(labels.choices)[status])

    lines = [f"## {title}\n", "```mermaid", "stateDiagram-v2", f"    [*] --> {label(table.initial)}"]
    rows = ["| 步骤 | 从 | 到 | 权限 | 须写理由 |", "|---|---|---|---|---|"]
    for move in table.moves:
        lines += [f"    {label(source)} --> {label(move.target)}: {move.label}" for source in move.sources]
        sources = "、".join(label(source) for source in move.sources)
        needed = "是" if move.reason_needed else "否"
        rows.append(f"| {move.label} | {sources} | {label(move.target)} | `{move.permission}` | {needed} |")
    return "\n".join([*lines, "```\n", *rows, ""])


class Command(BaseCommand):
    help = "生成 docs/workflows.md"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查文件是否最新")

    def handle(self, *args: object, check: bool = False, **options: object) -> None:
        path = settings.BASE_DIR / "docs" / "workflows.md"
        text = workflow_pages()
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/workflows.md 与代码不一致,请运行 manage.py draw_workflows")
