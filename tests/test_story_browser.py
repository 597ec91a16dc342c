"""A portfolio's works in a real Chromium. Can one choose, look closer, compare?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from generator.diagnostic import Text
from generator.model.shown import Fact, ShownPackage, Signed
from generator.pages import compose, policy
from generator.shell import build
from tests.test_pages import HOME, OWN, decision, edition, entry, leaf, scan

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

pytestmark = pytest.mark.browser

PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='800' height='600'%3E"
    "%3Crect width='800' height='600' fill='%23c84'/%3E%3C/svg%3E"
)
OPENED = (
    "var Stupeni = { ring: { menu: [] }, lock() {}, "
    f'async openAsset() {{ return "{PICTURE}"; }} }};'
)
SPORT, SERIES = Text("Спорт", "Sport"), Text("Было и стало", "Then and now")
TOWN, SCHOOL = Text("муниципальный", "town"), Text("школьный", "school")


def at(stage: Text) -> tuple[Fact, ...]:
    return (Fact("stage", stage),)


WORKS = (
    entry("a", title="Кот", scans=(scan("s1"), scan("s2"), scan("s3"))),
    entry("b", title="Заплыв", kind="sport", kind_label=SPORT, year="2024-25", facts=at(TOWN)),
    entry("c", title="Лыжи", kind="sport", kind_label=SPORT, facts=at(SCHOOL)),
    entry("d", title="Кросс", kind="sport", kind_label=SPORT, facts=at(SCHOOL)),
    entry("e", title="Дом", year="2024-25", scans=(scan("s2"),)),
    entry("f", title="Рост", kind="series", kind_label=SERIES, year="2024-25", links=("e", "a")),
)
LEAVES = {name: (leaf(name),) for name in ("s1", "s2", "s3")}
_WIDE = replace(leaf("w").thumb, width=320, height=180), replace(leaf("w").screen, height=640)
LEAVES["s3"] = (replace(leaf("s3"), thumb=_WIDE[0], screen=_WIDE[1]),)
FROZEN = Signed("Орлова М. И.", dt.date(2026, 11, 16))
PACKAGE = ShownPackage(("a",), 5, "2026-27", FROZEN, Text("", ""), None, OWN)
OUTSIDE = """() => [...document.querySelectorAll(".st-scan img")].filter((it) => {
  const [own, mat] = [it, it.closest(".st-scan")].map((one) => one.getBoundingClientRect());
  return own.width && (own.left < mat.left || own.right > mat.right + .5);
}).map((it) => it.alt)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A family's page, as it is once it was unlocked."""
    root = tmp_path_factory.mktemp("story")
    shells = build(HOME, root / "work", "ru")
    mine = edition(*WORKS, highlights=("b",))
    given = edition(*WORKS[:1], path="package/anna", tier="commission", package=PACKAGE)
    made = compose(decision(mine, given), LEAVES, shells, HOME / "theme")
    for file in shells.files:
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy(shells)}">'
    head += '<script src="../opened.js"></script>'
    (root / "p").mkdir()
    page, package = root / "p" / "mine.html", root / "p" / "package.html"
    for place, composed in ((page, made[0]), (package, made[1])):
        place.write_text(composed.html.replace("<head>", head, 1), encoding="utf-8")
    (root / "opened.js").write_text(OPENED, encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def open_page(page: Page, address: str) -> Iterator[Page]:
    page.goto(address)
    page.locator(".st-entry img[src^='data:']").first.wait_for()
    yield page


def test_what_is_far_is_laid_out_by_and_by_and_at_once_for_whoever_jumps(open_page: Page) -> None:
    open_page.locator("a[href='#e']").last.click()
    expect(open_page.locator(".st-page > section:not(.is-laid)")).to_have_count(0)
    expect(open_page.locator("#e h3")).to_be_in_viewport()


def titles(page: Page) -> list[str]:
    return page.locator(".st-entry:visible h3").all_text_contents()


def choose(page: Page, name: str, answer: str) -> None:
    page.locator(f"select[name={name}]").select_option(label=answer)


# ---- filters ----


def test_several_filters_hold_at_once_and_what_is_left_is_told_in_words(open_page: Page) -> None:
    page, told = open_page, open_page.locator("#filters [role=status]")
    before = page.url
    choose(page, "kind", "Спорт")
    assert titles(page) == ["Лыжи", "Кросс", "Заплыв"]
    assert told.text_content() == "Показаны 3 работы"
    choose(page, "stage", "муниципальный")
    assert titles(page) == ["Заплыв"]
    assert told.text_content() == "Показана 1 работа"
    assert page.locator(".st-chapter:visible").count() == 1
    page.get_by_role("button", name="Показать всё").click()
    assert len(titles(page)) == len(WORKS)
    assert told.text_content() == "Показаны все работы"
    assert page.locator("select[name=kind]").input_value() == ""
    assert page.url == before


def test_no_answer_can_be_chosen_that_leaves_nothing(open_page: Page) -> None:
    page = open_page
    choose(page, "year", "2024/25")
    answers = page.locator("select[name=stage] option")
    assert answers.evaluate_all("all => all.map(it => [it.label, it.disabled])") == [
        ["Все уровни", False],
        ["муниципальный", False],
        ["школьный", True],
    ]


@pytest.mark.parametrize("link", [".st-plate", ".st-walk a[href='#year-2024-25']"])
def test_a_link_to_what_is_filtered_away_brings_everything_back(open_page: Page, link: str) -> None:
    page = open_page
    choose(page, "stage", "школьный")
    page.locator(link).click()
    assert len(titles(page)) == len(WORKS)
    assert not page.get_by_role("button", name="Показать всё").is_visible()


def test_the_keyboard_alone_filters(open_page: Page) -> None:
    page = open_page
    page.locator("select[name=year]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    assert page.locator(".st-chapter:visible").count() == 1
    page.locator("#filters .st-filters__clear").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "year"
    assert len(titles(page)) == len(WORKS)


def test_on_a_phone_the_choices_wait_behind_one_button(open_page: Page) -> None:
    page = open_page
    opens, year = page.locator(".st-filters__open"), page.locator("select[name=year]")
    expect(year).to_be_visible()
    expect(opens).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("#filters")).to_be_hidden()  # of so few works nothing is chosen
    page.locator("#filters").evaluate("(it) => { it.dataset.few = 'no' }")
    expect(year).to_be_hidden()
    opens.focus()
    page.keyboard.press("Enter")
    expect(year).to_be_visible()
    expect(opens).to_have_attribute("aria-expanded", "true")


# ---- one scan, as large as the screen ----


def scale(page: Page) -> float:
    look = "it => new DOMMatrix(getComputedStyle(it).transform).a"
    found: float = page.locator(".st-viewer__stage img").evaluate(look)
    return round(found, 2)


def caption(page: Page) -> str:
    return page.locator(".st-viewer__caption").inner_text().replace("\xa0", " ")


def parts_of(page: Page) -> list[FloatRect]:
    """The picture's place, then the buttons and the words that one sees."""
    seen = ".st-viewer__stage, .st-viewer button, .st-viewer__caption"
    boxes = [one.bounding_box() for one in page.locator(seen).all() if one.is_visible()]
    return [box for box in boxes if box]


def covers(one: FloatRect, other: FloatRect) -> bool:
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    along = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and along > 1


@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (844, 390), (1440, 900)])
def test_nothing_lies_on_the_picture_and_a_thick_finger_hits(
    open_page: Page, size: tuple[int, int]
) -> None:
    page, (width, height) = open_page, size
    page.set_viewport_size({"width": width, "height": height})
    page.locator("#a .st-scan").nth(1).click()
    stage, *others = parts_of(page)
    assert len(others) == 5  # two arrows, nearer, close, and the words
    page.keyboard.press("+")
    stage, *others = parts_of(page)
    assert len(others) == 6  # and farther
    for place, one in enumerate(others):
        assert not any(covers(one, it) for it in (stage, *others[place + 1 :]))
    buttons = [one.bounding_box() for one in page.locator(".st-viewer button:visible").all()]
    assert all(box and min(box["width"], box["height"]) >= 44 for box in buttons)
    assert stage["x"] == pytest.approx(width - stage["x"] - stage["width"], abs=1)
    assert stage["height"] > height / 2
    close = page.get_by_role("button", name="Закрыть просмотр").bounding_box()
    assert close and close["x"] + close["width"] > width - 32
    assert (close["y"] > height / 2) == (width < 700 or height < 500)


