"""Numbers are read strictly: every accepted and every refused form is decided here."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files.excel.cells import amount_of, column_letter, column_number, text_of


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (None, None),
        ("", None),
        ("  \u3000 ", None),
        (0, "0"),
        (12, "12"),
        (Decimal("72.47"), "72.47"),
        ("37", "37"),
        (" 37 ", "37"),
        ("\u300037\u3000", "37"),
        ("１２３", "123"),
        ("１，２３４．５", "1234.5"),
        ("1,234.50", "1234.50"),
        ("12,345,678", "12345678"),
        ("0.5", "0.5"),
        ("007", "7"),
    ],
)
def test_accepted(cell, amount):
    assert amount_of(cell) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("#REF!", "错误值"),
        ("#DIV/0!", "错误值"),
        ("#N/A", "错误值"),
        ("TRUE", "逻辑值"),
        (True, "逻辑值"),
        ("NaN", "不是数字"),
        ("inf", "不是数字"),
        ("-0", "负零"),
        (Decimal("-0"), "负零"),
        ("−0", "负零"),
        ("-5", "负数"),
        (-5, "负数"),
        ("(5)", "负数"),
        ("85%", "百分号"),
        ("85 ％", "百分号"),
        ("1e400", "科学计数法"),
        ("9.1E+17", "科学计数法"),
        ("0x1F", "十六进制"),
        ("1_000", "下划线"),
        ("=1+1", "公式"),
        ("＝1+1", "公式"),
        ("+5", "正号"),
        ("1,23", "千位分隔符"),
        ("12,34,567", "千位分隔符"),
        ("1234,567", "千位分隔符"),
        (",5", "千位分隔符"),
        ("1.2.3", "小数点"),
        (".5", "小数点"),
        ("5.", "小数点"),
        ("五", "不是数字"),
        ("12家", "不是数字"),
        ("1 2", "不是数字"),
        ("٣", "不是数字"),
        ("1234567890123456", "超过15位"),
        (date(2025, 3, 31), "日期"),
    ],
)
def test_refused_with_its_reason(cell, reason):
    with pytest.raises(ValueError, match=reason):
        amount_of(cell)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_reason(text):
    try:
        amount = amount_of(text)
    except ValueError as error:
        assert str(error)
    else:
        assert amount is None or (amount.is_finite() and amount >= 0)


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_written_number_reads_back(amount):
    assert amount_of(f"{amount:f}") == amount
    assert amount_of(f"{amount:,f}") == amount


@given(st.integers(min_value=0, max_value=20_000))
def test_column_letters_and_numbers_agree(index):
    assert column_number(column_letter(index)) == index + 1


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (" a ", "a"), (12, "12"), (Decimal("1.50"), "1.50"), (date(2025, 3, 1), "2025-03-01"), (True, "TRUE")],
)
def test_text_of(cell, text):
    assert text_of(cell) == text
