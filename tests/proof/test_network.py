"""Who is asked, what is kept: no third party, no words in an address, nothing after closing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.model.school import LEVELS
from tests.conftest import Serve
from tests.proof.test_strangers import KEPT
from tests.sample import Sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
FOREIGN = re.compile(
    r"""(?:\b(?:src|href|action|poster|srcset|data)=["']?|url\(["']?|@import\s*["']?)"""
    r"""\s*(?:https?:)?//""",
    re.IGNORECASE,
)


def published(sample: Sample) -> Iterator[Path]:
    """Every file of the three sites."""
    for level in LEVELS:
        yield from (p for p in (sample.job.output / level).resolve().rglob("*") if p.is_file())


def test_every_page_and_header_has_a_policy_without_anything_unsafe(sample: Sample) -> None:
    policies: dict[str, int] = {}
    for path in published(sample):
        if path.suffix == ".html":
            found = [html.unescape(one) for one in META.findall(path.read_text("utf-8"))]
            assert len(found) == 1, path
            policies[found[0]] = policies.get(found[0], 0) + 1
        if path.name == "_headers":
            line = next(x for x in path.read_text("utf-8").splitlines() if "Security-Policy" in x)
            policies[line.partition(": ")[2]] = 1
    for policy in policies:
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert "unsafe" not in policy
        assert rules["default-src"] == "'none'"
        assert not re.search(r"\*|https?:|data:|blob:", rules.get("script-src", ""))
        assert all(rules[name] == "'none'" for name in ("base-uri", "form-action"))
        assert re.fullmatch(r"('self'|blob:| )*", rules.get("connect-src", ""))
    print(f"\n(f) pages and headers with a policy {sum(policies.values())}, "
          f"different policies {len(policies)}, unsafe 0")  # fmt: skip


def test_no_page_open_or_locked_names_a_foreign_address(sample: Sample) -> None:
    texts = {
        str(path): path.read_text("utf-8")
        for path in published(sample)
        if path.suffix in (".html", ".css") or path.parent.name == "u"
    }
    pages = 0
    for _, holder, card in sample.cards():
        opened = sample.reader(holder, card).granted()
        texts |= {f"{holder.level}/{oid}": page for oid, page in opened.items()}
        pages += len(opened)
    # A link that one may follow to the school's own pages; nothing is asked of them before.
    handbook = f'<a href="{sample.school.settings.hosting.handbook}/index.html" rel="noreferrer">'
    linked = {name for name, text in texts.items() if handbook in text}
    bare = {name: text.replace(handbook, "") for name, text in texts.items()}
    assert [name for name, text in bare.items() if FOREIGN.search(text)] == []
    assert pages > 200 > len(linked) > 0


def search(page: Page, words: str) -> None:
    """Looks for words in an opened page; nothing of them is kept, nor stands in its address."""
    page.fill("#seek input", words)
    page.locator("#seek [role=status]").filter(has_not_text="Минутку").wait_for()
    kept = page.evaluate(KEPT) + page.url
    assert words not in kept


