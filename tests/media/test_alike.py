"""The same picture put in twice is said; certificates of one template never are."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from generator.media import Prepared
from generator.media.compare import find_same
from generator.media.derive import read
from generator.media.recipe import STANDARD
from tests.media.making import Watching, run, saved, stamps
from tests.school.scans.type import font

Change = Callable[[Image.Image], Image.Image]


def certificate(seed: int, name: str = "Белова Анна", place: str = "I") -> Image.Image:
    """As a printer gets it: its template comes from the seed, its words are filled in."""
    chance = random.Random(seed)
    page = Image.new("RGB", (1754, 1240), tuple(chance.randint(225, 255) for _ in "rgb"))
    pen = ImageDraw.Draw(page)
    ink = tuple(chance.randint(20, 160) for _ in "rgb")
    face = chance.choice(["serif", "sans", "serif-bold", "sans-bold"])
    for ring in range(chance.randint(1, 4)):
        inset = 30 + ring * 14
        pen.rectangle((inset, inset, 1754 - inset, 1240 - inset), outline=ink, width=4)
    for _ in range(30):
        x, y = chance.randint(60, 1690), chance.randint(60, 1170)
        pen.ellipse((x, y, x + 20, y + 20), outline=ink)
    lines = [
        (200, "ДИПЛОМ", 110),
        (380, f"за {place} место", chance.choice([34, 40, 52])),
        (520, name, 64),
        *((680 + 50 * n, "олимпиады по математике среди учащихся школ", 28) for n in range(4)),
        (1050, "Председатель жюри                         12.03.2026", 30),
    ]
    for height, words, size in lines:
        pen.text((877, height), words, fill=(40, 35, 60), font=font(face, size), anchor="mm")
    return page


def scanned(page: Image.Image, seed: int) -> Image.Image:
    """A little askew, a little soft, with the scanner's own noise."""
    askew = random.Random(seed).gauss(0, 0.6)
    page = page.rotate(askew, Image.Resampling.BICUBIC, fillcolor=(235, 233, 230))
    noise = Image.effect_noise(page.size, 12).convert("RGB")
    return ImageChops.add(page.filter(ImageFilter.GaussianBlur(0.8)), noise, 1, -128)


def jpeg(page: Image.Image, quality: int = 90) -> Image.Image:
    return Image.open(io.BytesIO(saved(page, "JPEG", quality=quality))).convert("RGB")


def sized(page: Image.Image, width: int, quality: int) -> Image.Image:
    return jpeg(page.resize((width, round(page.height * width / page.width))), quality)


COPIES: dict[str, Change] = {
    "recompressed": lambda page: jpeg(page, 50),
    "half the size": lambda page: sized(page, 877, 85),
    "sent by a messenger": lambda page: sized(page, 1280, 60),
    "sent twice": lambda page: sized(sized(page, 1280, 60), 1000, 70),
    "turned": lambda page: jpeg(page.transpose(Image.Transpose.ROTATE_90), 80),
    "upside down": lambda page: jpeg(page.transpose(Image.Transpose.ROTATE_180), 80),
    "gray": lambda page: jpeg(page.convert("L").convert("RGB"), 80),
}


def same(folder: Path, *pages: Image.Image) -> list[tuple[int, int]]:
    """Places of those that are found to be one picture, as the cache has them."""
    scans = []
    for number, page in enumerate(pages):
        (drawn,) = read(saved(page, "JPEG", quality=92), STANDARD).pages
        paths = folder / f"{number}-t.webp", folder / f"{number}-s.webp"
        for path, picture in zip(paths, (drawn.thumb, drawn.screen), strict=True):
            path.write_bytes(picture.content)
        scans.append([paths])
    return list(find_same(scans))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("on_paper", [False, True], ids=["digital", "scanned"])
def test_every_copy_of_a_picture_is_found(tmp_path: Path, seed: int, on_paper: bool) -> None:
    page = certificate(seed)
    page = scanned(page, seed) if on_paper else page
    for name, change in COPIES.items():
        assert same(tmp_path, page, change(page)) == [(0, 1)], name


@pytest.mark.parametrize("seed", range(4))
def test_certificates_of_one_template_are_never_the_same(tmp_path: Path, seed: int) -> None:
    pages = [
        certificate(seed),
        certificate(seed, place="II"),
        certificate(seed, place="1"),
        jpeg(certificate(seed, place="7"), 60),
        sized(certificate(seed, place="III"), 1000, 70),
        certificate(seed, name="Петрова Инна"),
        scanned(certificate(seed, name="Орлова Яна"), seed),
    ]
    assert same(tmp_path, *pages) == []


def test_another_template_is_another_picture(tmp_path: Path) -> None:
    assert same(tmp_path, *(certificate(seed) for seed in range(20, 28))) == []


def alike(prepared: Prepared) -> list[tuple[str, str]]:
    return [
        (one.place.file, one.message.en) for one in prepared.diagnostics if one.code == "scan-alike"
    ]


def test_a_student_hears_of_the_second_file_and_other_students_of_nothing(tmp_path: Path) -> None:
    page = saved(certificate(1), "JPEG")
    sent = saved(sized(certificate(1), 1280, 60), "JPEG")
    files = {
        "students/anna/entries/a-x/diplom.jpg": page,
        "students/anna/entries/b-y/sent.jpg": sent,
        "students/anna/entries/c-z/again.jpg": page,
        "students/boris/entries/d-w/team.jpg": page,
        "school/collectives/veter/team.jpg": page,
    }
    first = run(tmp_path, files)
    assert alike(first) == [
        ("students/anna/entries/b-y/sent.jpg", "this is the same picture as `a-x/diplom.jpg`"),
        ("students/anna/entries/c-z/again.jpg", "this is the same picture as `a-x/diplom.jpg`"),
    ]
    before, quiet = stamps(tmp_path / "cache"), Watching()
    assert run(tmp_path, files, quiet) == first
    assert stamps(tmp_path / "cache") == before
    assert quiet.heard == []
