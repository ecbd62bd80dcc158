"""RFC 8785: the vectors of the standard that hold no fractions, and what has no canonical form here."""

import hashlib
import json

import pytest

from evaluation.scoring.canonical import NotCanonicalError, canonical_bytes, digest, file_bytes

VECTORS = [
    # RFC 8785 3.2.2 / 3.2.4: literals and strings
    ({"literals": [None, True, False]}, '{"literals":[null,true,false]}'),
    ({"string": '€$\u000f\nA\'B"\\\\"/'}, '{"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'),
    # RFC 8785 3.2.3: keys by UTF-16 code unit, so that an emoji stands before a presentation form
    (
        {
            "\u20ac": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\U0001f600": "Emoji: Grinning Face",
            "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis",
        },
        '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",'
        '"\u20ac":"Euro Sign","\U0001f600":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    # RFC 8785 appendix: arrays keep their order, objects inside them do not
    ([56, {"d": True, "10": None, "1": []}], '[56,{"1":[],"10":null,"d":true}]'),
    ({"b": 1, "a": {"d": -5, "c": 0}}, '{"a":{"c":0,"d":-5},"b":1}'),
    ({"\b\t\f\u001f\u007f": "\u2028"}, '{"\\b\\t\\f\\u001f\u007f":"\u2028"}'),
    ({"n": [9007199254740991, -9007199254740991]}, '{"n":[9007199254740991,-9007199254740991]}'),
    ({}, "{}"),
    ("", '""'),
]


@pytest.mark.parametrize(("document", "expected"), VECTORS)
def test_vectors(document, expected):
    assert canonical_bytes(document) == expected.encode()
    assert file_bytes(document) == expected.encode() + b"\n"
    assert digest(document) == hashlib.sha256(expected.encode()).hexdigest()
    assert canonical_bytes(json.loads(expected)) == expected.encode()


def circular():
    loop = []
    loop.append(loop)
    return loop


def deep():
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    "document",
    [
        1.0,
        {"a": [0.5]},
        float("nan"),
        2**53,
        -(2**53),
        "\ud800",
        {"\udfff": 1},
        {1: "a"},
        {"a": {2}},
        circular(),
        deep(),
    ],
    ids=["1.0", "0.5", "NaN", "2^53", "-2^53", "surrogate", "surrogate key", "number key", "set", "circular", "deep"],
)
def test_what_has_no_canonical_form_is_refused(document):
    with pytest.raises(NotCanonicalError):
        canonical_bytes(document)
