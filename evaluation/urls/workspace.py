"""The platforms' workspace: what a window account hands in and reads about its own platform."""

from django.urls import path

from evaluation.views import workspace

urlpatterns = [
    path("", workspace.home, name="my_home"),
    path("summaries/<int:year>/", workspace.summaries, name="my_summaries"),
    path("receipts/<str:number>/", workspace.receipt, name="my_receipt"),
    path("receipts/<str:number>/file", workspace.summary_file, name="my_summary_file"),
]
