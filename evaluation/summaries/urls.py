"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.summaries.views import desk as desk_pages
from evaluation.summaries.views import workspace

DESK = [
    path("summaries/", desk_pages.summaries, name="desk_summaries"),
    path("summaries/<int:pk>/", desk_pages.summary, name="desk_summary"),
    path("summaries/<int:pk>/file", desk_pages.file, {"which": "document"}, name="desk_summary_file"),
    path("summaries/<int:pk>/stamped", desk_pages.file, {"which": "stamped"}, name="desk_summary_stamped"),
]
WORKSPACE = [
    path("summaries/<int:year>/", workspace.summaries, name="my_summaries"),
    path("receipts/<str:number>/", workspace.receipt, name="my_receipt"),
    path("summaries/<int:year>/outline.docx", workspace.outline, name="my_summary_outline"),
    path("receipts/<str:number>/text/", workspace.preview, name="my_summary_text"),
    path("receipts/<str:number>/file", workspace.summary_file, {"which": "document"}, name="my_summary_file"),
    path("receipts/<str:number>/stamped", workspace.summary_file, {"which": "stamped"}, name="my_summary_stamped"),
]
