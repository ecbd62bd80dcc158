"""One normaliser, one check: harmless things are put right, the rest is named; nothing is accepted that does not
print."""

import sys
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.forms import CharField, PasswordInput, Textarea
from hypothesis import given
from hypothesis import strategies as st

from core.characters import checked, clean, cleaned_document, faults, folded, legible, odd, read_back
from core.errors import Refusal

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
TEXTS = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("\u00a0 张三\u3000", "张三", "张三"),
        ("\ufeff株洲\u200b市\u00ad", "株洲市", "株洲市"),
        ("一\r\n二\u2028三\r四\u2029五\u0085六", "一 二 三 四 五 六", "一\n二\n三\n四\n五\n六"),
        ("第一\t第二", "第一 第二", "第一\t第二"),
        ("株洲\u00a0渌口\u2009区", "株洲 渌口 区", "株洲 渌口 区"),
        ("张\u3000三", "张\u3000三", "张\u3000三"),
        ("cafe\u0301", "café", "café"),
        ("\uf92c溪", "郎溪", "郎溪"),  # a compatibility ideograph: its NFC
        ("葛\U000e0100", "葛", "葛"),
        ("ＡＢ１２", "ＡＢ１２", "ＡＢ１２"),
        ("𠮷㛃䶮镕喆堃垚祎玥", "𠮷㛃䶮镕喆堃垚祎玥", "𠮷㛃䶮镕喆堃垚祎玥"),
    ],
)
def test_what_is_harmless_is_put_right(typed, line, lines):
    assert (clean(typed), clean(typed, lines=True)) == (line, lines)
    assert faults(line) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("张\x0b三", "文字中有看不见的控制字符U+000B(第2个字符,“张[U+000B]三”),请删去或改用常用字"),
        ("a\x00b", "控制字符U+0000(第2个"),
        ("a\x9fb", "控制字符U+009F"),
        ("W1\u202efdp.exe", "看不见的文字方向控制符U+202E(第3个字符,“W1[U+202E]fdp.ex”)"),
        ("a\u2066b", "看不见的文字方向控制符U+2066"),
        ("a\u200fb", "看不见的文字方向控制符U+200F"),
        ("a\ufff9b", "看不见的格式字符U+FFF9"),
        ("\ue000", "私用区字符(造字)U+E000"),
        ("\uffff", "未定义的字符U+FFFF"),
        ("\U0001fffe", "未定义的字符U+1FFFE"),
        ("\u0378", "未定义的字符U+0378"),
        ("\ud800", "不成对的代理码U+D800"),
        ("张\ufffd", "原文损坏留下的替代符U+FFFD"),
        ("x\u0304", "单独的组合符号U+0304"),
        ("\U00020003", "无字体可印的字符U+20003(第1个字符,“\U00020003”)"),
        ("好😀", "无字体可印的字符U+1F600(第2个字符,“好😀”)"),
    ],
)
def test_what_could_change_the_meaning_is_named(text, said):
    assert said in faults(clean(text))[0]
    with pytest.raises(Refusal, match="“联系人”的文字中有"):
        checked(text, "联系人")


def test_many_at_once_are_counted():
    assert faults("\x01" * 8)[5] == "另有3个这样的字符"


@given(TEXTS)
def test_cleaning_is_done_once_and_what_passes_is_safe(text):
    for lines in (False, True):
        found = clean(text, lines=lines)
        assert clean(found, lines=lines) == found
        assert unicodedata.is_normalized("NFC", found)
        assert lines or "\n" not in found
        if not odd(found):
            assert (found.encode() and "\0" not in found) or not found


@given(TEXTS)
def test_an_address_and_a_page_never_fail_by_a_text(text):
    assert faults(read_back(text)) == []
    assert "\0" not in legible(text)
    legible(text).encode()


def test_every_accepted_character_stays_what_it_is():
    """The table of what is printed, the categories and the cleaning agree on every code point."""
    accepted = [character for character in EVERY if clean(character) == character and not odd(character)]
    assert 44_000 < len(accepted) < 46_000
    assert not {unicodedata.category(character) for character in accepted} & {"Cc", "Cf", "Cs", "Co", "Cn", "Mn"}


def test_a_documents_texts_are_looked_at_with_their_path():
    document = {"名称": "一\u200b二", "items": [{"name": "a\x0bb"}], "n\x01": 3}
    cleaned, wrong = cleaned_document(document)
    assert cleaned["名称"] == "一二"
    assert [path for path, _ in wrong] == ["$", "$.items[0].name"]


def test_names_compare_without_space_and_width():
    assert folded("先进硬质 材料\u3000平台 (Ａ)") == folded("先进硬质材料平台(A)") == "先进硬质材料平台(A)"


def subclasses(of: type) -> set[type]:
    return {each for child in of.__subclasses__() for each in {child, *subclasses(child)}}


def test_every_text_field_of_every_form_refuses_by_the_fields_name():
    """Those of the admin and of the libraries too: a class that reads its text past Django's own would be one that
    lets everything in. Fields of an own form (codes, JSON) are read by their own rules."""
    own_form = {
        "UUIDField",
        "JSONField",
        "HStoreField",
        "GenericIPAddressField",
        "SimpleArrayField",
        "ImportExportJSONField",
    }
    kinds = [kind for kind in subclasses(CharField) | {CharField} if kind.__name__ not in own_form]
    assert len(kinds) >= 5
    typed = "张\x0b三"
    for kind in kinds:
        options = {"RegexField": {"regex": ".*"}, "URLField": {"assume_scheme": "https"}}.get(kind.__name__, {})
        field = kind(label="联系人", **options)
        if isinstance(field.widget, PasswordInput):
            continue
        with pytest.raises(ValidationError) as refused:
            pytest.fail(f"{kind} lets it in as {field.to_python(typed)!r}")
        assert "“联系人”的文字中有看不见的控制字符U+000B(第2个字符" in refused.value.messages[0], kind


def test_a_line_and_a_paragraph_and_a_password():
    assert CharField().clean(" 一\u200b\n二 ") == "一 二"
    assert CharField(widget=Textarea).clean("一\r\n二\u3000") == "一\n二"
    assert CharField(widget=PasswordInput, strip=False).clean("e\u0301\u200b ") == "e\u0301\u200b "
    assert CharField(required=False, empty_value=None).clean("\u200b") is None
