"""The field in the header, in a real Chromium: does it find what people type, and keep it there?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from generator.model.site import Spine
from generator.seal.shelves import shelve
from tests.conftest import Serve
from tests.sample import ROOT, Sample
from tests.test_pages import edition
from tests.test_shelves import KEYS
from tests.test_site_browser import family, unlock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FORMS = yaml.safe_load((ROOT / "tests/cases/find/forms.yml").read_text("utf-8"))
FIELD = "#seek input"
TOOLS = (ROOT / "theme/pages/tools.html").read_text("utf-8")
# On a stick there is no database and no worker to ask about (test_network.py does on a host).
STORED = """() => JSON.stringify([
  Object.entries(sessionStorage), Object.entries(localStorage), history.state, name,
  document.cookie,
])"""
ASK = """async (typed) => {
  const field = document.querySelector("#seek input");
  field.focus();
  const found = [];
  for (const words of typed) {
    field.value = words;
    field.dispatchEvent(new Event("input"));
    await new Promise((resolve) => setTimeout(resolve));
    found.push([...document.querySelectorAll("#seek li strong")].map((it) => it.textContent));
  }
  return found;
}"""


def index(*works: str, name: str = "Анна Белова", oid: str = "a") -> str:
    """An index of one student."""
    return indexed(**{oid: (name, tuple(Spine("Работы", title, "2026", "") for title in works))})


def indexed(**books: tuple[str, tuple[Spine, ...]]) -> str:
    """An index of the works of students: id -> name, works."""
    shown = [
        edition(path=oid, student=oid, name=name, tier="level", compartments=("level",))
        for oid, (name, _) in books.items()
    ]
    (made,) = shelve(shown, {oid: works for oid, (_, works) in books.items()}, KEYS)
    return made.text.decode()


def begin(page: Page, *indexes: str) -> None:
    """The script alone, with these indexes, the fullest first."""
    texts = json.dumps(indexes)
    box = TOOLS.split("<nav")[0].replace("{{ texts['", "").replace("'] }}", "")
    page.set_content(f"<body>{box}</body>")
    page.evaluate("document.getElementById('seek').hidden = false")  # page.js does it on a page
    page.evaluate(f"window.Stupeni = {{ openIndexes: async () => {texts} }}")
    page.add_script_tag(content=(ROOT / "theme/js/find.js").read_text("utf-8"))


def ask(page: Page, *typed: str) -> list[list[str]]:
    """Titles of what is found for each."""
    found: list[list[str]] = page.evaluate(ASK, [*typed])
    return found


def test_whoever_types_a_word_in_any_form_finds_it(page: Page) -> None:
    begin(page, index(*FORMS, name="Никто"))
    typed = [(form, word) for word, forms in FORMS.items() for form in forms.split()]
    found = ask(page, *(form for form, _ in typed))
    missed = [pair for pair, titles in zip(typed, found, strict=True) if pair[1] not in titles]
    strange = sum(len(titles) for titles in found) / len(found)
    print(
        f"\n{len(FORMS)} words in {len(typed)} forms, not found {missed}, shown {strange:.2f} each"
    )
    assert len(typed) > 1500
    assert missed == []
    assert strange < 1.2  # «играх» finds «Игорь», and «Петра» finds «Петров»


def test_the_beginning_of_a_word_is_enough(page: Page) -> None:
    begin(page, index("Олимпиада по математике", "Мой кот"))
    expected = [["Олимпиада по математике"]] * 4
    assert ask(page, "ол", "олимпиа", "матем", "ОЛИМП мат") == expected


def test_people_come_before_titles_and_whole_words_before_beginnings(page: Page) -> None:
    begin(
        page,
        index("Письмо Петровой", "Кот", "Котлета", oid="a"),
        index("О коте", name="Вера Петрова", oid="b"),
    )
    assert ask(page, "петров") == [["Вера Петрова", "Письмо Петровой"]]
    assert ask(page, "кот") == [["Кот", "О коте", "Котлета"]]
    assert ask(page, "вера кот") == [["О коте"]]


def test_yo_capitals_a_class_and_the_wrong_keyboard_are_understood(page: Page) -> None:
    begin(page, index("Самолёт", "Привет, Python!"))
    assert ask(page, "самолет", "САМОЛЁТ", "самолётом") == [["Самолёт"]] * 3
    assert ask(page, "ghbdtn", "знерщт", "pyth") == [["Привет, Python!"]] * 3
    assert ask(page, "4а", "4 «А»", "4 А") == [["Анна Белова"]] * 3
    assert ask(page, "2026") == [["Самолёт", "Привет, Python!"]]


def test_of_a_student_known_from_a_fuller_index_nothing_comes_twice(page: Page) -> None:
    begin(page, index("Кот", "Тайна"), index("Кот"), index("Кот", name="Илья", oid="b"))
    assert ask(page, "кот", "тайна", "анна") == [["Кот", "Кот"], ["Тайна"], ["Анна Белова"]]


def test_whatever_lies_in_an_index_is_shown_of_its_student_in_the_order_of_the_page(
    page: Page,
) -> None:
    anna = (
        Spine("Учёба", "🐈 Кошки", "2026", ""),
        Spine("Учёба", "🐈 Кот", "2026", "Выставка"),
        Spine("Спорт", "Кот", "2024", ""),
    )
    begin(page, indexed(a=("Анна", anna), b=("Вера", ()), c=("Илья", anna[::-1])))
    assert ask(page, "кот")[0] == ["🐈 Кот", "Кот", "Кот", "🐈 Кот"]
    under = page.locator("#seek li span").all_text_contents()
    told = ["Выставка · Учёба, 2026", "Спорт, 2024", "Спорт, 2024", "Выставка · Учёба, 2026"]
    whose = ["Анна", "Анна", "Илья", "Илья"]
    assert not [one for one in under if " ·" in one], "no line begins with a dot"
    under = [one.replace("\xa0", " ") for one in under]
    assert under == [f"{who}, 4 «А» · {what}" for who, what in zip(whose, told, strict=True)]
    assert ask(page, "кошки")[0] == ["🐈 Кошки"] * 2
    assert page.locator("#seek li b").all_text_contents() == ["Кошки"] * 2  # what was looked for


def test_what_a_title_or_an_event_says_comes_before_what_a_section_is_called(page: Page) -> None:
    works = (
        Spine("Конкурс", "Кубок", "2026", ""),  # the very word, but only of the section
        Spine("Спорт", "Грамота", "2026", "Конкурсы чтецов"),
    )
    begin(page, indexed(a=("Анна", works)))
    assert ask(page, "конкурс")[0] == ["Грамота", "Кубок"]
    assert page.locator("#seek li b").all_text_contents() == ["Конкурсы", "Конкурс"]


def test_words_of_an_index_are_words_and_no_markup(page: Page) -> None:
    begin(page, index("<img src=x onerror=alert(1)> кот"))
    assert ask(page, "кот") == [["<img src=x onerror=alert(1)> кот"]]
    assert page.locator("img").count() == 0


# ---- on the published site ----


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, sample: Sample, serve: Serve) -> str:
    """Where the three sites begin, ending in `/`."""
    if request.param == "http":
        return serve(sample.job.output)
    return f"{sample.job.output.as_uri()}/"


def works_of(sample: Sample) -> tuple[str, str]:
    """A work of the class that the family of `family()` finds: its title, and whose it is."""
    holder, card = family(sample)
    own, *others = sample.reader(holder, card).indexes()
    mine = {book.tag for book in own}
    for book in (book for found in others for book in found):
        if book.tag not in mine and book.works:
            return book.works[0].title, book.name
    raise AssertionError


def test_what_is_typed_is_found_opened_at_the_work_and_kept_nowhere(
    page: Page, sample: Sample, address: str
) -> None:
    asked: list[str] = []
    unlock(page, address, family(sample))
    page.wait_for_selector(f"{FIELD}:visible")
    title, name = works_of(sample)
    page.on("request", lambda it: asked.append(it.url))
    before = page.evaluate("[location.href, history.length]")
    page.keyboard.press("Tab")  # the version for weak eyes
    page.keyboard.press("Tab")  # to the content
    page.keyboard.press("Tab")
    page.keyboard.type(title.lower())
    option = page.locator("#seek li", has_text=name).first
    option.wait_for()
    assert title in (option.inner_text())
    assert page.evaluate("[location.href, history.length]") == before
    page.keyboard.press("ArrowDown")
    marked = page.locator("#seek [role=option][aria-selected=true]")
    # The whole row is the link, and its address is the work's and nothing that was typed.
    assert re.fullmatch(r".*/[a-z2-7]+\.html#work=\d+", marked.evaluate("it => it.href"))
    row, inner = page.locator("#seek li").first.bounding_box(), marked.bounding_box()
    assert row == inner and row and row["height"] >= 44
    assert page.get_attribute(FIELD, "aria-activedescendant") == marked.get_attribute("id")
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    # Pictures and indexes: nothing else was asked for until now.
    assert {url.split("/")[-2] for url in asked if not url.startswith("blob:")} <= {"a"}
    option.click()
    page.wait_for_selector(".st-entry:target")
    assert page.inner_text(".st-entry:target h3").replace("\xa0", " ") == title
    assert page.inner_text(".st-cover h1").replace("\xa0", " ") == name
    kept = page.evaluate(STORED) + page.url
    assert title not in kept and title.lower() not in kept
    asked = [url for url in asked if not url.startswith("data:")]
    assert [url for url in asked if "?" in url or "%D0" in url] == []


def test_on_its_own_page_a_work_is_gone_to_and_escape_closes(
    page: Page, sample: Sample, address: str
) -> None:
    unlock(page, address, family(sample))
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-entry")
    # What is far down is not laid out yet, and has no inner text.
    copied = (page.locator(".st-entry h3").last.text_content() or "").replace("\xa0", " ")
    last = copied.replace("\N{WORD JOINER}", "")
    page.fill(FIELD, copied)
    page.locator("#seek li", has_text=last).first.wait_for()
    page.press(FIELD, "Escape")
    assert page.locator(".st-seek__found").is_hidden()
    assert page.input_value(FIELD) == copied
    page.press(FIELD, "Escape")
    assert page.input_value(FIELD) == ""
    page.fill(FIELD, last)
    page.locator("#seek li", has_text=last).first.wait_for()
    page.press(FIELD, "Enter")
    page.wait_for_selector(".st-entry:target")
    found = page.inner_text(".st-entry:target h3").replace("\xa0", " ")
    assert last in found.replace("\N{WORD JOINER}", "")


def test_nothing_found_is_said_in_plain_words(page: Page, sample: Sample, serve: Serve) -> None:
    unlock(page, serve(sample.job.output), family(sample))
    page.fill(FIELD, "щщщ")
    page.locator("#seek [role=status]", has_text="Ничего не нашлось").wait_for()
    assert page.locator("#seek ul").is_hidden()
    page.press(FIELD, "Enter")
    assert page.locator("#seek [role=status]").is_visible()


def test_a_locked_page_has_no_field(page: Page, sample: Sample, serve: Serve) -> None:
    address = serve(sample.job.output)
    folder: Path = sample.job.output / "primary"
    for path in ("index.html", f"p/{next((folder / 'p').iterdir()).name}"):
        page.goto(f"{address}primary/{path}")
        page.wait_for_selector("#unlock:visible")
        assert page.locator("#seek, [role=search]").count() == 0
        assert "find.js" not in page.content()


def test_an_index_that_was_changed_or_is_gone_is_said_and_tried_again(
    page: Page, sample: Sample, serve: Serve, violations: list[str]
) -> None:
    holder, card = family(sample)
    ring = sample.reader(holder, card).ring() or {}
    oid = ring["find"][0].partition("#")[0]
    unlock(page, serve(sample.job.output), (holder, card))
    page.route(f"**/a/{oid}.js", lambda route: route.abort())
    page.fill(FIELD, "а")
    page.locator("#seek [role=status]", has_text="Поиск не открылся").wait_for()
    page.unroute(f"**/a/{oid}.js")
    page.fill(FIELD, "ан")
    page.locator("#seek li").first.wait_for()
    assert all("ERR_FAILED" in it for it in violations)
    violations.clear()
