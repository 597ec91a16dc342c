"""A picture -> one of the formats that families and offices bring. What comes besides JPEG?"""

import random
from collections.abc import Callable
from pathlib import Path

import pillow_heif
from PIL import Image, ImageFilter, ImageOps

from tests.school.scans.phone import phone_words, photograph

Writer = Callable[[Path, Image.Image, random.Random], None]

_DENSE = (4960, 7016)
_DARK = 120


def write_heic(target: Path, picture: Image.Image, rng: random.Random) -> None:
    """What an iPhone saves: pixels as the sensor lay, and the place they were taken at."""
    turned, exif = phone_words(rng, photograph(rng, picture))
    pillow_heif.from_pillow(turned).save(target, quality=38, exif=exif.tobytes())


def write_press(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What a printing house sends: four inks."""
    picture.thumbnail((1300, 1300), Image.Resampling.LANCZOS)
    picture.convert("CMYK").save(target, quality=42, optimize=True)


def write_deep(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What a telescope's camera saves: gray of sixteen bits."""
    gray = picture.convert("L").resize((1280, 960), Image.Resampling.LANCZOS)
    calm = ImageOps.autocontrast(gray.filter(ImageFilter.MedianFilter(5)))
    steps = calm.point([value // 5 * 5 for value in range(256)])
    steps.convert("I").point(lambda value: value * 257).convert("I;16").save(target, optimize=True)


def write_dense(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What an office scanner gives at 600 dots per inch: a whole A4, 35 million points of gray."""
    upright = picture if picture.height > picture.width else picture.transpose(_QUARTER)
    gray = upright.convert("L").resize(_DENSE, Image.Resampling.BICUBIC)
    gray.save(target, quality=24, optimize=True, progressive=True, dpi=(600, 600))


def write_webp(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What a messenger or a site gives."""
    picture.thumbnail((1400, 1400), Image.Resampling.LANCZOS)
    picture.save(target, quality=60, method=6)


def write_clear(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What a drawing program exports: ink on nothing."""
    ink = ImageOps.invert(picture.convert("L")).point([v // 17 * 17 for v in range(256)])
    drawn = Image.new("RGBA", picture.size, (24, 40, 78, 0))
    drawn.putalpha(ink)
    drawn.save(target, optimize=True)


def write_fax(target: Path, picture: Image.Image, _: random.Random) -> None:
    """What an old office scanner gives: black or white, packed as faxes are."""
    large = picture.convert("L").resize((1240, 1754), Image.Resampling.LANCZOS)
    bits = large.point([0 if value < _DARK else 255 for value in range(256)], "1")
    bits.save(target, compression="group4", dpi=(150, 150))


_QUARTER = Image.Transpose.ROTATE_90

FORMATS: dict[str, Writer] = {
    "heic": write_heic,
    "press": write_press,
    "deep": write_deep,
    "dense": write_dense,
    "webp": write_webp,
    "clear": write_clear,
    "fax": write_fax,
}
"""By the way a scan was taken."""
