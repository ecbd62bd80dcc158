"""Opening a picture in the limited child and encoding it anew: what a camera wrote beside the picture (place, time,
device) and whatever else hides in the file does not come through. No Django here."""

import base64
import io
from importlib import import_module

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Refusal
from core.files.uploads.picture_structure import check_pixels, check_structure

_QUALITY = 88


def prepare() -> None:
    """The library loads its formats when it meets them; a locked-up process cannot any more."""
    Image.preinit()
    for module in ("JpegImagePlugin", "JpegPresets", "MpoImagePlugin", "PngImagePlugin"):
        import_module(f"PIL.{module}")


def inspect(content: bytes) -> dict[str, object]:
    """Number of pixels and the picture encoded anew, upright as it was taken; Refusal when it is too large or
    damaged."""
    check_structure(content)
    Image.MAX_IMAGE_PIXELS = None  # our own limit below speaks first, before anything is unpacked
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            check_pixels(picture.width, picture.height)
            pixels = picture.width * picture.height
            encoded = _encoded(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Refusal("图片已损坏,无法打开;请重新拍摄或另存后再上传") from None
    return {"length": pixels, "content": base64.b64encode(encoded).decode()}


def _encoded(picture: Image.Image) -> bytes:
    kind = picture.format
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    target = io.BytesIO()
    if kind == "JPEG":
        upright.convert("CMYK" if upright.mode == "CMYK" else "RGB").save(target, "JPEG", quality=_QUALITY)
    else:
        upright.info.clear()  # text blocks, colour profiles
        upright.save(target, "PNG")
    return target.getvalue()
