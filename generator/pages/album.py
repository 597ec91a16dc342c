"""Edition + pictures -> Album. In what order does one walk through a portfolio?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.diagnostic import Lang
from generator.model.about import About, Term
from generator.model.edition import Edition
from generator.model.shown import ShownResult
from generator.model.site import Leaf, Leaves
from generator.pages.catalogue import Texts
from generator.pages.filters import Filter, find_filters
from generator.pages.levels import Milestone, walk_route
from generator.pages.places import PLACES
from generator.pages.words import set_school_year
from generator.pages.works import Link, ShownWork, Wall

KINDS = (
    "series", "project", "contest", "creative", "study", "sport", "gto", "activity", "course",
    "practice", "training", "government", "volunteering", "group", "external", "reward", "page",
)  # fmt: skip
"""The order in which kinds stand on a page; none is above another."""
SECTIONS = (
    "route", "works", "profile", "goals", "years", "me", "reviews", "results",
)  # fmt: skip
"""The usual order of what a student may put into another one."""
# Whoever holds a code for a class event opens the page of the class and no other; a commission
# has its packages only, and what everybody may read leads to nothing sealed.
_WITHOUT_ABOUT = ("class", "commission")
_AT_ONCE = 2
_FEW = 2
_SHORT = 12


@dataclass(frozen=True)
class Chapter:
    """Works of one school year, or of one kind; `term` is the anchor of a kind's meaning.

    `hung` are those that stand large, `filed` the papers and events beside them.
    """

    anchor: str
    title: str
    under: str
    term: str
    hung: tuple[ShownWork, ...]
    filed: tuple[ShownWork, ...]


@dataclass(frozen=True)
class Stop:
    """A place one can walk to; `step` marks the chapters among them."""

    anchor: str
    label: str
    step: bool


@dataclass(frozen=True)
class Pane:
    """What the regulation names: the works that speak of it, a few at once and the others."""

    code: str
    words: str
    links: tuple[Link, ...]
    more: tuple[Link, ...]


@dataclass(frozen=True)
class Results:
    """One of the three groups of results: each in words, and the works that prove it."""

    code: str
    title: str
    panes: tuple[Pane, ...]
    results: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class Album:
    """A portfolio in the order in which it is read."""

    edition: Edition
    glossary: str
    """Logical path of the page that explains labels; `#` when this page does it itself."""
    terms: tuple[Term, ...]
    """What the labels mean, for readers who may not open that page."""
    cover: Leaf | None
    cover_alt: str
    covered: ShownWork | None
    """The work that the cover shows."""
    best: tuple[ShownWork, ...]
    """What the student begins with, beside the work on the cover."""
    route: tuple[Milestone, ...]
    """The senior's way in order of time."""
    moving_up: tuple[ShownWork, ...]
    """Works of the draft for moving up."""
    sections: Mapping[str, str]
    """What stands beside the works: anchor -> title."""
    order: tuple[str, ...]
    """Sections between the works one begins with and what is for few, as the student wants them."""
    walks: tuple[tuple[Stop, ...], ...]
    """Where one can walk to: through the chapters, and to what stands beside them."""
    filters: tuple[Filter, ...]
    chapters: tuple[Chapter, ...]
    titles: Mapping[str, str]
    results: tuple[Results, ...]
    works: tuple[ShownWork, ...]
    """All of them, in the edition's order."""

    @property
    def is_short(self) -> bool:
        """Whether on a phone one looks through it sooner than one chooses from it."""
        return len(self.works) < _SHORT


def arrange(
    edition: Edition, leaves: Leaves, texts: Texts, language: Lang, about: About | None = None
) -> Album:
    """The edition as an album: in chapters by years, or by kinds of work as in a CV."""
    page = f"about/{edition.level}{'/public' if edition.tier == 'public' else ''}"
    terms = tuple(_terms(edition, about)) if edition.tier in _WITHOUT_ABOUT else ()
    glossary = page if edition.tier not in _WITHOUT_ABOUT else "#" if terms else ""
    works = Wall(edition, leaves, texts, language, glossary).show()
    found = {work.entry.id: work for work in works}
    cover = next(iter(leaves.get(edition.cover, ())), None)
    covered = _find_covered(edition, works) if cover else None
    best = tuple(found[name] for name in edition.highlights if name in found)
    drafted = edition.moving_up.entries if edition.moving_up else ()
    route = tuple(walk_route(edition, works, language))
    sections = dict(_sections(edition, bool(route), texts))
    by_year = edition.chapters == "year"
    chapters = tuple(_by_year(works, texts) if by_year else _by_kind(works, language))
    return Album(
        edition=edition,
        glossary=glossary,
        terms=terms,
        cover=cover,
        cover_alt=_cover_alt(edition, language),
        covered=covered,
        best=_beside(covered, best),
        route=route,
        moving_up=tuple(found[name] for name in drafted),
        sections=sections,
        order=_order(edition, ("works", *sections)),
        walks=tuple(_walks(chapters, sections)),
        filters=tuple(_filters(works, texts, language)),
        chapters=chapters,
        titles=(titles := dict(_titles(works))),
        results=tuple(_results(edition, titles, language)),
        works=works,
    )


def _terms(edition: Edition, about: About | None) -> Iterator[Term]:
    """What is meant by the labels of this edition's page (R-001)."""
    kinds = {f"kinds-{entry.kind}" for entry in edition.entries}
    states = {f"states-{entry.state}" for entry in edition.entries} | {"states-submitted"}
    groups = {f"glossary-{group.code}-results" for group in edition.results}
    for _, terms in about.glossary if about else ():
        yield from (term for term in terms if term.anchor in kinds | states | groups)


