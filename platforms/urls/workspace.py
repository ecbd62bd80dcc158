"""The workspace's pages of the registry: a unit's own people."""

from django.urls import path

from platforms.views import people

urlpatterns = [
    path("people/", people.my_people, name="my_people"),
    path("people/<int:pk>/<slug:step>/", people.my_people_step, name="my_people_step"),
]
