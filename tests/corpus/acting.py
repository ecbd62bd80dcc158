"""PDF files that do something or bring something along, each by a function that makes its bytes."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.corpus import printed

SHARE = r"\\203.0.113.9\share\a.pdf"
WEB = "http://example.invalid/x"


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary({"/S": Name(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}})


def opening(step: Dictionary | Callable[[pikepdf.Pdf], Any], **options: Any) -> bytes:
    """Done when the file is opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = step(document) if callable(step) else step

    return printed.pdf(change, **options)


def on_a_page(step: Dictionary) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.AA = Dictionary(O=step)

    return printed.pdf(change)


def on_closing(step: Dictionary) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.AA = Dictionary(WC=step)

    return printed.pdf(change)


def on_a_field(step: Dictionary) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        printed.plain_form(document)
        document.pages[0].obj.Annots[0].AA = Dictionary(F=step)

    return printed.pdf(change)


def after_a_harmless_step(step: Dictionary) -> bytes:
    """The dangerous step comes second, and the chain leads back to its beginning."""

    def change(document: pikepdf.Pdf) -> Dictionary:
        first = document.make_indirect(action("GoTo", D=Array([document.pages[0].obj, Name.Fit])))
        second = document.make_indirect(step)
        first.Next = Array([second])
        second.Next = first
        return first

    return opening(change)


def annotated(subtype: str, **more: Any) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        note = Dictionary({"/Type": Name.Annot, "/Subtype": Name(f"/{subtype}"), "/Rect": Array([0, 0, 9, 9])})
        for key, value in more.items():
            note[f"/{key}"] = value
        document.pages[0].obj.Annots = Array([document.make_indirect(note)])

    return printed.pdf(change)


def clicked(step: Dictionary) -> bytes:
    return annotated("Link", A=step)


def attached_by_annotation() -> bytes:
    """An attachment that hangs on a page, with no /Type on anything."""

    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"MZ\x90\x00" + bytes(100))
        file = Dictionary(F=String("tool.exe"), EF=Dictionary(F=stream))
        document.pages[0].obj.Annots = Array(
            [Dictionary(Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=file)]
        )

    return printed.pdf(change)


def file_without_type(place: str = "PieceInfo", **options: Any) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"MZ\x90\x00" + bytes(100))
        held = document.make_indirect(Dictionary(F=String("a.exe"), EF=Dictionary(F=stream)))
        document.Root[f"/{place}"] = Array([held]) if place == "AF" else Dictionary(X=held)

    return printed.pdf(change, **options)


def in_object_streams() -> bytes:
    return file_without_type(object_stream_mode=pikepdf.ObjectStreamMode.generate)


def portfolio() -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.Collection = Dictionary(View=Name.D)

    return printed.pdf(change)


def named_script() -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))

    return printed.pdf(change)


def escaped_script() -> bytes:
    """The same name with one letter written as a number."""
    content = opening(action("JavaScript", JS=String("app.alert(1)")), compress_streams=False)
    assert content.count(b"/JavaScript") == 1
    # The cross-reference table no longer fits, as in any file that was edited by hand.
    return content.replace(b"/JavaScript", b"/J#61vaScript")


def stream_elsewhere() -> bytes:
    """The bytes of the page are to be fetched from another file."""

    def change(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"")
        stream.stream_dict.F = Dictionary(FS=Name.URL, F=String(WEB))
        document.pages[0].obj.Contents = stream

    return printed.pdf(change)


def page_elsewhere() -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        form = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.stream_dict.Ref = Dictionary(F=String(SHARE), Page=0)
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))

    return printed.pdf(change)


def relative_to(base: str) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.URI = Dictionary(Base=String(base))

    return printed.pdf(change)


def nested_arrays(depth: int = 5_000) -> bytes:
    content = printed.pdf()
    return content.replace(b"<<", b"<< /X " + b"[" * depth + b"]" * depth, 1)


def many_objects(count: int = 700_000) -> bytes:
    target = io.BytesIO()
    target.write(b"%PDF-1.5\n")
    places = []
    for number in range(1, count):
        places.append(target.tell())
        target.write(b"%d 0 obj 1 endobj\n" % number)
    target.write(b"trailer << /Root 1 0 R >>\n%%EOF")
    return target.getvalue()
