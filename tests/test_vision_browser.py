"""The version for weak eyes on every kind of page. Is it near, does it stay, can all be read?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.axe import COLOURS, minded_now
from tests.sample import Sample
from tests.test_site_browser import family, unlock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WALK = ("locked", "home", "portfolio", "Кто меня видит", "классы", "О портфолио")
WALKS = (
    ("primary", ("locked", "home", "О портфолио")),
    ("senior", ("locked", "portfolio")),
    ("primary", ("portfolio",)),
)
"""On each of two levels the kinds of page that differ most. It is slow."""
NARROW = ((640, "100"), (320, "100"), (390, "200"), (1440, "200"))
"""Half of a small screen, a quarter of it, and our own largest letters on a phone and a table."""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((it) =>
  [...it.childNodes].some((one) => one.nodeType === 3 && one.data.trim()) &&
  it.clientWidth > 1 && ["hidden", "clip"].includes(getComputedStyle(it).overflowX) &&
  (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
).map((it) => it.textContent.trim())"""

BROKEN = """() => [...document.querySelectorAll(".st-walk a, h1, h2, h3")].flatMap((it) => {
  const text = document.createTreeWalker(it, NodeFilter.SHOW_TEXT), found = [];
  while (it.clientWidth !== 1 && it.checkVisibility() && text.nextNode()) {
    for (const word of text.currentNode.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(text.currentNode, word.index);
      range.setEnd(text.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 2) found.push(word[0]);
    }
  }
  return found;
})"""
"""Words of headings and of the ways through a page that stand on more than two lines."""


@pytest.fixture
def address(sample: Sample) -> str:
    return f"{sample.job.output.as_uri()}/"


@pytest.fixture
def free(chromium: Browser) -> Iterator[Page]:
    """A page into which axe may be put."""
    context = chromium.new_context(bypass_csp=True, locale="ru-RU")
    yield context.new_page()
    context.close()


USUAL = """() => {
  for (const name of Object.keys(document.documentElement.dataset)) {
    if (name.startsWith("vision")) delete document.documentElement.dataset[name];
  }
  document.getElementById("vision-bar").hidden = true;
}"""


def first_stop(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate("document.activeElement.id"))


def look(page: Page) -> dict[str, str]:
    """What is chosen on this page."""
    found: dict[str, str] = page.evaluate("() => ({...document.documentElement.dataset})")
    return {name: value for name, value in found.items() if name.startswith("vision")}


def choose(page: Page, size: str, colours: str) -> None:
    """As the switches do, without a way to them."""
    page.evaluate(
        """([size, colours]) => {
          const root = document.documentElement;
          root.setAttribute("data-vision", "");
          root.setAttribute("data-vision-size", size);
          root.setAttribute("data-vision-colours", colours);
          document.getElementById("vision-bar").hidden = false;
          document.getElementById("vision-bar").open = true;
        }""",
        [size, colours],
    )


def walk(page: Page, sample: Sample, address: str, level: str) -> Iterator[str]:
    """One kind of page after another, as a family comes by them."""
    page.goto(f"{address}{level}/index.html")
    page.wait_for_selector("#code:visible")
    yield "locked"
    unlock(page, address, family(sample, level))
    yield "home"
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-cover h1")
    yield "portfolio"
    for link in WALK[3:]:
        page.click(f"nav >> a:has-text('{link}') >> nth=0")
        page.wait_for_selector(f"nav a[aria-current]:has-text('{link}')")
        yield link


def test_the_version_for_weak_eyes_is_the_first_stop_of_the_keyboard_and_stays(
    page: Page, sample: Sample, address: str
) -> None:
    page.goto(f"{address}primary/index.html")
    page.wait_for_selector("#code:visible")
    assert first_stop(page) == "vision"
    assert page.locator("#vision").inner_text() == "Версия для слабовидящих"
    page.keyboard.press("Enter")
    chosen = {"vision": "", "visionSize": "150", "visionColours": "white",
              "visionLetters": "usual", "visionPictures": "shown"}  # fmt: skip
    assert look(page) == chosen
    size = page.locator("#vision-bar [name=vision-size]").first
    assert not size.is_visible(), "the page comes first, what may be chosen is one press away"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert size.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen |= {"visionSize": "200", "visionColours": "black", "visionLetters": "wide"}
    assert look(page) == chosen
    page.goto("about:blank")
    unlock(page, address, family(sample))
    assert look(page) == chosen
    assert page.locator("#vision").inner_text() == "Обычная версия"
    assert not page.locator("#vision-bar [name=vision-size]").first.is_visible()
    assert first_stop(page) == "vision"
    page.keyboard.press("Enter")
    assert look(page) == {}
    page.reload()
    page.wait_for_selector("#vision:visible")
    assert look(page) == {}
    page.click("#vision")
    assert look(page) == chosen, "what was chosen is there when one comes back"


