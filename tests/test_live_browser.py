"""A file is saved, and the page that stands open in a real Chromium shows it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from generator.decide import decide
from generator.flow.cards import cards_of
from generator.flow.job import Job, read_school
from generator.model.school import LEVELS
from tests.axe import minded
from tests.sample import ROOT, TODAY, keyed
from tests.test_preview import ANNA, ENTRY, entry
from tests.world import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
HALF = 'kind: creative\ntitle: "Полос'


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The school's key and caches, which the tests share."""
    folder = tmp_path_factory.mktemp("live")
    return keyed(folder, world(folder / "portfolios", ANNA))


class Watched:
    """A `stupeni` that watches a school of one student, and what it says."""

    def __init__(self, folder: Path, addresses: int, run: subprocess.Popen[bytes]) -> None:
        self.folder, self.run = folder, run
        while len(self.addresses) < addresses:
            assert run.poll() is None, self.said
            time.sleep(0.05)

    @property
    def addresses(self) -> list[str]:
        """Where it says that something is to be seen."""
        whole = (self.folder / "out").read_text(encoding="utf-8").rpartition("\n")[0]
        return [line for line in whole.splitlines() if line.startswith("http")]

    @property
    def said(self) -> str:
        """Everything on the terminal."""
        return "".join((self.folder / name).read_text("utf-8") for name in ("out", "err"))

    def save(self, words: str) -> None:
        """Saves the cat as editors do: beside it, and then in its place."""
        half = self.folder / "portfolios" / ENTRY
        beside = half.with_name(".entry.yml.new")
        beside.write_text(dedent(words), encoding="utf-8")
        beside.replace(half)


def heeding() -> None:
    """Ctrl-C is heeded even when the tests run in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


Watch = Callable[..., Watched]


@pytest.fixture
def watch(tmp_path: Path, kept: Job) -> Iterator[Watch]:
    """Starts a command on a school of one student and ends it with Ctrl-C."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> Watched:
        world(tmp_path / "portfolios", ANNA)
        places = {"PYTHONPATH": str(ROOT), "STUPENI_PRIVATE": str(kept.private)}
        with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
            run = subprocess.Popen(
                [sys.executable, "-m", "generator", *command, f"--date={TODAY}", "--port=0"],
                cwd=tmp_path, env=dict(os.environ) | places, stdout=out, stderr=err,
                preexec_fn=heeding,
            )  # fmt: skip
        started.append(run)
        return Watched(tmp_path, len(LEVELS) if command[0] == "serve" else 1, run)

    yield start
    for run in started:
        run.send_signal(signal.SIGINT)
        assert run.wait(10) in (0, -signal.SIGKILL)


def test_a_preview_shows_what_is_saved_without_a_key_pressed(page: Page, watch: Watch) -> None:
    shown = watch("preview", "belova-anna", "--as", "class")
    page.goto(shown.addresses[0])
    expect(page.locator(".st-entry h3")).to_have_text("Рыжий\xa0кот")
    shown.save(entry(title="Полосатый зверь"))

    expect(page.locator(".st-entry h3")).to_have_text("Полосатый зверь", timeout=15_000)
    assert page.locator(".lv-panel:visible").count() == 0


def test_a_mistake_is_told_in_the_page_and_goes_when_it_is_mended(page: Page, watch: Watch) -> None:
    shown = watch("preview", "belova-anna", "--as", "class")
    page.goto(shown.addresses[0])
    page.wait_for_selector(".st-entry")
    shown.save(HALF)
    panel = page.locator(".lv-panel")
    expect(panel).to_be_visible(timeout=15_000)

    assert panel.locator(".lv-item").count() == 1
    assert "Ошибка: " in panel.inner_text()
    assert "Как исправить: " in panel.inner_text()
    assert f"{ENTRY}:2" in panel.inner_text()
    assert "страница прежняя" in panel.inner_text()
    expect(page.locator(".st-entry h3")).to_have_text("Рыжий\xa0кот")  # the last good page
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    shown.save(HALF + "\n\n")  # the same mistake as before, which was read already
    shown.save(entry(title="Полосатый зверь"))
    expect(page.locator(".st-entry h3")).to_have_text("Полосатый зверь", timeout=15_000)
    expect(panel).to_be_hidden()
    shown.save(entry(form="draving"))
    expect(panel).to_be_visible(timeout=15_000)
    expect(page.locator(".st-entry h3")).to_have_text("Рыжий\xa0кот")
    assert "страница прежняя" not in panel.inner_text()
    panel.get_by_role("button", name="Закрыть").click()
    expect(panel).to_be_hidden()
    # What a browser keeps of it says nothing about anybody.
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert "stupeni:live:closed" in kept
    assert [word for word in ("draving", "belova", "form", "Ошибка") if word in kept] == []


