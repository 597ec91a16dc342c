"""The built handbook in Chromium: who sees what is seen whole, and nothing lies on anything."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import Serve
from tests.sample import ROOT

CUT = """() => [...document.querySelectorAll("pre > code, .st-who .md-typeset__scrollwrap")]
  .filter((it) => it.scrollWidth > it.clientWidth).length"""
SEEN = """() => [...document.querySelectorAll(".st-who tr:nth-child(2) td[data-who]")]
  .map((it) => getComputedStyle(it, "::before").content.replaceAll('"', "")
    .replace("attr(data-who)", it.dataset.who)).join("")"""
APART = """() => ["#vision", ".md-header__option", ".md-search__form"].map((name) => {
  const at = document.querySelector(name).getBoundingClientRect();
  return [Math.round(at.left), Math.round(at.right), at.top < 48 && at.width > 40];
})"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("handbook")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(site)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60, capture_output=True)
    return site


def test_the_table_is_seen_whole_on_a_desk_and_is_told_row_by_row_on_a_phone(
    page: Page, serve: Serve, handbook: Path
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{serve(handbook)}reference/who-sees-what.html")
    assert page.evaluate(CUT) == 0
    assert page.locator(".st-who thead th").last.bounding_box() is not None
    signs = page.evaluate(APART)
    assert all(is_seen for _, _, is_seen in signs), signs
    ends = sorted((left, right) for left, right, _ in signs)
    assert all(one[1] <= other[0] for one, other in pairwise(ends)), ends

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(CUT) == 0
    assert (
        page.evaluate(SEEN)
        == "видят: семья, класс и семьи класса, классный руководитель, завуч и директор"
    )
    width = page.evaluate("document.documentElement.scrollWidth")
    boxes = [box.bounding_box() for box in page.locator(".st-stacked td, .st-who td").all()]
    assert width == 390 and all(one["x"] + one["width"] <= 390 for one in boxes if one)


def test_the_first_page_shows_of_each_door_what_one_comes_for_and_folds_the_rest_on_a_phone(
    page: Page, serve: Serve, handbook: Path
) -> None:
    page.goto(f"{serve(handbook)}index.html")
    last = page.locator("details.rest").first.get_by_role("link", name="Версия для слабовидящих")
    for width, is_folded in ((390, True), (768, False)):
        page.set_viewport_size({"width": width, "height": 844})
        assert (page.locator("details.rest summary").first.is_visible(), last.is_visible()) == (
            is_folded,
            not is_folded,
        )
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("details.rest summary").first.click()
    assert last.is_visible()


def test_what_a_program_says_is_read_whole_on_a_phone(
    page: Page, serve: Serve, handbook: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{serve(handbook)}tutorial/first-portfolio.html")
    assert page.evaluate(CUT) == 0
