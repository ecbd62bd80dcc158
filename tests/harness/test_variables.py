"""What counts as undefined in our templates, and what a component may leave out."""

import pytest
from django.template import Context, Engine, Origin, Template

from tests.harness.variables import TEMPLATES, undefined_variables

ENGINE = Engine(builtins=["django.templatetags.i18n"])
GIVEN = {"row": {"name": "甲"}, "rows": [{"name": "甲"}], "nobody": None}


@pytest.fixture(autouse=True)
def every_variable_is_defined() -> None:
    """In the place of tests/conftest.py's: here they are not, on purpose."""


def found(source: str, name: str = "page.html") -> list[str]:
    template = Template(source, origin=Origin(str(TEMPLATES / name), name), engine=ENGINE)
    with undefined_variables() as undefined:
        template.render(Context(GIVEN))
    return undefined


@pytest.mark.parametrize(
    ("source", "undefined"),
    [
        ("{{ typo }}", "typo"),
        ("{{ row.typo }}", "row.typo"),
        ("\n{{ typo|length }}", "typo"),
        ("{% if row.typo %}x{% endif %}", "row.typo"),
        ("{{ nobody.name }}", "nobody.name"),
        ("{{ row.typo|default:'—' }}", "row.typo"),
        ("{% for each in rows %}{{ each.typo }}{% endfor %}", "each.typo"),
        ("{% for each in row.typo %}{% endfor %}", "row.typo"),
        ("{% with a=typo %}{% endwith %}", "typo"),
        ("{% if rows %}{{ typo }}{% endif %}", "typo"),
    ],
)
def test_what_nobody_gave_is_found(source, undefined):
    line = 2 if source.startswith("\n") else 1
    assert found(source) == [f"page.html:{line}: {undefined}"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ row.name }}{{ rows.0.name }}{{ nobody }}",
        "{% if left_out %}x{% endif %}",
        "{% for each in left_out %}{% endfor %}",
        "{{ left_out|default:'—' }}",
        "{% if left_out and row.name %}x{% endif %}",
        "{% if nobody.name %}x{% endif %}{{ nobody.name|default:'—' }}",
    ],
)
def test_what_a_caller_may_leave_out_is_not(source):
    assert found(source) == []


def test_templates_of_packages_are_not_ours(tmp_path):
    with undefined_variables() as undefined:
        Template("{{ typo }}", origin=Origin(str(tmp_path / "a.html")), engine=ENGINE).render(Context())
    assert undefined == []
