"""Names, headings and numbers for comparing. What is stored is put right by `clean`, which keeps these forms apart."""

import unicodedata


def plain_forms(text: str) -> str:
    """Compatible forms unified (NFKC): full-width letters and figures become plain."""
    return unicodedata.normalize("NFKC", text)


def folded(text: str) -> str:
    """The same, all white space removed."""
    return "".join(plain_forms(text).split())
