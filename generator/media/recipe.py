"""Settings -> their fingerprint. What makes two derivatives of one scan differ?"""

import hashlib
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

_CODECS = ("pillow", "pypdfium2", "pikepdf")


@dataclass(frozen=True)
class Recipe:
    """How a derivative is made: long sides in pixels, WebP quality and effort."""

    thumb: int = 320
    middle: int = 800
    screen: int = 1600
    zoom: int = 2400
    quality: int = 78
    method: int = 2


STANDARD = Recipe()


@dataclass(frozen=True)
class Want:
    """What an entry asks for beside the two sizes that everybody gets."""

    zoom: bool = False
    copy: bool = False
    middle: bool = False

    def __or__(self, other: "Want") -> "Want":
        return Want(self.zoom or other.zoom, self.copy or other.copy, self.middle or other.middle)


NOTHING_MORE = Want()


def read_fingerprint(recipe: Recipe) -> str:
    """A short name of the recipe, of our own code that follows it, and of the codecs installed:
    wheels carry their codecs. A mask that was drawn wrongly once is drawn anew once it is mended.
    """
    made = (astuple(recipe), _read_code(), [version(name) for name in _CODECS])
    return hashlib.sha256(repr(made).encode()).hexdigest()[:16]


@cache
def _read_code() -> str:
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
