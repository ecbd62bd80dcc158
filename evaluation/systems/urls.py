"""The addresses of this slice, by audience."""

from django.urls import path

from evaluation.systems.views import desk_plans_drafts as plans_drafts
from evaluation.systems.views import desk_plans_versions as plans_versions
from evaluation.systems.views import desk_systems as systems
from evaluation.systems.views import public as public_pages

PUBLIC = [
    path("indicator-systems/", public_pages.indicator_systems, name="indicator_systems"),
    path("indicator-systems/<str:code>/v<int:version>/", public_pages.indicator_system, name="indicator_system"),
]
DESK = [
    path("systems/", systems.indicator_systems, name="desk_systems"),
    path("systems/import/", systems.import_file, name="desk_import_system"),
    path("systems/<int:pk>/", systems.indicator_system, name="desk_system"),
    path("systems/<int:pk>/<slug:step>/", systems.take, name="desk_system_step"),
    path("plans/", plans_versions.plans, name="desk_plans"),
    path("plans/copy/", plans_versions.copy, name="desk_plan_copy"),
    path("plans/<int:pk>/", plans_drafts.plan, name="desk_plan"),
    path("plans/<int:pk>/targets/", plans_drafts.targets, name="desk_plan_targets"),
    path("plans/<int:pk>/differences/", plans_versions.differences, name="desk_plan_differences"),
    path("plans/<int:pk>/publish/", plans_drafts.publish, name="desk_plan_publish"),
]
