"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.marking.views import desk as desk_pages

DESK = [
    path("assessors/", desk_pages.assessors, name="desk_assessors"),
    path("assessors/<int:pk>/dismiss/", desk_pages.dismiss, name="desk_assessor_dismiss"),
    path("assessors/<int:year>/<slug:platform_type>/appoint/", desk_pages.appoint, name="desk_assessor_appoint"),
    path("assessors/<int:year>/<slug:platform_type>/marks/", desk_pages.marking, name="desk_marking"),
    path("assessors/<int:year>/<slug:platform_type>/comparison/", desk_pages.comparison, name="desk_marks_compared"),
]
