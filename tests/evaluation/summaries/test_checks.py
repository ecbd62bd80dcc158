"""Headings of the annual summary's outline: found however people number and write them, missing ones named."""

import pytest

from core.paper.punctuation import full_width
from evaluation.summaries.checks import OUTLINE, heading_level, missing_headings

WHOLE = [str(heading) for heading in OUTLINE]


def test_the_outline_itself_lacks_nothing():
    assert missing_headings(WHOLE) == []
    assert missing_headings([full_width(line) for line in WHOLE]) == []


@pytest.mark.parametrize("left_out", range(len(OUTLINE)))
def test_what_is_left_out_is_named_as_the_outline_prints_it(left_out):
    assert missing_headings(WHOLE[:left_out] + WHOLE[left_out + 1 :]) == [WHOLE[left_out]]


@pytest.mark.parametrize(
    "line",
    [
        "四、典型服务案例(2个)",
        "4. 典型服务案例",
        "第四部分 典型服务案例",
        "  四、 典型 服务 案例 :",
        "典型服务案例",
    ],
)
def test_numbering_spaces_and_what_follows_do_not_matter(line):
    assert "四、典型服务案例" not in missing_headings([line])
    assert heading_level(line) == 1


@pytest.mark.parametrize(
    "line",
    ["本年度典型服务案例很多", "典型服务案例见附件,其中第一个案例是演示企业的设备改造,为企业节省了成本", "", "案例"],
)
def test_text_that_mentions_the_words_is_no_heading(line):
    assert "四、典型服务案例" in missing_headings([line])
    assert heading_level(line) is None