def test_the_viewer_turns_by_keys_and_gives_the_focus_back(open_page: Page) -> None:
    page = open_page
    second = page.locator("#a .st-scan").nth(1)
    second.click()
    assert caption(page).splitlines() == ["Кот Анна Белова · 2 из 3", "Кот на коврике"]
    for key, place in (("Home", 1), ("ArrowLeft", 1), ("ArrowRight", 2), ("End", 3)):
        page.keyboard.press(key)
        assert f"· {place} из 3" in caption(page), key
    assert not page.get_by_role("button", name="Вперёд").is_visible()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Вперёд").click()
    page.keyboard.press("ArrowLeft")  # heard, though the button that was pressed has gone
    assert "· 2 из 3" in caption(page)
    page.keyboard.press("Escape")
    assert page.locator("#viewer[open]").count() == 0
    assert second.evaluate("it => it === document.activeElement")


def test_one_looks_closer_by_keys_buttons_and_the_wheel_and_never_past_the_edge(
    open_page: Page,
) -> None:
    page = open_page
    page.locator("#a .st-scan").first.click()
    smaller = page.get_by_role("button", name="Мельче")
    assert (scale(page), smaller.is_visible()) == (1, False)
    page.keyboard.press("+")
    page.get_by_role("button", name="Крупнее").click()
    assert scale(page) == 2.56
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    box, stage = (page.locator(one).bounding_box() for one in (STAGED, ".st-viewer__stage"))
    assert box and stage
    drawn = min(stage["width"] / 800, stage["height"] / 600) * 800 * 2.56
    assert box["x"] + box["width"] / 2 + drawn / 2 == pytest.approx(
        stage["x"] + stage["width"], abs=1
    )
    assert "1 из 3" in caption(page)
    page.keyboard.press("0")
    assert (scale(page), smaller.is_visible()) == (1, False)
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -400)
    page.locator(".st-viewer__stage.is-large").wait_for()


