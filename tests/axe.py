"""A page as it stands -> what axe minds. Can everybody read it, on each screen, in each scheme?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Look(NamedTuple):
    """A screen and a scheme."""

    width: int
    scheme: Literal["light", "dark"]


PHONE, TABLE = Look(390, "light"), Look(1440, "dark")
COLOURS = {"runOnly": ["color-contrast"]}
SETTLED = """async () => {
  for (let calm = 0; calm < 3; calm++) {
    await new Promise(requestAnimationFrame);
    const going = document.getAnimations().filter((it) => it instanceof CSSTransition);
    if (going.length) calm = -1;
    await Promise.allSettled(going.map((it) => it.finished));
  }
}"""
"""Colours go over into each other, on a busy machine for long, and may begin to a frame late."""


def minded(page: Page, whole: Look = PHONE, other: Look = TABLE) -> list[str]:
    """What is minded in two looks, and whether one has to scroll sideways in them.

    The same elements stand in both: all rules are asked in the one, those of colour in the other.
    """
    return [f"{look.width} {look.scheme}, {told}"
            for look, rules in ((other, COLOURS), (whole, {}))
            for told in minded_in(page, look, rules)]  # fmt: skip


def minded_in(page: Page, look: Look, rules: dict[str, list[str]] | None = None) -> list[str]:
    """The same of one look."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.emulate_media(color_scheme=look.scheme)
    page.evaluate(SETTLED)
    return minded_now(page, rules)


def minded_now(page: Page, rules: dict[str, list[str]] | None = None) -> list[str]:
    """The same of the page as somebody has set it."""
    seen = Axe().run(page, options={"resultTypes": ["violations"], **(rules or {})}).response
    told = [f"{rule['id']}: {node['target']}"
            for rule in seen["violations"] for node in rule["nodes"]]  # fmt: skip
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*told[:5], f"{wide} px too wide"] if wide > 0 else told[:5]
