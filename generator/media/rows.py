"""A picture that was decoded -> whether all of it was there. Does the file hold what it promises?

Decoders pass over rows that are missing: a JPEG is gray below, a PNG or a TIFF black. Only where
the last point has that very colour, which is seldom, a second look is worth its time.
"""

from io import BytesIO

from PIL import Image

from generator.media.jpeg import with_more
from generator.media.png import lacks_pixels
from generator.media.refusals import Refused
from generator.media.sniff import Kind

_GRAY, _NEARLY = 128, 4
_STRIPS, _ROWS_OF_A_STRIP = 273, 278


def check_rows(image: Image.Image, content: bytes, kind: Kind) -> None:
    """Refuses a picture, just decoded, whose file ends before its last row."""
    if kind in _SECOND_LOOK and _is_empty(image, kind) and _SECOND_LOOK[kind](image, content):
        raise Refused("scan-cut")


def _is_empty(image: Image.Image, kind: Kind) -> bool:
    """Whether the last point is what a decoder leaves where it found no pixels."""
    last = image.getpixel((image.width - 1, image.height - 1))
    parts = last if isinstance(last, tuple) else (last or 0,)
    if kind == "jpeg":
        return all(abs(part - _GRAY) <= _NEARLY for part in parts)
    return not any(parts)


def _jpeg_lacks(_: Image.Image, content: bytes) -> bool:
    """Whether further packed pixels would find a place in it."""
    return _tiny(content) != _tiny(with_more(content))


def _tiny(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=("JPEG",)) as image:
        image.draft(None, (1, 1))
        return image.tobytes()


def _tiff_lacks(image: Image.Image, _: bytes) -> bool:
    """Whether its strips have fewer rows than the page."""
    tags = getattr(image, "tag_v2", {})
    rows = int(tags.get(_ROWS_OF_A_STRIP, 0))
    return bool(rows) and rows * len(tags.get(_STRIPS, ())) < image.height


_SECOND_LOOK = {
    "jpeg": _jpeg_lacks,
    "png": lambda _, content: lacks_pixels(content),
    "tiff": _tiff_lacks,
}
