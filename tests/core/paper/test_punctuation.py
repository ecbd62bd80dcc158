"""Chinese punctuation stands beside Chinese characters, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paper.punctuation import full_width, full_width_html

WIDE = str.maketrans(",:;!?()", "\uff0c\uff1a\uff1b\uff01\uff1f\uff08\uff09")


def wide(text: str) -> str:
    return text.translate(WIDE)


@pytest.mark.parametrize(
    "text", ["演示(1),见附件:甲;乙", "县(市、区)窗口(甲(乙)丙)", "第(二)项", "进度(2)", "x(1)中", "完成12.5%,比上季"]
)
def test_beside_chinese_every_mark_is_wide(text):
    assert full_width(text) == wide(text)


@pytest.mark.parametrize("text", ["1,200", "9:30", "a,b", "(a),b", "K1,K6", "f(x)", "66.7%(2)", "12/40"])
def test_between_digits_and_letters_nothing_changes(text):
    assert full_width(text) == text


def test_tags_style_sheets_and_entities_stay():
    html = '<style>p { font: 1pt "黑体", serif }</style><p title="甲,乙">甲,乙&amp;丙&#x27;丁</p>'
    assert full_width_html(html) == html.replace(">甲,乙", f">{wide('甲,乙')}")


@given(st.text(alphabet="甲1a,:;()。、 %"))
def test_once_is_enough(text):
    assert full_width(full_width(text)) == full_width(text)
