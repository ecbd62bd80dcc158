"""Scorecards as canonical JSON text, fast: equal outcomes of an indicator are one object, so each is written once.

Scorecards hold strings, whole numbers and null under ASCII keys only, so that keys in order and no spaces are all there
is to their RFC 8785 form; a test holds every text against the general function.
"""

import json
from collections.abc import Iterable, Iterator

from evaluation.scoring.document import Document

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_encoded = _ENCODER.encode


def card_texts(cards: Iterable[Document]) -> Iterator[str]:
    """The text of each scorecard of one ranking, in the given order. The cards must stay alive meanwhile."""
    written: dict[int, str] = {}
    for card in cards:
        sections = ",".join([_section(section, written) for section in card["sections"]])
        name, platform, rank, total = (_encoded(card[key]) for key in ("name", "platform", "rank", "total"))
        yield f'{{"name":{name},"platform":{platform},"rank":{rank},"sections":[{sections}],"total":{total}}}'


def _section(section: Document, written: dict[int, str]) -> str:
    categories = ",".join([_category(category, written) for category in section["categories"]])
    code, score, weighted = (_encoded(section[key]) for key in ("code", "score", "weighted"))
    return (
        f'{{"applicable_points":{_encoded(section["applicable_points"])},"categories":[{categories}],"code":{code},'
        f'"points":{_encoded(section["points"])},"score":{score},"weighted":{weighted}}}'
    )


def _category(category: Document, written: dict[int, str]) -> str:
    texts = []
    for entry in category["indicators"]:
        text = written.get(id(entry))
        if text is None:
            text = written[id(entry)] = _encoded(entry)
        texts.append(text)
    code, score = _encoded(category["code"]), _encoded(category["score"])
    return (
        f'{{"applicable_points":{_encoded(category["applicable_points"])},"code":{code},"indicators":[{",".join(texts)}],'
        f'"points":{_encoded(category["points"])},"score":{score}}}'
    )
