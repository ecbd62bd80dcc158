"""Migrations are as the models have them. Whether the database follows is asked by `make check`."""

from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from zhuzhou_sme.management.commands.remake_migrations import APPS, source


@pytest.mark.parametrize("label", APPS)
def test_the_tables_of_an_app_are_those_of_its_models(label: str) -> None:
    app = apps.get_app_config(label)
    with translation.override(None):
        made = source(app)

    assert Path(app.path, "migrations", "_tables.py").read_text(encoding="utf-8") == made, "manage.py remake_migrations"
