"""The sample school's sites -> pictures of every kind of page, for our eyes: `make shots`.

Opened by cards in a real Chromium as their holders do, narrow and wide, light and dark, on all
three levels. The school is built in the machine's folder for temporary files, where the next run
finds it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from generator.flow.cards import make_cards
from generator.model.edition import Holder
from generator.model.site import Card
from tests.conftest import CHROMIUM, FLAGS
from tests.sample import ROOT, Sample, build_sample, taken

OUT = ROOT / ".shots"
WIDTHS = ((390, 844), (768, 1024), (1440, 900))
HALL = (1920, 1080)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HIGHEST = 12_000  # pixels: Chromium draws no picture of a page that is much longer


THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    scrollTo(0, y);
    await new Promise((on) => setTimeout(on, 60));
  }
  scrollTo(0, 0);
}"""


CLOSED = """() => [...document.querySelectorAll("img[data-sealed]")].some(
  (it) => it.checkVisibility() && it.src.startsWith("data:"))"""
"""Whether a picture that one could see has not come yet."""
PATIENCE = 300


def read_sample() -> Sample:
    """The sample school, built; what an earlier run has built is taken up."""
    work = Path(tempfile.gettempdir()) / "stupeni-shots"
    if (work / "site" / "senior").exists():
        return taken(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    return build_sample(work)


def holders(sample: Sample) -> Iterator[tuple[Holder, Card]]:
    """One card of each audience on each level."""
    seen = set()
    for _, holder, card in sample.cards():
        if (holder.level, holder.tier) not in seen:
            seen.add((holder.level, holder.tier))
            yield holder, card


def shoot(tab: Page, name: str) -> None:
    """One picture of a page whose pictures have come."""
    # They open when they come into sight.
    # A mouse that moves may be about to print: so all of them are opened.
    tab.mouse.move(200, 300)
    tab.mouse.move(201, 300)
    tab.evaluate(THROUGH)
    for _ in range(PATIENCE):
        if not tab.evaluate(CLOSED):
            break
        tab.wait_for_timeout(100)
    tall = min(HIGHEST, tab.evaluate("document.documentElement.scrollHeight"))
    width = tab.evaluate("innerWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    tab.screenshot(path=OUT / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def walk(tab: Page, site: Path, pair: tuple[Holder, Card]) -> Iterator[str]:
    """The page a card opens, all that its menu leads to, and the first portfolio among them."""
    holder, card = pair
    tab.goto("about:blank")
    tab.goto(f"{(site / 'index.html').as_uri()}#k={card.code}")
    tab.wait_for_selector("body[data-level] h1")
    yield f"{holder.tier}-home"
    menu = tab.locator("#menu a").evaluate_all(
        "(all) => all.map((it) => [it.textContent, it.href])"
    )
    student = tab.locator("main .st-card, main .st-own").evaluate_all(
        "(all) => all.map((it) => it.href)"
    )
    found = [*menu, *(("portfolio", href) for href in student[:1])]
    for place, (_, href) in enumerate(found):
        tab.goto(href)
        tab.wait_for_selector("body[data-level] h1")
        yield f"{holder.tier}-{place}"


def open_pages(site: Path) -> Iterator[tuple[str, Path]]:
    """What nobody needs a code for: the locked page, and the first two pages open to all."""
    yield "locked", site / "index.html"
    for place, page in enumerate(sorted((site / "o").glob("*.html"))[:2]):
        yield f"open-{place}", page


def shoot_level(tab: Page, sample: Sample, level: str, look: str) -> None:
    """Every kind of page of one level."""
    site = (sample.job.output / level).resolve()
    for name, page in open_pages(site):
        tab.goto(page.as_uri())
        tab.wait_for_selector("h1")
        shoot(tab, f"{level}-{name}-{look}")
    for pair in holders(sample):
        if pair[0].level == level:
            for name in walk(tab, site, pair):
                shoot(tab, f"{level}-{name}-{look}")


def shoot_hall(browser: Browser, sample: Sample) -> None:
    """The pages for a projector, as large as it is."""
    tab = browser.new_page(viewport={"width": HALL[0], "height": HALL[1]})
    for sheet in make_cards(sample.job):
        if "projector" in sheet.name:
            tab.goto(sheet.as_uri())
            tab.screenshot(path=OUT / f"{sheet.stem}-{HALL[0]}.png")
    tab.close()


def main() -> None:
    """All of them, and where they lie."""
    sample = read_sample()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in SCHEMES:
            for width, height in WIDTHS:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                for level in ("primary", "basic", "senior"):
                    shoot_level(context.new_page(), sample, level, f"{width}-{scheme}")
                context.close()
                print(f"{width} px, {scheme}")
        shoot_hall(browser, sample)
        browser.close()
    print(OUT)


if __name__ == "__main__":
    main()
