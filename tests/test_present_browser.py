"""A showing from a flash drive in a real Chromium: clicker, second window, hall, paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import expect

from generator.flow.asked import Asked
from generator.flow.present import Presented, make_deck
from tests.axe import COLOURS, minded_now
from tests.sample import ROOT, keyed
from tests.test_present import class_of_four
from tests.world import BASE, world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CAT = ROOT / "portfolios/students/belova-anna/entries/kot-plyush-na-kovrike-fab8"
ENTRY = "kind: creative\nform: drawing\ndate: 2026-10-01\nvisibility: school\n"
WORKS = {
    "school/school.yml": dedent(BASE["school/school.yml"])
    + "hosting: {primary: https://a.example/p/}\n",
    "students/belova-anna/entries/kot-aa22/entry.yml": "id: aa22\ntitle: Рыжий кот\n"
    "why_it_matters: Кот живой, поэтому глаза у него разные. Он ждёт.\n"
    f"scans: [{{file: kot.jpg, description: Кот, document: drawing}}]\n{ENTRY}",
    "students/belova-anna/entries/les-bb33/entry.yml": f"id: bb33\ntitle: Лес\n{ENTRY}",
    "students/ivanova-vera/entries/reka-cc44/entry.yml": f"id: cc44\ntitle: Река\n{ENTRY}",
    "students/ivanova-vera/entries/slovo-dd55/entry.yml": "id: dd55\nkind: contest\ntitle: Чтецы\n"
    "form: creative\ndate: 2026-10-20\nvisibility: school\n",
}


FAST = """async (keys) => {
  for (const [place, key] of keys.entries()) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    // What is told of the row comes between any two frames.
    if (place % 3 === 1) await new Promise(requestAnimationFrame);
    if (place % 3 === 2) await new Promise((on) => setTimeout(on, 5));
  }
}"""
WIDER = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"


@dataclass(frozen=True)
class Hall:
    """What lies on the stick: a meeting with its sheets, a ceremony, a screen in the corridor."""

    meeting: Presented
    ceremony: Path
    corridor: Path


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    folder = tmp_path_factory.mktemp("stick")
    portfolios = world(folder / "portfolios", class_of_four() | WORKS)
    (picture,) = CAT.glob("*.jpg")
    shutil.copyfile(picture, portfolios / "students/belova-anna/entries/kot-aa22/kot.jpg")
    job = replace(keyed(folder, portfolios), by="orlova")

    def made(asked: Asked) -> Presented:
        return make_deck(job, asked)

    assert job.date
    since = job.date.replace(month=9)
    meeting = made(Asked(kind="meeting", whom="4a", folder=folder / "meeting"))
    ceremony = made(Asked(kind="ceremony", whom="4a", folder=folder / "ceremony", since=since))
    corridor = made(Asked(kind="class", whom="4a", folder=folder / "corridor", auto=9))
    assert meeting.folder and ceremony.folder and corridor.folder
    return Hall(meeting, ceremony.folder, corridor.folder)


def opened(page: Page, folder: Path | None) -> Page:
    assert folder
    page.goto((folder / "index.html").as_uri())
    expect(page.locator(".slide[data-now]")).to_have_count(1)
    return page


@contextmanager
def looking(chromium: Browser, scheme: str, size: tuple[int, int]) -> Iterator[Page]:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": size[0], "height": size[1]},
        bypass_csp=True,
        reduced_motion="reduce",  # words that are still coming have too little contrast
    )
    yield context.new_page()
    context.close()


@pytest.mark.covers("R-110")
def test_a_clicker_and_every_keyboard_turn_the_slides(page: Page, hall: Hall) -> None:
    page.context.set_offline(True)
    opened(page, hall.meeting.folder)
    slides = page.locator(".slide")
    last = slides.count()
    walk = (
        ("PageDown", 2), ("ArrowRight", 3), ("Space", 4), ("PageUp", 3), ("ArrowLeft", 2),
        ("Shift+Space", 1), ("ArrowLeft", 1), ("End", last), ("PageDown", last), ("Home", 1),
    )  # fmt: skip
    for key, number in walk:
        page.keyboard.press(key)
        expect(slides.nth(number - 1)).to_have_attribute("data-now", "")
        expect(slides.nth(number - 1)).to_be_in_viewport(ratio=0.99)
    page.keyboard.press("b")
    expect(page.locator("#black")).to_be_visible()
    page.keyboard.press("PageDown")  # first the wall comes back
    expect(page.locator("#black")).to_be_hidden()
    expect(slides.first).to_have_attribute("data-now", "")
    page.keyboard.press("f")
    expect(page.locator(":fullscreen")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator(":fullscreen")).to_have_count(0)


@pytest.mark.covers("R-110")
def test_keys_pressed_faster_than_slides_are_drawn_lose_no_step(page: Page, hall: Hall) -> None:
    opened(page, hall.meeting.folder)
    slides = page.locator(".slide")
    last = slides.count()
    page.evaluate(FAST, ["ArrowRight"] * (last - 1) + ["ArrowLeft"] * (last - 1) + ["PageDown"] * 2)
    assert 2 * last >= 10
    expect(slides.nth(2)).to_have_attribute("data-now", "")
    expect(slides.nth(2)).to_be_in_viewport(ratio=0.99)


def test_a_showing_has_the_version_for_weak_eyes_and_its_switches_turn_no_slide(
    page: Page, hall: Hall
) -> None:
    opened(page, hall.meeting.folder)
    first = page.locator(".slide").first
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "vision"
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-vision-size", "150")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-vision-size", "200")
    expect(first).to_have_attribute("data-now", "")
    page.locator("#deck").focus()
    page.keyboard.press("PageDown")
    second = page.locator(".slide").nth(1)
    expect(second).to_have_attribute("data-now", "")
    expect(second).to_be_in_viewport(ratio=0.99)
    assert page.evaluate(WIDER) == 0
    page.evaluate("localStorage.clear()")


def test_a_finger_moves_the_row_and_buttons_do_what_keys_do(page: Page, hall: Hall) -> None:
    opened(page, hall.meeting.folder)
    page.locator("#deck").evaluate("deck => deck.scrollTo(deck.clientWidth * 2, 0)")
    expect(page.locator(".slide").nth(2)).to_have_attribute("data-now", "")
    # By the keyboard: what nobody moves over goes away after a while, and focus holds it.
    page.get_by_role("button", name="Назад").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".slide").nth(1)).to_have_attribute("data-now", "")
    was = page.locator("body").get_attribute("data-md-color-scheme")
    page.get_by_role("button", name="Свет").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", was or "")


_DECODED = """const decode = HTMLImageElement.prototype.decode;
HTMLImageElement.prototype.decode = function () {
  return decode.call(this).then(() => { this.dataset.ready = "yes"; });
};"""


def test_the_neighbours_pictures_are_ready_before_they_are_on_the_wall(
    page: Page, hall: Hall
) -> None:
    page.add_init_script(_DECODED)
    opened(page, hall.meeting.folder)
    picture = page.locator(".slide").nth(1).locator("img")
    expect(page.locator(".slide").first).to_have_attribute("data-now", "")
    expect(picture).to_have_attribute("data-ready", "yes")
    # And on the way back.
    picture.evaluate("one => delete one.dataset.ready")
    for number in (1, 2):
        page.keyboard.press("PageDown")
        expect(page.locator(".slide").nth(number)).to_have_attribute("data-now", "")
        expect(page.locator(".slide").nth(number)).to_be_in_viewport(ratio=0.99)
    expect(picture).to_have_attribute("data-ready", "yes")


@pytest.mark.covers("R-112")
def test_the_host_s_words_follow_the_wall_and_lead_it(page: Page, hall: Hall) -> None:
    opened(page, hall.ceremony)
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    words = popup.value
    cues = words.locator(".cues > li")
    expect(cues.nth(0)).to_have_attribute("aria-current", "step")
    page.bring_to_front()
    page.keyboard.press("PageDown")
    expect(cues.nth(1)).to_have_attribute("aria-current", "step")
    expect(cues.nth(1).locator(".says").first).to_contain_text("На сцену: Вера Иванова")
    expect(cues.nth(1).locator(".does")).to_have_text("Объявите: Олимпиады и конкурсы.")
    # On the wall each fact has its own line, and what is called is said above the name.
    expect(page.locator(".slide").nth(1).locator(".over")).to_have_text("Олимпиады и конкурсы")
    assert "·" not in page.locator("#deck").inner_text()
    words.bring_to_front()
    words.keyboard.press("PageDown")
    expect(page.locator(".slide").nth(2)).to_have_attribute("data-now", "")
    expect(cues.nth(2)).to_have_attribute("aria-current", "step")
    expect(words.locator("[aria-current]")).to_have_count(1)


def test_a_corridor_goes_round_by_itself_until_it_is_told_to_wait(page: Page, hall: Hall) -> None:
    page.clock.install()
    opened(page, hall.corridor)
    slides = page.locator(".slide")
    for number in (*range(1, slides.count()), 0):
        page.clock.run_for(9_000)
        expect(slides.nth(number)).to_have_attribute("data-now", "")
    page.keyboard.press("p")
    page.clock.run_for(60_000)
    expect(slides.first).to_have_attribute("data-now", "")


def test_a_copy_that_ran_out_says_so_on_its_title(page: Page, hall: Hall) -> None:
    page.clock.set_fixed_time("2026-11-29T12:00:00")
    opened(page, hall.meeting.folder)
    expect(page.locator("#expired")).to_be_hidden()
    page.clock.set_fixed_time("2026-11-30T12:00:00")
    opened(page, hall.meeting.folder)
    expect(page.locator("#expired")).to_be_visible()


_SMALL = """() => [...document.querySelectorAll('.slide *')].filter((one) =>
  [...one.childNodes].some((it) => it.nodeType === 3 && it.data.trim())
  && parseFloat(getComputedStyle(one).fontSize) < 28).map((one) => one.textContent)"""
_CUT = """() => [...document.querySelectorAll('.slide')].filter((slide) =>
  slide.scrollHeight > slide.clientHeight + 1 || slide.scrollWidth > slide.clientWidth + 1)
  .map((slide) => slide.ariaLabel)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_last_row_can_read_it_and_axe_finds_nothing(
    chromium: Browser, hall: Hall, scheme: str
) -> None:
    # What stands where is the same in both schemes: all rules once, those of colour twice.
    rules, found = COLOURS if scheme == "dark" else None, {}
    with looking(chromium, scheme, (1920, 1080)) as page:
        for folder in (hall.meeting.folder, hall.ceremony):
            opened(page, folder)
            assert (page.evaluate(_CUT), page.evaluate(_SMALL)) == ([], [])
            found[f"{folder}"] = minded_now(page, rules)
        opened(page, hall.meeting.folder)
        mat = page.locator(".slide .shots").nth(1).bounding_box()
        assert (
            mat and mat["width"] >= 2 / 3 * (1920 - 2 * 96 - 65) - 1
        )  # of what margins and gap leave
    with looking(chromium, scheme, (390, 844)) as page:
        opened(page, hall.meeting.folder)
        assert page.evaluate(_CUT) == []
        found["phone"] = minded_now(page, rules)
        page.goto((hall.ceremony / "script.html").as_uri())
        found["script"] = minded_now(page, rules)
    assert {where: said for where, said in found.items() if said} == {}


