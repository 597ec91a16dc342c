"""A scan -> a file that may be downloaded. What would its owner want to print?"""

from collections.abc import Sequence

from generator.media.clean import Clean
from generator.media.light import SIDE, clean_pdf, clean_picture, draw_light, lighten
from generator.media.mask import cover
from generator.media.sheets import draw_sheets
from generator.media.sniff import Kind
from generator.model.shown import Rectangle

COPY_BYTES = 10_000_000


def clean_copy(content: bytes, kind: Kind) -> Clean:
    """The scan without anything but its pages: its own pixels, where its format allows that."""
    copy = _same_pixels(content, kind)
    return copy if copy and len(copy.content) <= COPY_BYTES else lighten(content)


def masked_copy(content: bytes, kind: Kind, masks: Sequence[Rectangle]) -> Clean:
    """The scan drawn anew without what lies under its masks: its own file would still hold it."""
    return draw_light(list(cover(draw_sheets(content, kind, SIDE), masks)))


def _same_pixels(content: bytes, kind: Kind) -> Clean | None:
    if kind in ("jpeg", "png"):
        return clean_picture(content, kind)
    if kind == "pdf":
        return Clean(clean_pdf(content), "pdf")
    return None
