"""Cutting a font file down to the characters of one document, through the HarfBuzz that Pango brings along. Knows font
files and characters only."""

import ctypes
from collections.abc import Iterable
from ctypes import POINTER, byref, c_bool, c_char, c_char_p, c_uint, c_void_p
from functools import cache
from pathlib import Path

LIBRARIES = ("libharfbuzz.so.0", "libharfbuzz-subset.so.0")
_PROTOTYPES: dict[str, dict[str, tuple[object, list[object]]]] = {
    LIBRARIES[0]: {
        "hb_blob_create_from_file_or_fail": (c_void_p, [c_char_p]),
        "hb_blob_destroy": (None, [c_void_p]),
        "hb_blob_get_data": (POINTER(c_char), [c_void_p, POINTER(c_uint)]),
        "hb_face_create": (c_void_p, [c_void_p, c_uint]),
        "hb_face_destroy": (None, [c_void_p]),
        "hb_face_reference_blob": (c_void_p, [c_void_p]),
        "hb_face_collect_unicodes": (None, [c_void_p, c_void_p]),
        "hb_set_create": (c_void_p, []),
        "hb_set_destroy": (None, [c_void_p]),
        "hb_set_add": (None, [c_void_p, c_uint]),
        "hb_set_has": (c_bool, [c_void_p, c_uint]),
    },
    LIBRARIES[1]: {
        "hb_subset_input_create_or_fail": (c_void_p, []),
        "hb_subset_input_destroy": (None, [c_void_p]),
        "hb_subset_input_unicode_set": (c_void_p, [c_void_p]),
        "hb_subset_or_fail": (c_void_p, [c_void_p, c_void_p]),
    },
}


def subset(path: Path, index: int, characters: Iterable[str]) -> tuple[bytes, frozenset[str]]:
    """The face `index` of a font file with these characters only, and those of them that it has.

    A file of 27 MB takes some 50 ms and 1 MB of memory: it is mapped, not read. OSError for a file that is absent or
    no font.
    """
    wanted = sorted(set(characters))
    hb, hb_subset = _library(LIBRARIES[0]), _library(LIBRARIES[1])
    blob = hb.hb_blob_create_from_file_or_fail(str(path).encode())
    if not blob:
        raise OSError(f"cannot read {path}")
    face = hb.hb_face_create(blob, index)
    order = hb_subset.hb_subset_input_create_or_fail()
    into = hb_subset.hb_subset_input_unicode_set(order)
    for character in wanted:
        hb.hb_set_add(into, ord(character))
    cut = hb_subset.hb_subset_or_fail(face, order)
    try:
        if not cut:
            raise OSError(f"cannot cut down {path}")
        return _bytes(hb, cut), _characters(hb, cut, wanted)
    finally:
        hb.hb_face_destroy(cut)
        hb_subset.hb_subset_input_destroy(order)
        hb.hb_face_destroy(face)
        hb.hb_blob_destroy(blob)


@cache
def _library(name: str) -> ctypes.CDLL:
    library = ctypes.CDLL(name)
    for function, (result, arguments) in _PROTOTYPES[name].items():
        found = getattr(library, function)
        found.restype, found.argtypes = result, arguments
    return library


def _bytes(hb: ctypes.CDLL, face: int) -> bytes:
    blob, length = hb.hb_face_reference_blob(face), c_uint()
    data = hb.hb_blob_get_data(blob, byref(length))
    content = ctypes.string_at(data, length.value)
    hb.hb_blob_destroy(blob)
    return content


def _characters(hb: ctypes.CDLL, face: int, wanted: list[str]) -> frozenset[str]:
    has = hb.hb_set_create()
    hb.hb_face_collect_unicodes(face, has)
    found = frozenset(character for character in wanted if hb.hb_set_has(has, ord(character)))
    hb.hb_set_destroy(has)
    return found
