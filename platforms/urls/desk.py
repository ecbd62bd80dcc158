"""Desk addresses of the registry, mounted under admin/ before the admin site's own."""

from django.urls import path

from platforms.views import people

urlpatterns = [
    path("people/", people.desk_people, name="desk_people"),
    path("people/<int:pk>/<slug:step>/", people.desk_people_step, name="desk_people_step"),
]