STAGED = ".st-viewer__stage img"


def test_fingers_swipe_to_the_next_and_pinch_to_look_closer(open_page: Page) -> None:
    page = open_page
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *fingers: int) -> None:
        places = [{"x": x, "y": 300, "id": place} for place, x in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    page.locator("#a .st-scan").first.click()
    touch("touchStart", 600)
    touch("touchMove", 450)
    touch("touchEnd")
    assert "2 из 3" in caption(page)
    touch("touchStart", 500, 600)
    touch("touchMove", 450, 650)
    touch("touchEnd")
    assert scale(page) == pytest.approx(2, abs=0.05)


# ---- then and now ----


def overlap(pair: Locator) -> bool:
    inside = pair.locator(".st-scan")
    one, other = (inside.nth(place).bounding_box() for place in (0, 1))
    assert one and other
    return one["x"] + one["width"] > other["x"] + 1


@pytest.mark.covers("R-022")
def test_a_border_one_moves_by_keys_parts_then_from_now(open_page: Page) -> None:
    page, pair = open_page, open_page.locator(".st-pair")
    border = pair.get_by_role("slider", name="Граница между «было» и «стало»")
    assert overlap(pair)
    for key, said in (("Home", "Стало"), ("End", "Было")):
        border.press(key)
        assert border.get_attribute("aria-valuetext") == said
    border.press("ArrowLeft")
    assert border.evaluate("it => getComputedStyle(it.parentNode).getPropertyValue('--share')") == (
        "0.95"
    )
    page.emulate_media(media="print")
    assert not overlap(pair)
    assert not border.is_visible()


@pytest.mark.parametrize("place", [0, 1])
def test_a_mouse_opens_either_picture_of_a_pair_as_large_as_the_screen(
    open_page: Page, place: int
) -> None:
    open_page.locator(".st-pair__large").nth(place).click()
    expect(open_page.locator("#viewer")).to_be_visible()
    assert f"{place + 1} из 2" in caption(open_page)


def test_without_a_script_then_and_now_hang_side_by_side(open_page: Page, address: str) -> None:
    browser = open_page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(address)
    pair = bare.locator(".st-pair")
    assert not overlap(pair)
    assert not pair.locator("input").is_visible()
    assert not bare.locator("#filters").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(open_page: Page, width: int) -> None:
    open_page.set_viewport_size({"width": width, "height": 800})
    assert open_page.evaluate("() => document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", ["mine", "package"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_picture_leaves_its_mat(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address.replace("mine", name))
    page.locator(".st-entry img[src^='data:']").first.wait_for()
    assert page.evaluate(OUTSIDE) == []
