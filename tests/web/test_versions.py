"""Every form that changes what is there says what its page showed: every change form of the admin and every POST of the
portal, found by themselves. Without a version, or with an old one, nothing is written and it is said."""

import inspect
from typing import Any

import pytest
from django.contrib import admin, messages
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from core.typed.versions import CHANGED, MISSING
from tests.factories import MembershipFactory
from tests.forms import Browser, form_on, press, seen_at
from tests.web.test_access import business_tables, contents
from tests.web.world import World, build_world, every_name

# Views that take a POST and no version, each with the reason.
CREATES = "adds a row and changes none that a page showed"
BOUND = "bound to the digest of the changes that its page showed; the import refuses another (`_check_confirmed`)"
ITSELF = "every row of the form has a version of its own, judged by the action"
OWN = "one's own sign-in: the password or a code decides, nothing of others is shown"
STAMP = "a stamp on a row that never changes otherwise; a second one is refused or says the same"
EXEMPT = {
    "desk_change_step": ITSELF,
    "desk_ask_sign_in": CREATES,
    "my_submission": ITSELF,
    "my_submission_save": ITSELF,
    "desk_check_accept": ITSELF,
    "desk_check_step": ITSELF,
    "my_figure": CREATES,
    "my_summaries": CREATES,
    "my_service_add": CREATES,
    "my_services_import": CREATES,
    "my_services_preview": CREATES,
    "my_people": CREATES,
    "desk_people": CREATES,
    "desk_platform_guidance": CREATES,
    "desk_remind": CREATES,
    "desk_assessor_appoint": CREATES,
    "desk_period_open": CREATES,
    "desk_bulletin_draft": CREATES,
    "desk_import_system": CREATES,
    "desk_plan_copy": CREATES,
    "desk_import_hub": CREATES,
    "desk_import_figures": CREATES,
    "desk_import_recognitions": CREATES,
    "desk_preview_recognitions": CREATES,
    "desk_preview_hub": BOUND,
    "desk_preview_figures": BOUND,
    "desk_gather": BOUND,
    "desk_score": "asks for a job that reads the facts of then; what it replaces it holds itself",
    "desk_consequences_propose": "asks for a job that reads the facts of then; what is decided it leaves alone",
    "desk_job_retry": "a job that stopped; one that runs again is refused",
    "desk_assessor_dismiss": STAMP,
    "my_guidance_acknowledge": STAMP,
    "my_service_withdraw": STAMP,
    "kept_let_go": "only what this account itself typed and could not send",
}
ADMIN_EXEMPT = {
    "admin:core_user_add": CREATES,
    "admin:login": OWN,
    "admin:logout": OWN,
    "admin:password_change": OWN,
}
STEPS = {  # a move that the sample's status allows, where the sample of the table of answers names another
    "desk_ranking_step": "score",
}


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def view_of(world: World, name: str):
    return resolve(world.address(name)).func


def takes_post(world: World, name: str) -> bool:
    """Asked of the view itself, in a transaction that is taken back."""
    with transaction.atomic():
        answers = {world.client(role).post(world.address(name)).status_code for role in ("bureau", "window", "county")}
        transaction.set_rollback(True)
    return bool(answers - {404, 405})


def portal_names() -> list[str]:
    others = ("admin:", "account_", "mfa_", "socialaccount_", "usersessions_", "openid_")
    return [name for name in every_name() if not name.startswith(others)]


def versioned_names(world: World) -> list[str]:
    return [name for name in portal_names() if hasattr(view_of(world, name), "shown")]


def test_every_post_of_the_portal_carries_a_version_or_says_why_not(world):
    taking = {name for name in portal_names() if takes_post(world, name)}
    versioned = set(versioned_names(world))
    public = {name for name in taking if not getattr(view_of(world, name), "login_required", True)}
    reading = {name for name in taking if _only_reads(view_of(world, name))}
    assert taking - versioned - public - reading - set(EXEMPT) == set()
    assert set(EXEMPT) <= set(portal_names()) and not set(EXEMPT) & versioned


def _only_reads(view) -> bool:
    """Pages that look at no POST at all."""
    return "POST" not in inspect.getsource(inspect.unwrap(view))


WHO = {"my_": "window", "desk_people_step": "county", "desk_marking": "city_platform"}


def client_for(world: World, name: str) -> Client:
    role = WHO.get(name) or next((role for start, role in WHO.items() if name.startswith(start)), "bureau")
    client = Browser()
    person = world.people[role]
    assert person is not None
    client.force_login(person, backend="core.identity.roles.RoleBackend")
    return client


