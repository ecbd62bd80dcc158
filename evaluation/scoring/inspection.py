"""One JSON object under inspection: its keys, and the type of each of its values."""

from collections.abc import Collection, Iterator
from typing import Any

from evaluation.scoring.canonical import LARGEST_WHOLE
from evaluation.scoring.findings import Fault, child, is_text, quoted
from evaluation.scoring.numbers import is_number, millionths

NUMBER_EXPECTED = '形如 "12" 或 "0.5" 的数字字符串(整数至多12位,小数至多6位,无正负号、指数、空格和多余的0)'


class Inspection:
    """Each reader returns the value, or None after noting what is wrong; absent keys are noted here, once."""

    def __init__(
        self,
        value: object,
        path: str,
        faults: list[Fault],
        required: Collection[str],
        optional: Collection[str] = (),
    ) -> None:
        self.path = path
        self.faults = faults
        self.fields: dict[Any, Any] = {}
        if not isinstance(value, dict):
            self.note_at(path, f"是{quoted(value)}", "应为对象")
            return
        self.fields = value
        allowed = [*required, *optional]
        for key in required:
            if key not in value:
                self.note(key, "缺少这个键", f"应给出 {'、'.join(allowed)} 中的必填项")
        for key in value:
            if key not in allowed:
                self.note(str(key), "未知的键", f"应只有 {'、'.join(allowed)}")

    def note_at(self, path: str, wrong: str, expected: str) -> None:
        self.faults.append(Fault(path, f"{wrong},{expected}"))

    def note(self, key: str, wrong: str, expected: str) -> None:
        self.note_at(child(self.path, key), wrong, expected)

    def has(self, key: str) -> bool:
        return key in self.fields

    def _refuse(self, key: str, expected: str) -> None:
        if key in self.fields:
            self.note(key, f"是{quoted(self.fields[key])}", expected)

    def text(self, key: str) -> str | None:
        value = self.fields.get(key)
        if is_text(value):
            return value
        self._refuse(key, "应为字符串(不含残缺的 Unicode 代理字符)")
        return None

    def choice(self, key: str, allowed: Collection[str]) -> str | None:
        value = self.fields.get(key)
        if isinstance(value, str) and value in allowed:
            return value
        self._refuse(key, f"应为 {'、'.join(allowed)} 之一")
        return None

    def flag(self, key: str) -> None:
        if not isinstance(self.fields.get(key), bool):
            self._refuse(key, "应为 true 或 false")

    def whole(self, key: str, low: int = -LARGEST_WHOLE, high: int = LARGEST_WHOLE) -> int | None:
        value = self.fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self._refuse(key, f"应为 {low} 到 {high} 的整数")
        return None

    def number(self, key: str) -> int | None:
        """A number string, in millionths."""
        value = self.fields.get(key)
        if isinstance(value, str) and is_number(value):
            return millionths(value)
        self._refuse(key, f"应为{NUMBER_EXPECTED}")
        return None

    def positive(self, key: str) -> int | None:
        """A number string above 0, in millionths."""
        value = self.number(key)
        if value == 0:
            self.note(key, f"是{quoted(self.fields[key])}", "应大于0")
            return None
        return value

    def array(self, key: str) -> list[tuple[str, object]] | None:
        """The elements with their paths."""
        value = self.fields.get(key)
        if isinstance(value, list):
            path = child(self.path, key)
            return [(f"{path}[{place}]", element) for place, element in enumerate(value)]
        self._refuse(key, "应为数组")
        return None

    def is_array(self, key: str) -> bool:
        return isinstance(self.fields.get(key), list)

    def open_object(self, key: str) -> "Inspection | None":
        """An object whose keys are codes and not fixed names."""
        value = self.fields.get(key)
        if not isinstance(value, dict):
            self._refuse(key, "应为对象")
            return None
        inner = Inspection(value, child(self.path, key), self.faults, (), value)
        for name in value:
            if not is_text(name):
                inner.note(str(name), "键含有残缺的 Unicode 代理字符", "应为完整的 Unicode 文本")
        return inner


class Codes:
    """The codes of one kind; each may stand only once."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, inspection: Inspection) -> str | None:
        """Reads `code` and notes a second use."""
        code = inspection.text("code")
        if code is None:
            return None
        path = child(inspection.path, "code")
        first = self._first.setdefault(code, path)
        if first != path:
            inspection.note("code", f"编码 {quoted(code)} 与 {first} 重复", "应各不相同")
        return code

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)
