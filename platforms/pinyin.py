"""Sorting Chinese names, pure: the stored key by which lists run in pinyin order whatever the database's locale."""

MAX_LENGTH = 400


def sort_key(name: str) -> str:
    """Pinyin with tone numbers, one syllable per character; other characters stay as they are."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes half a second to load, and few processes sort names

    return " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)).lower()[:MAX_LENGTH]
