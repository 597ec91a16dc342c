"""What is wanted -> a file. Which kind of picture is drawn, and how is it taken?"""

import random
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.school.entries import Wanted
from tests.school.scans import indoors, outdoors, sheets, workshop
from tests.school.scans.diploma import draw_diploma
from tests.school.scans.drawings import DRAWINGS, draw_drawing
from tests.school.scans.formats import FORMATS
from tests.school.scans.jpeg import write_light
from tests.school.scans.paper import flatbed
from tests.school.scans.phone import photograph, write_photograph

PHOTOS: dict[str, Callable[[random.Random], Image.Image]] = {
    photo.__name__: photo for photo in (*outdoors.PHOTOS, *indoors.PHOTOS, *workshop.PHOTOS)
}
_PAGES = {"poem": sheets.poem_page, "plan": sheets.plan_page, "news": sheets.news_page}


def write_scan(target: Path, wanted: Wanted, seed: int) -> None:
    """The scan in its file, the same bytes for the same seed and libraries."""
    rng = random.Random(f"{seed}:{target.parent.name}:{target.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    if wanted.way == "plain":
        _plain(rng).save(target, quality=60)
    elif wanted.way in ("pdf", "born", "tiff"):
        _write_pages(target, wanted, rng)
    elif wanted.way == "phone":
        write_photograph(target, rng, photograph(rng, _flat(rng, wanted)))
    elif wanted.way in FORMATS:
        FORMATS[wanted.way](target, _flat(rng, wanted), rng)
    elif wanted.way == "png":
        _write_png(target, _flat(rng, wanted))
    else:
        picture = _flat(rng, wanted)
        if wanted.subject not in PHOTOS:
            picture = flatbed(rng, picture)
        write_light(target, _of_width(picture, 1400))


def _flat(rng: random.Random, wanted: Wanted) -> Image.Image:
    if wanted.subject in DRAWINGS:
        return draw_drawing(rng, wanted.subject)
    if wanted.subject in PHOTOS:
        return PHOTOS[wanted.subject](rng)
    if wanted.subject in _PAGES:
        return _PAGES[wanted.subject](rng, wanted.words)
    if wanted.document == "protocol":
        return sheets.protocol_page(rng, wanted.words)
    if wanted.document == "work" or wanted.subject == "text":
        return sheets.text_page(rng, wanted.words, 1)
    return draw_diploma(rng, wanted.words, wanted.document)


def _write_pages(target: Path, wanted: Wanted, rng: random.Random) -> None:
    count = {"pdf": 2, "born": 2, "tiff": 3}[wanted.way]
    pages = [sheets.text_page(rng, wanted.words, number + 1) for number in range(count)]
    if wanted.way == "born":
        pages = [
            page.convert("L").point([0 if v < 140 else 255 for v in range(256)], "1")
            for page in pages
        ]
    else:
        pages = [_of_width(flatbed(rng, page), 1300).convert("L") for page in pages]
    first, *rest = pages
    if wanted.way == "tiff":
        # an office scanner gives four bits of grey
        grey = [page.point([v // 17 * 17 for v in range(256)]) for page in pages]
        grey[0].save(target, save_all=True, append_images=grey[1:], compression="jpeg", quality=36)
        return
    day = time.struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))
    better = {} if wanted.way == "born" else {"quality": 38}
    first.save(
        target, "PDF", save_all=True, append_images=rest, resolution=145,
        creationDate=day, modDate=day, **better,
    )  # fmt: skip


def _of_width(picture: Image.Image, longest: int) -> Image.Image:
    # a family mails what the messenger made smaller
    if max(picture.size) > longest:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return picture


def _write_png(target: Path, picture: Image.Image) -> None:
    # a screenshot has few colours; a palette keeps it small
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=24).save(target, optimize=True)


def _plain(rng: random.Random) -> Image.Image:
    """A small quick picture for schools of a thousand: no fonts, different bytes every time."""
    sky, ground = ((rng.randint(90, 240), rng.randint(90, 240), rng.randint(90, 240)) for _ in "ab")
    ramp = Image.linear_gradient("L").resize((480, 360))
    view = Image.composite(
        Image.new("RGB", (480, 360), ground), Image.new("RGB", (480, 360), sky), ramp
    )
    view.paste(
        Image.frombytes("L", (12, 9), rng.randbytes(108)).resize((480, 360)).convert("RGB"),
        (0, 0),
        Image.new("L", (480, 360), 60),
    )
    return view
