"""The rules of 细则 R5.1 and R5.2 case by case, for an official to sign; docs/consequences.md prints the same rows."""

from pathlib import Path

import pytest

from rewards.consequences import (
    Finding,
    RewardFinding,
    propose_operator_replacements,
    propose_rewards,
    propose_yellow_cards,
)
from tests.rewards.golden.reading import printed, rows, situation, tiers

DOCUMENT = Path(__file__).parents[3] / "docs" / "consequences.md"


def cases(name):
    return [pytest.param(row, id=row["情形"]) for row in rows(name)]


def outcome(findings: tuple[Finding, ...]) -> str:
    """`丙、丁(待市工信局决定)` or 无."""
    proposed = [finding for finding in findings if finding.proposed]
    open_question = (
        "(待市工信局决定)" if any(step.for_decision for finding in proposed for step in finding.path) else ""
    )
    return "、".join(finding.code for finding in proposed) + open_question or "无"


def path_of(findings, code) -> list[str]:
    (finding,) = [finding for finding in findings if finding.code == code]
    return [step.text for step in finding.path]


@pytest.mark.parametrize("row", cases("rewards"))
def test_reward(row):
    findings = propose_rewards(situation(row["输入名次"]).ranking, tiers(row["奖励标准"]))
    granted: list[RewardFinding] = [finding for finding in findings if finding.proposed]
    said = ";".join(f"{each.code}:{each.tier.name}{each.tier.amount}元" for each in granted if each.tier)
    assert (said or "无") == row["结论"]
    assert row["依据"] in path_of(findings, row["对象"])


@pytest.mark.parametrize("row", cases("yellow_cards"))
def test_yellow_card(row):
    findings = propose_yellow_cards(situation(row["输入名次"]).ranking)
    assert outcome(findings) == row["结论"]
    assert row["依据"] in path_of(findings, row["对象"])


@pytest.mark.parametrize("row", cases("operator_replacements"))
def test_operator_replacement(row):
    given = situation(row["输入名次"])
    findings = propose_operator_replacements(given.ranking, given.rankings[1:], given.operators_now)
    assert outcome(findings) == row["结论"]
    assert row["依据"] in path_of(findings, row["对象"])


@pytest.mark.parametrize("name", ["rewards", "yellow_cards", "operator_replacements"])
def test_the_document_prints_exactly_the_rows_that_are_tested(name):
    assert printed(name) in DOCUMENT.read_text(encoding="utf-8")
