"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.gathering.views import desk as desk_pages

DESK = [
    path("gathering/", desk_pages.gather, name="desk_gather"),
]
