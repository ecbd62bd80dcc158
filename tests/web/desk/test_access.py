"""Who gets into which page of the desk: the written rule, page by page and role by role, independent of the code's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.choices import Role

# page: bureau, city platform, county, auditor. A window account is always led away; strangers sign in.
GET = {
    "admin:index": (200, 200, 200, 200),
    "desk_import_hub": (200, 200, 403, 403),
    "desk_import_figures": (200, 200, 403, 403),
    "desk_gather": (200, 200, 403, 403),
    "desk_checks": (200, 200, 200, 200),
    "desk_assessors": (200, 200, 403, 200),
    "desk_batches": (200, 200, 403, 200),
    "desk_batch": (200, 200, 403, 200),
    "desk_plans": (200, 200, 403, 200),
    "desk_plan": (200, 403, 403, 403),
    "desk_plan_targets": (200, 403, 403, 403),
    "desk_plan_publish": (200, 403, 403, 403),
    "desk_plan_differences": (200, 200, 403, 200),
    "desk_plan_progress": (200, 200, 403, 200),
    "desk_systems": (200, 200, 403, 200),
    "desk_system": (200, 200, 403, 200),
    "desk_import_system": (200, 403, 403, 403),
    "desk_rankings": (200, 200, 403, 200),
    "desk_ranking": (200, 200, 403, 200),
    "desk_scorecard": (200, 200, 403, 200),
    "desk_summaries": (200, 200, 403, 200),
    "desk_summary_file": (200, 200, 403, 200),
    "desk_bulletins": (200, 200, 403, 200),
    "desk_bulletin": (200, 200, 403, 200),
    "desk_bulletin_pdf": (404, 404, 403, 404),
    "desk_publication": (302, 302, 403, 302),
    "desk_job": (200, 200, 404, 200),
    "admin:core_user_changelist": (200, 403, 403, 200),
    "admin:core_user_add": (200, 403, 403, 403),
    "admin:core_office_changelist": (302, 302, 302, 302),
    "admin:core_job_changelist": (200, 200, 403, 200),
    "admin:core_signinfailure_changelist": (200, 403, 403, 200),
    "desk_schedules": (200, 200, 403, 200),
    "admin:evaluation_indicatorsystem_changelist": (200, 200, 403, 200),
    "admin:evaluation_importbatch_changelist": (200, 200, 403, 200),
    "admin:evaluation_ranking_changelist": (200, 200, 403, 200),
    "admin:evaluation_scorecard_changelist": (200, 200, 403, 200),
    "admin:evaluation_bulletin_changelist": (200, 200, 403, 200),
    "admin:evaluation_annualsummary_changelist": (200, 200, 403, 200),
    "admin:evaluation_ranking_add": (403, 403, 403, 403),
    "admin:password_change": (302, 302, 302, 302),
}
# Steps answer to POST only, for everybody.
POST_ONLY = {
    "desk_score": (405, 405, 403, 405),
    "desk_plan_copy": (405, 403, 403, 403),
    "desk_system_step": (405, 405, 403, 405),
    "desk_ranking_step": (405, 405, 403, 405),
    "desk_bulletin_draft": (405, 405, 403, 403),
    "desk_bulletin_texts": (405, 405, 403, 403),
    "desk_bulletin_step": (405, 405, 403, 405),
    "desk_job_retry": (405, 405, 405, 405),
}
ROLES = (Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.AUDITOR)


def arguments(world) -> dict[str, list[object]]:
    return {
        "desk_batch": [world.batch.pk],
        "desk_plan": [world.draft.pk],
        "desk_plan_targets": [world.draft.pk],
        "desk_plan_publish": [world.draft.pk],
        "desk_plan_differences": [world.draft.pk],
        "desk_plan_progress": [world.system.pk],
        "desk_system": [world.system.pk],
        "desk_system_step": [world.system.pk, "retire"],
        "desk_ranking": [world.scored.pk],
        "desk_ranking_step": [world.scored.pk, "publish"],
        "desk_scorecard": [world.card.pk],
        "desk_publication": [world.published.pk],
        "desk_summary_file": [world.summary.pk],
        "desk_bulletin": [world.bulletin.pk],
        "desk_bulletin_pdf": [world.bulletin.pk],
        "desk_bulletin_texts": [world.bulletin.pk],
        "desk_bulletin_step": [world.bulletin.pk, "issue"],
        "desk_job": [world.job.pk],
        "desk_job_retry": [world.job.pk],
    }


def addresses(world) -> dict[str, str]:
    known = arguments(world)
    return {name: reverse(name, args=known.get(name, [])) for name in [*GET, *POST_ONLY]}


def test_each_role_opens_what_the_rule_says(world, signed_in):
    found: dict[str, list[int]] = {}
    for role in ROLES:
        client = signed_in(world.people[role])
        for name, address in addresses(world).items():
            found.setdefault(name, []).append(client.get(address).status_code)
    assert {name: tuple(codes) for name, codes in found.items()} == {**GET, **POST_ONLY}


def test_strangers_and_window_accounts_are_led_to_the_door(world, client, signed_in):
    window = signed_in(world.people[Role.WINDOW])
    pages = addresses(world)
    assert pages
    for name, address in pages.items():
        assert client.get(address).status_code == 302, name
        assert client.post(address).status_code == 302, name
        assert window.get(address).status_code == 302, name
        assert window.post(address).status_code in {302, 405}, name


def test_a_window_account_is_told_kindly_where_its_pages_are(world, signed_in):
    answer = signed_in(world.people[Role.WINDOW]).get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "您的窗口平台账号不需要进入" in answer.content.decode()


def test_the_door_of_the_desk_is_the_portals_sign_in(client, db):
    answer = client.get("/admin/login/?next=/admin/rankings/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_the_city_platform_sees_its_own_result_only_once_published(world, signed_in):
    own = world.published.ranking
    client = signed_in(world.people[Role.CITY_PLATFORM])
    assert client.get(reverse("desk_ranking", args=[own.pk])).status_code == 200
    working = type(own).objects.create(year=2026, platform_type="city_platform", edition=1, system=own.system)
    for role, status in ((Role.CITY_PLATFORM, 404), (Role.BUREAU, 200), (Role.AUDITOR, 200)):
        person = signed_in(world.people[role])
        assert person.get(reverse("desk_ranking", args=[working.pk])).status_code == status, role
        shown = reverse("admin:evaluation_ranking_change", args=[working.pk])
        assert person.get(shown).status_code == status, role
        listed = person.get(reverse("desk_rankings")).content.decode()
        assert ("2026年度市平台评价" in listed) is (status == 200), role
    step = reverse("desk_ranking_step", args=[working.pk, "score"])
    assert client.post(step).status_code == 404


def test_a_job_is_seen_by_whoever_asked_and_by_those_who_oversee(world, signed_in):
    other = signed_in(
        type(world.job.created_by).objects.create_user("other", role=Role.CITY_PLATFORM, full_name="演示")
    )
    assert other.get(reverse("desk_job", args=[world.job.pk])).status_code == 404
    listed = other.get(reverse("admin:core_job_changelist")).content.decode()
    assert str(world.job.pk) not in listed


def test_looking_at_the_desk_changes_nothing(world, signed_in):
    client = signed_in(world.people[Role.BUREAU])
    assert GET
    for name in GET:
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses(world)[name])
        writes = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
        assert writes == [], name


@pytest.mark.parametrize("model", ["indicatorsystem", "importbatch", "ranking", "scorecard", "bulletin"])
def test_records_of_a_workflow_are_read_only_in_the_admin(world, signed_in, model):
    objects = {
        "indicatorsystem": world.system,
        "importbatch": world.batch,
        "ranking": world.scored,
        "scorecard": world.card,
        "bulletin": world.bulletin,
    }
    client = signed_in(world.people[Role.BUREAU])
    shown = reverse(f"admin:evaluation_{model}_change", args=[objects[model].pk])
    assert client.get(shown).status_code == 200
    assert client.post(shown, {"status": "published"}).status_code == 403
    delete = reverse(f"admin:evaluation_{model}_delete", args=[objects[model].pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
