"""A scan -> a file that may be downloaded. What would its owner want to print?"""

from generator.media.clean import Clean
from generator.media.light import clean_pdf, clean_picture, lighten
from generator.media.sniff import Kind

COPY_BYTES = 10_000_000


def clean_copy(content: bytes, kind: Kind) -> Clean:
    """The scan without anything but its pages: its own pixels, where its format allows that."""
    copy = _same_pixels(content, kind)
    return copy if copy and len(copy.content) <= COPY_BYTES else lighten(content)


def _same_pixels(content: bytes, kind: Kind) -> Clean | None:
    if kind in ("jpeg", "png"):
        return clean_picture(content, kind)
    if kind == "pdf":
        return Clean(clean_pdf(content), "pdf")
    return None
