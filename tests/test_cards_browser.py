"""Cards as they come out of a printer and onto a wall, in a real Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from generator.flow.cards import make_cards, make_staff_cards
from tests.hall import hall

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page of a class of 16 with long words."""
    from dataclasses import replace

    job = replace(hall(tmp_path_factory.mktemp("hall")), by="orlova")
    return {file.name: file for file in (*make_cards(job), *make_staff_cards(job))}


_CUT = """selector => [...document.querySelectorAll(selector)].filter((box) => {
  const frame = box.getBoundingClientRect();
  return box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1
    || [...box.querySelectorAll('li, p, b, h1, h2, footer, svg')].some((part) => {
      const { right, bottom } = part.getBoundingClientRect();
      return right > frame.right + 1 || bottom > frame.bottom + 1;
    });
}).length"""


_SMALLEST = """Math.min(...[...document.querySelectorAll('article *')]
  .filter((one) => [...one.childNodes].some((it) => it.nodeType === 3 && it.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


@pytest.mark.parametrize(
    ("name", "sheets"),
    [("primary-4a.html", 3), ("primary-staff.html", 1), ("primary-4a-invitation.html", 1)],
)
def test_cards_fill_whole_sheets_and_none_is_cut_off(
    page: Page, files: dict[str, Path], tmp_path: Path, name: str, sheets: int
) -> None:
    page.goto(files[name].as_uri())
    page.emulate_media(media="print")
    assert page.locator("article").count() > 0
    assert page.evaluate(_CUT, "article") == 0
    page.evaluate("document.fonts.ready.then(() => null)")
    assert page.evaluate("[...document.fonts].map((one) => one.status)") == ["loaded"]
    assert page.evaluate(_SMALLEST) >= 8 * 96 / 72  # points that whoever is sixty reads
    printed = tmp_path / "printed.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(printed) as pdf:
        assert len(pdf) == sheets
        assert [round(side) for side in pdf[0].get_size()] == [595, 842]
        lists = [sheet.get_textpage().get_text_range().count("11.") for sheet in pdf]
    assert sum(lists) == page.locator("article").count()
    assert all(count == 8 for count in lists[:-1])


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
@pytest.mark.parametrize("name", ["primary-4a-projector.html", "primary-event-projector.html"])
def test_a_wall_shows_the_whole_code_large_in_light_and_in_dark(
    chromium: Browser, files: dict[str, Path], name: str, size: tuple[int, int], colours: str
) -> None:
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if colours == "dark" else "light",
    )
    page = context.new_page()
    page.goto(files[name].as_uri())
    assert page.evaluate(_CUT, "main") == 0
    code = page.locator("svg").bounding_box()
    assert code
    screen = min(height, width * 9 / 16)  # of an old 4:3 projector the width decides
    assert code["width"] == code["height"] >= screen * 0.8
    assert code["y"] + code["height"] <= height
    smallest = page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('li')]"
        ".map((it) => parseFloat(getComputedStyle(it).fontSize)))"
    )
    assert smallest >= screen / 24  # a word as high as a finger at arm's length, ten metres away
    colour = "e => getComputedStyle(e).backgroundColor"
    assert page.locator("svg").evaluate(colour) == "rgb(255, 255, 255)"
    paper = page.locator("body").evaluate(colour)
    assert (paper == "rgb(255, 255, 255)") == (colours == "light")
    context.close()
