"""PDF files in the manner of many programs: their names in the file, how they store objects, and what they put beside
the pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String

from tests.corpus import printed

Change = Callable[[pikepdf.Pdf], None]


class Printer(NamedTuple):
    """A program, what it calls itself, what it adds, how it saves."""

    name: str
    producer: str
    changes: tuple[Change, ...] = ()
    options: dict[str, Any] = {}

    def write(self) -> bytes:
        def change(document: pikepdf.Pdf) -> None:
            document.docinfo["/Producer"] = self.producer
            for each in (written, *self.changes):
                each(document)

        return printed.pdf(change, **self.options)


def written(document: pikepdf.Pdf) -> None:
    """A line of text on each page."""
    font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number, page in enumerate(document.pages, 1):
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = document.make_stream(b"BT /F1 12 Tf 72 720 Td (Page %d) Tj ET" % number)


def tagged(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo = Dictionary(Marked=True)
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=Name.L2R)


def layered(document: pikepdf.Pdf) -> None:
    """Layers that a button shows and hides."""
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("图层"), Usage=Dictionary(View=Dictionary())))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
    step = Dictionary(S=Name.SetOCGState, State=Array([Name.Toggle, layer]))
    document.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=step)]
    )


def named_places(document: pikepdf.Pdf) -> None:
    page = document.pages[0].obj
    document.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("一"), Dictionary(D=Array([page, Name.XYZ, 0, 700, 0]))]))
    )
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def asking_to_print(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Named, N=Name.Print)


def linked_to(place: str) -> Change:
    def change(document: pikepdf.Pdf) -> None:
        step = Dictionary(S=Name.URI, URI=String(place))
        document.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Border=Array([0, 0, 0]), A=step)]
        )

    return change


def beside(document: pikepdf.Pdf) -> None:
    """A link to another volume in the same folder."""
    step = Dictionary(S=Name.GoToR, F=String("附件2.pdf"), D=Array([0, Name.Fit]))
    document.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=step)]
    )


def remarked(document: pikepdf.Pdf) -> None:
    """Notes, a highlight, a stamp with its appearance, as readers make them."""
    look = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    notes = [
        Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), Contents=String("请核对"))
        for kind in ("Text", "Highlight", "FreeText", "Ink", "Stamp", "Popup")
    ]
    notes[4].AP = Dictionary(N=look)
    document.pages[0].obj.Annots = Array([document.make_indirect(note) for note in notes])


def coloured(document: pikepdf.Pdf) -> None:
    """An output intent with its profile, and metadata, as archives ask for."""
    profile = document.make_stream(bytes(200), N=3)
    document.Root.OutputIntents = Array(
        [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile)]
    )
    with document.open_metadata() as meta:
        meta["xmp:CreatorTool"] = "演示"


def pictured(document: pikepdf.Pdf) -> None:
    image = document.make_stream(printed.picture("JPEG"), Type=Name.XObject, Subtype=Name.Image, Width=120, Height=80)
    image.stream_dict.ColorSpace, image.stream_dict.BitsPerComponent = Name.DeviceRGB, 8
    image.stream_dict.Filter = Name.DCTDecode
    for page in document.pages:
        page.obj.Resources.XObject = Dictionary(Im0=image)


def private_data(document: pikepdf.Pdf) -> None:
    """What a drawing program keeps for itself."""
    kept = document.make_stream(b"%!PS-Adobe\n")
    document.pages[0].obj.PieceInfo = Dictionary(Illustrator=Dictionary(LastModified=String("D:2025"), Private=kept))


def sealed(document: pikepdf.Pdf) -> None:
    """A seal with the proofs of its certificate, as signing services add them."""
    printed.signed(document)
    document.Root.DSS = Dictionary(Certs=Array([document.make_stream(bytes(90))]), OCSPs=Array([]))
    document.Root.Perms = Dictionary(DocMDP=document.pages[0].obj.Annots[0].V)


COMPACT = {"object_stream_mode": ObjectStreamMode.generate}
LOOSE = {"object_stream_mode": ObjectStreamMode.disable, "compress_streams": False}
WEB = {"linearize": True}
PRINTERS = (
    Printer("Chrome", "Skia/PDF m131", (tagged, named_places), COMPACT),
    Printer("Edge", "Skia/PDF m131", (linked_to("https://example.invalid/a?b=1#c"),)),
    Printer("Word", "Microsoft® Word 2019", (tagged, printed.outlined)),
    Printer("Word for Mac", "macOS 14.4 Quartz PDFContext", (linked_to("mailto:demo@example.invalid"),)),
    Printer("WPS", "WPS 文字", (tagged, linked_to("http://example.invalid/"))),
    Printer("Quartz", "macOS Version 13.2 Quartz PDFContext", (pictured,)),
    Printer("iText", "iText 2.1.7 by 1T3XT", (sealed,), LOOSE),
    Printer("iText 7", "iText® 7.2.5 ©2000-2023", (coloured, printed.plain_form), COMPACT),
    Printer("PDFBox", "Apache PDFBox", (sealed, pictured)),
    Printer("wkhtmltopdf", "Qt 4.8.7", (printed.outlined, linked_to("file:///C:/demo/a.html")), LOOSE),
    Printer("Foxit", "Foxit PhantomPDF Printer", (remarked,)),
    Printer("Acrobat", "Adobe PDF Library 15.0", (remarked, named_places), WEB),
    Printer("Distiller", "Acrobat Distiller 10.1.16", (private_data,), WEB),
    Printer("Illustrator", "Adobe PDF library 9.90", (private_data, layered), COMPACT),
    Printer("TCPDF", "TCPDF 6.6.2", (asking_to_print,), LOOSE),
    Printer("Jasper", "iText 2.1.7 JasperReports", (asking_to_print, pictured), LOOSE),
    Printer("FOP", "Apache FOP Version 2.9", (named_places, coloured)),
    Printer("pdfTeX", "pdfTeX-1.40.25", (printed.outlined, named_places), COMPACT),
    Printer("xdvipdfmx", "xdvipdfmx (20220710)", (printed.outlined,), COMPACT),
    Printer("ReportLab", "ReportLab PDF Library", (), LOOSE),
    Printer("Canon", "Canon iR-ADV", (pictured, coloured)),
    Printer("CamScanner", "intsig.com pdf producer", (pictured, linked_to("https://example.invalid/app")), LOOSE),
    Printer("AutoCAD", "pdfplot16.hdi", (layered,)),
    Printer("office of records", "Suwell", (sealed, beside)),
)
MAKERS: dict[str, Callable[[], bytes]] = {printer.name: partial(printer.write) for printer in PRINTERS}
