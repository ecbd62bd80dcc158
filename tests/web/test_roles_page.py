"""角色与权限 tells what the code decides: every step, every permission, in words that are there for every predicate."""

import re

import pytest
from rules.permissions import permissions

from core.choices import Role
from core.declared import house
from core.identity.roles import SENTENCES
from tests.factories import UserFactory
from zhuzhou_sme.duties import asked_by, duties


@pytest.mark.parametrize("permission", sorted(permissions))
def test_every_predicate_has_its_words(permission):
    assert set(re.findall(r"\w+", permissions[permission].name)) <= set(house().conditions)
    assert asked_by(permission).words


@pytest.mark.parametrize("role", Role.values)
def test_what_the_page_says_agrees_with_the_predicates(db, role):
    """Where the object plays no part, the predicate itself answers the same."""
    user = UserFactory.create(role=role)
    plain = {"is_bureau", "is_city_platform", "is_county", "is_window", "is_auditor"}
    by_role = [name for name, each in permissions.items() if set(re.findall(r"\w+", each.name)) <= plain]
    assert by_role
    for permission in by_role:
        assert user.has_perm(permission) == (role in asked_by(permission).roles), permission


def test_every_step_and_every_sentence_stands_on_the_page(client, bureau):
    client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    page = client.get("/admin/roles/").content.decode()
    assert set(SENTENCES) == set(Role) and list(duties())
    for sentence in SENTENCES.values():
        assert sentence in page
    for title, steps in duties():
        assert title in page
        assert all(step.label in page for step in steps)
