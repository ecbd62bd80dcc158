"""Two versions side by side: group by group in the order of the print. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.systems.checks.general import general_sentences, section_sentences, target_sentences
from evaluation.systems.checks.indicators import Words, indicator_sentences, quoted
from evaluation.systems.checks.planning import in_year
from evaluation.systems.checks.plans import PlannedSystem, PlannedTask, day_text, places_of, sections_by_code, titles_of
from evaluation.systems.checks.systems import KEY_WORK, system_type_and_year

GENERAL, TARGETS = "总则", "平台单独目标"


@dataclass(frozen=True)
class DifferenceGroup:
    """The sentences about one part of the system, in the order of its print."""

    title: str
    sentences: tuple[str, ...]


def system_differences(before: PlannedSystem, after: PlannedSystem, words: Words) -> list[DifferenceGroup]:
    """General settings, then sections and their categories, then platforms' own targets."""
    comparison = _Comparison(before, after, words)
    groups = [(GENERAL, list(general_sentences(before.system, after.system)))]
    groups += comparison.by_category()
    groups.append((TARGETS, list(target_sentences(before, after))))
    return [DifferenceGroup(title, tuple(sentences)) for title, sentences in groups if sentences]


class _Comparison:
    """Indicators of both versions by code, with the category where each stands."""

    def __init__(self, before: PlannedSystem, after: PlannedSystem, words: Words) -> None:
        self.before, self.after, self.words = before, after, words
        self.old = before.system.by_code
        self.new = after.system.by_code
        self.old_places, self.new_places = places_of(before.system), places_of(after.system)
        self.moved_on = _moved_on(before, after)

    def by_category(self) -> list[tuple[str, list[str]]]:
        groups: dict[tuple[str, str], list[str]] = {}
        titles = {**titles_of(self.before.system), **titles_of(self.after.system)}
        for key in titles:
            groups[key] = []
        for section, sentences in self._sections():
            groups.setdefault((section, ""), []).extend(sentences)
        for key in titles:
            groups[key] += self._category(key)
        if self.moved_on:
            groups[(KEY_WORK, "")].append(_moved_on_sentence(self.moved_on, self.after))
        return [(titles.get(key, titles.get((key[0], ""), key[0])), found) for key, found in groups.items()]

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        old, new = (
            sections_by_code(self.before.system.sections),
            sections_by_code(self.after.system.sections),
        )
        for code in [*old, *(code for code in new if code not in old)]:
            yield code, list(section_sentences(old.get(code), new.get(code)))

    def _category(self, key: tuple[str, str]) -> Iterator[str]:
        """The sentences about the indicators that stand here now, or that stood here and are gone."""
        is_work = key[0] == KEY_WORK
        for code, place in self.new_places.items():
            if place == key and code not in self.old:
                yield self._added(code, is_work)
            elif place == key:
                yield from self._kept(code, is_work)
        for code, place in self.old_places.items():
            if place == key and code not in self.new:
                indicator = self.old[code]
                yield f"取消{_kind(is_work)}{code}{quoted(indicator.name)}(原{indicator.points}分)"
        here = [[c for c, p in places.items() if p == key] for places in (self.old_places, self.new_places)]
        common = [[c for c in codes if c in here[0] and c in here[1]] for codes in here]
        if common[0] != common[1]:
            yield f"指标顺序调整为{'、'.join(common[1])}"

    def _added(self, code: str, is_work: bool) -> str:
        indicator = self.new[code]
        task = self.after.tasks.get(code)
        rests = f",依据{task.base_document},{day_text(task.due_on)}前完成" if task else ""
        responsible = f",责任科室为{task.responsible_section}" if task and task.responsible_section else ""
        standard, source = self.words.standard(indicator), self.words.source(indicator.source)
        text = f"新增{_kind(is_work)}{code}{quoted(indicator.name)},{indicator.points}分,{standard}"
        return f"{text},数据来源为{source}{rests}{responsible}"

    def _kept(self, code: str, is_work: bool) -> Iterator[str]:
        subject = f"{_kind(is_work)}{code}{quoted(self.old[code].name)}"
        yield from indicator_sentences(subject, self.old[code], self.new[code], self.words)
        if self.old_places[code] != self.new_places[code]:
            titles = titles_of(self.before.system), titles_of(self.after.system)
            old, new = titles[0][self.old_places[code]], titles[1][self.new_places[code]]
            yield f"{subject}由{quoted(old)}移至{quoted(new)}"
        yield from self._particulars(subject, code)

    def _particulars(self, subject: str, code: str) -> Iterator[str]:
        old, new = self.before.tasks.get(code), self.after.tasks.get(code)
        if old == new:
            return
        if old is None or new is None:
            yield _whole_particulars(subject, old, new)
            return
        if old.base_document != new.base_document:
            yield f"{subject}的依据文件由{old.base_document}改为{new.base_document}"
        if old.responsible_section != new.responsible_section:
            sections = [task.responsible_section or "未定" for task in (old, new)]
            yield f"{subject}的责任科室由{sections[0]}改为{sections[1]}"
        if old.due_on != new.due_on and code not in self.moved_on:
            yield f"{subject}的完成期限由{day_text(old.due_on)}改为{day_text(new.due_on)}"


def _whole_particulars(subject: str, old: PlannedTask | None, new: PlannedTask | None) -> str:
    task = new or old
    assert task is not None  # noqa: S101  for the type checker: one of the two is there
    if new is None:
        return f"{subject}不再写明依据文件(原为{task.base_document})和完成期限(原为{day_text(task.due_on)})"
    responsible = f",责任科室为{task.responsible_section}" if task.responsible_section else ""
    return f"{subject}写明依据文件为{task.base_document},完成期限为{day_text(task.due_on)}{responsible}"


def _moved_on(before: PlannedSystem, after: PlannedSystem) -> frozenset[str]:
    """Key tasks whose deadline keeps its month and day in the new year: one sentence says it for all of them."""
    years = [system_type_and_year(system.system.code) for system in (before, after)]
    if years[0] is None or years[1] is None or years[0][1] == years[1][1]:
        return frozenset()
    old_year, new_year = years[0][1], years[1][1]
    both = set(before.tasks) & set(after.tasks) & set(after.system.codes)
    return frozenset(
        code
        for code in both
        if before.tasks[code].due_on.year == old_year
        and after.tasks[code].due_on == in_year(before.tasks[code].due_on, new_year)
    )


def _moved_on_sentence(codes: frozenset[str], after: PlannedSystem) -> str:
    listed = [code for code in after.system.codes if code in codes]
    years = {after.tasks[code].due_on.year for code in codes}
    return f"重点工作{'、'.join(listed)}的完成期限顺延至{max(years)}年,月日不变"


def _kind(is_work: bool) -> str:
    return "重点工作" if is_work else "指标"
