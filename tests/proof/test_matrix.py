"""The access matrix: every audience × everything written, from the published tree; 0 wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.model.edition import Holder
from generator.model.school import LEVELS
from generator.model.site import Card
from tests.conftest import Serve
from tests.proof.matrix import PUT_FORWARD, TABLE, Files, Ground, Pupil, Thing, is_granted, tiers_of
from tests.proof.test_strangers import heard, plain
from tests.sample import TODAY, Sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLE = re.compile(r'<article class="st-entry" id="([^"]+)".*?</article>', re.DOTALL)
PICTURE = re.compile(r' data-(?:sealed|screen|zoom|copy)="([a-z2-7]{16})#')
THANKED = re.compile(r'<li><a href="[^"]*#([^"]+)"')
TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Audience:
    """Who looks: by its name, at a level, as what kind of holder; `public` holds nothing."""

    audience: str
    level: str
    tier: str


@dataclass(frozen=True)
class Sight:
    """What one card opens: entries by id, the pictures in them, all pictures, all words."""

    entries: frozenset[str]
    shown: tuple[tuple[str, str], ...]
    """Picture and the entry in which it hangs."""
    pictures: frozenset[str]
    text: str
    marks: int
    """On how many pages marks stand."""
    thanked: frozenset[str] = frozenset()
    """Entries that pages of honour name."""


def sight(sample: Sample, holder: Holder, card: Card) -> Sight:
    """Read from the published files with the card alone."""
    return _joined(sample.reader(holder, card).granted().values())


def open_sight(folder: Path) -> Sight:
    """What stands in clear for everybody."""
    return _joined(one.read_text("utf-8") for one in sorted(folder.glob("o/*.html")))


def _joined(pages: Iterable[str]) -> Sight:
    each = [_seen(html) for html in pages]
    return Sight(
        entries=frozenset[str]().union(*(one.entries for one in each)),
        shown=tuple(pair for one in each for pair in one.shown),
        pictures=frozenset[str]().union(*(one.pictures for one in each)),
        text=" | ".join(one.text for one in each),
        marks=sum(one.marks for one in each),
        thanked=frozenset[str]().union(*(one.thanked for one in each)),
    )


@cache  # most pages are read by several
def _seen(html: str) -> Sight:
    articles = [(found[1], found[0]) for found in ARTICLE.finditer(html)]
    shown = tuple((one, entry) for entry, text in articles for one in PICTURE.findall(text))
    text = plain(TAGS.sub(" ", html))
    entries, pictures = frozenset(e for e, _ in articles), frozenset(PICTURE.findall(html))
    thanked = frozenset(THANKED.findall(html.partition('class="st-honour"')[2]))
    return Sight(entries, shown, pictures, text, html.count('id="marks"'), thanked)


@pytest.fixture(scope="module")
def files(sample: Sample) -> Files:
    """The sample's YAML."""
    return Files(sample.job.portfolios, TODAY)


@pytest.fixture(scope="module")
def ground(files: Files) -> Ground:
    """Where everybody is."""
    return files.ground()


@pytest.fixture(scope="module")
def things(files: Files) -> list[tuple[Pupil, Thing]]:
    """Everything of everybody that one can look for without mistaking it for something else."""
    found = [(pupil, thing) for pupil in files.pupils() for thing in files.things(pupil)]
    whole = plain(" | ".join(path.read_text("utf-8") for path in files.root.rglob("*.yml")))
    marks = Counter(thing.mark for _, thing in found)
    return [
        (pupil, thing)
        for pupil, thing in found
        if marks[thing.mark] == 1
        and (thing.is_entry or (len(_words(thing)) > 12 and whole.count(_words(thing)) < 2))
    ]


@pytest.fixture(scope="module")
def sights(sample: Sample) -> list[tuple[Audience, Sight]]:
    """Every card of the school and what it opens; and on every level those without a card."""
    held = [
        (Audience(h.audience, h.level, h.tier), sight(sample, h, card))
        for _, h, card in sample.cards()
    ]
    passing = [
        (Audience("public", level, "public"), open_sight(sample.job.output / level))
        for level in LEVELS
    ]
    return [*held, *passing]


def _words(thing: Thing) -> str:
    """The first paragraph, as a page holds it."""
    return plain(thing.mark.split("\n")[0])


def expected(holder: Audience, thing: Thing, pupil: Pupil, ground: Ground) -> bool:
    """The table's word."""
    return is_granted(tiers_of(holder.audience, holder.level, pupil, ground), thing, pupil)


def cells(
    sights: list[tuple[Audience, Sight]],
    things: list[tuple[Pupil, Thing]],
    ground: Ground,
) -> Iterator[tuple[Audience, Thing, bool, bool]]:
    """Holder, thing, what the table says, what is so."""
    words = {_words(thing) for _, thing in things if not thing.is_entry}
    for holder, seen in sights:
        said = {*heard(words, seen.text)}
        due = {t.mark for who, t in things if t.is_entry and expected(holder, t, who, ground)}
        for pupil, thing in things:
            says = expected(holder, thing, pupil, ground)
            says = says and (not thing.within or thing.within in due)
            is_so = thing.mark in seen.entries if thing.is_entry else _words(thing) in said
            yield holder, thing, says, is_so


