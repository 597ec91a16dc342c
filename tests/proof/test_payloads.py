"""Words that would run if a page believed them, in every text of a school: nothing runs."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from generator.flow.cards import make_cards
from generator.flow.summary import make_summary
from tests.conftest import Serve
from tests.golden import found_in
from tests.proof.flock import plant
from tests.proof.payloads import GIVEN, LINES, PAYLOADS, UNREAD, Hostile
from tests.proof.rest import write_open
from tests.sample import Sample, build_school
from tests.school.__main__ import write_school
from tests.school.crowd import shape_crowd
from tests.world import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OURS = re.compile(r"\.\./(u|assets|a)/[\w./-]+|\.\./index\.html|[a-z2-7]{16}\.webp")
HANDBOOK = "https://school.example/portfolio/index.html"
"""The school's own, which its settings name: the only link that leads out."""
ALIVE = {"script", "iframe", "object", "embed", "form", "base", "link", "template"}
TRAP = """
  window.ran = [];
  const trap = (what) => ({ set: () => ran.push(what), get: () => undefined, configurable: false });
  Object.defineProperty(window, "hacked", trap("hacked"));
  for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => ran.push(name);
"""
SHAPE = """() => ({
  ran: window.ran,
  handlers: [...document.querySelectorAll("*")].flatMap((it) => it.getAttributeNames())
    .filter((name) => name.startsWith("on") || name === "srcdoc"),
  painted: [...document.querySelectorAll("[style]:not(img[data-sealed], html)")]
    .map((it) => it.outerHTML.slice(0, 80)),
  addresses: [...document.querySelectorAll("[href], [src], [action], [data], [xlink\\\\:href]")]
    .flatMap((it) => ["href", "src", "action", "data", "xlink:href"].map((name) =>
      it.getAttribute(name))).filter(Boolean),
  alive: [...document.querySelectorAll("script, iframe, object, embed, base, form, meta, link")]
    .map((it) => it.outerHTML.slice(0, 40)).sort(),
})"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, Hostile]:
    """A student in every grade, a payload in every text field of every file."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "portfolios"
    write_school(root, shape_crowd(11, 2, 1, scans=True), 1)
    write_open(root)
    flock = Hostile(Random(1), share=1)
    plant(root, flock)
    return build_school(folder, root), flock


def test_every_payload_is_written_and_most_fields_have_several(
    hostile: tuple[Sample, Hostile],
) -> None:
    pairs = [pair.split("|", 1) for pair in hostile[1].words if "|" in pair]
    assert {payload for _, payload in pairs} == {*PAYLOADS, GIVEN}
    assert len(PAYLOADS) >= 60
    assert len({place for place, _ in pairs}) > 150
    print(f"\n(f) {len(PAYLOADS)} payload shapes, {len({p for p, _ in pairs})} text fields, "
          f"{len(pairs)} pairs of both")  # fmt: skip


@pytest.mark.parametrize("payload", UNREAD, ids=ascii)
def test_a_payload_of_unseen_signs_is_not_even_read(payload: str, tmp_path: Path) -> None:
    root = world(tmp_path, {"school/collectives.yml": f"collectives: {json.dumps([payload])}\n"})
    assert "control-character" in {one.code for one in found_in(root, checked=False)}


def _held(sample: Sample) -> Iterator[tuple[str, str]]:
    """Level and code of one holder of every kind on one level, and of a family on each."""
    seen: dict[tuple[str, str], int] = {}
    for _, holder, card in sample.cards():
        kind = holder.level, holder.tier
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] == 1 and (holder.level == "primary" or holder.tier == "family"):
            yield holder.level, card.code


