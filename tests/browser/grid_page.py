"""The quarter's grid on a page of its own: the script and the templates of the portal, a clock that stands still, and a
server that answers when and how the test says."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from types import SimpleNamespace
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

ADDRESS = "http://portal.test/my/submissions/2026Q1/"
SCRIPTS = settings.BASE_DIR / "static" / "js"
PATIENCE = 60  # seconds of a busy machine; nothing is measured by it
PAUSE, LONGEST_RETRY = 1200, 30_000  # the script's own, in milliseconds
TOKEN, RENEWED = "token-of-the-page", "token-of-the-new-session"

# Two cells, one, and a choice: the kinds of rows there are.
CELLS = {
    "B13": ("B13.cell.numerator", "B13.cell.denominator", "B13.reason", "B13.remark"),
    "K5": ("K5.cell.value", "K5.reason", "K5.remark"),
    "C21": ("C21.cell.award", "C21.reason", "C21.remark"),
}
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>演示季度</title>
<script>window.asked = window.said = 0; const real = window.fetch;
window.fetch = (...given) => {{ if (given[0] === "save") window.asked += 1; return real(...given); }};</script>
<form method="post" action="/handed-in" data-grid="save" novalidate>
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<input type="hidden" name="page_of" value="page-of-mine"><input type="hidden" name="platform" value="CNT-91">
<table>{rows}</table>
<button type="submit" name="step" value="hand_in">保存并报送</button>
<p data-grid-note role="status">只报送已填写的各项</p></form>
<script>new MutationObserver(() => {{ window.said += 1; }})
  .observe(document.querySelector("[data-grid-note]"), {{ childList: true }});</script>
<script type="module" src="/static/js/grid.js"></script>
<script type="module" src="/static/js/keep.js"></script></html>"""
# What the browser asks a page that is about to be left.
LEAVING = """(() => { const event = document.createEvent("BeforeUnloadEvent");
event.initEvent("beforeunload", false, true); window.dispatchEvent(event);
return [event.defaultPrevented, Boolean(event.returnValue)]; })()"""


def grid_rows() -> str:
    return "".join(f'<tr data-row="{code}"><td>{_cells_of(code)}</td></tr>' for code in CELLS)


def _cells_of(code: str) -> str:
    def cell(name: str) -> SimpleNamespace:
        choices = (("yes", "是"), ("no", "否")) if name == "C21.cell.award" else ()
        return SimpleNamespace(name=name, label=name, text="", fault="", choices=choices)

    *cells, reason, remark = (cell(name) for name in CELLS[code])
    indicator = SimpleNamespace(code=code, name="演示指标", unit="项")
    row = SimpleNamespace(
        indicator=indicator, cells=cells, reason=reason, remark=remark, has_words=True, fault="", seen=0, standing=None
    )
    return render_to_string("evaluation/workspace/_grid_cells.html", {"row": row})


def fields_of(request: str) -> dict[str, str]:
    """The fields of a multipart body without files."""
    boundary = request.split("\r\n", 1)[0]
    parts = [part.strip("\r\n") for part in request.split(boundary)[1:-1]]
    heads = [part.partition("\r\n\r\n") for part in parts]
    return {unquote_to_bytes(head.split('name="')[1].split('"')[0]).decode(): body for head, _, body in heads}