def test_without_scripts_slides_stand_in_a_row_and_without_motion_nothing_moves(
    chromium: Browser, hall: Hall
) -> None:
    folder = hall.meeting.folder
    assert folder
    plain = chromium.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_text("скрипты в")).to_be_visible()
    assert page.locator(".slide").count() > 3
    plain.close()
    calm = chromium.new_context(reduced_motion="reduce")
    page = opened(calm.new_page(), folder)
    moving = "e => getComputedStyle(e).animationName"
    assert page.locator(".slide[data-now] .said").evaluate(moving) == "none"
    calm.close()


@pytest.mark.covers("R-111")
def test_script_and_sheets_print_on_a4_a_sheet_for_each_home(
    page: Page, hall: Hall, tmp_path: Path
) -> None:
    assert hall.meeting.sheets and hall.meeting.deck
    printed = {}
    for name, file in (("sheets", hall.meeting.sheets), ("script", hall.ceremony / "script.html")):
        page.goto(file.as_uri())
        page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
        with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as pdf:
            assert [round(side) for side in pdf[0].get_size()] == [595, 842]
            printed[name] = [sheet.get_textpage().get_text_range() for sheet in pdf]
    homes = hall.meeting.deck.sheets
    assert len(printed["sheets"]) == len(homes) == 3
    for text, home in zip(printed["sheets"], homes, strict=True):
        assert home.edition.name in text
        others = {one.edition.name for one in homes} - {home.edition.name}
        assert not any(name in text for name in others)
    assert "Порядок вызова" in printed["script"][0]
