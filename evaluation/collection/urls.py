"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.collection.views import desk_checking as checking
from evaluation.collection.views import desk_periods as periods
from evaluation.collection.views import workspace_figure as figure
from evaluation.collection.views import workspace_quarter as quarter
from evaluation.collection.views import workspace_receipts as receipts

DESK = [
    path("periods/", periods.periods, name="desk_periods"),
    path("periods/open/", periods.begin, name="desk_period_open"),
    path("periods/<int:pk>/", periods.period, name="desk_period"),
    path("periods/<int:pk>/<slug:step>/", periods.take, name="desk_period_step"),
    path("checks/", checking.queue, name="desk_checks"),
    path("checks/<int:pk>/", checking.submission, name="desk_check"),
    path("checks/<int:pk>/accept/", checking.accept, name="desk_check_accept"),
    path("checks/figures/<int:pk>/<slug:step>/", checking.take, name="desk_check_step"),
    path("evidence/<int:pk>/file", checking.evidence_file, name="desk_evidence_file"),
]
WORKSPACE = [
    path("submissions/<str:code>/", quarter.quarter, name="my_submission"),
    path("submissions/<str:code>/save", quarter.save, name="my_submission_save"),
    path("submissions/<str:code>/figures/<str:indicator>/", figure.figure, name="my_figure"),
    path("submissions/<str:code>/figures/<str:indicator>/evidence/<int:pk>", figure.evidence_file, name="my_evidence"),
    path(
        "submissions/<str:code>/figures/<str:indicator>/evidence/<int:pk>/remove",
        figure.remove,
        name="my_evidence_remove",
    ),
    path("submission-receipts/<str:number>/", receipts.receipt, name="my_submission_receipt"),
    path("submission-receipts/<str:number>/receipt.json", receipts.document, name="my_submission_document"),
]