def _find_covered(edition: Edition, works: tuple[ShownWork, ...]) -> ShownWork | None:
    keys = ((work, {scan.key for scan in work.entry.scans}) for work in works)
    return next((work for work, own in keys if edition.cover in own), None)


def _beside(covered: ShownWork | None, best: tuple[ShownWork, ...]) -> tuple[ShownWork, ...]:
    """The cover's work hangs there already; a shelf of one work would be none."""
    rest = tuple(work for work in best if work is not covered)
    return rest if len(rest) >= _FEW else best


def _cover_alt(edition: Edition, language: Lang) -> str:
    scans = (scan for entry in edition.entries for scan in entry.scans)
    said = (
        scan.description or scan.document.get(language)
        for scan in scans
        if scan.key == edition.cover
    )
    return next(said, "")


def _titles(works: tuple[ShownWork, ...]) -> Iterator[tuple[str, str]]:
    """How links call a work: an olympiad that one goes to every year, by its name and the year."""
    titles = sorted(work.entry.title for work in works)
    alike = {one for one, next_ in pairwise(titles) if one == next_}
    for entry in (work.entry for work in works):
        year = f" ({set_school_year(entry.year)})" if entry.title in alike and entry.year else ""
        yield entry.id, entry.title + year


def _results(edition: Edition, titles: Mapping[str, str], language: Lang) -> Iterator[Results]:
    def linked(one: ShownResult) -> tuple[str, tuple[Link, ...]]:
        links = (Link(name, titles[name]) for name in one.entries if name in titles)
        return one.words.get(language), tuple(links)

    for group in edition.results:
        panes = (Pane(one.code, *_parted(*linked(one))) for one in group.balance)
        told = tuple(map(linked, group.results))
        yield Results(group.code, group.title.get(language), tuple(panes), told)


def _laid(works: tuple[ShownWork, ...]) -> tuple[tuple[ShownWork, ...], tuple[ShownWork, ...]]:
    ordered = sorted(works, key=lambda work: PLACES.index(work.place))
    hung = tuple(work for work in ordered if work.place != "paper")
    return hung, tuple(work for work in ordered if work.place == "paper")


def _parted(words: str, links: tuple[Link, ...]) -> tuple[str, tuple[Link, ...], tuple[Link, ...]]:
    # Every pane is as large as any other: what does not fit is one press away.
    return words, links[:_AT_ONCE], links[_AT_ONCE:]


def _by_year(works: tuple[ShownWork, ...], texts: Texts) -> Iterator[Chapter]:
    years = sorted({work.entry.year for work in works}, reverse=True)
    for year in years:
        inside = tuple(work for work in works if work.entry.year == year)
        grade = next((work.entry.grade for work in inside if work.entry.grade), None)
        title = texts["grade"].replace("{grade}", str(grade)) if grade else ""
        spoken = set_school_year(year)
        hung, filed = _laid(inside)
        yield Chapter(
            anchor=f"year-{year or 'none'}",
            title=(title or spoken) if year else texts["undated"],
            under=spoken if title and year else "",
            term="",
            hung=hung,
            filed=filed,
        )


def _by_kind(works: tuple[ShownWork, ...], language: Lang) -> Iterator[Chapter]:
    for kind, label in _labels(works, language):
        inside = tuple(work for work in works if work.entry.kind == kind)
        yield Chapter(f"kind-{kind}", label, "", f"kinds-{kind}", *_laid(inside))


def _labels(works: tuple[ShownWork, ...], language: Lang) -> Iterator[tuple[str, str]]:
    """The kinds that are there, in their order, as they are called."""
    called = {work.entry.kind: work.entry.kind_label.get(language) for work in works}
    yield from ((kind, called[kind]) for kind in KINDS if kind in called)


def _filters(works: tuple[ShownWork, ...], texts: Texts, language: Lang) -> Iterator[Filter]:
    kinds = (label for _, label in _labels(works, language))
    yield from find_filters((work.filed for work in works), kinds, texts)


def _walks(
    chapters: tuple[Chapter, ...], sections: Mapping[str, str]
) -> Iterator[tuple[Stop, ...]]:
    steps = tuple(Stop(chapter.anchor, chapter.title, True) for chapter in chapters)
    beside = tuple(Stop(name, title, False) for name, title in sections.items())
    walks = tuple(walk for walk in (steps, beside) if walk)
    if len(walks) > 1 or (walks and len(walks[0]) > 1):
        yield from walks


def _order(edition: Edition, there: tuple[str, ...]) -> tuple[str, ...]:
    """What the student wants first, then the rest as usual; only what is there."""
    return tuple(name for name in dict.fromkeys((*edition.sections, *SECTIONS)) if name in there)


def _sections(edition: Edition, route: bool, texts: Texts) -> Iterator[tuple[str, str]]:
    """Anchor and title of what there is beside the works, in its order."""
    mine = edition.interests or edition.selves
    # In grades 5-9 goals and possibilities are told together (003 §3.1.2).
    together = edition.level == "basic"
    there = {
        "route": route,
        "profile": edition.profile,
        "goals": edition.goals or (together and mine),
        "years": edition.years,
        "me": mine and not together,
        "reviews": edition.reviews,
        "results": edition.entries and edition.results,
        "moving-up": edition.moving_up,
        "package": edition.package and edition.tier != "commission",
        "close": edition.missing or edition.requests or edition.quiet_since,
        "marks": edition.marks,
    }
    goals = texts["goals-basic"] if together else texts["goals"]
    for name in dict.fromkeys((*edition.sections, *there)):
        if there.get(name):
            yield name, goals if name == "goals" else texts[name]