ROWS = """() => [...document.querySelectorAll(".st-header :is(button, summary, input)")].filter(
  (it) => it.checkVisibility() && it.clientWidth > 1).map((it) => it.getBoundingClientRect())"""
SIZES = """() => [...document.querySelectorAll(".st-cover *, .st-page h2, .st-best *, .st-hung p")]
  .filter((it) => it.tagName !== "H1").map((it) => parseFloat(getComputedStyle(it).fontSize))"""


def test_on_a_phone_the_header_is_low_and_the_name_is_the_largest(
    page: Page, sample: Sample, address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    unlock(page, address, family(sample, "basic"))
    assert not page.locator("[popovertarget=menu]").is_visible(), "there is a row of links"
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-cover h1")
    page.click("#vision")
    header = page.locator(".st-header").bounding_box()
    assert header
    assert header["height"] <= 225
    rows = page.evaluate(ROWS)
    assert len(rows) == 5
    assert min(it["height"] for it in rows) >= 44
    name = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    assert name > max(page.evaluate(SIZES))
    link = page.locator("#menu >> text=Кто меня видит")
    assert not link.is_visible()
    page.focus("[popovertarget=menu]")
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#menu') !== null")
    link.click()
    page.wait_for_selector("#things")
    assert page.locator("#vision").inner_text() == "Обычная версия"


def test_words_stand_for_pictures_when_a_reader_wants_so(
    page: Page, sample: Sample, address: str
) -> None:
    unlock(page, address, family(sample))
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-entry img")
    page.click("#vision")
    page.click("#vision-bar summary")
    page.check("input[name=vision-pictures]")
    scan = page.locator(".st-scan").first
    assert not scan.locator("img").is_visible()
    assert scan.inner_text() == scan.locator("img").get_attribute("alt")
    scan.click()
    assert page.locator("dialog[open] img").is_visible()
    page.keyboard.press("Escape")
    page.uncheck("input[name=vision-pictures]")
    assert scan.locator("img").is_visible()


def test_what_stands_in_the_browser_and_is_not_ours_changes_nothing(
    page: Page, address: str
) -> None:
    page.goto(f"{address}primary/index.html")
    for other in ('{"on": 1, "size": "999\\" onload", "colours": null}', "[", "null", "7"):
        page.evaluate("(words) => localStorage.setItem('stupeni:vision', words)", other)
        page.reload()
        page.wait_for_selector("#code:visible")
        assert look(page).get("visionSize", "150") == "150"


@pytest.mark.parametrize(
    ("level", "kinds"), WALKS, ids=lambda it: it if isinstance(it, str) else it[-1]
)
def test_all_can_be_read_however_large_and_in_every_pair_of_colours(
    free: Page, sample: Sample, address: str, level: str, kinds: tuple[str, ...]
) -> None:
    found: dict[tuple[object, ...], list[str]] = {}
    for kind in walk(free, sample, address, level):
        if kind not in kinds:
            continue
        for width, size in NARROW:
            free.set_viewport_size({"width": width, "height": 900})
            if size != "100":
                choose(free, size, "white")
            wide = free.evaluate("document.documentElement.scrollWidth - innerWidth")
            cut = free.evaluate(CUT_OFF) + free.evaluate(BROKEN)
            found[kind, width, size] = [*cut, f"{wide} px too wide"] if wide > 0 else cut
        for colours in ("white", "black", "blue"):
            choose(free, "150", colours)
            # What stands where is the same in all of them: all rules once, those of colours thrice.
            rules = None if colours == "blue" else COLOURS
            found[kind, colours] = minded_now(free, rules)
        if kind == kinds[-1]:
            break
        free.evaluate(USUAL)
    assert len(found) == len(kinds) * (len(NARROW) + 3)
    assert [f"{where}: {seen}" for where, seen in found.items() if seen] == []


def test_what_a_device_asks_for_is_given(chromium: Browser, address: str) -> None:
    context = chromium.new_context(contrast="more", forced_colors="none")
    page = context.new_page()
    page.goto(f"{address}basic/index.html")
    page.wait_for_selector("#code:visible")
    style = "(name) => getComputedStyle(document.body).getPropertyValue(name)"
    assert page.evaluate(style, "--soft") == page.evaluate(style, "--ink")
    page.emulate_media(forced_colors="active", contrast="no-preference")
    assert page.evaluate(style, "--paper") == "Canvas"
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('button[type=submit]')).transitionDuration"
        )
        == "0s"
    )
    context.close()
