from evaluation.collection.models.reporting_period import ReportingPeriod
from evaluation.collection.models.submission import Evidence, Submission, SubmissionReceipt, SubmittedFigure

__all__ = ["Evidence", "ReportingPeriod", "Submission", "SubmissionReceipt", "SubmittedFigure"]
