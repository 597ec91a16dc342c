"""A level's site -> every kind of its pages in a tab, as the holders of cards walk through it.

Each walk gives the name of the kind that the tab shows now, and goes on when it was taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.shots.school import READERS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from generator.model.shown import Level
    from tests.sample import Sample

OPENED = "body[data-level] h1"
MENU = "#menu a"


def site_of(sample: Sample, level: Level) -> Path:
    """Where the level's site lies."""
    return (sample.job.output / level).resolve()


def enter(tab: Page, sample: Sample, audience: str) -> None:
    """The page that the audience's card opens."""
    holder, card = sample.card(audience)
    tab.goto("about:blank")
    tab.goto(f"{(site_of(sample, holder.level) / 'index.html').as_uri()}#k={card.code}")
    tab.wait_for_selector(OPENED)


def go(tab: Page, address: str) -> None:
    """A page that the card of this tab opens."""
    tab.goto(address)
    tab.wait_for_selector(OPENED)


def open_portfolio(tab: Page) -> None:
    """A family's own portfolio, from its first page."""
    go(tab, tab.locator(".st-own").first.evaluate("(it) => it.href"))


def follow(tab: Page, *words: str) -> bool:
    """Whether a link says one of these words; then the tab has gone there."""
    tab.locator(MENU).first.wait_for(state="attached")
    links = tab.locator("a[href]").evaluate_all(
        "(all) => all.map((it) => [it.textContent, it.href])"
    )
    for text, href in links:
        if any(word in " ".join(text.split()) for word in words):
            go(tab, href)
            return True
    return False


def walk_open(tab: Page, sample: Sample, level: Level) -> Iterator[str]:
    """What nobody needs a code for."""
    site = site_of(sample, level)
    tab.goto((site / "index.html").as_uri())
    tab.wait_for_selector("#code:visible")
    yield "locked"
    for place, page in enumerate(sorted((site / "o").glob("*.html"))[:2]):
        tab.goto(page.as_uri())
        tab.wait_for_selector("h1")
        yield f"open-{place}"


def walk_family(tab: Page, sample: Sample, level: Level) -> Iterator[str]:
    """A family at home: its page, its portfolio, who sees it, what all of it means."""
    enter(tab, sample, READERS[level].family)
    yield "home-family"
    open_portfolio(tab)
    yield "portfolio"
    portfolio = tab.url
    if follow(tab, "Резюме"):
        yield "cv"
    for kind, word in (("seen", "Кто меня видит"), ("about", "О портфолио")):
        go(tab, portfolio)
        assert follow(tab, word), word
        yield kind


def walk_event(tab: Page, sample: Sample, level: Level) -> Iterator[str]:
    """Guests of a class and of a level: people, exhibition, honour."""
    readers = READERS[level]
    for name, audience in (("class", readers.room), ("level", readers.level)):
        enter(tab, sample, audience)
        yield f"home-{name}"
        home = tab.url
        for kind, word in (("works", "Выставка работ"), ("honour", "Страница почёта")):
            go(tab, home)
            if follow(tab, word):
                yield f"{kind}-{name}"


def walk_duty(tab: Page, sample: Sample, level: Level) -> Iterator[str]:
    """Those on duty: a teacher, a deputy head, a commission and the package that it reads."""
    readers = READERS[level]
    enter(tab, sample, readers.teacher)
    yield "home-teacher"
    enter(tab, sample, readers.staff)
    yield "home-staff"
    if readers.commission:
        enter(tab, sample, readers.commission)
        yield "home-commission"
        go(tab, tab.locator("main .st-card").first.evaluate("(it) => it.href"))
        yield "package"
