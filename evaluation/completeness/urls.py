"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.completeness import views

DESK = [
    path("completeness/", views.newest, name="desk_completeness"),
    path("completeness/<str:code>/", views.heat_map, name="desk_completeness_of"),
    path("completeness/<str:code>/figures/", views.figures, name="desk_completeness_figures"),
    path("completeness/<str:code>/reminders/", views.reminder_list, name="desk_reminder_list"),
    path("completeness/<str:code>/reminders.xlsx", views.reminder_list_workbook, name="desk_reminder_workbook"),
    path("completeness/<str:code>/remind/", views.remind, name="desk_remind"),
]
