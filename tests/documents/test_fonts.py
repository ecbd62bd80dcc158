"""Documents are set in our fonts by file, whatever the machine has; what is missing is said, never replaced."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from core.errors import Refusal
from core.paper import pdf_of
from core.paper.fonts import FACES, check_fonts, cut_for
from core.paper.rendering import DEMO_MARK
from tests.documents.reading import font_names, reader, text_of

ROOT = Path(__file__).resolve().parents[2]
RARE = "镕喆堃垚祎玥"
ALL = """<title>字体</title><style>
  .f {font-family: Fangsong, Songti} .s {font-family: Songti} .b {font-family: Biaosong; font-weight: bold}
  .h {font-family: Heiti} .hb {font-family: Heiti; font-weight: bold} .k {font-family: Kaiti}
</style><p class=f>仿宋<p class=s>宋体<p class=b>小标宋<p class=h>黑体<p class=hb>粗黑<p class=k>楷体"""
OURS = {"Fangsong", "Songti", "Biaosong-Bold", "Heiti", "Heiti-Bold", "Kaiti"}


def test_all_six_faces_are_embedded_from_our_files():
    assert font_names(pdf_of(ALL)) == OURS


@pytest.mark.parametrize("family", ["仿宋_GB2312", "DejaVu Sans", "Arial", "serif", "sans-serif", "monospace"])
def test_no_font_of_the_system_steps_in(family):
    pdf = pdf_of(f'<title>试</title><p style="font-family: {family}">公文 Document 2025')
    assert font_names(pdf) <= OURS


def test_rare_names_print():
    pdf = pdf_of(f'<title>试</title><p style="font-family: Fangsong, Songti">{RARE}')
    assert RARE in text_of(pdf, 0)
    assert {font.path.name for font in FACES if font.family == "Songti"} == {"NotoSerifCJK-Regular.ttc"}
    assert font_names(pdf) == {"Songti"}


@pytest.mark.parametrize("character", ["\U0001f600", "\ue000", "\u0e01"])
def test_a_character_without_a_font_is_refused_by_name(character):
    with pytest.raises(Refusal) as refusal:
        pdf_of(f"<title>试</title><p>演示{character}平台")
    [fault] = refusal.value.faults
    assert fault.value == character
    assert f"U+{ord(character):04X}" in fault.message


def test_an_entity_counts_as_its_character():
    with pytest.raises(Refusal):
        pdf_of("<title>试</title><p>&#128512;")


def test_fonts_are_cut_to_the_document():
    """So that 27 MB of font cost a document a few kilobytes and hardly any time."""
    fonts = cut_for(ALL)
    assert set(fonts) == {face.url for face in FACES}
    assert max(map(len, fonts.values())) < 200_000


def test_a_missing_file_is_named_with_its_package(tmp_path):
    assert check_fonts() == []
    with override_settings(FONT_DIR=tmp_path):
        messages = check_fonts()
    assert len(messages) == len(FACES)
    assert any("FandolFang-Regular.otf" in m.msg and "texlive-lang-chinese" in str(m.hint) for m in messages)


def test_without_fonts_printing_is_refused_with_what_to_install(tmp_path):
    with override_settings(FONT_DIR=tmp_path), pytest.raises(Refusal) as refused:
        pdf_of("<title>试</title><p>一</p>")
    assert len(refused.value.faults) == len(FACES)
    told = str(refused.value.faults[0])
    assert "不能生成PDF" in told and "make run" in told and "texlive-lang-chinese" in told


@pytest.mark.parametrize(
    ("command", "status"),
    [("check", 0), ("migrate --plan", 0), ("check --fail-level WARNING", 1)],
)
def test_without_fonts_everything_but_printing_works(tmp_path, command, status):
    environment = {**os.environ, "FONT_DIR": str(tmp_path), "DATABASE_ROLE": "owner"}
    manage = [sys.executable, "manage.py", *command.split()]
    done = subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "不能生成PDF" in done.stderr) == (status, True), done.stderr


def test_the_same_input_gives_the_same_bytes_in_other_processes():
    program = (
        "import django, hashlib, sys; django.setup(); from core.paper import pdf_of;"
        "print(hashlib.sha256(pdf_of(sys.stdin.read())).hexdigest())"
    )
    digests = set()
    for seed in ("0", "1", "random"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": "UTC",
            "DJANGO_SETTINGS_MODULE": "zhuzhou_sme.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=ALL,
            text=True,
            capture_output=True,
            env=environment,
            cwd=ROOT,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert digests == {hashlib.sha256(pdf_of(ALL)).hexdigest()}


def test_no_date_comes_from_the_clock():
    metadata = reader(pdf_of(ALL)).metadata
    assert metadata is not None
    assert (metadata.title, metadata.creation_date, metadata.modification_date) == ("字体", None, None)


def test_demonstration_documents_say_so_on_every_page():
    pages = '<title>试</title><p>一<p style="break-before: page">二<p style="break-before: page">三'
    with override_settings(DEMO_MODE=True):
        pdf = pdf_of(pages)
    assert [DEMO_MARK in text_of(pdf, page) for page in range(3)] == [True] * 3
    with override_settings(DEMO_MODE=False):
        assert DEMO_MARK not in text_of(pdf_of(pages), 0)