def sample(world: World, name: str) -> str:
    """An address that this person sees, with rows behind it."""
    if name in ("my_people_step", "desk_people_step"):
        return people_step(world, name)
    address = world.address(name)
    if name == "my_evidence_remove":
        return address
    arguments = world.samples[name]
    return reverse(name, args=[*arguments[:-1], STEPS[name]]) if name in STEPS else address


def people_step(world: World, name: str) -> str:
    person = world.people[WHO.get(name, "window")]
    assert person is not None
    own = person.membership
    user = {"user__role": own.user.role}
    colleague = MembershipFactory.create(platform=own.platform, region=own.region, **user)
    return reverse(name, args=[colleague.pk, "switch-off"])


VERSIONED = (
    "desk_bulletin_step",
    "desk_bulletin_texts",
    "desk_consequences_decision",
    "desk_marking",
    "desk_people_step",
    "desk_period_step",
    "desk_plan",
    "desk_plan_targets",
    "desk_ranking_step",
    "desk_system_step",
    "my_evidence_remove",
    "my_people_step",
)


def test_the_list_of_versioned_views_is_whole(world):
    assert sorted(versioned_names(world)) == sorted(VERSIONED)


@pytest.mark.parametrize("name", VERSIONED)
def test_a_post_without_a_version_or_with_an_old_one_writes_nothing_and_says_so(world, name):
    client, address = client_for(world, name), sample(world, name)
    now = seen_at(client, address)
    assert now, "the sample has rows"
    first, *rest = now.split("-")
    old = "-".join([str(int(first) - 1), *rest])
    tables = [table for table in business_tables() if table != "core_keptform"]
    for fields, said in (({}, MISSING), ({"seen": ""}, MISSING), ({"seen": "x"}, MISSING), ({"seen": old}, CHANGED)):
        client = client_for(world, name)
        before = contents(tables)
        answer = client.post(address, {"reason": "演示", **fields})
        assert answer.status_code == 302, (name, fields, answer.status_code)
        told = [str(message) for message in messages.get_messages(answer.wsgi_request)]
        assert said in told, (name, fields, told)
        assert contents(tables) == before, (name, fields)


@pytest.mark.parametrize("name", VERSIONED)
def test_control_with_the_version_of_now_the_view_itself_answers(world, name):
    """Shows that it is the version that the test above is refused for."""
    client, address = client_for(world, name), sample(world, name)
    answer = press(client, address, {"reason": "演示"})
    told = [str(message) for message in messages.get_messages(answer.wsgi_request)]
    assert not {MISSING, CHANGED} & set(told), name


def change_forms(world: World) -> list[str]:
    """Names of the change pages whose form somebody may send."""
    found = []
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        request: Any = Client().get("/accounts/login/").wsgi_request
        request.user = world.people["bureau"]
        if model_admin.has_change_permission(request):
            found.append(name)
    return found


def test_every_change_form_of_the_admin_is_refused_without_a_version_or_with_an_old_one(world):
    client, tables = client_for(world, "admin"), [each for each in business_tables() if each != "core_keptform"]
    names = change_forms(world)
    assert len(names) >= 8
    for name in names:
        address = world.address(name)
        form = form_on(client.get(address), address)
        assert form.get("seen", "").replace("-", "").isdecimal(), f"{name} carries no version"
        old = "-".join(str(int(number) + 1) for number in form["seen"].split("-"))
        before = contents(tables)
        for seen, said in (({}, MISSING), ({"seen": ""}, MISSING), ({"seen": old}, CHANGED)):
            answer = client.post(address, {**{key: text for key, text in form.items() if key != "seen"}, **seen})
            assert answer.status_code == 200 and said in answer.content.decode(), (name, seen)
            assert contents(tables) == before, (name, seen)
        control = client.post(address, form)
        assert control.status_code == 302 or not {MISSING, CHANGED} & set(_errors(control)), f"{name}: the control"


def _errors(answer) -> list[str]:
    return [str(error) for error in answer.context["adminform"].form.non_field_errors()]


def test_every_deletion_of_the_admin_is_refused_without_a_version_or_with_an_old_one(world):
    client, tables = client_for(world, "admin"), [each for each in business_tables() if each != "core_keptform"]
    names = [name.replace("_change", "_delete") for name in change_forms(world)]
    refused = 0
    for name in names:
        address = world.address(name)
        if client.get(address).status_code == 403:
            continue
        for fields, said in (({}, MISSING), ({"seen": "x"}, MISSING)):
            other = client_for(world, "admin")
            before = contents(tables)
            answer = other.post(address, {"post": "yes", **fields})
            told = [str(message) for message in messages.get_messages(answer.wsgi_request)]
            assert (answer.status_code, said in told) == (302, True), (name, told)
            assert contents(tables) == before, (name, fields, said)
        refused += 1
    assert refused >= 5
