"""Desk addresses of the evaluation, mounted under admin/ before the admin site's own."""

from django.urls import path

from evaluation.bulletin.views import desk as bulletins
from evaluation.collection.views import desk_checking as checking
from evaluation.collection.views import desk_periods as periods
from evaluation.completeness import views as completeness
from evaluation.gathering.views import desk as gathering
from evaluation.intake.views import desk as imports
from evaluation.marking.views import desk as assessors
from evaluation.progress import views as progress
from evaluation.ranking.views import desk as rankings
from evaluation.register.views import desk as register
from evaluation.summaries.views import desk as summaries
from evaluation.systems.views import desk_plans_drafts as drafts
from evaluation.systems.views import desk_plans_versions as versions
from evaluation.systems.views import desk_systems as systems

urlpatterns = [
    path("imports/hub/", imports.import_hub, name="desk_import_hub"),
    path("imports/hub/<uuid:token>/", imports.preview_hub, name="desk_preview_hub"),
    path("imports/figures/", imports.import_figures, name="desk_import_figures"),
    path("imports/figures/<uuid:token>/", imports.preview_figures, name="desk_preview_figures"),
    path("batches/", imports.batches, name="desk_batches"),
    path("batches/<int:pk>/", imports.batch, name="desk_batch"),
    path("periods/", periods.periods, name="desk_periods"),
    path("periods/open/", periods.begin, name="desk_period_open"),
    path("periods/<int:pk>/", periods.period, name="desk_period"),
    path("periods/<int:pk>/<slug:step>/", periods.take, name="desk_period_step"),
    path("gathering/", gathering.gather, name="desk_gather"),
    path("checks/", checking.queue, name="desk_checks"),
    path("checks/<int:pk>/", checking.submission, name="desk_check"),
    path("checks/<int:pk>/accept/", checking.accept, name="desk_check_accept"),
    path("checks/figures/<int:pk>/<slug:step>/", checking.take, name="desk_check_step"),
    path("evidence/<int:pk>/file", checking.evidence_file, name="desk_evidence_file"),
    path("assessors/", assessors.assessors, name="desk_assessors"),
    path("assessors/<int:pk>/dismiss/", assessors.dismiss, name="desk_assessor_dismiss"),
    path("assessors/<int:year>/<slug:platform_type>/appoint/", assessors.appoint, name="desk_assessor_appoint"),
    path("assessors/<int:year>/<slug:platform_type>/marks/", assessors.marking, name="desk_marking"),
    path("assessors/<int:year>/<slug:platform_type>/comparison/", assessors.comparison, name="desk_marks_compared"),
    path("systems/", systems.indicator_systems, name="desk_systems"),
    path("systems/import/", systems.import_file, name="desk_import_system"),
    path("systems/<int:pk>/", systems.indicator_system, name="desk_system"),
    path("systems/<int:pk>/<slug:step>/", systems.take, name="desk_system_step"),
    path("plans/", versions.plans, name="desk_plans"),
    path("plans/copy/", versions.copy, name="desk_plan_copy"),
    path("plans/<int:pk>/", drafts.plan, name="desk_plan"),
    path("plans/<int:pk>/targets/", drafts.targets, name="desk_plan_targets"),
    path("plans/<int:pk>/differences/", versions.differences, name="desk_plan_differences"),
    path("plans/<int:pk>/publish/", drafts.publish, name="desk_plan_publish"),
    path("plans/<int:pk>/progress/", progress.progress, name="desk_plan_progress"),
    path("rankings/", rankings.rankings, name="desk_rankings"),
    path("rankings/score/", rankings.score, name="desk_score"),
    path("rankings/<int:pk>/", rankings.ranking, name="desk_ranking"),
    path("rankings/<int:pk>/<slug:step>/", rankings.take, name="desk_ranking_step"),
    path("scorecards/<int:pk>/", rankings.scorecard, name="desk_scorecard"),
    path("publications/<int:pk>/", rankings.publication, name="desk_publication"),
    path("completeness/", completeness.newest, name="desk_completeness"),
    path("completeness/<str:code>/", completeness.heat_map, name="desk_completeness_of"),
    path("completeness/<str:code>/figures/", completeness.figures, name="desk_completeness_figures"),
    path("completeness/<str:code>/reminders/", completeness.reminder_list, name="desk_reminder_list"),
    path("completeness/<str:code>/reminders.xlsx", completeness.reminder_list_workbook, name="desk_reminder_workbook"),
    path("completeness/<str:code>/remind/", completeness.remind, name="desk_remind"),
    path("summaries/", summaries.summaries, name="desk_summaries"),
    path("summaries/<int:pk>/", summaries.summary, name="desk_summary"),
    path("summaries/<int:pk>/file", summaries.file, {"which": "document"}, name="desk_summary_file"),
    path("summaries/<int:pk>/stamped", summaries.file, {"which": "stamped"}, name="desk_summary_stamped"),
    path("recognition-overlaps/", register.register_overlaps, name="desk_recognition_overlaps"),
    path("bulletins/", bulletins.bulletins, name="desk_bulletins"),
    path("bulletins/draft/", bulletins.draft, name="desk_bulletin_draft"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="desk_bulletin"),
    path("bulletins/<int:pk>/bulletin.pdf", bulletins.pdf, name="desk_bulletin_pdf"),
    path("bulletins/<int:pk>/texts/", bulletins.write_texts, name="desk_bulletin_texts"),
    path("bulletins/<int:pk>/<slug:step>/", bulletins.take, name="desk_bulletin_step"),
]