@pytest.mark.browser
def test_a_walk_over_every_kind_of_page_asks_nobody_else_and_puts_no_word_into_an_address(
    chromium: Browser, context: BrowserContext, sample: Sample, serve: Serve
) -> None:
    asked: list[str] = []
    context.on("request", lambda it: asked.append(it.url))
    address, page = serve(sample.job.output), context.new_page()
    seen: set[str] = set()
    kinds: set[tuple[str, str]] = set()
    for _, holder, card in sample.cards():
        reader = sample.reader(holder, card)
        fresh = [f"{holder.level}/p/{oid}.html" for oid in reader.pages()]
        kind = (holder.level if holder.tier == "family" else "any", holder.tier)
        fresh = [path for path in fresh if path not in seen][: 0 if kind in kinds else 2]
        kinds.add(kind)
        seen.update(fresh)
        if fresh:
            page.goto(f"{address}{holder.level}/index.html#k={card.code}")
            page.wait_for_selector("body[data-level] h1")
        for path in fresh:
            page.goto(f"{address}{path}")
            page.wait_for_selector("body[data-level] h1")
            search(page, "Белова")
            if page.locator("#filters select:visible").count():
                page.locator("#filters select").first.select_option(index=1)
                page.click("#filters .st-filters__clear")
        if fresh:
            page.click("#lock")
            page.wait_for_selector("#unlock:visible")
    for file in sorted(sample.job.output.glob("*/o/*.html")):
        seen.add(file.relative_to(sample.job.output).as_posix())
        page.goto(f"{address}{file.relative_to(sample.job.output).as_posix()}")
        page.wait_for_selector("body[data-level] h1")
    lost = chromium.new_context()  # its own: a browser complains of what is not there
    lost.on("request", lambda it: asked.append(it.url))
    tab = lost.new_page()
    for path in ("primary/404.html", "basic/nothing-here.html", "senior/p/aaaaaaaaaaaaaaaa.html"):
        tab.goto(f"{address}{path}")
    lost.close()
    hosts = {url.split("/")[2] for url in asked if url.startswith("http")}
    assert hosts == {address.split("/")[2]}
    assert [url for url in asked if "?" in url.partition("data:")[0]] == []
    assert [url for url in asked if "%D0" in url or "Белова" in url] == []
    print(f"\n(g) pages walked {len(seen)}, requests {len(asked)}, to others 0, with ? 0")
    assert len(seen) > 15


# ---- what a browser keeps ----


def families_card(sample: Sample) -> tuple[str, str, str]:
    """Level, code and words of a family."""
    held = next(held for held in sample.cards() if held[1].tier == "family")
    return held[1].level, held[2].code, " ".join(held[2].words)


def test_only_a_familys_keyring_may_be_remembered(sample: Sample) -> None:
    allowed: dict[str, set[bool]] = {}
    for _, holder, card in sample.cards():
        ring = sample.reader(holder, card).ring()
        assert ring is not None
        allowed.setdefault(holder.tier, set()).add(ring["remember"])
    assert allowed.pop("family") == {True}
    assert all(may == {False} for may in allowed.values())
    assert {"teacher", "staff", "class", "level"} <= set(allowed)


@pytest.mark.browser
def test_closing_leaves_no_code_key_or_word_behind(
    page: Page, sample: Sample, serve: Serve
) -> None:
    level, code, words = families_card(sample)
    page.goto(f"{serve(sample.job.output)}{level}/index.html")
    page.check("#remember")
    page.fill("#code", words)
    page.click("button[type=submit]")
    page.wait_for_selector("body[data-level] h1")
    assert code in page.evaluate(KEPT)
    remembered = json.loads(
        page.evaluate(f"localStorage['stupeni:{sample.school.settings.site}:{level}']")
    )
    days = (remembered["until"] - page.evaluate("Date.now()")) / 86_400_000
    assert 29 < days <= 30
    page.click("#lock")
    page.wait_for_selector("#unlock:visible")
    kept = json.loads(page.evaluate(KEPT))
    assert code not in json.dumps(kept)
    assert [name for name, _ in kept["local"]] == [
        f"stupeni:{sample.school.settings.site}:{level}:count"
    ]
    for empty in ("session", "bases", "caches", "cookies", "name", "state", "workers"):
        assert not kept[empty], empty
    print("\n(h) after closing: session 0, local 1 (number of builds), databases 0, caches 0")


@pytest.mark.browser
@pytest.mark.parametrize("tier", ["teacher", "staff", "class", "level"])
def test_a_code_that_is_no_familys_stays_in_its_tab_even_when_asked_to_stay(
    page: Page, sample: Sample, serve: Serve, tier: str
) -> None:
    _, holder, card = next(held for held in sample.cards() if held[1].tier == tier)
    page.goto(f"{serve(sample.job.output)}{holder.level}/index.html")
    page.check("#remember")
    page.fill("#code", " ".join(card.words))
    page.click("button[type=submit]")
    page.wait_for_selector("body[data-level] h1")
    assert page.evaluate("Stupeni.remember(30)") is False
    assert card.code not in json.dumps(json.loads(page.evaluate(KEPT))["local"])
