"""Puts what was kept back into the forms of a page: text in, text out. The page is our own and well formed; everything
but the fields concerned stays as it is, byte for byte."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

Fields = Mapping[str, list[str]]
_NOT_TYPED = ("submit", "button", "reset", "image", "file", "password")
_COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")  # of the rows that the page has now


@dataclass
class Refilled:
    """`is_placed` tells whether the page has the form; `left` are the fields for which it has no place."""

    page: str
    is_placed: bool = False
    left: dict[str, list[str]] = field(default_factory=dict)


def refilled(page: str, *, address: str, action: str, fields: Fields, notice: str) -> Refilled:
    """The first form that leads to `action`, filled in, with `notice` before it."""
    parser = _Filler(page, address, action, fields, notice)
    parser.feed(page)
    parser.close()
    left = {name: texts for name, texts in parser.waiting.items() if any(texts)}
    return Refilled(parser.result(), parser.is_placed, left)


class _Filler(HTMLParser):
    """One pass, in which elements are named by where they start; edits are made afterwards."""

    def __init__(self, page: str, address: str, action: str, fields: Fields, notice: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page, self._address, self._action, self._notice = page, address, action, notice
        self._fields = fields
        self.waiting = {name: list(texts) for name, texts in fields.items() if not name.endswith(_COUNTS)}
        self._starts = [0]
        for line in page.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._edits: list[tuple[int, int, str]] = []
        self.is_placed = self._is_inside = False
        self._form_id: str | None = None
        self._select: list[str] | None = None
        self._selected: list[tuple[str, bool]] = []
        self._textarea: tuple[int, str] | None = None

    def result(self) -> str:
        page = self._page
        for start, end, text in sorted(self._edits, reverse=True):
            page = page[:start] + text + page[end:]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._form(given)
        elif not self._belongs(given):
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select, self._selected = self._taken(given.get("name"), everything=True), []
        elif tag == "option" and self._select is not None:
            self._option(given)
        elif tag == "textarea" and (texts := self._taken(given.get("name"))):
            self._textarea = (self._here() + len(self.get_starttag_text() or ""), texts[0])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            self._now([text for text, is_typed in self._selected if not is_typed], len("</select>"))
            self._select, self._selected = None, []
        elif tag == "textarea" and self._textarea is not None:
            start, text = self._textarea
            stood = unescape(self._page[start : self._here()]).removeprefix("\n")
            self._edits.append((start, self._here(), f"\n{escape(text)}"))
            self._now([stood] if stood.split() != text.split() else [], len("</textarea>"))
            self._textarea = None

    def _form(self, given: Mapping[str, str | None]) -> None:
        is_post = (given.get("method") or "").lower() == "post"
        target = urljoin(self._address, given.get("action") or "").partition("?")[0]
        if self.is_placed or not is_post or target != self._action:
            return
        self.is_placed = self._is_inside = True
        self._form_id = given.get("id")
        self._edits.append((self._here(), self._here(), self._notice))

    def _belongs(self, given: Mapping[str, str | None]) -> bool:
        named = given.get("form")
        return self._is_inside if named is None else self._form_id is not None and named == self._form_id

    def _input(self, given: Mapping[str, str | None]) -> None:
        kind, name = given.get("type") or "text", given.get("name")
        if kind in _NOT_TYPED or name is None:
            return
        if kind in ("checkbox", "radio"):
            chosen = self._fields.get(name, [])
            self.waiting.pop(name, None)
            if chosen or kind == "checkbox":
                self._mark("input", given, "checked", (given.get("value") or "on") in chosen)
        elif texts := self._taken(name):
            self._replace("input", {**given, "value": texts[0]})
            stood = given.get("value") or ""
            if kind != "hidden" and stood != texts[0]:
                self._now([stood], len(self.get_starttag_text() or ""))

    def _option(self, given: Mapping[str, str | None]) -> None:
        is_typed = given.get("value") in (self._select or [])
        if "selected" in given:
            start = self._here() + len(self.get_starttag_text() or "")
            self._selected.append((unescape(self._page[start : self._page.index("<", start)]).strip(), is_typed))
        self._mark("option", given, "selected", is_typed)

    def _now(self, stood: list[str], length: int) -> None:
        """Beside what was typed, what stands there now; after an element that is so long."""
        place = self._here() + length
        for text in filter(None, stood):
            self._edits.append((place, place, f'<span class="kept-now">现在为：{escape(text)}</span>'))

    def _taken(self, name: str | None, *, everything: bool = False) -> list[str] | None:
        """The next text of this name; with `everything`, all of them."""
        texts = self.waiting.get(name or "")
        if not texts:
            return None
        taken, rest = (texts, []) if everything else (texts[:1], texts[1:])
        self.waiting[name or ""] = rest
        return taken

    def _mark(self, tag: str, given: Mapping[str, str | None], attribute: str, is_marked: bool) -> None:
        plain = {name: text for name, text in given.items() if name != attribute}
        self._replace(tag, {**plain, attribute: None} if is_marked else plain)

    def _replace(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        start, old = self._here(), self.get_starttag_text() or ""
        words = [name if text is None else f'{name}="{escape(text)}"' for name, text in attributes.items()]
        self._edits.append((start, start + len(old), f"<{' '.join([tag, *words])}>"))

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
