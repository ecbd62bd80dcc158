"""What fills an indicator, and what a quarterly bulletin names: keys of a stored system that take no part in any
arithmetic and stand in no /1 bundle. Only read here; whether they are sound is asked where systems are taken in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.scoring.document import Document

HUB, REGISTER, COVERAGE, SURVEY = "hub", "register", "coverage", "survey"
COORDINATION, SERVICES, ASSESSOR, PLATFORM = "coordination", "services", "assessor", "platform"
BY_SOURCE: Mapping[str, tuple[str, ...]] = {
    "hub": (HUB,),
    "report": (PLATFORM, REGISTER, SERVICES),
    "record": (COORDINATION, REGISTER, COVERAGE, SERVICES),
    "survey": (SURVEY,),
    "assessor": (ASSESSOR,),
}
"""What an indicator of each source can be filled by; the first is meant where a document does not say."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`columns` of the provincial export, by key (of a share the numerator's, then the denominator's); `recognitions`
    of enterprises, by kind, that the register counts."""

    kind: str
    columns: tuple[str, ...] = ()
    recognitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Print:
    """Codes of indicators: `headline` orders the windows of a type, `summary` stands beside it in the table of main
    indicators, `totals` are said in words for the whole network. '' and nothing where the document does not say."""

    headline: str = ""
    summary: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()


def parse_feed(document: Document | None, source: str) -> Feed:
    """From a sound document; by the source where there is none."""
    if document is None:
        return Feed(BY_SOURCE[source][0])
    columns, recognitions = (tuple(document.get(key, ())) for key in ("columns", "recognitions"))
    return Feed(document["kind"], columns, recognitions)


def parse_print(document: Document | None) -> Print:
    bulletin = (document or {}).get("bulletin", {})
    summary, totals = (tuple(bulletin.get(key, ())) for key in ("summary", "totals"))
    return Print(bulletin.get("headline", ""), summary, totals)
