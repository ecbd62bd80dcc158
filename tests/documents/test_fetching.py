"""A document loads nothing but the fonts handed over with it: no file, no address inside or outside, no redirect."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from core.paper.fetching import BundledOnly, RefusedAddress
from core.paper.rendering import pdf_of

ASKING = {
    "image": '<img src="{}">',
    "attachment link": '<link rel="attachment" href="{}">',
    "attachment anchor": '<a rel="attachment" href="{}">附件</a>',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "import": '<style>@import url("{}");</style>',
    "background": '<style>p {{ background: url("{}") }}</style><p>正文</p>',
    "font": '<style>@font-face {{ font-family: X; src: url("{}") }} p {{ font-family: X }}</style><p>正文</p>',
    "content": '<style>p::before {{ content: url("{}") }}</style><p>正文</p>',
    "list mark": '<style>li {{ list-style-image: url("{}") }}</style><ul><li>正文</ul>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
}


@pytest.mark.parametrize("form", ASKING.values(), ids=ASKING.keys())
def test_nothing_is_asked_of_the_network(listener, form):
    with pytest.raises(RefusedAddress):
        pdf_of(f"<title>试</title><body>{form.format(listener.url + '/inside.png')}</body>")
    assert listener.hits == []


@pytest.mark.parametrize("form", ASKING.values(), ids=ASKING.keys())
def test_no_file_of_this_machine_is_read(secret, form):
    with pytest.raises(RefusedAddress):
        pdf_of(f"<title>试</title><body>{form.format(secret.as_uri())}</body>")


@pytest.mark.parametrize(
    "address", ["data:text/css,p{color:red}", "ftp://127.0.0.1/a", "FILE:///etc/hostname", "font:x"]
)
def test_every_other_scheme_is_refused(address):
    with pytest.raises(RefusedAddress):
        pdf_of(f'<title>试</title><link rel="stylesheet" href="{address}">')


def test_a_relative_address_has_no_base_to_stand_on(secret, monkeypatch):
    monkeypatch.chdir(secret.parent)
    pdf = pdf_of('<title>试</title><img src="secret.txt"><link rel="attachment" href="secret.txt">正文')
    assert "/EmbeddedFiles" not in str(PdfReader(BytesIO(pdf)).trailer["/Root"])


def test_a_link_stays_a_link(listener):
    """Only shown, never followed."""
    assert pdf_of(f'<title>试</title><a href="{listener.url}">网址</a>').startswith(b"%PDF")
    assert listener.hits == []


def test_bundled_bytes_are_served_under_their_own_address_only():
    fetcher = BundledOnly({"font:a.otf": b"abc"})
    assert fetcher.fetch("font:a.otf").read() == b"abc"
    for address in ("font:b.otf", "font:a.otf?x", "font:../a.otf", "http://127.0.0.1/", ""):
        with pytest.raises(RefusedAddress):
            fetcher.fetch(address)
