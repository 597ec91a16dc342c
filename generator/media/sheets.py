"""Bytes of a scan -> its pages, upright and in the colours the eye sees. What is on them?"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from generator.media.colour import to_resizable, to_srgb
from generator.media.gate import allowed_pixels, check_pixels
from generator.media.heic import enable
from generator.media.refusals import Refused
from generator.media.rows import check_rows
from generator.media.sniff import Kind
from generator.media.webp import size_of

TIFF_PAGES = 20

# Loaded before the workers are forked, so that none of them has to.
Image.preinit()
# The gate has limits of its own, lower and with words for the owner.
Image.MAX_IMAGE_PIXELS = None
_PLUGINS = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)

_FORMATS: dict[Kind, str] = {
    "jpeg": "JPEG",
    "png": "PNG",
    "tiff": "TIFF",
    "webp": "WEBP",
    "heic": "HEIF",
}
_ORIENTATION = 0x0112
_SUBFILE = 0x00FE
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def draw_sheets(content: bytes, kind: Kind, side: int) -> Iterator[tuple[Image.Image, bool]]:
    """Upright sRGB pages, their long side at most `side`, each with whether it is pure line art."""
    if kind == "pdf":
        from generator.media.pdf import draw_pages

        for page in draw_pages(content, side):
            yield page, False
    else:
        yield from _pages(content, kind, side)


def check_sheets(content: bytes, kind: Kind) -> None:
    """Decodes every page and keeps none: fails for what is damaged."""
    for _ in draw_sheets(content, kind, 1):
        pass


def orientation_of(content: bytes, kind: Kind) -> int:
    """Which side of a picture is up: 1 to 8, as EXIF counts."""
    with Image.open(BytesIO(content), formats=(_FORMATS[kind],)) as image:
        return _orientation(image)


def _pages(content: bytes, kind: Kind, side: int) -> Iterator[tuple[Image.Image, bool]]:
    """Upright sRGB pages at screen size, each with whether it is line art of two colours."""
    limit = allowed_pixels(content, kind)
    if kind == "heic":
        enable()
    if kind == "webp":
        # Opening one already takes the memory for its whole canvas.
        check_pixels(*size_of(content), limit)
    # Without `formats` a PostScript file under any name would be run.
    with Image.open(BytesIO(content), formats=(_FORMATS[kind],)) as image:
        for number in range(_count(image) if kind == "tiff" else 1):
            image.seek(number)
            check_pixels(*image.size, limit)
            if not _is_reduced_copy(image, kind, number):
                yield _screen(image, side), image.mode == "1"
                check_rows(image, content, kind)


def _count(image: Image.Image) -> int:
    pages: int = getattr(image, "n_frames", 1)
    if pages > TIFF_PAGES:
        raise Refused("scan-pages", str(pages))
    return pages


def _is_reduced_copy(image: Image.Image, kind: Kind, number: int) -> bool:
    # A TIFF may carry small copies of its pages for previews: they are no pages.
    tags = getattr(image, "tag_v2", {}) if kind == "tiff" and number else {}
    return bool(int(tags.get(_SUBFILE, 0)) & 1)


def _screen(image: Image.Image, side: int) -> Image.Image:
    width, height = fit(image.size, side)
    # Asking for exactly the target lets a JPEG be decoded at half size: `thumbnail()` would not.
    image.draft(None, (width, height))
    image.load()
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    small = to_resizable(image)
    if (turned := fit(small.size, side)) != small.size:
        small = small.resize(turned, Image.Resampling.HAMMING)
    # Colours after the resize: seven times cheaper.
    upright = to_srgb(small, profile)
    return upright.transpose(_TURNS[orientation]) if orientation in _TURNS else upright


def _orientation(image: Image.Image) -> int:
    """EXIF orientation, read after loading: a TIFF has by then turned itself."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:
        # Damaged EXIF is no reason to refuse sound pixels.
        return 1


def fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size of a picture whose long side is at most `side`; never more than it has."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
