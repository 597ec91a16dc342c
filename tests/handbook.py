"""The sample school -> the pictures of docs/how-to/: `python -m tests.handbook [NAME ...]`.

Pages as their readers have them on a phone or in a window, written to docs/pictures/ and committed.
Whoever adds a picture adds it to PICTURES, names it in one how-to and looks at it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from generator.flow.asked import Asked
from generator.flow.memo import make_memo
from generator.flow.present import make_deck
from generator.flow.review import review_folders, write_page
from generator.model.site import Card
from generator.pages.cards import compose_sheet
from generator.seal.codes import to_qr
from tests.conftest import CHROMIUM, FLAGS
from tests.sample import ROOT, Sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OUT = ROOT / "docs" / "pictures"
LARGEST = 32_000
"""Bytes: a how-to is read on a telephone too."""
ANNA = "family:belova-anna/mama"
PATIENCE = 60_000


@dataclass(frozen=True)
class Desk:
    """What pictures are made of: the built sample, a browser, a folder for what is made once."""

    sample: Sample
    browser: Browser
    folder: Path

    def blank(self, wide: int, high: int) -> Page:
        """An empty page of this size, light, sharp enough for a telephone."""
        page = self.browser.new_page(
            viewport={"width": wide, "height": high},
            device_scale_factor=1.5 if wide < 600 else 1080 / wide,
            color_scheme="light",
            reduced_motion="reduce",
            locale="ru-RU",
        )
        page.set_default_timeout(PATIENCE)
        return page

    def opened(self, page: Page, audience: str, menu: str = "") -> Page:
        """The page that a card opens, or one of its menu."""
        holder, card = self.sample.card(audience)
        site = (self.sample.job.output / holder.level).resolve()
        page.goto(f"{(site / 'index.html').as_uri()}#k={card.code}")
        page.wait_for_selector("body[data-level] h1")
        if menu:
            links = page.locator("a").evaluate_all("(all) => all.map((it) => [it.text, it.href])")
            page.goto(next(href for text, href in links if menu in text))
            page.wait_for_selector("body[data-level] h1")
        return page


class Shot(NamedTuple):
    """A picture: how large, and what makes the page that it shows."""

    wide: int
    high: int
    show: Callable[[Desk, Page], object]


def show_door(desk: Desk, page: Page) -> None:
    """What everybody sees before the code."""
    page.goto((desk.sample.job.output / "primary" / "index.html").resolve().as_uri())
    page.locator("#code").wait_for()


def show_portfolio(desk: Desk, page: Page) -> None:
    """How a portfolio begins."""
    desk.opened(page, ANNA, "Анна")


def show_entry(desk: Desk, page: Page) -> None:
    """One entry in its portfolio."""
    desk.opened(page, ANNA, "Анна")
    show_at(page, "#m2gk")


def show_returned(desk: Desk, page: Page) -> None:
    """An entry with the teacher's request."""
    desk.opened(page, "family:voroniny-gromovy", "Артём")
    show_at(page, "#duf4 .st-note", 440)


def show_at(page: Page, place: str, room: int = 110) -> None:
    """The part of an open page that begins with this element."""
    at = page.locator(place).first
    at.wait_for()
    scroll = "(it, room) => scrollTo(0, it.getBoundingClientRect().top + scrollY - room)"
    at.evaluate(scroll, room)


def show_seen(desk: Desk, page: Page) -> None:
    """Who sees what of a student."""
    desk.opened(page, ANNA, "Кто меня видит")
    show_at(page, "main h2", 130)


def show_find(desk: Desk, page: Page) -> None:
    """The list that comes while one types."""
    desk.opened(page, ANNA)
    page.locator("#seek input").fill("кот")
    page.locator("#seek li").first.wait_for()


def show_weak_eyes(desk: Desk, page: Page) -> None:
    """A page in large letters with its choices open."""
    desk.opened(page, ANNA)
    page.locator("#vision").click()
    page.locator("#vision-bar summary").click()


def show_teacher(desk: Desk, page: Page) -> None:
    """What waits for the teacher of a class."""
    desk.opened(page, "teacher:orlova")


def show_deputy(desk: Desk, page: Page) -> None:
    """What waits on a level."""
    desk.opened(page, "staff:primary/lebedeva")


