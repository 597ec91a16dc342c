"""A page and its small sister -> what hinders reading. Could somebody read this paper?

Thresholds were chosen so that the papers of the sample school, phone photos among them, raise
nothing, and the same papers out of focus, cut or washed out do (tests/media/test_readable.py).
"""

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter

_SMALLEST = 900
"""Pixels on the long side; with fewer a page loses the letters of its small print."""
_NARROWEST = 30
"""A strip is no page; its small sister may be one pixel wide."""
_EDGE_RATIO = 1.7
_CONTRAST = 0.25
_LEAST_STEP = 3
_INK_STEP = 40
_INK_AT_EDGE = 0.02
_STRIP = 5
_DARK_PAPER = 120
_WASHED_OUT = 250
_WHITE_PAPER = 240
_SPOTS = 24
_SPOT_FULL = 242
_GLARE_SPOTS = 12
_MIDDLE = 0.3


def hindrances(page: Image.Image, small: Image.Image) -> Iterator[str]:
    """Codes of remarks about an RGB page at screen size; `small` is the same at thumbnail size."""
    if min(page.size) < _NARROWEST:
        return
    if max(page.size) < _SMALLEST:
        yield "scan-small"
    elif _is_blurry(_middle(page).convert("L")):
        yield "scan-blurry"
    gray = small.convert("L")
    counts = gray.histogram()
    if _share(counts, 0.95) < _DARK_PAPER:
        yield "scan-dark"
    elif _share(counts, 0.5) < _WHITE_PAPER and _washed_out(gray) >= _GLARE_SPOTS:
        yield "scan-glare"
    if any(_ink(strip) > _INK_AT_EDGE for strip in _strips(page)):
        yield "scan-cropped"


def _is_blurry(gray: Image.Image) -> bool:
    """Whether the sharpest edges hardly lose by being blurred: then they were not sharp.

    A ratio, so that a dark photo is not taken for a blurred one.
    """
    counts = gray.histogram()
    light, steepest = _share(counts, 0.95), _steepest(gray)
    if light - _share(counts, 0.01) < _CONTRAST * light or steepest < _LEAST_STEP:
        return False  # there are no letters to judge by
    return steepest < _EDGE_RATIO * max(1, _steepest(gray.filter(ImageFilter.BoxBlur(2))))


def _steepest(gray: Image.Image) -> int:
    """How far neighbours differ, but for the steepest half per cent."""
    width, height = gray.size
    across = ImageChops.difference(
        gray.crop((1, 0, width, height)), gray.crop((0, 0, width - 1, height))
    )
    down = ImageChops.difference(
        gray.crop((0, 1, width, height)), gray.crop((0, 0, width, height - 1))
    )
    counts = [a + b for a, b in zip(across.histogram(), down.histogram(), strict=True)]
    return _share(counts, 0.995)


def _share(counts: list[int], part: float) -> int:
    """The value below which this part of all pixels lies."""
    left = part * sum(counts)
    for value, count in enumerate(counts):
        left -= count
        if left <= 0:
            return value
    return 255


def _middle(page: Image.Image) -> Image.Image:
    width, height = page.size
    return page.crop(
        (
            int(width * _MIDDLE),
            int(height * _MIDDLE),
            int(width * (1 - _MIDDLE)),
            int(height * (1 - _MIDDLE)),
        )
    )


def _washed_out(gray: Image.Image) -> int:
    """How many spots of the page are white from side to side, though its paper is not."""
    white = gray.point([0] * _WASHED_OUT + [255] * (256 - _WASHED_OUT))
    spots = white.resize((_SPOTS, _SPOTS), Image.Resampling.BOX).tobytes()
    return sum(spot >= _SPOT_FULL for spot in spots)


def _strips(page: Image.Image) -> Iterator[bytes]:
    """The outermost pixels along each side, as one line of gray."""
    width, height = page.size
    for box, line in (
        ((0, 0, width, _STRIP), (width, 1)),
        ((0, height - _STRIP, width, height), (width, 1)),
        ((0, 0, _STRIP, height), (1, height)),
        ((width - _STRIP, 0, width, height), (1, height)),
    ):
        yield page.crop(box).convert("L").resize(line, Image.Resampling.BOX).tobytes()


def _ink(strip: bytes) -> float:
    """How often along a side light turns to dark, as letters do that run over it."""
    turns = sum(abs(a - b) > _INK_STEP for a, b in zip(strip, strip[2:], strict=False))
    return turns / max(1, len(strip))
