"""A PDF's bytes -> pictures of its pages. What does it look like?"""

import math
from collections.abc import Iterator
from typing import cast

import pypdfium2
from PIL import Image

from generator.media.refusals import Refused

PAGES = 30


def draw_pages(content: bytes, side: int) -> Iterator[Image.Image]:
    """Its pages on white, their long side exactly `side` pixels."""
    with pypdfium2.PdfDocument(content) as document:
        if len(document) > PAGES:
            raise Refused("scan-pages", str(len(document)))
        if not len(document):
            raise Refused("scan-broken")
        if document.get_formtype():
            # What was filled in by hand is a part of the page.
            document.init_forms()
        for number in range(len(document)):
            yield _draw(document[number], side)


def _draw(page: pypdfium2.PdfPage, side: int) -> Image.Image:
    # By the size of the page, never by dots per inch: a page may call itself kilometres wide.
    long_side = max(page.get_size())
    if not math.isfinite(long_side) or long_side <= 0:
        raise Refused("scan-broken")
    bitmap = page.render(scale=side / long_side, rev_byteorder=True)
    picture = cast(Image.Image, bitmap.to_pil()).convert("RGB")
    # Scales are rounded upwards: never a pixel more than asked.
    return picture.crop((0, 0, min(picture.width, side), min(picture.height, side)))
