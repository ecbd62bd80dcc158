"""Numbers become text in `core/numbers.py` and the three places that it names: the same figure must not read 12.50 on
one page and 12.5 on the next. Python and templates are read for everything else that formats a number by hand."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from core.numbers import exact, half_up, percent, plain, with_decimals
from dev.sizes import label, modules, templates

MAY_FORMAT = {
    "core/numbers.py": "the place for it",
    "core/paper/official_page.py": "lengths for a stylesheet, read by no person",
    "core/files/excel/reader.py": "a workbook's float with the digits that the office program shows",
    "rewards/consequences/facts.py": "a pure bottom that imports nothing of ours",
}
TEMPLATES_MAY = {"templates/components/bar_chart.html": "lengths in a drawing"}

# `.1f`, `f`, `,`, `.0%`, `g`; not a date's `%Y` and not the zeros of a number in an identifier (`02d`).
SPEC = re.compile(r"[^%a-zA-Z]*(?:[eEfFgGn%]|,\w?|_)")
IN_STRING = re.compile(r"%[-+ #0]*\d*\.?\d*[eEfFgG](?![A-Za-z])|\{\w*:[^{}%a-zA-Z]*(?:[eEfFgGn%]|,)\}")
CALLS = {"round", "format", "floatformat", "intcomma"}
METHODS = {"quantize", "normalize", "to_eng_string"}
FILTERS = re.compile(r"\|\s*(?:floatformat|intcomma|stringformat)\b|{%-?\s*widthratio\b")


def raw_formatting(source: str) -> Iterator[int]:
    """Lines on which a number is formatted by hand."""
    for node in ast.walk(ast.parse(source)):
        if formats(node):
            yield getattr(node, "lineno", 0)


def formats(node: ast.AST) -> bool:
    match node:
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=values)):
            spec = "".join(str(v.value) if isinstance(v, ast.Constant) else "0" for v in values)
            return SPEC.fullmatch(spec) is not None
        case ast.Call(func=ast.Name(id=name)):
            return name in CALLS
        case ast.Call(func=ast.Attribute(value=ast.Name(id="unicodedata"))):
            return False
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in METHODS
        case ast.Constant(value=str(text)):
            return IN_STRING.search(text) is not None
    return False


def found_in_code() -> dict[str, list[int]]:
    assert len(modules()) > 300
    found = {label(path): sorted(raw_formatting(path.read_text(encoding="utf-8"))) for path in modules()}
    return {name: lines for name, lines in found.items() if lines}


def test_python_formats_no_number_by_hand():
    found = found_in_code()

    assert {name: lines for name, lines in found.items() if name not in MAY_FORMAT} == {}
    assert MAY_FORMAT.keys() <= found.keys()  # an exception that nothing needs is none


def test_templates_format_no_number_by_hand():
    texts = {label(path): path.read_text(encoding="utf-8") for path in templates()}
    found = {name for name, text in texts.items() if FILTERS.search(text)}

    assert len(texts) > 100
    assert found == TEMPLATES_MAY.keys()


@pytest.mark.parametrize(
    "line",
    """
    f"{x:.2f}"; f"{x:,}"; f"{x:.{n}f}"; f"{x:.0%}"; "%.2f" % x; "{:.1f}".format(x); "%f" % x
    round(x, 2); format(x, "f"); x.quantize(y); x.normalize(); floatformat(x)
    """.strip()
    .replace("\n", ";")
    .split(";"),
)
def test_a_number_formatted_by_hand_is_seen(line: str) -> None:
    assert list(raw_formatting(line.strip())) == [1]


@pytest.mark.parametrize(
    "line", ['f"{x:%Y-%m-%d}"', 'f"{x:02d}"', 'f"{x}"', '"100%"', 'unicodedata.normalize("NFKC", x)', '"{name:>10}"']
)
def test_what_formats_no_number_is_let_through(line: str) -> None:
    assert list(raw_formatting(line)) == []


def test_numbers_read_as_people_write_them():
    assert [exact(Decimal(text)) for text in ("12.50", "1E+2", "0")] == ["12.50", "100", "0"]
    assert [plain(text) for text in ("82.090000", "100", "100.0", "0.000000", None)] == ["82.09", "100", "100", "0", ""]
    assert [with_decimals(Decimal("94.5"), 2), with_decimals(None, 2)] == ["94.50", ""]
    assert [percent("0.20"), percent(Decimal("0.125"))] == ["20%", "12.5%"]
    assert [half_up(Fraction(2, 3), 1), half_up(Fraction(1, 8), 2), half_up(Fraction(3), 2)] == ["0.7", "0.13", "3"]
