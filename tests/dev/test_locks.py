"""The hash-locked files: whole, nested in one another, fit for Debian 12, silent about where they were made."""

import re

import pytest

from dev import bootstrap
from dev.paths import CHECKOUT


def pins(name: str) -> dict[str, str]:
    text = (CHECKOUT / name).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", bootstrap.LOCKS)
def test_every_direct_requirement_is_locked_at_its_version(name: str):
    wanted = re.findall(
        r"^([\w.-]+)(?:\[.*?\])?==(\S+)", (CHECKOUT / name).with_suffix(".in").read_text(), re.MULTILINE
    )
    assert wanted
    assert {package.lower(): version for package, version in wanted}.items() <= pins(name).items()


@pytest.mark.parametrize("name", [*bootstrap.LOCKS, bootstrap.OTHER_DRIVER])
def test_every_package_has_hashes_and_no_address(name: str):
    text = (CHECKOUT / name).read_text()
    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host", text)
    for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry, entry


def test_each_lock_contains_the_one_before():
    runtime, embedded, development = (pins(name) for name in bootstrap.LOCKS)
    assert runtime.items() <= embedded.items() <= development.items()


def test_the_other_driver_goes_beside_the_runtime_and_is_the_one_we_test_with():
    runtime, development = pins(bootstrap.RUNTIME), pins(bootstrap.DEVELOPMENT)
    other = pins(bootstrap.OTHER_DRIVER)
    assert {"psycopg", "psycopg-binary"} <= other.keys()
    assert other.items() <= development.items()
    assert {name: runtime[name] for name in other.keys() & runtime.keys()}.items() <= other.items()


def test_the_locks_fit_debian_12():
    assert re.search(
        r"^async-timeout==\S+ ; python_full_version < '3\.11\.3'", (CHECKOUT / bootstrap.RUNTIME).read_text(), re.M
    )
