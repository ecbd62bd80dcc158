"""Desk addresses of what every app uses, mounted under admin/ before the admin site's own."""

from django.urls import path

from core.views import desk

urlpatterns = [
    path("schedules/", desk.schedules, name="desk_schedules"),
    path("jobs/<uuid:pk>/", desk.job, name="desk_job"),
    path("jobs/<uuid:pk>/retry/", desk.retry_job, name="desk_job_retry"),
]
