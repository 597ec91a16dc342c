"""Bytes that call themselves clean -> a clean file. Is there really nothing else in it?"""

from dataclasses import dataclass
from typing import Literal

from generator.media.jpeg_clean import strip
from generator.media.png import strip_png

Suffix = Literal["jpg", "png", "pdf"]
SUFFIXES: tuple[Suffix, ...] = ("jpg", "png", "pdf")


@dataclass(frozen=True)
class Clean:
    """A file of pages and nothing else, and the ending its name should have."""

    content: bytes
    suffix: Suffix


def check_clean(content: bytes) -> Clean:
    """The file that a worker made; ValueError when there is more in a picture than pixels.

    What a PDF holds is not looked at here: another worker does that (`proof`).
    """
    if content.startswith(b"\xff\xd8"):
        if not _turns(content):
            raise ValueError("more than pixels")
        return Clean(content, "jpg")
    if content.startswith(b"\x89PNG"):
        if strip_png(content) != content:
            raise ValueError("more than pixels")
        return Clean(content, "png")
    if not content.startswith(b"%PDF-"):
        raise ValueError("no clean file")
    return Clean(content, "pdf")


def orientation_of(content: bytes) -> int:
    """EXIF orientation, 1 to 8, of a picture that holds pixels and nothing else; 0 for another."""
    if not content.startswith(b"\xff\xd8"):
        return 1
    try:
        return next(iter(_turns(content)), 0)
    except ValueError:
        return 0


def _turns(content: bytes) -> list[int]:
    """With which orientations a JPEG holds nothing but itself: one, or none when there is more."""
    return [one for one in range(1, 9) if content == strip(content, one)]
