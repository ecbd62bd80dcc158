"""Desk addresses of what every app uses, mounted under admin/ before the admin site's own."""

from django.urls import path

from core.views import changes, desk

urlpatterns = [
    path("changes/<uuid:pk>/", changes.change, name="desk_change"),
    path("changes/<uuid:pk>/<slug:step>/", changes.change_step, name="desk_change_step"),
    path("schedules/", desk.schedules, name="desk_schedules"),
    path("jobs/<uuid:pk>/", desk.job, name="desk_job"),
    path("jobs/<uuid:pk>/retry/", desk.retry_job, name="desk_job_retry"),
]
