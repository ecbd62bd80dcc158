"""The key of the template database changes with whatever decides what a migration makes, and with nothing else."""

from importlib import metadata
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.harness import template

BASE = Path(settings.BASE_DIR)


def test_every_migration_counts_and_what_migrations_import():
    files = template.files()
    for app in ("core", "platforms", "evaluation", "rewards"):
        own = set((BASE / app / "migrations").glob("*.py"))
        assert own and own <= files
    assert {BASE / "core" / "db_roles.py", BASE / "core" / "db_tables.py"} <= files
    assert any(path.match("allauth/mfa/migrations/0001_*.py") for path in files)


def test_a_changed_migration_is_another_key(tmp_path, monkeypatch):
    migration = tmp_path / "migrations" / "0001_initial.py"
    migration.parent.mkdir()
    migration.write_text("operations = []\n")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [type("App", (), {"path": str(tmp_path)})])
    before = template.key()
    assert template.key() == before
    migration.write_text("operations = [1]\n")
    changed = template.key()
    migration.with_name("0002_more.py").write_text("")
    assert len({before, changed, template.key()}) == 3


def test_a_changed_import_of_a_migration_is_another_key(tmp_path, monkeypatch, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "own").mkdir()
    for name, text in {"__init__": "", "tables": "from own import roles\n", "roles": "", "other": ""}.items():
        (tmp_path / "own" / f"{name}.py").write_text(text)
    migration = tmp_path / "0001_initial.py"
    migration.write_text("import json\nfrom own.tables import TABLES\n")
    found = template.with_imports([migration])
    assert {path.name for path in found} == {"0001_initial.py", "__init__.py", "tables.py", "roles.py"}
    before = template.digest(found, [])
    (tmp_path / "own" / "other.py").write_text("changed = True\n")
    assert template.digest(template.with_imports([migration]), []) == before
    (tmp_path / "own" / "roles.py").write_text("changed = True\n")
    assert template.digest(template.with_imports([migration]), []) != before


def test_packages_and_the_role_of_the_grants_count(settings, monkeypatch):
    before = template.key()
    with monkeypatch.context() as other:
        other.setattr(metadata, "distributions", list)
        assert template.key() != before
    assert template.key() == before
    settings.DATABASE_APP_ROLE = "another"
    assert template.key() != before
