"""Two pictures -> whether they are one picture saved twice. Is there a place where they differ?

A hash only proposes. The verdict looks for the spot where the two differ most: certificates from
one template, and «I место» beside «II место», differ there by far more than any recompression.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

Pages = Sequence[tuple[Path, Path]]
"""Thumbnail and screen picture of every page of a scan."""

_SIDE = 1600
_SPOT = 8
_MARGIN = 4
_UNLIKE = 15
"""Gray levels of 256; copies stay below 13, a changed figure starts at 20 (test_alike.py)."""
_UNLIKE_COARSE = 60
_BITS_OFF = 64
_TURNS = (
    None,
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
)


def find_same(scans: Sequence[Pages]) -> Iterator[tuple[int, int]]:
    """Places of those scans that are the same picture, whichever way they are turned."""
    first = [_gray(pages[0][0]) for pages in scans]
    marks = [[_mark(_turned(thumb, turn)) for turn in _TURNS] for thumb in first]
    for a, b in combinations(range(len(scans)), 2):
        if len(scans[a]) != len(scans[b]):
            continue
        turn = min(range(len(_TURNS)), key=lambda one: (marks[a][0] ^ marks[b][one]).bit_count())
        if (marks[a][0] ^ marks[b][turn]).bit_count() > _BITS_OFF:
            continue
        if _worst(first[a], _turned(first[b], _TURNS[turn])) > _UNLIKE_COARSE:
            continue
        pairs = zip(scans[a], scans[b], strict=True)
        if all(is_same(_gray(x), _turned(_gray(y), _TURNS[turn])) for (_, x), (_, y) in pairs):
            yield a, b


def is_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two gray pictures of one orientation show the very same thing."""
    side = min(max(one.size), max(other.size), _SIDE)
    return _worst(_levelled(one, side), _levelled(other, side)) <= _UNLIKE


def _worst(one: Image.Image, other: Image.Image) -> int:
    """How far they are apart where they are farthest, a pixel of shift forgiven; 255 for another
    shape."""
    if abs(one.width * other.height - one.height * other.width) > 0.02 * one.width * other.height:
        return 255
    one = _even(one)
    other = _even(other.resize(one.size) if other.size != one.size else other)
    apart = ImageChops.difference(one, other)
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            moved = ImageChops.offset(other, across, down)
            apart = ImageChops.darker(apart, ImageChops.difference(one, moved))
    width, height = one.size
    # Edges of a picture suffer most when it is made smaller, and bear no words.
    inner = apart.crop((_MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN))
    spots = (max(1, width // _SPOT), max(1, height // _SPOT))
    return max(inner.resize(spots, Image.Resampling.BOX).tobytes())


def _levelled(image: Image.Image, side: int) -> Image.Image:
    """As sharp as a picture of `side` pixels, in full size: two of them can be compared."""
    return _scaled(_scaled(image, side, Image.Resampling.HAMMING), _SIDE, Image.Resampling.BICUBIC)


def _scaled(image: Image.Image, side: int, how: Image.Resampling) -> Image.Image:
    scale = side / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if size == image.size else image.resize(size, how)


def _even(image: Image.Image) -> Image.Image:
    """Of the same lightness and contrast as every other, and without single pixels' noise."""
    told = ImageStat.Stat(image)
    mean, spread = told.mean[0], max(4.0, told.stddev[0])
    levels = [max(0, min(255, round((value - mean) * 48 / spread + 128))) for value in range(256)]
    return image.point(levels).filter(ImageFilter.BoxBlur(1))


def _mark(thumb: Image.Image) -> int:
    """256 bits: whether each spot is lighter than the one before it."""
    spots = thumb.resize((17, 16), Image.Resampling.BOX).tobytes()
    rows = [spots[at : at + 17] for at in range(0, len(spots), 17)]
    bits = "".join("01"[b > a] for row in rows for a, b in pairwise(row))
    return int(bits, 2)


def _gray(path: Path) -> Image.Image:
    with Image.open(path, formats=("WEBP",)) as image:
        return image.convert("L")


def _turned(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)