@pytest.mark.covers("R-131", "R-141", "R-144")
def test_every_card_opens_exactly_what_the_written_table_grants(
    sights: list[tuple[Audience, Sight]],
    things: list[tuple[Pupil, Thing]],
    ground: Ground,
) -> None:
    wrong, counted, yes = [], 0, 0
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for holder, thing, says, is_so in cells(sights, things, ground):
        counted, yes = counted + 1, yes + says
        rows[thing.row][holder.tier] += is_so
        if says != is_so:
            wrong.append(f"{holder.audience}: {thing.student}, {thing.row}, {thing.mark[:40]!r}: "
                         f"the table says {says}")  # fmt: skip
    print(f"\n(b) cards {len(sights)}, things {len(things)}, cells {counted}, granted {yes}, "
          f"wrong {len(wrong)}")  # fmt: skip
    for row, seen in sorted(rows.items()):
        print(f"    {row:36} " + ", ".join(f"{tier} {seen[tier]}" for tier in sorted(seen)))
    assert wrong == []
    assert set(TABLE) == set(rows), "a row that nothing in the sample tries"
    assert yes > 1000


def test_every_picture_hangs_only_where_its_entry_may_be_seen(
    sights: list[tuple[Audience, Sight]],
    things: list[tuple[Pupil, Thing]],
    ground: Ground,
) -> None:
    known = {t.mark: (pupil, t) for pupil, t in things if t.is_entry}
    hangs: dict[str, set[str]] = defaultdict(set)
    for _, seen in sights:
        for picture, entry in seen.shown:
            hangs[picture].add(entry)
    tried = 0
    for holder, seen in sights:
        for picture in seen.pictures:
            entries = [known[one] for one in hangs[picture] if one in known]
            if entries:
                tried += 1
                assert any(expected(holder, t, who, ground) for who, t in entries), holder.audience
    print(f"\n(b) pictures {len(hangs)}, pictures of all cards {tried}, wrong 0")
    assert tried > 500


@pytest.mark.covers("R-115")
def test_a_page_of_honour_names_only_what_its_reader_may_see(
    sights: list[tuple[Audience, Sight]], things: list[tuple[Pupil, Thing]], ground: Ground
) -> None:
    known = {t.mark: (pupil, t) for pupil, t in things if t.is_entry}
    tried: Counter[str] = Counter()
    for holder, seen in sights:
        for one in seen.thanked & known.keys():
            pupil, thing = known[one]
            # It is the page of a class or of a level: what its reader may see as somebody nearer to
            # the child does not stand on it.
            shared = tiers_of(holder.audience, holder.level, pupil, ground) & {"class", "level"}
            assert is_granted(shared, thing, pupil), (holder.audience, one)
            tried[holder.tier] += 1
    assert {*tried} == {"family", "class", "level", "teacher", "staff"}


def test_marks_stand_on_the_familys_own_page_and_before_those_on_duty_only(
    sights: list[tuple[Audience, Sight]], ground: Ground
) -> None:
    most = {"class": 0, "level": 0, "public": 0, PUT_FORWARD: 0}
    found: Counter[str] = Counter()
    for holder, seen in sights:
        found[holder.tier] += seen.marks
        own = (
            len(ground.families[holder.audience.partition(":")[2].partition("/")[0]])
            if (holder.tier == "family")
            else seen.marks
        )
        assert seen.marks <= most.get(holder.tier, own), holder.audience
    assert found["family"] > 5 and found["teacher"] > 5


@dataclass(frozen=True)
class Held:
    """One card of a kind, before the served site."""

    holder: Audience
    code: str
    pages: tuple[str, ...]
    address: str


@pytest.fixture(params=["class", "commission"])
def held(request: pytest.FixtureRequest, sample: Sample, serve: Serve) -> Held:
    """The first card of a kind."""
    found = next(one for one in sample.cards() if one[1].tier == request.param)
    reader = sample.reader(found[1], found[2])
    address = f"{serve(sample.job.output)}{found[1].level}/"
    who = Audience(found[1].audience, found[1].level, found[1].tier)
    return Held(who, found[2].code, tuple(reader.pages()), address)


@pytest.mark.browser
def test_the_browser_shows_the_same_entries(
    page: Page, held: Held, things: list[tuple[Pupil, Thing]], ground: Ground
) -> None:
    page.goto(f"{held.address}index.html#k={held.code}")
    page.wait_for_selector("body[data-level] h1")
    seen: set[str] = set()
    for oid in held.pages:
        page.goto(f"{held.address}p/{oid}.html")
        page.wait_for_selector("body[data-level] h1")
        seen.update(page.eval_on_selector_all(".st-entry", "all => all.map((it) => it.id)"))
    due = {t.mark for who, t in things if t.is_entry and expected(held.holder, t, who, ground)}
    known = {t.mark for _, t in things if t.is_entry}
    assert seen & known == due
    assert due
