"""Desk addresses, mounted under admin/ before the admin site's own."""

from django.urls import path

from rewards.views import desk

urlpatterns = [
    path("consequences/", desk.desk_page(desk.consequences), name="desk_consequences"),
    path("consequences/<int:pk>/", desk.desk_page(desk.publication), name="desk_consequences_publication"),
    path("consequences/<int:pk>/propose/", desk.desk_page(desk.propose), name="desk_consequences_propose"),
    path("consequences/<slug:kind>/<int:pk>/", desk.desk_page(desk.decision), name="desk_consequences_decision"),
    path("consequences/<slug:kind>/<int:pk>/letter.pdf", desk.desk_page(desk.letter), name="desk_consequences_letter"),
]
