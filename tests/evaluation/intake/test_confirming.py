"""A confirmation is of what was shown: this file, over this batch, with these differences."""

import pytest

from core.errors import Refusal
from evaluation.intake.actions import changes_of, import_reading
from tests.evaluation.intake.test_taking_in import other
from tests.evaluation.intake.workbooks import demo_content, edited, read, retotalled


@pytest.fixture
def first(registry):
    return import_reading(reading=read(demo_content("2025Q1")), by=None).batch


def test_what_was_confirmed_must_still_be_so(first):
    reading = read(other())
    digest = changes_of(reading).digest
    import_reading(reading=read(other(E13=20)), by=None, replace=True)
    with pytest.raises(Refusal, match="确认之后2025年第一季度的数据已有变化"):
        import_reading(reading=reading, by=None, expected_changes=digest)
    assert import_reading(reading=reading, by=None, expected_changes=changes_of(reading).digest).is_new


def test_a_confirmation_is_of_the_batch_that_was_shown(first):
    """The batch in force was replaced and what it said came back: the same differences, but not what was looked at."""
    reading = read(other())
    shown = changes_of(reading)
    import_reading(reading=read(other(E13=20)), by=None, replace=True)
    back = import_reading(reading=read(demo_content("2025Q1")), by=None, replace=True).batch
    assert (changes_of(reading).rows, changes_of(reading).batch) == (shown.rows, back)
    with pytest.raises(Refusal, match="确认之后2025年第一季度的数据已有变化"):
        import_reading(reading=reading, by=None, expected_changes=shown.digest)
    assert changes_of(reading).digest != shown.digest


def test_a_confirmation_is_of_the_file_that_was_shown(first):
    """Another file with the same differences needs a confirmation of its own."""
    shown = changes_of(read(other()))
    same = read(edited({"E13": 16, "H14": 9, "A24": "注:另存"}, change=retotalled))
    assert changes_of(same).rows == shown.rows
    with pytest.raises(Refusal, match="确认之后2025年第一季度的数据已有变化"):
        import_reading(reading=same, by=None, expected_changes=shown.digest)
