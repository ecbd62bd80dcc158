"""Shapes of what the evaluation hands out: bundles, rankings, scorecards. One frozen object feeds page, CSV and
workbook alike; nothing is scored here."""
