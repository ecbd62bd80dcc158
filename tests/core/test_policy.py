"""The policy text: every clause has its code, its place on the page and the name people use."""

import json
from pathlib import Path

import pytest

from core.policy import citation, clause, clauses, has_clause, policies

SYSTEMS = sorted((Path(__file__).resolve().parents[2] / "demo" / "systems").glob("*.json"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("M6(2)", "《管理办法》第六条第(二)项"),
        ("M1", "《管理办法》第一条"),
        ("R0", "《实施细则》引言"),
        ("R3", "《实施细则》第三条"),
        ("R3.5", "《实施细则》第三条第(五)项"),
        ("R3.1(1)", "《实施细则》第三条第(一)项第1目"),
        ("R4.2(2)", "《实施细则》第四条第(二)项第2目"),
        ("R12", "《实施细则》第十二条"),
    ],
)
def test_citation_as_people_write_it(code, expected):
    assert citation(code) == expected


def test_both_documents_are_complete():
    measures, rules = policies()
    assert measures.title == "株洲市中小企业公共服务体系建设及管理办法"
    assert rules.title == "株洲市中小企业公共服务平台运营管理绩效评价实施细则"
    assert [c.code for c in measures.clauses if c.level == 1] == [f"M{n}" for n in range(1, 9)]
    assert [c.code for c in rules.clauses if c.level == 1] == [f"R{n}" for n in range(6)]
    assert (len(measures.clauses), len(rules.clauses)) == (18, 26)


def test_clause_text_and_anchor():
    found = clause("R4.2(2)")
    assert found.text.startswith("年评价:市平台结合省枢纽平台调取的各平台运营指标数据")
    assert found.anchor == "R4-2-2"
    assert "《**中小企业公共服务平台**年度工作总结》" in clause("R4.3").text  # the source's own placeholders
    assert not has_clause("R9.9")


def test_anchors_are_unique():
    anchors = [c.anchor for c in clauses().values()]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_every_clause_of_the_proposed_systems_exists(path):
    def codes(node):
        if isinstance(node, dict):
            yield from ([node["clause"]] if "clause" in node else [])
            for value in node.values():
                yield from codes(value)
        elif isinstance(node, list):
            for value in node:
                yield from codes(value)

    found = set(codes(json.loads(path.read_text(encoding="utf-8"))))
    assert found and all(has_clause(code) for code in found)
