"""The measures of the printed page that follow from the office's settings (GB/T 9704-2012, 5 and 7)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from core.models import Office

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
POINTS_PER_MM = Decimal(72) / Decimal("25.4")
BODY_SIZE = 16  # 三号
MARK_LARGEST = 56
LETTER_MARK_LARGEST = 34
_NARROWEST_DATE = 6 * BODY_SIZE + BODY_SIZE // 2  # 2026年1月1日: six figures of half a width, three characters
_FINEST = Decimal("0.001")
_SLACK = Decimal("0.005")  # a full line must not fail by a rounding


@dataclass(frozen=True)
class Layout:
    """The office's measures as they stood: millimetres, the line pitch in points as a decimal text."""

    margin_top: int
    margin_bottom: int
    margin_left: int
    margin_right: int
    line_pitch: str


@dataclass(frozen=True)
class PageMeasures:
    """Points as texts for the style sheet: `line_pitch` and `letter_spacing` fill the type area with whole lines of
    whole characters (22 of 28 at the standard's margins); `indent` is two of these, `mark_size` the red head's,
    `sign_off` how far the date stands from the right."""

    line_pitch: str
    letter_spacing: str
    indent: str
    mark_size: str
    sign_off: str


def layout_of(office: Office) -> Layout:
    """The measures that the office has set."""
    return Layout(
        margin_top=office.margin_top,
        margin_bottom=office.margin_bottom,
        margin_left=office.margin_left,
        margin_right=office.margin_right,
        line_pitch=f"{office.line_pitch:.1f}",
    )


def page_measures(layout: Layout, mark: str, *, signed_by: str = "", mark_largest: int = MARK_LARGEST) -> PageMeasures:
    """From the margins, the text of the red head and the name that stands centred over the date.

    The pitch set by the office gives way by a fraction of a point where one more line then fits: 22 lines of 29 points
    are 0.2 points higher than the 225 mm of the type area. 三号 is 16 points, of which 156 mm hold 27.6; the
    characters move together by 0.2 points so that 28 stand in a line. The date stands four characters from the right
    (7.3.5.2), further in where half of a long name would not fit beside its middle.
    """
    width = (PAGE_WIDTH - layout.margin_left - layout.margin_right) * POINTS_PER_MM
    height = (PAGE_HEIGHT - layout.margin_top - layout.margin_bottom) * POINTS_PER_MM
    wanted = Decimal(layout.line_pitch)
    lines = max(1, int((height + 1) / wanted))
    pitch = min(wanted, height / lines)
    characters = max(1, round(width / BODY_SIZE))
    spacing = width / characters - BODY_SIZE
    mark_size = min(Decimal(mark_largest), width / max(1, len(mark)))
    return PageMeasures(
        line_pitch=_down(pitch),
        letter_spacing=_down(spacing - _SLACK),
        indent=_down(2 * width / characters),
        mark_size=str(mark_size.to_integral_value(ROUND_DOWN)),
        sign_off=str(max(4 * BODY_SIZE, (len(signed_by) * BODY_SIZE - _NARROWEST_DATE) // 2)),
    )


def _down(points: Decimal) -> str:
    return str(points.quantize(_FINEST, ROUND_DOWN))
