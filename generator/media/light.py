"""Bytes of an original -> the same, light and clean. How light can it be and still be read?

Pure: whoever calls this with a file from outside does so in a worker (`intake`).
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageChops

from generator.media.clean import Clean
from generator.media.cut import refusal_of
from generator.media.jpeg_clean import strip
from generator.media.png import strip_png
from generator.media.sheets import check_sheets, draw_sheets, fit, orientation_of
from generator.media.sniff import Kind, kind_of

SIDE = 2000
PAGE_BYTES = 400_000
_QUALITIES = (85, 78, 70, 60)
_SIDES = (2000, 1600, 1200)
_COLOURS = 256
_GRAYS = 16
_LOOK = 400
_UNLIKE = 24


def lighten(content: bytes) -> Clean:
    """At most 2000 pixels and 400 KB a page, nothing but pixels; `Refused` for what is no scan.

    Photos become JPEG, line art PNG, several pages a PDF. What is light already keeps its pixels.
    """
    kind = kind_of(content)
    try:
        return _lightened(content, kind)
    except Exception as error:
        raise refusal_of(error, content, kind) from error


def _lightened(content: bytes, kind: Kind) -> Clean:
    if kind == "pdf":
        return Clean(_light_pdf(content), "pdf")
    if kind in ("jpeg", "png") and len(content) <= PAGE_BYTES and _is_small(content):
        check_sheets(content, kind)
        return clean_picture(content, kind)
    return draw_light(list(draw_sheets(content, kind, SIDE)))


def draw_light(sheets: Sequence[tuple[Image.Image, bool]]) -> Clean:
    """Pages drawn already, each with whether it is line art, as one light file."""
    if len(sheets) > 1:
        return Clean(to_pdf(image for image, _ in sheets), "pdf")
    return _drawn(*sheets[0])


def clean_picture(content: bytes, kind: Kind) -> Clean:
    """A JPEG or PNG with the same pixels and nothing else."""
    if kind == "png" and orientation_of(content, kind) == 1:
        return Clean(strip_png(content), "png")
    if kind == "png":
        return _drawn(_only(content, kind), lossless=False)
    return Clean(_clean_jpeg(content), "jpg")


def _clean_jpeg(content: bytes) -> bytes:
    """A JPEG with the same pixels and nothing else; drawn anew when it is oddly put together."""
    try:
        return strip(content, orientation_of(content, "jpeg"))
    except (ValueError, IndexError):
        return to_jpeg(_only(content, "jpeg"))


def clean_pdf(content: bytes) -> bytes:
    """A PDF of the same pages and nothing else; of pictures when it cannot be rebuilt alike."""
    from generator.media.pdf_copy import Unknown, copy_pages

    try:
        copy = copy_pages(content)
    except Unknown:
        copy = b""
    if copy and looks_alike(content, copy):
        return copy
    return to_pdf(image for image, _ in draw_sheets(content, "pdf", SIDE))


def to_jpeg(image: Image.Image) -> bytes:
    """An RGB picture as JPEG of at most 400 KB, as good and large as that allows."""
    for side in _SIDES:
        small = image
        if (size := fit(image.size, side)) != image.size:
            small = image.resize(size, Image.Resampling.HAMMING)
        small.info.clear()
        for quality in _QUALITIES:
            file = BytesIO()
            small.save(file, "JPEG", quality=quality, optimize=True)
            if file.tell() <= PAGE_BYTES:
                return file.getvalue()
    return file.getvalue()


def to_pdf(images: Iterator[Image.Image]) -> bytes:
    """Pictures as a PDF, a page each."""
    from generator.media.pdf_copy import copy_pages, from_pictures

    # Copied once more: what is light already must come out of here as it went in.
    return copy_pages(from_pictures(_measured(to_jpeg(image)) for image in images))


def looks_alike(one: bytes, other: bytes) -> bool:
    """Whether two PDFs show the same, page by page."""
    pages = zip(draw_sheets(one, "pdf", _LOOK), draw_sheets(other, "pdf", _LOOK), strict=True)
    return all(_differ(a, b) <= _UNLIKE for (a, _), (b, _) in pages)


def _differ(one: Image.Image, other: Image.Image) -> int:
    """How far two pictures are apart where they are farthest, a smallest spot aside."""
    if one.size != other.size:
        return 255
    spots = fit(one.size, _LOOK // 8)
    off = ImageChops.difference(one, other).convert("L").resize(spots, Image.Resampling.BOX)
    return int(max(off.tobytes()))


def _light_pdf(content: bytes) -> bytes:
    pages = sum(1 for _ in draw_sheets(content, "pdf", 8))
    clean = clean_pdf(content)
    if len(clean) <= PAGE_BYTES * pages:
        return clean
    return to_pdf(image for image, _ in draw_sheets(content, "pdf", SIDE))


def _drawn(image: Image.Image, lossless: bool) -> Clean:
    drawing = _to_png(image, lossless)
    if drawing is not None and len(drawing) <= PAGE_BYTES:
        return Clean(drawing, "png")
    return Clean(to_jpeg(image), "jpg")


def _is_small(content: bytes) -> bool:
    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
        return max(image.size) <= SIDE


def _only(content: bytes, kind: Kind) -> Image.Image:
    return next(image for image, _ in draw_sheets(content, kind, SIDE))


def _measured(content: bytes) -> tuple[bytes, int, int]:
    with Image.open(BytesIO(content), formats=("JPEG",)) as image:
        return content, *image.size


def _to_png(image: Image.Image, lossless: bool) -> bytes | None:
    """Line art as PNG; None for what has as many colours as a photo."""
    image.info.clear()
    if lossless:
        image = image.convert("L").quantize(_GRAYS)
    elif image.getcolors(_COLOURS) is None:
        return None
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
