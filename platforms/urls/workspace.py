"""The workspace's pages of the registry: a unit's own people, the enterprises it serves."""

from django.urls import path

from platforms.views import guidance, people, workspace

urlpatterns = [
    path("people/", people.my_people, name="my_people"),
    path("people/<int:pk>/<slug:step>/", people.my_people_step, name="my_people_step"),
    path("services/", workspace.services, name="my_services"),
    path("services/add/", workspace.add_service, name="my_service_add"),
    path("services/import/", workspace.import_list, name="my_services_import"),
    path("services/import/<uuid:token>/", workspace.preview_list, name="my_services_preview"),
    path("services/jobs/<uuid:pk>/", workspace.import_job, name="my_services_job"),
    path("services/<int:pk>/withdraw/", workspace.withdraw, name="my_service_withdraw"),
    path("guidance/<int:pk>/acknowledge", guidance.acknowledge, name="my_guidance_acknowledge"),
]
