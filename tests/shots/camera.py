"""A page in a tab -> pictures of it, narrow and wide, light and dark. What does one see?"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal, NamedTuple

import pypdfium2

from tests.sample import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

OUT = ROOT / ".shots"
HIGHEST = 12_000  # pixels: Chromium draws no picture of a page that is much longer
PATIENCE = 300
SHEETS = 4
"""Of paper, of one thing: the fifth looks like the fourth."""

THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 900) {
    scrollTo(0, y);
    await new Promise((on) => setTimeout(on, 40));
  }
  scrollTo(0, 0);
}"""
CLOSED = """() => [...document.querySelectorAll("img[data-sealed]")].some(
  (it) => it.checkVisibility() && it.src.startsWith("data:"))"""
"""Whether a picture that one could see has not come yet."""


class Look(NamedTuple):
    """How somebody looks: through a window of this size, by day or by night."""

    width: int
    height: int
    scheme: Literal["light", "dark"]


LIGHT = (Look(390, 844, "light"), Look(768, 1024, "light"), Look(1440, 900, "light"))
DARK = tuple(one._replace(scheme="dark") for one in LIGHT)
LOOKS = (*LIGHT, *DARK)
HALL = (Look(1920, 1080, "light"), Look(390, 844, "light"), Look(1920, 1080, "dark"))
"""A projector and whoever opens the stick on a phone."""


@dataclass(frozen=True)
class Camera:
    """A browser, and how many pictures it has made."""

    browser: Browser
    taken: list[Path]

    @contextmanager
    def tab(self) -> Iterator[Page]:
        """A tab of somebody who has chosen nothing yet."""
        context = self.browser.new_context(locale="ru-RU", reduced_motion="reduce")
        context.set_default_timeout(30_000)
        yield context.new_page()
        context.close()

    def take(
        self, tab: Page, name: str, looks: Iterable[Look] = LOOKS, *, all_: bool = True
    ) -> None:
        """What is in the tab, from its beginning to its end or as far as the window shows it."""
        for look in looks:
            wear(tab, look)
            if all_:
                _open(tab)
            file = OUT / f"{name}-{look.width}-{look.scheme}.png"
            _draw(tab, file, look, all_=all_)
            self.taken.append(file)

    def print(self, tab: Page, name: str, sheets: int = SHEETS) -> None:
        """The first sheets of what comes on paper, exactly as a printer gets it."""
        _open(tab)
        printed = BytesIO(tab.pdf(prefer_css_page_size=True))
        with pypdfium2.PdfDocument(printed) as paper:
            for number in range(min(sheets, len(paper))):
                file = OUT / f"{name}-{number + 1}.png"
                paper[number].render(scale=1.5).to_pil().save(file)
                self.taken.append(file)


def empty() -> None:
    """Nothing is left of an earlier run."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()


def wear(tab: Page, look: Look) -> None:
    """The tab as this reader has it; pages that hear of it only once are to be opened then."""
    tab.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
    tab.set_viewport_size({"width": look.width, "height": look.height})


def _open(tab: Page) -> None:
    """Pictures open when they come into sight; a mouse that moves may be about to print."""
    tab.mouse.move(1, 1)
    tab.mouse.move(0, 0)
    tab.evaluate(THROUGH)
    for _ in range(PATIENCE):
        if not tab.evaluate(CLOSED):
            break
        tab.wait_for_timeout(50)
    tab.wait_for_timeout(600)  # a large one gives way to its sharper sister


def _draw(tab: Page, file: Path, look: Look, *, all_: bool) -> None:
    if not all_:
        tab.screenshot(path=file)
        return
    tall = max(look.height, tab.evaluate("document.documentElement.scrollHeight"))
    for top in range(0, tall, HIGHEST):
        part = file.with_stem(f"{file.stem}-from-{top}") if top else file
        clip = {"x": 0, "y": top, "width": look.width, "height": min(HIGHEST, tall - top)}
        tab.screenshot(path=part, full_page=True, clip=clip)  # type: ignore[arg-type]