def show_review(desk: Desk, page: Page) -> None:
    """A teacher's decision: the school without one entry, and with it."""
    new = desk.sample.job.portfolios
    old = desk.folder / "before"
    shutil.copytree(new, old, ignore=shutil.ignore_patterns("*-i6vs", "register.jsonl"))
    found = review_folders(desk.sample.job, old, new)
    file = write_page(desk.sample.job, found, "ru", desk.folder / "review.html")
    page.goto(file.as_uri())
    show_at(page, "article", 20)


def invented(card: Card) -> Card:
    """The same card with a code that nobody has: pictures are public."""
    link = f"https://portfolio.school.example/{card.level}/"
    words = ("образец",) * len(card.words)
    return replace(card, words=words, code="", address=link, link=link, qr_svg=to_qr(link))


def cards_sheet(sample: Sample) -> str:
    """Cards of one class as they are printed, every code invented."""
    decision = next(one for one in sample.decisions if one.level == "primary")
    own = [c for d, h, c in sample.cards() if d.level == "primary" and h.tier == "family"]
    return compose_sheet("cards", tuple(map(invented, own[:2])), decision, ROOT / "theme")


def show_cards(desk: Desk, page: Page) -> None:
    """The sheet that is printed for a class."""
    page.set_content(cards_sheet(desk.sample))


def show_slide(desk: Desk, page: Page) -> None:
    """One slide of a class hour."""
    job = replace(desk.sample.job, by="orlova")
    asked = Asked(kind="class", whom="4a", title="Осень", folder=desk.folder / "osen")
    folder = make_deck(job, asked).folder
    assert folder
    page.goto((folder / "index.html").as_uri())
    page.locator("h1").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")


def show_memo(desk: Desk, page: Page) -> None:
    """A memo as it is printed."""
    page.emulate_media(media="print")
    page.goto(make_memo(desk.sample.job, "parent").as_uri())


PHONE = (390, 720)
WINDOW = (900, 620)
PICTURES = {
    "door": Shot(*PHONE, show_door),
    "portfolio": Shot(*PHONE, show_portfolio),
    "entry": Shot(*PHONE, show_entry),
    "returned": Shot(*PHONE, show_returned),
    "who-sees": Shot(*PHONE, show_seen),
    "find": Shot(*PHONE, show_find),
    "weak-eyes": Shot(*PHONE, show_weak_eyes),
    "teacher": Shot(*WINDOW, show_teacher),
    "deputy": Shot(*WINDOW, show_deputy),
    "review": Shot(*WINDOW, show_review),
    "cards": Shot(810, 430, show_cards),
    "slide": Shot(1280, 720, show_slide),
    "memo": Shot(*WINDOW, show_memo),
}


def draw(desk: Desk, name: str) -> bytes:
    """One picture, as good as its bytes allow."""
    shot = PICTURES[name]
    page = desk.blank(shot.wide, shot.high)
    shot.show(desk, page)
    page.wait_for_timeout(800)  # pictures in sight are opened one after another
    drawn = page.screenshot(animations="disabled")
    page.close()
    return shrink(drawn)


def shrink(drawn: bytes) -> bytes:
    """A WebP of no more than LARGEST, without anything but the picture."""
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    for one, quality in tries(picture):
        small = BytesIO()
        one.save(small, "WEBP", quality=quality, lossless=quality == 100, method=6)
        if small.tell() <= LARGEST:
            return small.getvalue()
    raise ValueError("too much on one picture")


def tries(picture: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """The picture and a quality of it, the best first; 100 is exact."""
    yield picture, 100
    for quality in (84, 76, 68, 60):
        yield picture, quality
    for colours in (64, 32):  # letters keep their edges, and few colours make them small
        yield picture.quantize(colours, dither=Image.Dither.NONE).convert("RGB"), 100
    for quality in (44, 36, 28):
        yield picture, quality


def main(names: list[str]) -> None:
    """All pictures, or those that are named."""
    from playwright.sync_api import sync_playwright

    from tests.shots.school import read_sample

    OUT.mkdir(exist_ok=True)
    sample = read_sample()
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        desk = Desk(sample, browser, Path(folder))
        for name in names or PICTURES:
            file = OUT / f"{name}.webp"
            file.write_bytes(draw(desk, name))
            print(f"{file.relative_to(ROOT)} {file.stat().st_size}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
