"""The platforms' own page about what a year's result may bring, mounted under my/."""

from django.urls import path

from rewards.views import workspace

urlpatterns = [path("standing/<int:year>/", workspace.standing, name="my_standing")]
