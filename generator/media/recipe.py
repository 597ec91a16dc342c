"""Settings -> their fingerprint. What makes two derivatives of one scan differ?"""

import hashlib
from dataclasses import astuple, dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Recipe:
    """How a derivative is made: long sides in pixels, WebP quality and effort."""

    thumb: int = 320
    screen: int = 1600
    quality: int = 78
    method: int = 2
    edition: int = 1
    """Raise it when `derive` or `colour` change what comes out."""


STANDARD = Recipe()


def read_fingerprint(recipe: Recipe) -> str:
    """A short name of the recipe and of the codecs installed: wheels carry their codecs."""
    codecs = (version("pillow"), version("pypdfium2"))
    return hashlib.sha256(repr((astuple(recipe), codecs)).encode()).hexdigest()[:16]
