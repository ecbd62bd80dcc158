"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.home import public as public_pages
from evaluation.home import workspace as workspace_pages

PUBLIC = [
    path("", public_pages.home, name="home"),
]
WORKSPACE = [
    path("", workspace_pages.home, name="my_home"),
]
