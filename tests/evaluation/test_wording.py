"""Stored figures in words: no code of a program where a person reads."""

from decimal import Decimal

import pytest

from evaluation.intake.checks.figures import StoredFigure
from evaluation.intake.queries.imports import figure_text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (StoredFigure("reported", Decimal("12.000000"), None, None), "12"),
        (StoredFigure("reported", Decimal(3), Decimal("4.5"), None), "3/4.5"),
        (StoredFigure("reported", None, None, {"returned": "0", "late": "1"}), "迟报1、退回0"),
        (StoredFigure("reported", None, None, ["website", "other_channel"]), "网站、微信公众号等其他渠道"),
        (StoredFigure("reported", None, None, []), "无"),
        (StoredFigure("reported", None, None, ["91.5", "88"]), "91.5、88"),
        (StoredFigure("missing", None, None, None), "未报"),
        (StoredFigure("not_applicable", None, None, None), "不适用"),
    ],
)
def test_a_stored_figure_as_people_read_it(figure, text):
    assert figure_text(figure) == text
