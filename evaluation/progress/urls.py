"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.progress import views

DESK = [
    path("plans/<int:pk>/progress/", views.progress, name="desk_plan_progress"),
]
