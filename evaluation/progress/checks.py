"""How far a key task is against its target so far this year (细则 R3.5). Pure: what was reached is handed in exact."""

from dataclasses import dataclass
from fractions import Fraction

from core.numbers import half_up
from evaluation.scoring.system import Indicator

QUARTERS = 4


@dataclass(frozen=True)
class Progress:
    """One key task of one platform. `reached` is the year to date, None while nothing is reported; `goal` is what full
    points need, None where the rule names nothing to reach; `is_own_target`: the platform's own instead of the type's.
    `expected` is the goal's share at the end of the quarter; None for what does not add up over the year."""

    indicator: str
    name: str
    unit: str
    points: str
    reached: Fraction | None
    goal: Fraction | None
    is_own_target: bool
    expected: Fraction | None
    is_not_applicable: bool = False

    @property
    def share(self) -> Fraction | None:
        """Reached ÷ goal, as a fraction of 1; may pass 1."""
        return None if self.reached is None or not self.goal else self.reached / self.goal

    @property
    def share_text(self) -> str:
        """`83.3%`, one decimal, half up; '' while there is none."""
        return "" if self.share is None else f"{half_up(self.share * 100, 1)}%"

    @property
    def reached_text(self) -> str:
        if self.is_not_applicable:
            return "不适用"
        return "未报" if self.reached is None else half_up(self.reached, 2)

    @property
    def goal_text(self) -> str:
        return "" if self.goal is None else half_up(self.goal, 6)

    @property
    def is_behind(self) -> bool:
        """Reported, and less than an even pace over the four quarters would have reached; a reading aid, no rule of the
        policy."""
        return self.expected is not None and self.reached is not None and self.reached < self.expected


def progress(
    indicator: Indicator,
    *,
    reached: Fraction | None,
    own_target: str = "",
    quarter: int,
    is_not_applicable: bool = False,
) -> Progress:
    """Of one key task at the end of `quarter` (1 to 4, 0 before the first)."""
    goal = indicator.goal(own_target)
    return Progress(
        indicator=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        points=indicator.points,
        reached=reached,
        goal=goal,
        is_own_target=bool(own_target),
        expected=goal * Fraction(quarter, QUARTERS) if goal is not None and indicator.measure.adds_up else None,
        is_not_applicable=is_not_applicable,
    )
