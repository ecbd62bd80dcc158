"""Desk addresses of the registry, mounted under admin/ before the admin site's own."""

from django.urls import path

from platforms.views import accounts, desk, guidance, people

urlpatterns = [
    path("accounts/<int:pk>/sign-in/", accounts.ask_sign_in, name="desk_ask_sign_in"),
    path("people/", people.desk_people, name="desk_people"),
    path("people/<int:pk>/<slug:step>/", people.desk_people_step, name="desk_people_step"),
    path("recognition-lists/", desk.recognition_lists, name="desk_recognition_lists"),
    path("recognition-lists/import/", desk.import_list, name="desk_import_recognitions"),
    path("recognition-lists/import/<uuid:token>/", desk.preview_list, name="desk_preview_recognitions"),
    path("recognition-lists/<int:pk>/", desk.recognition_list, name="desk_recognition_list"),
    path("services/", desk.services, name="desk_services"),
    path("guidance/", guidance.guidance, name="desk_guidance"),
    path("guidance/<str:code>/", guidance.platform_guidance, name="desk_platform_guidance"),
]