class GridPage:
    """One opened page. A save waits in `asked` until the test answers it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Route] = []
        self.submitted: list[str] = []
        self._answered = 0
        self.session = "ended"
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        page.route("http://portal.test/**", self._serve)
        self.open()

    def open(self) -> None:
        self.asked.clear()
        self._answered = 0
        self.page.goto(ADDRESS)

    def _serve(self, route: Route) -> None:
        address = route.request.url
        if address.endswith("/save"):
            self.asked.append(route)
        elif address.endswith("/handed-in"):
            self.submitted.append(route.request.post_data or "")
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<h1>回执</h1>")
        elif address.endswith(".js"):
            script = (SCRIPTS / address.rpartition("/")[2]).read_text()
            route.fulfill(status=200, content_type="text/javascript; charset=utf-8", body=script)
        elif "/accounts/page-session/" in address:
            self._session(route)
        else:
            body = PAGE.format(rows=grid_rows(), token=TOKEN)
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=body)

    def _session(self, route: Route) -> None:
        """What the portal says of this page: still this person's, another's, or nobody is signed in."""
        if self.session == "ended":
            route.fulfill(status=302, headers={"Location": "/accounts/login/"})
        elif self.session == "down":
            route.abort()
        else:
            route.fulfill(status=200, json={"state": self.session, "token": RENEWED, "said": "另一个账号"})

    # What a person does

    def type(self, name: str, text: str) -> None:
        cell = self.page.locator(f"[name='{name}']")
        if name == "C21.cell.award":
            cell.select_option(text)
        else:
            cell.fill(text)

    def pass_time(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)
        self._until(lambda: len(self.asked) == self.page.evaluate("window.asked") - self._answered)

    # What the server does

    def answer(self, status: int, body: object = None, **more: object) -> None:
        """`body` as JSON, text as a page; returns when the script has said something about it."""
        content = body if isinstance(body, str) else json.dumps(body)
        media_type = "text/html" if isinstance(body, str) else "application/json"
        headers = {"Location": "/accounts/login/"} if status == 302 else {}
        with self._said():
            self._take().fulfill(status=status, headers=headers, content_type=media_type, body=content)

    def give(self, status: int, body: str) -> None:
        """An answer after which the script has nothing to say yet."""
        self._take().fulfill(status=status, content_type="text/html", body=body)

    def until_asked(self) -> None:
        self._until(lambda: self.page.evaluate("true") and bool(self.asked))  # lets the browser speak

    def drop(self) -> None:
        with self._said():
            self._take().abort()

    def _take(self) -> Route:
        self._answered += 1
        return self.asked.pop(0)

    @contextmanager
    def _said(self) -> Iterator[None]:
        before = self.page.evaluate("window.said")
        yield
        self._until(lambda: self.page.evaluate("window.said") > before)

    def _until(self, holds: Callable[[], bool]) -> None:
        limit = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < limit, "the page did not get there"
            sleep(0.005)

    # What is there to see

    def sent(self) -> dict[str, str]:
        """The fields of the save that waits for its answer."""
        (waiting,) = self.asked
        return fields_of((waiting.request.post_data_buffer or b"").decode())

    def note(self) -> tuple[str, str]:
        """The line below the grid and its kind: good, bad or neither."""
        return tuple(
            self.page.evaluate("(n => [n.textContent, n.dataset.kind || ''])(document.querySelector('[role=status]'))")
        )

    def shown(self) -> dict[str, str]:
        typed = "[...document.querySelectorAll('[data-row] [name]:not([type=hidden])')]"
        return dict(self.page.evaluate(f"{typed}.map(c => [c.name, c.value])"))

    def faulty(self) -> set[str]:
        """Names of the cells marked as wrong that also say what is wrong, and codes of rows with a fault as a whole."""
        return set(
            self.page.evaluate(
                """[...document.querySelectorAll("[aria-invalid=true]")]
            .filter(c => document.getElementById("fault-" + c.name).textContent).map(c => c.name)
            .concat([...document.querySelectorAll("[data-row]")]
            .filter(r => r.querySelector("[data-row-fault]").textContent).map(r => r.dataset.row))"""
            )
        )

    def warns(self) -> bool:
        prevented, told = self.page.evaluate(LEAVING)
        assert prevented == told, "browsers before 119 go by returnValue, later ones by preventDefault"
        return bool(prevented)


@contextmanager
def opened(browser: Browser) -> Iterator[GridPage]:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        yield GridPage(page)
        assert faults == []
    finally:
        context.close()
