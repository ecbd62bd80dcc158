"""The complete list of addresses that answer without signing in. Whatever is not on it leads to the sign-in page."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "home",
    "rankings",
    "ranking",
    "ranking_edition",
    "standing",
    "standing_edition",
    "bulletins",
    "bulletin",
    "bulletin_pdf",
    "consequences",
    "consequences_of_year",
    "indicator_systems",
    "indicator_system",
    "open_data",
    "scoring_program",
    "open_data_latest",
    "open_data_latest_file",
    "open_data_edition",
    "open_data_file",
    "policy",
    "privacy",
    "health",
    "account_login",
    "account_logout",
    "account_inactive",
    "socialaccount_login_cancelled",
    "openid_connect_login",
    "openid_connect_callback",
}
SIGN_IN = {"admin:login"}  # another door to the same sign-in
SAMPLES = {"int": "2025", "slug": "county_window", "str": "W01", "path": "a/b", "uuid": str(uuid.UUID(int=1))}


def addresses(resolver: URLResolver, before: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """(name with namespace, a sample address) of every pattern."""
    for entry in resolver.url_patterns:
        address = before + sample(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, address, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", address


def sample(pattern: str) -> str:
    """A path that the pattern matches."""
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], pattern)
    return re.sub(r"\(\?P?<?\w*>?[^)]*\)", "x", route).replace("^", "").replace("$", "").replace("\\", "")


def every_address() -> list[tuple[str, str]]:
    found = sorted(set(addresses(get_resolver())))
    assert len(found) > len(PUBLIC)
    return found


@pytest.mark.parametrize(("name", "address"), every_address())
def test_only_the_listed_addresses_answer_without_signing_in(db, name, address):
    response = Client().get(address)
    to_sign_in = response.status_code == 302 and "/login/" in response["Location"]
    if name in PUBLIC:
        assert not to_sign_in, f"{name} is on the public list but asks to sign in"
        assert response.status_code in (200, 404) or response["Location"] == "/"
    elif name not in SIGN_IN:
        assert to_sign_in or response.status_code == 404, f"{name} at {address} answers {response.status_code}"


def test_a_post_to_a_public_page_is_refused(db):
    looked_at = PUBLIC - {"account_login", "account_logout", "account_inactive"}
    pages = [(name, address) for name, address in every_address() if name in looked_at]
    assert {name for name, _ in pages} == looked_at
    for name, address in pages:
        assert Client().post(address).status_code in (404, 405), name
