"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.intake.views import desk as desk_pages

DESK = [
    path("imports/hub/", desk_pages.import_hub, name="desk_import_hub"),
    path("imports/hub/<uuid:token>/", desk_pages.preview_hub, name="desk_preview_hub"),
    path("imports/figures/", desk_pages.import_figures, name="desk_import_figures"),
    path("imports/figures/<uuid:token>/", desk_pages.preview_figures, name="desk_preview_figures"),
    path("batches/", desk_pages.batches, name="desk_batches"),
    path("batches/<int:pk>/", desk_pages.batch, name="desk_batch"),
]
