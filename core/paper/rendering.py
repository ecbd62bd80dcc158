"""From template to bytes. The same template and context give the same bytes in every process and at any time."""

import gc
import html as markup
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from core.characters import printable
from core.paper import justify
from core.paper.fetching import BundledOnly, FatalURLFetchingError, RefusedAddress
from core.paper.fonts import cut_for, font_configuration, font_faces
from core.paper.punctuation import full_width, full_width_html

justify.install()

_REFERENCE = re.compile(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);")
DEMO_MARK = full_width("演示数据(虚构)")
_DEMO_SHEET = f"""
@page {{
  @top-center {{
    content: "{DEMO_MARK}";
    font: 12pt "Heiti", sans-serif;
    padding-top: 8mm;
    vertical-align: top;
    white-space: nowrap;
    letter-spacing: 0;
  }}
}}
"""


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """Render a template of templates/documents.

    The template's style sheets name the families Fangsong, Songti, Biaosong, Heiti and Kaiti and need no @font-face.
    Punctuation beside Chinese characters comes out in full width. In demonstration mode every page carries the mark.
    Dates come with the context, never from the clock.
    """
    html = render_to_string(template, {"demo_mode": settings.DEMO_MODE, **context})
    return pdf_of(full_width_html(html))


def pdf_of(html: str) -> bytes:
    """Lay out a complete HTML document; a character that no font of ours has comes out as 〓. Asking for any file or
    address raises `RefusedAddress`."""
    sheet = _DEMO_SHEET if settings.DEMO_MODE else ""
    html = printable(_REFERENCE.sub(_itself, html))
    fonts = cut_for(markup.unescape(html) + sheet)
    fetcher, configuration = BundledOnly(fonts), font_configuration()
    faces = CSS(string=font_faces(fonts) + sheet, url_fetcher=fetcher, font_config=configuration)
    try:
        with _collector_at_rest():
            document = HTML(string=html, url_fetcher=fetcher)
            pdf: bytes = document.write_pdf(stylesheets=[faces], font_config=configuration, pdf_tags=True)
    except FatalURLFetchingError as refused:
        raise RefusedAddress(str(refused)) from refused
    if fetcher.refused:  # WeasyPrint got over it in its own way
        raise RefusedAddress(f"a document may not load {fetcher.refused}")
    return pdf


def _itself(reference: re.Match[str]) -> str:
    """The character that a number stands for, unless markup would be made of it."""
    character = markup.unescape(reference[0])
    return reference[0] if character in "<>&\"'" else character


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Layout only builds up boxes; looking for cycles among them again and again takes a quarter of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
