"""A section of which nothing applies has no total: the checks of a bundle refuse it, and no sum passes it by."""

import pytest

from evaluation.scoring.totals import NothingApplicableError, section_over_categories, section_over_indicators


@pytest.mark.parametrize("over", [section_over_categories, section_over_indicators])
@pytest.mark.parametrize("categories", [[], [(None, 0, 100)]])
def test_nothing_applicable_has_no_total(over, categories):
    with pytest.raises(NothingApplicableError):
        over(categories, 100)
