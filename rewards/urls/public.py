"""Addresses for citizens; they never change their meaning."""

from django.urls import path

from rewards.views import public

urlpatterns = [
    path("consequences/", public.consequences, name="consequences"),
    path("consequences/<int:year>/", public.consequences, name="consequences_of_year"),
]
