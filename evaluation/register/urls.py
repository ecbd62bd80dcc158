"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.register.views import desk as desk_pages
from evaluation.register.views import workspace as workspace_pages

DESK = [
    path("recognition-overlaps/", desk_pages.register_overlaps, name="desk_recognition_overlaps"),
]
WORKSPACE = [
    path("recognitions/", workspace_pages.recognitions, name="my_recognitions"),
]
