"""docs/scoring.md holds the very templates that the core prints."""

from pathlib import Path

import pytest

from evaluation.scoring import reasons, rescaling
from evaluation.scoring.measures import MEASURES
from evaluation.scoring.result import score_bundle
from evaluation.scoring.rules import RULES
from tests.evaluation.scoring.builders import entry_of, one_indicator

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "scoring.md").read_text(encoding="utf-8")
TEMPLATES = [
    *[template for rule in RULES.values() for template in rule.templates],
    *[template for measure in MEASURES.values() for template in measure.templates],
    reasons.MISSING_REASON,
    reasons.NOT_APPLICABLE_REASON,
    rescaling.TEMPLATE,
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_documented(template):
    assert f"`{template}`" in TEXT


@pytest.mark.parametrize("kind", [*RULES.values(), *MEASURES.values()])
def test_the_file_of_every_kind_is_named(kind):
    assert f"`{kind.__module__.rpartition('.')[2]}.py`" in TEXT


# 口径, 数据, 文档中的模板, 模板里的数
DERIVATIONS = [
    (
        {"kind": "ratio"},
        {"numerator": "1", "denominator": "3"},
        "100 × {numerator} ÷ {denominator} = {x};",
        {"numerator": "1", "denominator": "3", "x": "33.3333…"},
    ),
    (
        {"kind": "marks"},
        ["9", "8"],
        "({marks}) ÷ {number} = {x};",
        {"marks": "8 + 9", "number": "2", "x": "8.5"},
    ),
]


@pytest.mark.parametrize(("measure", "value", "template", "numbers"), DERIVATIONS)
def test_how_x_came_about_is_printed_as_documented(measure, value, template, numbers):
    assert f"`{template}`" in TEXT
    entry = entry_of(score_bundle(one_indicator(measure, {"kind": "direct"}, value)), "I1")
    assert entry["reason"].startswith(template.format(**numbers))


@pytest.mark.parametrize("line", [line for line in TEXT.splitlines() if line.startswith("- `4 × min(1, 52")])
def test_the_example_of_the_contract_is_shown(line):
    document = one_indicator({"kind": "count"}, {"kind": "linear", "target": "60"}, "52", points="4")
    assert line == f"- `{entry_of(score_bundle(document), 'I1')['reason']}`"
