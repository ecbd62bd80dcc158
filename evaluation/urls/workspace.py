"""The platforms' workspace: what a platform's own accounts hand in and read about it."""

from django.urls import path

from evaluation.collection.views import workspace_figure as figure
from evaluation.collection.views import workspace_quarter as quarter
from evaluation.collection.views import workspace_receipts as receipts
from evaluation.home import workspace as home
from evaluation.register.views import workspace as register
from evaluation.summaries.views import workspace as summaries

urlpatterns = [
    path("", home.home, name="my_home"),
    path("summaries/<int:year>/", summaries.summaries, name="my_summaries"),
    path("receipts/<str:number>/", summaries.receipt, name="my_receipt"),
    path("summaries/<int:year>/outline.docx", summaries.outline, name="my_summary_outline"),
    path("receipts/<str:number>/text/", summaries.preview, name="my_summary_text"),
    path("receipts/<str:number>/file", summaries.summary_file, {"which": "document"}, name="my_summary_file"),
    path("receipts/<str:number>/stamped", summaries.summary_file, {"which": "stamped"}, name="my_summary_stamped"),
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
    path("recognitions/", register.recognitions, name="my_recognitions"),
]
