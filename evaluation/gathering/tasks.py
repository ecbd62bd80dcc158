"""Background gathering: one action."""

from core.jobs import Arguments, Effect, Report
from evaluation.gathering.actions import read_collected
from evaluation.intake.actions import import_reading

GATHERING, STORING = "正在汇总报送数据、评委评分和企业认定", "正在写入数据"


def gather(arguments: Arguments, report: Report) -> Effect:
    """Collects outside the transaction; the effect stores in the one that marks the job done."""
    report(0, 2, GATHERING)
    reading = read_collected(year=arguments["year"])
    report(1, 2, STORING)
    expected, by = arguments["expected_changes"], arguments["by"]
    return lambda: import_reading(reading=reading, by=by, expected_changes=expected).as_result()
