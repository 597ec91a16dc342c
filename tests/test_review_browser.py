"""The page on which a teacher decides, in a browser: by keyboard, on a phone, for everybody."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.flow.confirm import confirm
from generator.flow.review import write_page
from generator.load import load
from generator.model.state import settle
from tests.axe import minded_now
from tests.reviewed import bind, job_of, reviewed
from tests.world import SCHEMA

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
SCANS = sorted((HERE.parent / "portfolios" / "students").rglob("diplom.jpg"))
FOLDER = "students/belova-anna/entries"


def entry(id: str, title: str, result: str = "participant") -> dict[str, str | bytes | None]:
    folder = f"{FOLDER}/konkurs-{id}"
    return {
        f"{folder}/entry.yml": (
            f"kind: contest\nid: {id}\ntitle: {title}\ndate: 2026-10-14\nform: creative\n"
            f"stage: school\nresult: {result}\nvisibility: class\n"
            "scans: [{file: diplom.jpg, description: Диплом, document: diploma}]\n"
        ),
        f"{folder}/diplom.jpg": SCANS[0].read_bytes() + id.encode(),
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The school after the change, and the page: four new entries, a result that was raised."""
    folder = tmp_path_factory.mktemp("review")
    before = entry("r0r0", "Старый конкурс") | {
        "records/belova-anna/confirmations.yml": (
            "confirmations:\n  - {entry: r0r0, by: orlova, on: 2026-10-20, basis: оригинал, "
            "digest: DIGEST(r0r0)}\n"
        )
    }
    after = entry("r0r0", "Старый конкурс", "winner")
    for id in ("a1a1", "b2b2", "c3c3", "d4d4"):
        after |= entry(id, f"Конкурс {id}")
    name = f"{FOLDER}/konkurs-e5e5/entry.yml"
    draft = str(entry("e5e5", "Черновик")[name])
    after[name] = draft.partition("scans:")[0] + "draft: true\n"
    made = reviewed(folder, before, after)
    job = job_of(bind(folder / "after"))
    return folder / "after", write_page(job, made, "ru", folder / "private" / "review.html")


def opened(chromium: Browser, file: Path, width: int = 1440, scheme: str = "light") -> Page:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("request", _refuse_foreign)
    page.goto(file.as_uri())
    return page


def _refuse_foreign(request: Request) -> None:
    assert request.url.startswith(("file:", "data:", "blob:")), request.url


@pytest.mark.covers("R-055", "R-070")
def test_five_entries_are_decided_from_the_keyboard_and_become_confirmations(
    chromium: Browser, written: tuple[Path, Path], tmp_path: Path
) -> None:
    root, file = written
    page = opened(chromium, file)
    # What has to be looked at first stands first: the confirmation that would fall.
    expect(page.locator(".card h2").first).to_have_text(re.compile("Старый конкурс"))
    expect(page.locator(".card").first.locator("li[data-level=error]")).to_have_count(1)
    expect(page.locator(".card").first.locator(".changed ins")).to_have_text("стало: победитель")
    page.keyboard.press("5")
    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("z")  # the last one once more
    page.keyboard.press("3")
    page.keyboard.press("4")
    page.keyboard.type("видела 12 раз")
    page.keyboard.press("Enter")
    page.keyboard.press("0")
    expect(page.locator("#done")).to_have_text("Решено: 4 из 5")
    with page.expect_download() as download:
        page.keyboard.press("s")
    saved = tmp_path / "decisions.json"
    download.value.save_as(saved)
    page.close()
    told = json.loads(saved.read_text("utf-8"))["decisions"]
    assert [(one["entry"], one["state"], one.get("basis", "")) for one in told] == [
        ("r0r0", "returned", ""),
        ("a1a1", "confirmed", "сверено с оригиналом"),
        ("b2b2", "confirmed", "вижу это в школе"),
        ("c3c3", "confirmed", "видела 12 раз"),
    ]

    done = confirm(job_of(root), saved, write=True)
    school = load(root, SCHEMA).school
    assert school
    anna = school.students[0]
    states = {one.id: settle(school, anna, one)[0] for one in anna.entries}
    assert (len(done.written), states) == (
        4,
        {"a1a1": "confirmed", "b2b2": "confirmed", "c3c3": "confirmed", "d4d4": "submitted",
         "e5e5": "draft", "r0r0": "returned"},
    )  # fmt: skip


def test_the_keys_can_be_turned_off_and_nothing_is_taken_for_a_decision(
    chromium: Browser, written: tuple[Path, Path]
) -> None:
    page = opened(chromium, written[1])
    page.locator("#keys").uncheck()
    page.keyboard.press("1")
    expect(page.locator("#done")).to_have_text("Решено: 0 из 5")
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_the_page_is_for_everybody_on_every_screen(
    chromium: Browser, written: tuple[Path, Path], width: int, scheme: str
) -> None:
    page = opened(chromium, written[1], width, scheme)
    card = page.locator(".card").first
    picture, ways, facts = (
        card.locator(part).first.bounding_box() for part in ("img", ".bases", ".facts")
    )
    assert picture and ways and facts
    # What is decided on is read first; what is asked stands beside it, or below it on a phone.
    assert picture["y"] + picture["height"] < facts["y"]
    is_beside = ways["x"] >= picture["x"] + picture["width"] and ways["y"] < picture["y"] + 80
    assert is_beside if width == 1440 else facts["y"] + facts["height"] < ways["y"]
    # Nothing decided: nothing calls for being kept, and on a phone it lies under the thumb.
    save = page.locator("#save")
    expect(save).not_to_have_class("main")
    at = save.bounding_box()
    assert at and (at["y"] > 760) == (width == 390)
    # Nobody is shown a code that only the reference explains.
    assert card.locator("li[data-code]").count() and "-changed" not in card.inner_text()
    # What waits for nothing is one row.
    last = page.locator("article.card").last
    expect(last.locator("summary h2")).to_have_text("Черновик")
    expect(last.locator(".facts")).to_be_hidden()
    last.locator("summary").click()
    expect(last.locator(".facts")).to_be_visible()
    card.get_by_role("button", name="Вернуть с просьбой").click()
    expect(card.locator("textarea")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert minded_now(page) == []
    page.close()