def test_a_page_that_is_open_says_when_the_command_was_ended(page: Page, watch: Watch) -> None:
    shown = watch("preview", "belova-anna", "--as", "class")
    page.goto(shown.addresses[0])
    page.wait_for_selector(".lv-panel", state="attached")
    asked: list[str] = []
    shown.run.send_signal(signal.SIGINT)

    expect(page.locator(".lv-title")).to_have_text(
        "Предпросмотр остановлен. Закройте эту вкладку.", timeout=15_000
    )
    expect(page.locator(".lv-panel")).to_be_visible()
    assert page.locator(".lv-panel button").count() == 0
    page.on("request", lambda one: asked.append(one.url))
    page.wait_for_timeout(4000)  # a browser asks again after three seconds
    assert asked == []


def test_whoever_has_the_port_after_us_makes_no_page_load_anything(
    page: Page, watch: Watch
) -> None:
    shown = watch("preview", "belova-anna", "--as", "class")
    page.goto(shown.addresses[0])
    page.wait_for_selector(".lv-panel", state="attached")
    page.evaluate("document.body.id = 'as-it-was'")
    told = json.dumps({"version": "another", "found": [], "label": "", "title": "", "mark": ""})
    forged = "".join(f"{name}data: {told}\n\n" for name in ("", "event: ended\n", "event: \n"))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/event-stream", body=f"retry: 50\n\n{forged}")

    page.route("**/live/events", answer)
    shown.run.kill()
    for _ in range(3):
        with page.expect_request("**/live/events", timeout=15_000):
            pass

    assert page.locator("#as-it-was").count() == 1
    expect(page.locator(".lv-title")).to_contain_text("Предпросмотр остановлен")
    word = page.locator("script[data-word]").get_attribute("data-word")
    assert word and not [url for url in asked if word in url]


def test_the_terminal_says_what_check_says(page: Page, watch: Watch) -> None:
    shown = watch("preview", "belova-anna")
    page.goto(shown.addresses[0])
    shown.save(HALF)
    expect(page.locator(".lv-panel")).to_be_visible(timeout=15_000)
    shown.save(entry())
    expect(page.locator(".lv-panel")).to_be_hidden(timeout=15_000)
    shown.run.send_signal(signal.SIGINT)
    shown.run.wait(10)

    assert f"portfolios/{ENTRY}:2:8: error[broken-yaml]" in shown.said
    assert "Исправлено" in shown.said
    assert "Traceback" not in shown.said


def test_a_sealed_page_is_built_again_and_stays_unlocked(
    page: Page, watch: Watch, kept: Job
) -> None:
    shown = watch("serve", "--watch")
    primary = shown.addresses[0]
    page.goto(f"{primary}#k={code_of(kept)}")
    page.wait_for_selector("body[data-level] h1")
    page.get_by_role("link", name="Открыть портфолио").click()
    expect(page.locator(".st-entry h3").first).to_be_visible()
    shown.save(entry(title="Полосатый зверь"))
    expect(page.locator(".st-entry h3", has_text="Полосатый зверь")).to_be_visible(timeout=60_000)
    shown.save(HALF)
    expect(page.locator(".lv-panel")).to_be_visible(timeout=60_000)
    expect(page.locator(".st-entry h3", has_text="Полосатый зверь")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".lv-panel")).to_be_hidden()

    files = [path for path in (shown.folder / "site").rglob("*") if path.is_file()]
    assert len(files) > 20
    marks = (b"live.js", b"live.css", b"EventSource", b"lv-panel", b"pv-bar")
    assert [path for path in files for mark in marks if mark in path.read_bytes()] == []
    word = primary.split("/")[3]
    assert [path for path in files if word.encode() in path.read_bytes()] == []


def code_of(job: Job) -> str:
    """The code of Anna's family."""
    decision = decide(read_school(job)[0], "primary", TODAY)
    cards = {holder.audience: card for holder, card in cards_of(job, decision, TODAY)}
    return cards["family:belova-anna"].code


def test_axe_finds_nothing_on_the_list_a_page_and_the_panel(
    chromium: Browser, watch: Watch
) -> None:
    shown = watch("preview", "belova-anna")
    base = shown.addresses[0].rpartition("/")[0]
    context, found = chromium.new_context(bypass_csp=True), {}
    page = context.new_page()
    for name in ("index", "class", "public"):
        page.goto(f"{base}/{name}.html")
        page.wait_for_selector(".pv-bar")
        found[name] = minded(page)
    shown.save(HALF)
    page.goto(f"{base}/class.html")
    page.wait_for_selector(".lv-panel:visible")
    found["panel"] = minded(page)
    context.close()
    assert {where: seen for where, seen in found.items() if seen} == {}
