"""What every public page promises: published data only, the same for everybody, strict about scripts and styles,
demonstration marked, nothing changed by looking."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Office
from evaluation.bulletin.models import Bulletin
from evaluation.ranking.models import Ranking
from evaluation.systems.models import IndicatorSystem

NOTICE = "演示数据(虚构)"


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        scripted = [name for name in given if name.startswith("on") or name == "style"]
        is_data = given.get("type") == "application/json"  # a block that no browser runs
        if tag == "style" or (tag == "script" and "src" not in given and not is_data) or scripted:
            self.inline.append(self.get_starttag_text() or tag)


def test_every_page_opens_and_carries_no_inline_script_or_style(site, anonymous):
    assert site.addresses
    for address in site.addresses:
        response = anonymous.get(address)
        assert response.status_code == 200, address
        page = Page(response.content.decode())
        assert page.inline == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert "'unsafe" not in response["Content-Security-Policy"]


def test_every_link_leads_somewhere(site, anonymous):
    """All pages that can be reached from the home page, with the anchors that links name."""
    waiting, seen = ["/"], dict[str, Page]()
    anchors = set()
    while waiting:
        address = waiting.pop()
        response = anonymous.get(address)
        assert response.status_code == 200, address
        is_page = response["Content-Type"].startswith("text/html")
        seen[address] = Page(response.content.decode() if is_page else "")
        for link in seen[address].links:
            if link.startswith("#"):
                anchors.add((address, link[1:]))
            elif link.startswith("/"):
                path, _, anchor = link.partition("#")
                anchors |= {(path, anchor)} if anchor else set()
                if path not in seen and path not in waiting:
                    waiting.append(path)
    assert len(seen) > 20
    missing = [(path, anchor) for path, anchor in anchors if anchor not in seen[path].ids]
    assert missing == []


def test_the_demonstration_says_so_on_every_page(site, anonymous, settings):
    for address in [*site.addresses, "/no-such-page/"]:
        settings.DEMO_MODE = True
        assert NOTICE in anonymous.get(address).content.decode(), address
        settings.DEMO_MODE = False
        assert NOTICE not in anonymous.get(address).content.decode(), address


def test_looking_changes_nothing_and_is_the_same_signed_in(site, anonymous, bureau):
    signed_in = Client()
    signed_in.force_login(bureau)
    assert site.addresses
    for address in site.addresses:
        if address.startswith("/accounts/"):
            continue
        with CaptureQueriesContext(connection) as queries:
            page = anonymous.get(address)
        assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == [], address
        assert signed_in.get(address).content == page.content, address
        assert "Cookie" not in page.get("Vary", ""), address


def test_footer_items_are_hidden_when_empty(site, anonymous):
    full = anonymous.get("/policy/").content.decode()
    for words in ("演示主办单位", "0731-00000000", "演ICP备", "演公网安备", "4302000000", 'href="/privacy/"'):
        assert words in full
    Office.objects.update(host_name="", phone="", icp_number="", police_number="", site_code="", privacy_text="")
    empty = anonymous.get("/policy/").content.decode()
    for words in ("主办单位", "电话", "ICP备案号", "公网安备号", "政府网站标识码", "隐私政策"):
        assert words not in empty
    assert anonymous.get("/privacy/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/rankings/2023/county_window/",
        "/rankings/2025/no_such_type/",
        "/rankings/2025/county_window/editions/9/",
        "/rankings/2025/county_window/NOBODY/",
        "/rankings/99999999999999999999/county_window/",
        "/bulletins/2025Q2/",
        "/bulletins/2025Q7/",
        "/indicator-systems/county_window-2025/v9/",
        "/open-data/2025/county_window/latest/no-such.json",
        "/open-data/2025/county_window/v9/bundle.json",
        "/open-data/2023/county_window/latest/",
    ],
)
def test_the_unknown_is_not_found(site, anonymous, address):
    response = anonymous.get(address)
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


def test_drafts_and_working_results_stay_inside(site, anonymous):
    draft = IndicatorSystem.objects.get(code="county_window-2025")
    IndicatorSystem.objects.create(
        platform_type="county_window",
        code="county_window-2026",
        version=1,
        definition=draft.definition,
        sha256="0" * 64,
    )
    Ranking.objects.create(year=2026, platform_type="county_window", system=draft)
    Bulletin.objects.create(year=2025, quarter=2)
    assert anonymous.get("/indicator-systems/county_window-2026/v1/").status_code == 404
    assert "county_window-2026" not in anonymous.get("/indicator-systems/").content.decode()
    assert anonymous.get("/rankings/2026/county_window/").status_code == 404
    assert "2026年度" not in anonymous.get("/rankings/").content.decode()
    assert "第二季度" not in anonymous.get("/bulletins/").content.decode()
