"""Settings -> their fingerprint. What makes two derivatives of one scan differ?"""

import hashlib
from dataclasses import astuple, dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Recipe:
    """How a derivative is made: long sides in pixels, WebP quality and effort."""

    thumb: int = 320
    screen: int = 1600
    zoom: int = 2400
    quality: int = 78
    method: int = 2
    edition: int = 3
    """Raise it when `derive`, `sheets`, `colour` or `readable` change what comes out."""


STANDARD = Recipe()


@dataclass(frozen=True)
class Want:
    """What an entry asks for beside the two sizes that everybody gets."""

    zoom: bool = False
    copy: bool = False

    def __or__(self, other: "Want") -> "Want":
        return Want(self.zoom or other.zoom, self.copy or other.copy)


NOTHING_MORE = Want()


def read_fingerprint(recipe: Recipe) -> str:
    """A short name of the recipe and of the codecs installed: wheels carry their codecs."""
    codecs = (version("pillow"), version("pypdfium2"), version("pikepdf"))
    return hashlib.sha256(repr((astuple(recipe), codecs)).encode()).hexdigest()[:16]
