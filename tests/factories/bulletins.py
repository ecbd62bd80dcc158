"""View-models of bulletins for tests that only show one."""

from core.paper.official_page import Layout
from evaluation.bulletin.documents import BulletinView
from evaluation.bulletin.documents.view import Attachment, Column, Paragraph, Row, Section, Table


def small_view(period: str = "2025Q1", *, text: str = "演示正文。", rows: int = 1) -> BulletinView:
    """Everything a bulletin has, once: one section with a table of so many rows, one attachment."""
    columns = (Column("平台名称", is_number=False), Column("服务企业", "家次"))
    lines = tuple(Row((f"演示{number}号窗口平台", f"{number}\n+{number}")) for number in range(1, rows + 1))
    table = Table("演示表", columns, lines, ("演示附注。",))
    return BulletinView(
        period=period,
        is_demo=False,
        layout=Layout(37, 35, 28, 26, "29.0"),
        red_head="演示机关文件",
        number="演通〔2025〕1号",
        title_lines=("演示机关", "关于演示情况的通报"),
        addressee="各演示单位:",
        opening="现予以通报。",
        sections=(Section("一、总体情况", (Paragraph(text, "(一)演示。"),), table),),
        attachments=(Attachment("附件1", "演示情况表", True, (table,)),),
        issuer="演示机关",
        issued_on="2025-04-08",
        remark="(此件公开发布)",
    )
