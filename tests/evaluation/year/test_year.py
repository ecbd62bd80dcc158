"""The demonstration year, end to end in the database: files → annual figures → bundle → scorecards → publication."""

import hashlib

import pytest

from tests.evaluation.year.demo import load_year, published

GOLDEN = {
    "city_platform": "ed74cf24b70bcbd41b001e8689be2387d19283b215eb1fea9ae3518fdefb754a",
    "cluster_window": "d7009673e3d552991ab2642bc15a2316a80339e8e1b0e23c6d57f65b89f6a0ca",
    "county_window": "57133cf68b8dc177ae2b180973b72c9ec769efc60ecc194e780a34fff177be8d",
}


@pytest.fixture
def year(bureau):
    load_year(bureau)


def content(publication, name):
    return bytes(publication.files.get(name=name).file.content)


def test_the_year_gives_the_golden_results(year):
    results = {kind: hashlib.sha256(content(published(kind), "result.json")).hexdigest() for kind in GOLDEN}
    assert results == GOLDEN
