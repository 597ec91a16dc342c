"""What lies under a mask is in no derivative: not in the small one, not in the large, not in the
copy."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from generator.media import Prepared, prepare
from generator.media.answer import Reading
from generator.media.derive import read
from generator.media.mask import FILL
from generator.media.recipe import STANDARD, Want
from generator.media.refusals import Refused
from generator.media.sheets import draw_sheets
from generator.media.sniff import kind_of
from generator.model.shown import Rectangle
from tests.media.making import (
    BLUE,
    GREEN,
    RED,
    TURNED,
    Watching,
    exif,
    lay,
    near,
    pdf,
    quarters,
    saved,
    stream,
)

ALL = Want(zoom=True, copy=True, middle=True)
TOP_LEFT = Rectangle(1, 0, 0, 50, 50)


def masked(content: bytes, masks: Sequence[Rectangle]) -> Reading:
    return read(content, STANDARD, ALL, masks)


def pictures(reading: Reading) -> Iterator[tuple[int, Image.Image]]:
    """Every picture that was made, with the number of its page."""
    for number, page in enumerate(reading.pages, start=1):
        for webp in filter(None, page.pictures):
            yield number, Image.open(io.BytesIO(webp.content)).convert("RGB")
    assert reading.copy is not None
    copied = draw_sheets(reading.copy.content, kind_of(reading.copy.content), 2400)
    for number, (image, _) in enumerate(copied, start=1):
        yield number, image


def reddest(image: Image.Image) -> int:
    """How much more red than anything else the reddest pixel is."""
    pixels = image.tobytes()
    return max(
        r - max(g, b) for r, g, b in zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    )


@pytest.mark.covers("R-023")
@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_whatever_is_upright_is_masked_where_the_eye_sees_it(kind: str, orientation: int) -> None:
    size = (960, 640) if orientation < 5 else (640, 960)
    content = saved(quarters(TURNED[orientation], size), kind, exif=exif(orientation))

    open_ones = [reddest(image) for _, image in pictures(masked(content, ()))]
    for _, image in pictures(masked(content, [TOP_LEFT])):
        width, height = image.size
        assert near(image.getpixel((width // 4, height // 4)), FILL, 12)
        assert near(image.getpixel((width * 3 // 4, height // 4)), GREEN, 12)
        assert near(image.getpixel((width // 4, height * 3 // 4)), BLUE, 12)
        assert reddest(image) < 40  # beside its edge a JPEG rings a little
    assert min(open_ones) > 200  # without a mask the same test would be red


def test_neighbours_of_a_pixel_do_not_carry_it_out() -> None:
    image = Image.new("RGB", (4000, 3000), (255, 255, 255))
    image.paste(RED, (400, 300, 800, 600))  # exactly what the mask says, no more
    for _, seen in pictures(masked(saved(image, "PNG"), [Rectangle(1, 10, 10, 10, 10)])):
        assert reddest(seen) < 6


def test_only_the_page_that_is_named_is_masked() -> None:
    red, green = (Image.new("RGB", (300, 200), colour) for colour in (RED, GREEN))
    tiff = saved(red, "TIFF", save_all=True, append_images=[green, red])
    seen: dict[int, set[bool]] = {}
    for number, image in pictures(masked(tiff, [Rectangle(3, 0, 0, 100, 100)])):
        seen.setdefault(number, set()).add(reddest(image) > 100)
    assert seen == {1: {True}, 2: {False}, 3: {False}}


def test_a_page_of_a_pdf_is_masked_and_its_words_are_not_in_the_copy() -> None:
    ink = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 50]", b"1 0 0 rg 0 25 50 25 re f")
    content = pdf(["/X Do", "0 0 1 rg 0 0 100 50 re f"], [ink])
    reading = masked(content, [TOP_LEFT])
    for number, image in pictures(reading):
        assert number == 2 or reddest(image) < 40
    assert reading.copy is not None
    with pikepdf.open(io.BytesIO(reading.copy.content)) as document:
        assert [[*page.Resources.XObject] for page in document.pages] == [["/Scan"], ["/Scan"]]


@pytest.mark.parametrize(
    "masks", [[Rectangle(2, 0, 0, 10, 10)], [TOP_LEFT, Rectangle(9, 0, 0, 1, 1)]]
)
def test_a_mask_on_a_page_that_is_not_there_shows_nothing_at_all(masks: list[Rectangle]) -> None:
    with pytest.raises(Refused) as refused:
        masked(saved(Image.new("RGB", (30, 20)), "PNG"), masks)
    assert (refused.value.code, refused.value.amount) == ("scan-mask-page", str(masks[-1].page))


def test_a_mask_over_the_edge_ends_at_the_edge() -> None:
    content = saved(Image.new("RGB", (30, 20), RED), "PNG")
    for _, image in pictures(
        masked(content, [Rectangle(1, 0, 0, 100, 100), Rectangle(1, 99, 99, 100, 100)])
    ):
        assert near(image.getpixel((0, 0)), FILL, 8)
        assert near(image.getpixel((29, 19)), FILL, 8)


def prepared(tmp_path: Path, *masks: tuple[Rectangle, ...]) -> Prepared:
    """The same photograph, once for each of these sets of masks."""
    content = saved(quarters("abcd", (640, 480)), "JPEG")
    scans = lay(tmp_path / "in", {f"{n}.jpg": content for n in range(len(masks))})
    asked = [
        replace(scan, masks=one, download=True, zoom=True)
        for scan, one in zip(scans, masks, strict=True)
    ]
    assert len({scan.digest for scan in asked}) == 1
    return prepare(asked, tmp_path / "in", tmp_path / "cache", Watching())


def test_masks_are_a_part_of_what_is_kept(tmp_path: Path) -> None:
    bottom = Rectangle(1, 0, 50, 100, 50)
    before = prepared(tmp_path, ())
    all_three = prepared(tmp_path, (), (TOP_LEFT,), (bottom,))
    assert len(all_three.leaves) == 3
    pictures = [leaf.screen.digest for (leaf,) in all_three.leaves.values()]
    copies = [leaf.copy.digest for (leaf,) in all_three.leaves.values() if leaf.copy]
    assert len({*pictures}) == len({*copies}) == 3
    again = prepared(tmp_path, (TOP_LEFT,))
    assert again.leaves.items() <= all_three.leaves.items()
    assert before.leaves.items() <= all_three.leaves.items()
    assert not again.leaves.items() & before.leaves.items()


def test_a_mask_that_misses_its_page_is_said_at_the_scan(tmp_path: Path) -> None:
    found = prepared(tmp_path, (Rectangle(4, 0, 0, 9, 9),))
    assert not found.leaves
    (said,) = found.diagnostics
    assert (said.code, said.place.file) == ("scan-mask-page", "0.jpg")
    assert "4" in said.message.ru
