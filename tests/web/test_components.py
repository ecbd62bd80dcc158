"""The gallery shows every component, to those who build pages; the error pages work when nothing else does."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from core.views import public
from tests.factories import MembershipFactory

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"


def test_the_gallery_renders_every_component(bureau):
    client = Client()
    client.force_login(bureau)
    response = client.get("/components/")
    assert response.status_code == 200
    shown = {template.name for template in response.templates}
    files = {f"components/{path.name}" for path in FOLDER.glob("*.html")}
    assert len(files) > 10
    assert files - shown == set()


def test_the_gallery_is_for_desk_roles(db):
    client = Client()
    client.force_login(MembershipFactory.create().user)
    assert client.get("/components/").status_code == 404
    assert Client().get("/components/").status_code == 302


def test_an_error_page_needs_no_database(settings, monkeypatch):
    """No `db` fixture: any query fails this test."""

    class Broken:
        def cursor(self):
            raise RuntimeError("the database is away")

    monkeypatch.setattr(public, "connection", Broken())
    settings.DEMO_MODE = True
    response = Client(raise_request_exception=False).get("/healthz")
    assert response.status_code == 500
    page = response.content.decode()
    assert "系统出错了" in page
    assert re.search("演示数据.虚构.", page)  # in full width


def test_the_health_check_asks_the_database(db):
    response = Client().get("/healthz")
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_a_stale_form_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


@pytest.mark.parametrize(("field", "words"), [("login", "用户名"), ("password", "密码")])
def test_signing_in_is_in_chinese_and_says_what_is_missing(db, field, words):
    page = Client().post("/accounts/login/", {field: ""}).content.decode()
    assert words in page and "没有提交成功" in page and "必填" in page
