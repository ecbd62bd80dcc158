"""The catalogue that fills the libraries' gaps: compiled from its source, read by gettext, in use."""

import gettext
import io

import pytest
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext, override

from zhuzhou_sme.management.catalogue import COMPILED, SOURCE, compiled, entries


def test_the_compiled_file_is_the_sources():
    assert COMPILED.read_bytes() == compiled(SOURCE.read_text(encoding="utf-8")), "run manage.py compile_locale"


def test_gettext_reads_every_message_back():
    messages = entries(SOURCE.read_text(encoding="utf-8"))
    read = gettext.GNUTranslations(io.BytesIO(COMPILED.read_bytes()))
    for key, words in messages.items():
        singular, _, plural = key.partition("\0")
        if singular:
            assert (read.ngettext(singular, plural, 2) if plural else read.gettext(singular)) == words
    assert len(messages) > 40


def test_placeholders_are_kept():
    found = entries(SOURCE.read_text(encoding="utf-8"))
    assert found
    for key, words in found.items():
        for placeholder in ("%(len)s", "%(exc_name)s", "%(resource_name)s", "%s"):
            assert (placeholder in key.partition("\0")[0]) == (placeholder in words), key


def test_the_libraries_speak_chinese():
    with override("zh-hans"):
        assert translate("access attempt") == "登录锁定"
        assert (
            ngettext("Export %(len)s selected item.", "Export %(len)s selected items.", 3) == "导出所选的%(len)s条记录"
        )
        assert translate("Log in") == "登录", "Django's own words stay"


@pytest.mark.parametrize(
    "text", ['msgid "a"\nmsgstr ""', 'msgid "a"\nmsgstr "甲"\n\nmsgid "a"\nmsgstr "乙"', "msgid a"]
)
def test_a_faulty_source_is_refused(text):
    with pytest.raises(ValueError):
        compiled(text)
