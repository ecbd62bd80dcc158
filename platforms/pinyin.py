"""Sorting Chinese names, pure: the stored key by which lists run in pinyin order whatever the database's locale."""

from pypinyin import Style, lazy_pinyin

MAX_LENGTH = 400


def sort_key(name: str) -> str:
    """Pinyin with tone numbers, one syllable per character; other characters stay as they are."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)).lower()[:MAX_LENGTH]
