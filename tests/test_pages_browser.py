"""Opened pages in a real Chromium. Do they come alive under their own policy, without a network?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from generator.diagnostic import Text
from generator.model.site import Shells
from generator.pages import compose, policy
from generator.shell import build
from tests.test_pages import HOME, decision, edition, entry, home, leaf, scan

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
OPENED = f"""
var Stupeni = {{
  ring: {{ menu: [["Моё портфолио", "mine"], ["4 «А»", "class"]] }},
  lock() {{ document.title = "locked"; }},
  async openAsset(reference) {{
    if (reference.includes("damaged")) throw new Error("damaged");
    return "{DOT}";
  }},
}};
"""
SPORT = Text("Спорт", "Sport")
WORKS = (
    entry("a", title="Кот", scans=(scan("s1"), scan("s2"))),
    entry("b", title="Заплыв", kind="sport", kind_label=SPORT, year="2024-25", grade=2),
)
LEAVES = {name: (leaf(name),) for name in ("s1", "s2", "damaged")}


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> Shells:
    return build(HOME, tmp_path_factory.mktemp("work"), "ru")


@pytest.fixture
def site(tmp_path: Path, shells: Shells) -> Path:
    """A site of three pages, `mine`, `class` and `open`, unsealed, under their policy."""
    mine = edition(*WORKS, highlights=("b", "a"))
    crowd = [edition(path=f"s{n}", student=f"s{n}", name=f"Имя {n}") for n in range(13)]
    listed = home(*(one.path for one in crowd), title=Text("4 «А»", "4 A"))
    pages = compose(decision(mine, *crowd, homes=(listed,)), LEAVES, shells, HOME / "theme")
    for file in shells.files:
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(file.content)
    write(tmp_path, "mine", pages[0].html, shells)
    write(tmp_path, "class", pages[-2].html, shells)
    everybody = replace(listed, tier="public")
    pages = compose(decision(*crowd, homes=(everybody,)), {}, shells, HOME / "theme")
    write(tmp_path, "open", pages[-1].html, shells)
    (tmp_path / "opened.js").write_text(OPENED, encoding="utf-8")
    return tmp_path


def write(root: Path, name: str, html: str, shells: Shells) -> None:
    """The page as it is once it was unlocked."""
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy(shells)}">'
    head += '<script src="../opened.js"></script>'
    path = root / "p" / f"{name}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(html.replace("<head>", head, 1), encoding="utf-8")


def go(page: Page, site: Path, name: str = "mine") -> None:
    page.goto((site / "p" / f"{name}.html").as_uri())


def test_every_picture_opens_without_scrolling(page: Page, site: Path) -> None:
    go(page, site)
    # Two scans of the entry, one of them again among the first works.
    expect(page.locator(f"img[src='{DOT}']")).to_have_count(3, timeout=15_000)
    assert page.locator("img").count() == 3


def test_the_menu_and_the_lock_come_from_the_keyring(page: Page, site: Path) -> None:
    go(page, site)
    links = page.locator("#menu a")
    assert links.all_text_contents() == ["Моё портфолио", "4 «А»"]
    assert page.locator("#menu a[aria-current]").all_text_contents() == ["Моё портфолио"]
    links.nth(1).click()
    assert page.locator("h1").text_content() == "4\xa0«А» класс"
    page.get_by_role("button", name="Закрыть портфолио").click()
    assert page.title() == "locked"


def test_the_only_page_in_the_menu_is_a_way_back_in_a_row_of_its_own_or_nothing(
    page: Page, site: Path
) -> None:
    (site / "opened.js").write_text(OPENED.replace('["Моё портфолио", "mine"], ', ""), "utf-8")
    header = page.locator(".st-header")
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        for hidden in ("true", "false"):
            seek = f"document.getElementById('seek').hidden = {hidden}"
            go(page, site, "class")
            page.evaluate(seek)
            # Its name is the heading; the school's name has its place.
            assert not page.locator("#menu a").is_visible()
            assert header.evaluate("(it) => it.offsetHeight") < 64
            go(page, site)
            page.evaluate(seek)
            lock, back = (page.locator(one).bounding_box() for one in ("#lock", "#menu a"))
            assert lock and back and lock["y"] + lock["height"] < 64
            # With a field to search in there is no room for both in one row.
            assert hidden == "true" or back["y"] > lock["y"] + 40
            assert header.evaluate("(it) => it.offsetHeight") < 112


def test_colours_follow_the_device_until_the_reader_chooses(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="dark")
    go(page, site)
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    page.locator("#colours").click()
    assert body.get_attribute("data-md-color-scheme") == "default"
    page.reload()
    assert body.get_attribute("data-md-color-scheme") == "default"


def test_a_damaged_picture_leaves_its_description(page: Page, site: Path, shells: Shells) -> None:
    one = edition(entry("a", scans=(scan("damaged"), scan("s1"))))
    html = compose(decision(one), LEAVES, shells, HOME / "theme")[0].html
    write(site, "hurt", html, shells)
    go(page, site, "hurt")
    words = page.locator(".st-damaged")
    assert "Кот на коврике" in (words.text_content() or "")
    assert "Скажите классному руководителю" in (words.text_content() or "")
    assert page.locator("img[src]").count() == 1


def test_without_a_keyring_nothing_breaks(page: Page, site: Path) -> None:
    html = (site / "p" / "mine.html").read_text(encoding="utf-8")
    bare = html.replace('<script src="../opened.js"></script>', "")
    (site / "p" / "bare.html").write_text(bare, encoding="utf-8")
    go(page, site, "bare")
    page.locator(".st-scan").first.click()
    page.keyboard.press("Escape")
    assert page.locator(".st-entry:visible").count() == 2
    assert not page.locator("#menu").is_visible()
    assert not page.locator("#lock").is_visible()


def test_an_open_list_is_searched_by_name(page: Page, site: Path) -> None:
    go(page, site, "open")
    assert not page.locator("#seek").is_visible()
    page.locator("#find").fill("имя 12")
    assert page.locator(".st-card:visible strong").all_text_contents() == ["Имя 12"]


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_is_wider_than_the_screen(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("mine", "class"):
        go(page, site, name)
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