@pytest.mark.browser
def test_nothing_runs_even_where_the_policy_is_switched_off(
    chromium: Browser, hostile: tuple[Sample, Hostile], serve: Serve
) -> None:
    # The policy is the second lock; here the first one holds alone.
    sample, pages = hostile[0], 0
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(TRAP)
    asked: list[str] = []
    context.on("request", lambda it: asked.append(it.url))
    address, skeletons, seen = serve(sample.job.output), {}, set[str]()
    for level, code in _held(sample):
        tab = context.new_page()
        for path in _walk(tab, f"{address}{level}/", code, seen):
            skeletons[path] = _alive(tab)
            pages += 1
        tab.evaluate("Stupeni.lock()")
        tab.wait_for_selector("#unlock:visible")
        tab.close()
    tab = context.new_page()
    shown = sorted(sample.job.output.glob("*/o/*.html"))
    for file in shown:
        tab.goto(f"{address}{file.relative_to(sample.job.output).as_posix()}")
        tab.wait_for_selector("body[data-level] h1")
        _alive(tab)
    assert len(shown) == 5, "a roster of the open, one portfolio, «О портфолио» of every level"
    context.close()
    assert len(set(skeletons.values())) == 1, "a page has other living elements than its sisters"
    assert [url for url in asked if "evil" in url or "?" in url] == []
    print(
        f"\n(f) pages opened in Chromium without the policy: {pages + len(shown)}, "
        "payloads that ran: 0"
    )
    assert pages > 20


@pytest.mark.browser
def test_the_policy_has_nothing_to_block(
    page: Page, hostile: tuple[Sample, Hostile], serve: Serve
) -> None:
    page.context.add_init_script(TRAP)
    address = serve(hostile[0].job.output)
    level, code = next((level, code) for level, code in _held(hostile[0]) if level == "basic")
    for path in _walk(page, f"{address}{level}/", code, set()):
        assert page.evaluate("ran") == [], path


def _alive(tab: Page) -> tuple[str, ...]:
    """The living elements of the page at hand, after looking that none of them is somebody's."""
    shape = tab.evaluate(SHAPE)
    assert shape["ran"] == [], tab.url
    assert (shape["handlers"], shape["painted"]) == ([], []), tab.url
    assert [it for it in shape["addresses"] if not _is_ours(it)] == [], tab.url
    return tuple(shape["alive"])


def _walk(tab: Page, address: str, code: str, seen: set[str]) -> Iterator[str]:
    """Opens a site with a code and then every page that its links reach, none that was seen."""
    tab.goto(f"{address}index.html#k={code}")
    tab.wait_for_selector("body[data-level] h1")
    waiting = [tab.url]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        if tab.url != url:
            tab.goto(url)
            tab.wait_for_selector("body[data-level] h1")
        yield url.rpartition("/")[2]
        links = tab.eval_on_selector_all("a[href]", "all => all.map(it => it.href.split('#')[0])")
        waiting += [link for link in links if link.startswith(f"{address}p/")]


def _is_ours(address: str) -> bool:
    opaque = re.fullmatch(r"[a-z2-7]{16}\.html(#[\w-]*)?|#[\w-]*", address)
    loaded = OURS.fullmatch(address) or address.startswith(("blob:http", "data:image/svg+xml"))
    return bool(opaque or loaded or address == HANDBOOK)


class _Skeleton(HTMLParser):
    """What a page in the private folder has that could live."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes elements that run or load, and attributes that do."""
        self.alive += [tag] if tag in ALIVE else []
        names = [name for name, _ in attrs]
        self.alive += [name for name in names if name.startswith("on") or name == "srcdoc"]


def test_pages_to_print_hold_no_living_word(hostile: tuple[Sample, Hostile]) -> None:
    sample = hostile[0]
    since, until = dt.date(2025, 9, 1), dt.date(2026, 12, 31)
    files: list[Path] = [*make_cards(sample.job)]
    files += [f for f in make_summary(sample.job, "9a", since, until) if f.suffix == ".html"]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "hacked" in text, file
        assert _Skeleton(text).alive == [], file


def test_a_page_that_believed_a_payload_would_be_caught(chromium: Browser) -> None:
    # The trap itself: of the shapes that need no click, most run when they are believed.
    context = chromium.new_context(bypass_csp=True, offline=True)
    context.add_init_script(TRAP)
    ran = 0
    tab = context.new_page()
    for payload in LINES[:36:2]:
        tab.set_content(f"<!doctype html><p>{payload}</p>")
        shape = tab.evaluate(SHAPE)
        ran += bool(shape["ran"] or shape["handlers"])
    context.close()
    assert ran > 8
