"""Upright pages + rectangles -> the same pages with those filled. What may nobody see of a scan?"""

from collections.abc import Iterator, Sequence

from PIL import Image

from generator.media.refusals import Refused
from generator.model.shown import Rectangle

FILL = (201, 204, 209)
"""A quiet gray that is neither paper nor ink."""

Sheet = tuple[Image.Image, bool]


def cover(sheets: Iterator[Sheet], masks: Sequence[Rectangle]) -> Iterator[Sheet]:
    """The sheets without what lies under the masks; refuses a mask on a page that is not there.

    A mask that covers nothing would leave open what somebody wanted closed.
    """
    number = 0
    for number, (image, lossless) in enumerate(sheets, start=1):
        for mask in masks:
            if mask.page == number:
                image.paste(FILL, _box(mask, image.size))
        yield image, lossless
    if beyond := [mask.page for mask in masks if mask.page > number]:
        raise Refused("scan-mask-page", str(beyond[0]))


def _box(mask: Rectangle, size: tuple[int, int]) -> tuple[int, int, int, int]:
    # A pixel more on every side: whoever made the page smaller mixed neighbours into one.
    width, height = size
    return (
        max(0, mask.left * width // 100 - 1),
        max(0, mask.top * height // 100 - 1),
        min(width, -(-(mask.left + mask.width) * width // 100) + 1),
        min(height, -(-(mask.top + mask.height) * height // 100) + 1),
    )
