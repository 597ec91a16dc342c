"""Can it be read? Remarks that help, and few that are wrong."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from generator.media import prepare
from generator.media.derive import read
from generator.media.readable import hindrances
from generator.media.recipe import STANDARD
from generator.media.remarks import PAPERS_ONLY, REMARKS
from tests.media.making import Watching, lay, pdf, run, saved

SAMPLE = Path(__file__).parents[2] / "portfolios"
FIXED = "вгдежзиклмнопрстуфхцчшщыэюя"


@cache
def paper(seed: int) -> Image.Image:
    """A page of print on tinted paper, on a table, 1600 pixels high."""
    chance = random.Random(seed)
    page = Image.new("RGB", (1000, 1414), (236, 230, 214))
    pen = ImageDraw.Draw(page)
    for row in range(12):
        size = 60 if row < 2 else 24
        words = "".join(chance.choice(FIXED + "  ") for _ in range(26 if size == 60 else 60))
        pen.text((90, 150 + row * 96), words, fill=(40, 30, 60), font=ImageFont.load_default(size))
    table = Image.new("RGB", (1180, 1600), (120, 90, 70))
    table.paste(page, (90, 93))
    return table.filter(ImageFilter.GaussianBlur(0.7))


def codes(image: Image.Image) -> list[str]:
    return [code for code, _ in read(saved(image, "JPEG", quality=88), STANDARD).remarks]


def with_glare(image: Image.Image) -> Image.Image:
    image = image.copy()
    spot = Image.new("L", image.size)
    ImageDraw.Draw(spot).ellipse((300, 400, 800, 800), fill=255)
    image.paste((255, 255, 255), mask=spot.filter(ImageFilter.GaussianBlur(20)))
    return image


def cut(image: Image.Image) -> Image.Image:
    return image.crop((400, 0, image.width, image.height))


HARMS: dict[str, tuple[Callable[[Image.Image], Image.Image], list[str]]] = {
    "none": (lambda image: image, []),
    "darker, yet sharp": (lambda image: image.point(lambda value: value * 0.62), []),
    "out of focus": (lambda image: image.filter(ImageFilter.GaussianBlur(4)), ["scan-blurry"]),
    "in the dark": (lambda image: image.point(lambda value: value * 0.4), ["scan-dark"]),
    "dark and out of focus": (
        lambda image: image.filter(ImageFilter.GaussianBlur(4)).point(lambda value: value * 0.45),
        ["scan-blurry", "scan-dark"],
    ),
    "small": (lambda image: image.resize((500, 678)), ["scan-small"]),
    "under a lamp": (with_glare, ["scan-glare"]),
    "cut": (cut, ["scan-cropped"]),
}


@pytest.mark.covers("R-040")
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("harm", HARMS)
def test_what_hinders_reading_is_said_and_nothing_else(harm: str, seed: int) -> None:
    change, expected = HARMS[harm]
    assert codes(change(paper(seed))) == expected


def test_an_empty_page_and_a_born_digital_one_raise_nothing() -> None:
    assert read(pdf([""], []), STANDARD).remarks == ()
    assert read(pdf(["0 0 1 rg 20 20 60 10 re f"], []), STANDARD).remarks == ()


def test_a_page_of_many_is_named_by_its_number() -> None:
    pages = [paper(1), paper(1).filter(ImageFilter.GaussianBlur(4))]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert read(content, STANDARD).remarks == (("scan-blurry", 2),)


def test_only_papers_are_judged_and_again_when_they_are_known(tmp_path: Path) -> None:
    blurred = saved(paper(2).filter(ImageFilter.GaussianBlur(5)), "JPEG")
    diploma, river = lay(tmp_path / "in", {"diploma.jpg": blurred, "river.jpg": blurred})
    scans = [replace(diploma, copy=True), river]
    for _ in range(2):
        found = prepare(scans, tmp_path / "in", tmp_path / "cache", Watching())
        assert len(found.leaves) == 1
        (said,) = found.diagnostics
        assert (said.place.file, said.code, said.is_error) == ("diploma.jpg", "scan-blurry", False)


def test_every_remark_speaks_two_languages_and_gives_a_hint(tmp_path: Path) -> None:
    assert {*PAPERS_ONLY} < {*REMARKS}
    image = cut(with_glare(paper(0)).filter(ImageFilter.GaussianBlur(4)))
    prepared = run(tmp_path, {"a.jpg": saved(image, "JPEG")})
    assert not prepared.diagnostics, "nobody said that it is a paper"


def test_the_papers_of_the_sample_school_raise_little() -> None:
    """Among them are phone photos in the evening, askew, with a lamp above."""
    flagged, papers = [], 0
    for path in sorted(SAMPLE.rglob("diplom*.jpg")) + sorted(SAMPLE.rglob("gramota*.jpg")):
        with Image.open(path) as image:
            image.draft("RGB", (1600, 1600))
            page = image.convert("RGB")
        small = page.resize((page.width // 5, page.height // 5), Image.Resampling.BOX)
        papers += 1
        flagged += [(path.parent.name, code) for code in hindrances(page, small)]
    assert papers > 80
    assert len(flagged) <= papers // 50, flagged
