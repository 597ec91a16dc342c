"""A page somebody has pressed something on: what is as large as the window, and not longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.shots.school import READERS
from tests.shots.site import enter, open_portfolio

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from generator.model.shown import Level
    from tests.sample import Sample

SOUGHT: dict[Level, str] = {"primary": "кот", "basic": "ол", "senior": "конкурс"}


def press_site(tab: Page, sample: Sample, level: Level) -> Iterator[str]:
    """A search with what it found, a scan in the viewer, then the version for weak eyes."""
    enter(tab, sample, READERS[level].family)
    tab.locator("#seek input").fill(SOUGHT[level])
    tab.locator("#seek li").first.wait_for()
    yield "search"
    open_portfolio(tab)
    tab.locator(".st-scan").first.click()
    tab.locator("dialog[open] img").wait_for()
    tab.wait_for_timeout(400)
    yield "viewer"
    tab.keyboard.press("Escape")
    tab.locator(".st-trust summary").first.click()
    # Another width is another height: what was opened comes back into sight.
    tab.evaluate("addEventListener('resize', () => document.activeElement.scrollIntoView())")
    yield "confirmed"


def see_weakly(tab: Page, sample: Sample, level: Level) -> None:
    """A portfolio in the version for weak eyes."""
    enter(tab, sample, READERS[level].family)
    open_portfolio(tab)
    tab.locator("#vision").click()
    tab.locator("#vision-bar:visible").wait_for()
