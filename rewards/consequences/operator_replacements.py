"""Advice to replace the operator of a county platform that was last two years running (细则 R5.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rewards.consequences.facts import COUNTY_WINDOW, Operator, Place, PublishedRanking, latest_editions
from rewards.consequences.findings import Finding, Step
from rewards.consequences.last_places import TIE_QUESTION, status_in

CLAUSE = "R5.2"
RULE = Step("规则:对连续2年排名最后的县(市、区)平台,建议当地中小企业主管部门更换平台运营单位", CLAUSE)
YES, NO = "提出更换运营单位建议", "不提出更换运营单位建议"


def propose_operator_replacements(
    ranking: PublishedRanking,
    others: Iterable[PublishedRanking],
    operators_now: Mapping[str, Operator] | None = None,
) -> tuple[Finding, ...]:
    """One finding per platform of this ranking.

    1. The rule speaks of county platforms only; every other type ends here.
    2. The platform must be last in this ranking and in the county ranking of the calendar year before; of each year the
       latest edition counts. A year that was not published, in which it was not ranked, in which it belonged to
       another type, or in which nobody was last, breaks the row; an earlier year never fills a gap.
    3. The count belongs to the platform (its code), not to the operator. A shared last place, another operator, a new
       name or region between the years does not stop the proposal but is put to the person who decides.

    `others` may hold rankings of any year, type and edition; `operators_now` names today's operator by platform code.
    """
    if ranking.platform_type != COUNTY_WINDOW:
        step = Step(f"本规则只适用于县(市、区)平台,不适用于{ranking.type_name}", CLAUSE)
        return tuple(_answer(place, [step], is_proposed=False) for place in ranking.places)
    history = _History(ranking, latest_editions(each for each in others if each.year < ranking.year))
    return tuple(_finding(history, place, (operators_now or {}).get(place.code)) for place in ranking.places)


@dataclass(frozen=True)
class _History:
    ranking: PublishedRanking
    earlier: tuple[PublishedRanking, ...]

    @cached_property
    def previous(self) -> PublishedRanking | None:
        """Last year's county ranking, if it was published."""
        return next((each for each in self._of(self.ranking.year - 1) if each.platform_type == COUNTY_WINDOW), None)

    def found_in(self, code: str) -> PublishedRanking | None:
        """Last year's ranking that holds this platform, of whatever type."""
        return next((each for each in self._of(self.ranking.year - 1) if each.place_of(code)), None)

    def older_last(self, code: str) -> PublishedRanking | None:
        """The nearest county ranking before last year's in which the platform was last."""
        older = [e for e in self.earlier if e.year < self.ranking.year - 1 and e.platform_type == COUNTY_WINDOW]
        return next((each for each in reversed(older) if status_in(each, code).is_last), None)

    def _of(self, year: int) -> list[PublishedRanking]:
        return [each for each in self.earlier if each.year == year]


def _finding(history: _History, place: Place, operator_now: Operator | None) -> Finding:
    this_year = status_in(history.ranking, place.code)
    steps = [Step(this_year.text, CLAUSE)]
    if not this_year.is_last:
        return _answer(place, steps, is_proposed=False)
    previous = history.previous
    before = previous.place_of(place.code) if previous else None
    if previous is None or before is None or not status_in(previous, place.code).is_last:
        breaks = (Step(text, CLAUSE) for text in _breaks(history, place.code))
        return _answer(place, [*steps, *breaks], is_proposed=False)
    last_year = status_in(previous, place.code)
    steps += [Step(last_year.text, CLAUSE), Step(f"{previous.year}、{history.ranking.year}连续2年排名最后", CLAUSE)]
    if this_year.is_tied or last_year.is_tied:
        steps.append(Step(TIE_QUESTION, CLAUSE, for_decision=True))
    steps += _changes(before, previous.year, place, history.ranking.year, operator_now)
    return _answer(place, steps, is_proposed=True)


def _breaks(history: _History, code: str) -> list[str]:
    """Why last year does not continue the row."""
    year, previous = history.ranking.year - 1, history.previous
    if previous is not None and previous.place_of(code) is not None:
        return [f"{status_in(previous, code).text};连续末位中断"]
    elsewhere = history.found_in(code)
    if elsewhere is not None:
        return [f"{year}年度以“{elsewhere.type_name}”类型参评,不计入县(市、区)平台的连续末位"]
    if previous is not None:
        return [f"{status_in(previous, code).text};连续末位中断"]
    reasons = [f"{year}年度{history.ranking.type_name}排名没有发布,不能认定连续2年"]
    older = history.older_last(code)
    if older is not None:
        reasons.append(f"{older.year}年度虽为末位,与{history.ranking.year}年度不是连续2年,不计入")
    return reasons


def _changes(before: Place, year_before: int, now: Place, year_now: int, operator_now: Operator | None) -> list[Step]:
    """The operator of each year, and every change between the years that a person should weigh."""
    names = f"运营单位:{year_before}年末{_name(before.operator)},{year_now}年末{_name(now.operator)}"
    steps = [Step(names, CLAUSE)]
    if before.operator is None or now.operator is None:
        steps.append(_question("年末运营单位登记不全,是否建议更换由市工信局决定"))
    elif before.operator.key != now.operator.key:
        steps.append(_question("两个年度运营单位不同,名次计在平台名下,是否建议更换由市工信局决定"))
    if operator_now is not None and now.operator is not None and operator_now.key != now.operator.key:
        steps.append(_question(f"现运营单位已是“{operator_now.name}”,是否仍建议更换由市工信局决定"))
    if before.name != now.name:
        steps.append(Step(f"平台由“{before.name}”更名为“{now.name}”,编码{now.code}不变,按同一平台计算", CLAUSE))
    if before.region != now.region:
        steps.append(_question(f"行政区划由{before.region}变为{now.region},是否连续计算由市工信局决定"))
    return steps


def _name(operator: Operator | None) -> str:
    return f"“{operator.name}”" if operator else "未登记"


def _question(text: str) -> Step:
    return Step(text, CLAUSE, for_decision=True)


def _answer(place: Place, steps: list[Step], *, is_proposed: bool) -> Finding:
    verdict = Step(YES if is_proposed else NO, CLAUSE)
    return Finding(place.code, place.name, is_proposed, (RULE, *steps, verdict))
