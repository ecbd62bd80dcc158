"""Each nasty file at every gate: refused by name within 15 seconds and 700 MB, or let in where it does no harm."""

import io
import re

import pytest
from PIL import Image

from core.files.uploads.gate import check_evidence
from tests.corpus.documents import photograph_with_place
from tests.corpus.gates import GATES
from tests.corpus.judging import judge
from tests.corpus.nasty import NASTY

EVERYWHERE = GATES.keys() - {"listing"}


def test_the_whole_reference_corpus_is_here_at_every_gate():
    assert {each.number for each in NASTY if each.number <= 65} == set(range(1, 66))
    print(f"nasty: {len(NASTY)} files, {sum(len(each.words) for each in NASTY)} judgements")
    assert len(NASTY) >= 150
    assert len(set(map(str, NASTY))) == len(NASTY)
    for each in NASTY:
        assert each.words.keys() >= EVERYWHERE, each
        assert each.words.keys() <= GATES.keys(), each


def test_what_passes_is_what_does_no_harm():
    """Nothing is let in by a slip of the table: what every gate of its kind takes is on this list."""
    kinds = {("document", "pdf"), ("document", "docx"), ("workbook", "xlsx"), ("csv", "csv")}
    let_in = {
        each.number
        for each in NASTY
        for gate, words in each.words.items()
        if not words and (gate, each.name.rpartition(".")[2]) in kinds
    }
    assert let_in == {1, 17, 18, 20, 23, 32, 35, 36, 41, 50, 59}


@pytest.mark.parametrize("nasty", NASTY, ids=str)
def test_nasty_files_are_named_and_refused_quickly_at_every_gate(nasty):
    content = nasty.make()
    assert nasty.words
    for gate, words in nasty.words.items():
        verdict = judge(nasty.name, content, GATES[gate])
        if words:
            assert re.search(words, verdict.refusal), (gate, verdict.refusal)
        else:
            assert not verdict.refusal, gate
        assert verdict.seconds < 15, gate
        assert verdict.peak_bytes < 700 * 1024 * 1024, gate


def test_a_photograph_is_kept_upright_and_without_place_and_device():
    content = photograph_with_place()
    assert Image.open(io.BytesIO(content)).getexif()
    with Image.open(io.BytesIO(check_evidence("现场.jpg", content).content)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (40, 60)
