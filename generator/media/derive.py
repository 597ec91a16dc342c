"""Bytes of a scan -> its pages, light and clean. What may leave a picture? Only its pixels."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image

from generator.media.answer import Drawn, Reading, Webp
from generator.media.clean import Clean
from generator.media.colour import dominant
from generator.media.copies import clean_copy, masked_copy
from generator.media.cut import refusal_of
from generator.media.mask import cover
from generator.media.readable import hindrances
from generator.media.recipe import NOTHING_MORE, Recipe, Want
from generator.media.remarks import Remark
from generator.media.sheets import draw_sheets, fit
from generator.media.sniff import Kind, kind_of
from generator.model.shown import Rectangle


def read(
    content: bytes, recipe: Recipe, want: Want = NOTHING_MORE, masks: Sequence[Rectangle] = ()
) -> Reading:
    """Everything that is made of a scan, nothing of it under a mask; `Refused` for what cannot be
    read."""
    kind = kind_of(content)
    try:
        carried = _carried(content) if kind == "pdf" else ()
        side = recipe.zoom if want.zoom else recipe.screen
        sheets = cover(draw_sheets(content, kind, side), masks)
        pages = [_drawn(sheet, recipe, want) for sheet in sheets]
        hindered = _remarks([codes for _, codes in pages])
        return Reading(
            tuple(page for page, _ in pages),
            (*((one, 0) for one in carried), *hindered),
            _copy(content, kind, masks) if want.copy else None,
        )
    except Exception as error:
        raise refusal_of(error, content, kind) from error


def _copy(content: bytes, kind: Kind, masks: Sequence[Rectangle]) -> Clean:
    return masked_copy(content, kind, masks) if masks else clean_copy(content, kind)


def _carried(content: bytes) -> tuple[str, ...]:
    from generator.media.carried import read_carried

    return read_carried(content)


def _remarks(pages: list[tuple[str, ...]]) -> Iterator[Remark]:
    for number, codes in enumerate(pages, start=1):
        for code in codes:
            yield code, number if len(pages) > 1 else 0


def _drawn(
    drawn: tuple[Image.Image, bool], recipe: Recipe, want: Want
) -> tuple[Drawn, tuple[str, ...]]:
    sheet, lossless = drawn
    page = _resized(sheet, recipe.screen)
    small = _resized(page, recipe.thumb)
    middle = _resized(page, recipe.middle) if want.middle else None
    pictures = Drawn(
        thumb=_encode(small, lossless and small is sheet, recipe),
        screen=_encode(page, lossless, recipe),
        colour=dominant(small),
        zoom=None if page is sheet else _encode(sheet, lossless, recipe),
        middle=_encode(middle, lossless and middle is sheet, recipe) if middle else None,
    )
    return pictures, tuple(hindrances(page, small))


def _resized(image: Image.Image, side: int) -> Image.Image:
    if (size := fit(image.size, side)) == image.size:
        return image
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def _encode(image: Image.Image, lossless: bool, recipe: Recipe) -> Webp:
    # Pillow carries comments and profiles in `info` through every step: nothing of it goes out.
    image.info.clear()
    file = BytesIO()
    image.save(file, "WEBP", quality=recipe.quality, method=recipe.method, lossless=lossless)
    return Webp(file.getvalue(), *image.size)
