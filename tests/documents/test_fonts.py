"""Documents are set in our fonts by file, whatever the machine has; what is missing is said, never replaced."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.checks import WARNING
from django.db import connection
from django.test import override_settings

from core.errors import Refusal, Unequipped
from core.paper import harfbuzz
from core.paper.fonts import FACES, check_fonts, cut_for
from core.paper.rendering import DEMO_MARK, pdf_of
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
    """Nothing gets so far: what is typed is checked, what is stored replaced. This is what is left when the fonts of a
    server lack what the table says of them."""
    with pytest.raises(Refusal) as refusal:
        cut_for(f"<title>试</title><p>演示{character}平台")
    [fault] = refusal.value.faults
    assert fault.value == character
    assert f"U+{ord(character):04X}" in fault.message


def test_what_is_stored_without_a_font_comes_out_as_a_geta():
    assert "演示〓平台" in text_of(pdf_of("<title>试</title><p>演示\U0001f600平台"), 0)


def test_a_reference_by_number_counts_as_its_character():
    assert "〓<b>" in text_of(pdf_of("<title>试</title><p>&#128512;&#60;b&#x3e;"), 0)


def test_fonts_are_cut_to_the_document():
    """So that 27 MB of font cost a document a few kilobytes and hardly any time."""
    fonts = cut_for(ALL)
    assert set(fonts) == {face.url for face in FACES}
    assert max(map(len, fonts.values())) < 200_000


def test_a_missing_file_is_warned_of_with_its_package(tmp_path):
    assert check_fonts() == []
    with override_settings(FONT_DIR=tmp_path):
        messages = check_fonts()
    assert [(m.level, m.id) for m in messages] == [(WARNING, "core.W001")] * len(FACES)
    assert any("FandolFang-Regular.otf" in m.msg and "texlive-lang-chinese" in str(m.hint) for m in messages)


def test_a_missing_library_is_warned_of_and_refuses_printing(monkeypatch):
    monkeypatch.setattr(harfbuzz, "LIBRARIES", ("libno-such-thing.so.0",))
    assert [(m.level, m.id) for m in check_fonts()] == [(WARNING, "core.W002")]
    with pytest.raises(Unequipped, match=r"缺少系统库 libno-such-thing\.so\.0,不能生成公文。请安装软件包"):
        cut_for(ALL)


def test_printing_without_fonts_is_refused_naming_each_that_the_document_needs(tmp_path):
    """The document in 宋体 alone waits for its own file; all that it lacks is said at once, with what to do."""
    for needed, document in ((FACES, ALL), ([FACES[1]], '<title>试</title><p style="font-family: Songti">平台')):
        with override_settings(FONT_DIR=tmp_path, DEMO_MODE=False), pytest.raises(Unequipped) as refusal:
            pdf_of(document)
        assert [fault.message for fault in refusal.value.faults] == [
            f"缺少公文字体文件 {tmp_path / face.file},不能生成公文。"
            f"请安装软件包 {face.package} 并把该文件放到上述位置,或运行 make run 自动准备"
            for face in needed
        ]


@pytest.mark.parametrize(
    ("command", "role"),
    [(["migrate", "--check"], "owner"), (["check"], "app"), (["makemigrations", "--check", "--dry-run"], "owner")],
    ids=lambda given: given[0] if isinstance(given, list) else given,
)
def test_without_fonts_the_commands_warn_and_work(command, role, tmp_path, db):
    """On the database of the tests, which is migrated: `migrate --check` answers 0 only when it got that far."""
    own = {
        variable: urlsplit(os.environ[variable])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, **own, "DATABASE_ROLE": role, "FONT_DIR": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if command == ["check"]:
        assert "core.W001" in done.stderr and "不能生成公文" in done.stderr


def test_the_same_input_gives_the_same_bytes_in_other_processes():
    program = (
        "import django, hashlib, sys; django.setup(); from core.paper.rendering import pdf_of;"
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
