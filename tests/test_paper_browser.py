"""A long portfolio in a real Chromium. What is opened when, and what comes on paper?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from generator.diagnostic import Text
from generator.model.shown import Fact
from generator.pages import compose
from tests.test_pages import HOME, decision, edition, entry, leaf, scan
from tests.test_pages_browser import DOT, OPENED, go, shells, write

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from generator.model.site import Shells

__all__ = ["shells"]

PICTURE = "data:image/webp;base64,UklGRigAAABXRUJQVlA4TBwAAAAv4cBPAAdQvCIXpf8BAkmb9c+//RH9T+7//RcI"
SLOW = OPENED.replace(
    f'return "{DOT}";',
    f'await new Promise((done) => setTimeout(done, 20));\n    return "{PICTURE}";',
)
"""Pictures of the size that their works tell, and that take a moment to decipher."""
NAMES = tuple(f"s{number}" for number in range(24))
SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory, shells: Shells) -> Path:
    """A site of one long page: 24 works with a scan each."""
    root = tmp_path_factory.mktemp("album")
    facts = (
        Fact("form", Text("рисунок", "drawing")),
        Fact("original", Text("папка 3", "folder 3")),
    )
    works = [
        entry(name, title=f"Работа {name}", scans=(scan(name),), facts=facts) for name in NAMES
    ]
    leaves = {name: (leaf(name),) for name in NAMES}
    (page,) = compose(decision(edition(*works)), leaves, shells, HOME / "theme")[:1]
    for file in shells.files:
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    write(root, "mine", page.html, shells)
    (root / "opened.js").write_text(SLOW, encoding="utf-8")
    return root


def opened(page: Page) -> Locator:
    """The pictures that are there."""
    return page.locator(f'.st-entry img[src="{PICTURE}"]')


def test_what_is_far_below_is_opened_when_one_comes_near_and_nothing_moves(
    page: Page, album: Path
) -> None:
    page.add_init_script(SHIFTS)
    go(page, album)
    opened(page).first.wait_for()
    page.wait_for_timeout(300)
    assert 0 < opened(page).count() < len(NAMES) / 2
    last = page.locator(".st-entry img").last
    last.scroll_into_view_if_needed()
    page.locator(f'.st-entry >> nth=-1 >> img[src="{PICTURE}"]').wait_for()
    assert page.evaluate("() => window.moved") == 0


def test_a_header_that_is_read_slowly_is_shown_only_when_it_is_whole(
    page: Page, album: Path
) -> None:
    halted = (album / "p/mine.html").read_text("utf-8")
    for place in ('<div class="md-header__title">', '<nav class="st-menu"'):
        assert place in halted
        halted = halted.replace(place, f'<script src="../halt.js"></script>{place}')
    (album / "p/halted.html").write_text(halted, encoding="utf-8")
    (album / "halt.js").write_text("", encoding="utf-8")

    def halt(route: Route) -> None:
        page.wait_for_timeout(200)
        route.continue_()

    page.route("**/halt.js", halt)
    page.add_init_script(SHIFTS)
    go(page, album, "halted")
    opened(page).first.wait_for()
    assert page.locator("#vision").is_visible()
    assert page.evaluate("() => window.moved") == 0


def test_whoever_moves_a_mouse_may_print_from_the_menu_so_all_is_opened(
    page: Page, album: Path
) -> None:
    go(page, album)
    page.mouse.move(50, 50)
    opened(page).nth(len(NAMES) - 1).wait_for()


@pytest.mark.parametrize("way", ["keys", "button"])
@pytest.mark.covers("R-117")
def test_printing_waits_until_every_picture_is_opened(page: Page, album: Path, way: str) -> None:
    page.add_init_script("window.print = () => document.body.setAttribute('data-printed', 'yes');")
    go(page, album)
    opened(page).first.wait_for()
    assert opened(page).count() < len(NAMES)
    if way == "keys":
        page.keyboard.press("Control+KeyP")
    else:
        page.get_by_role("button", name="Напечатать").click()
    page.locator("body[data-printed]").wait_for()
    assert opened(page).count() == len(NAMES)


@pytest.mark.covers("R-117")
def test_paper_that_came_too_soon_says_so_and_the_next_one_does_not(
    page: Page, album: Path
) -> None:
    go(page, album)
    opened(page).first.wait_for()
    assert "Не все снимки успели открыться" in words(page.pdf())
    opened(page).nth(len(NAMES) - 1).wait_for()
    assert "Не все снимки" not in words(page.pdf())


@pytest.mark.covers("R-117")
def test_paper_is_white_and_has_all_that_is_folded_on_the_screen(page: Page, album: Path) -> None:
    page.emulate_media(color_scheme="dark")
    go(page, album)
    page.mouse.move(50, 50)
    opened(page).nth(len(NAMES) - 1).wait_for()
    printed = page.pdf(prefer_css_page_size=True)
    sheets = pypdfium2.PdfDocument(io.BytesIO(printed))
    assert [round(side) for side in sheets[0].get_size()] == [595, 842]
    assert all(sheet.render().to_pil().getpixel((3, 3)) == (255, 255, 255) for sheet in sheets)
    told = words(printed)
    assert [name for name in NAMES if f"Работа {name}" not in told] == []
    folded = page.locator(".st-more > dl > :not(.st-listed, .st-seen) dd").all_text_contents()
    assert folded
    lists = page.locator(".st-more .st-listed dt").all_text_contents()
    assert lists, "what the regulation lists stays on the screen"
    assert [one for one in lists if f"{one}:" in told] == []
    assert [one for one in folded if " ".join(one.split()) not in told] == []
    assert "Закрыть портфолио" not in told
    lines = [sheet.get_textpage().get_text_range().split("\r\n") for sheet in sheets]
    assert len(lines) > 2
    # A space that never breaks is not in every PDF reader's text.
    assert ["".join(one[0].split()) for one in lines[1:]] == ["АннаБелова"] * (len(lines) - 1)
    assert [one[1] for one in lines[1:]] == [str(n) for n in range(2, len(lines) + 1)]


def words(printed: bytes) -> str:
    """All that stands on the sheets."""
    sheets = pypdfium2.PdfDocument(io.BytesIO(printed))
    return " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets)
