"""Even right margins for Chinese text. WeasyPrint justifies by widening spaces, of which Chinese has none: its lines
end some characters short wherever a mark may not begin the next one. GB/T 9704 wants the type area filled (撑满版心),
so the characters of such a line move apart instead."""

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

MOST = 6  # widths of a character: a line that lacks more is left as it is
_by_spaces = inline.justify_line


def justify_line(context: object, line: boxes.LineBox, missing: float) -> None:
    """Spread what is missing between all characters; a line with spaces, so not Chinese, keeps WeasyPrint's way."""
    characters = _length(line)
    if not characters or inline.count_expandable_spaces(line):
        _by_spaces(context, line, missing)
    elif missing <= MOST * line.style["font_size"]:
        _spread(context, line, missing / characters, 0)


def _length(box: object) -> int:
    if isinstance(box, boxes.TextBox):
        return len(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(_length(child) for child in box.children)
    return 0


def _spread(context: object, box: boxes.Box, spacing: float, shift: float) -> float:
    """Widen a box by `spacing` for each character after moving it by `shift`; returns the shift of what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        own = box.style["letter_spacing"]
        box.style = box.style.copy()
        box.style["letter_spacing"] = (0 if own == "normal" else own) + spacing
        box.pango_layout = inline.create_layout(box.text, box.style, context, None, 0)
        box.pango_layout.deactivate()
        box.width += spacing * len(box.text)
        return shift + spacing * len(box.text)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            shift = _spread(context, child, spacing, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift


def install() -> None:
    """Make every layout of this process justify Chinese lines."""
    inline.justify_line = justify_line
