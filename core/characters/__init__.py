"""Which characters may come in, which go out. One normaliser and one check for everything typed or taken in; one
replacement for what stands stored from before and no file can hold. Pure.

What is harmless is put right without a word (`clean`): line ends, spaces of other widths, marks of no width, letters
with a separate accent. What could change the meaning, or what no font of ours prints, is named and refused (`faults`).
"""

from core.characters.incoming import checked, clean, cleaned_document, faults, legible, odd, read_back
from core.characters.names import folded, plain_forms
from core.characters.outgoing import printable, writable

__all__ = [
    "checked",
    "clean",
    "cleaned_document",
    "faults",
    "folded",
    "legible",
    "odd",
    "plain_forms",
    "printable",
    "read_back",
    "writable",
]
