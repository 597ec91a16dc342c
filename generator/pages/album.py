"""Edition + pictures -> Album. In what order does one walk through a portfolio?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from generator.diagnostic import Lang
from generator.model.edition import Edition, Reason, ShownEntry
from generator.model.site import Leaf, Leaves
from generator.pages.words import set_school_year, set_span

Texts = Mapping[str, str]
KINDS = ("project", "contest", "creative", "sport", "course", "volunteering")
"""The order in which kinds stand on a page; none is above another."""
# Why an edition may show an entry does not stand on the page: left out, so that entries which
# look the same are the same.
_UNSAID = Reason("own", "")


@dataclass(frozen=True)
class Hung:
    """One page of a scan on the wall."""

    leaf: Leaf
    alt: str
    caption: str


@dataclass(frozen=True)
class ShownWork:
    """An entry with what hangs beside it; `over` is the line above its title."""

    entry: ShownEntry
    leaves: tuple[Hung, ...]
    over: str
    filter: str


@dataclass(frozen=True)
class Chapter:
    """Works of one school year, or of one kind."""

    anchor: str
    title: str
    under: str
    entries: tuple[ShownWork, ...]


@dataclass(frozen=True)
class Stop:
    """A place one can walk to; `step` marks the chapters among them."""

    anchor: str
    label: str
    step: bool


@dataclass(frozen=True)
class Filter:
    """A button that leaves one kind, or one year, on the page."""

    value: str
    label: str


@dataclass(frozen=True)
class Album:
    """A portfolio in the order in which it is read."""

    edition: Edition
    by: Literal["year", "kind"]
    cover: Leaf | None
    cover_alt: str
    best: tuple[ShownWork, ...]
    stops: tuple[Stop, ...]
    filters: tuple[Filter, ...]
    chapters: tuple[Chapter, ...]
    titles: Mapping[str, str]


def arrange(edition: Edition, leaves: Leaves, texts: Texts, language: Lang) -> Album:
    """The edition as an album: by years for the young, by kinds of work as in a CV for seniors."""
    by: Literal["year", "kind"] = "kind" if edition.level == "senior" else "year"
    works = tuple(_show(entry, by, leaves, texts, language) for entry in edition.entries)
    found = {work.entry.id: work for work in works}
    best = tuple(found[name] for name in edition.highlights if name in found)
    chapters = tuple(_by_year(works, texts) if by == "year" else _by_kind(works, texts))
    return Album(
        edition=edition,
        by=by,
        cover=first_leaf((edition.cover,), leaves),
        cover_alt=_cover_alt(edition),
        best=best,
        stops=tuple(_stops(edition, bool(best), chapters, texts)),
        filters=tuple(_filters(works, by, texts)),
        chapters=chapters,
        titles={name: work.entry.title for name, work in found.items()},
    )


def first_leaf(scans: Iterable[str], leaves: Leaves) -> Leaf | None:
    """The first page of the first of these scans that could be read."""
    return next((leaves[scan][0] for scan in scans if leaves.get(scan)), None)


def cover_of(edition: Edition, leaves: Leaves) -> Leaf | None:
    """What stands for this student in a list: the chosen cover, or else the first picture."""
    scans = [scan.digest for entry in edition.entries for scan in entry.scans]
    return first_leaf((edition.cover, *scans), leaves)


def _show(
    entry: ShownEntry,
    by: Literal["year", "kind"],
    leaves: Leaves,
    texts: Texts,
    language: Lang,
) -> ShownWork:
    when = set_span(entry.start, entry.end, language)
    grade = texts["grade"].replace("{grade}", str(entry.grade)) if entry.grade else ""
    first = texts[f"kind-{entry.kind}"] if by == "year" else grade
    return ShownWork(
        entry=replace(entry, reason=_UNSAID),
        leaves=tuple(_hang(entry, leaves, texts, language)),
        over=" · ".join(part for part in (first, when) if part),
        filter=entry.kind if by == "year" else entry.year,
    )


def _hang(entry: ShownEntry, leaves: Leaves, texts: Texts, language: Lang) -> Iterator[Hung]:
    for scan in entry.scans:
        pages = leaves.get(scan.digest, ())
        what = scan.description or scan.document.get(language)
        for number, leaf in enumerate(pages, start=1):
            page = f", {texts['page-of'].replace('{n}', str(number))}" if len(pages) > 1 else ""
            yield Hung(leaf, what + page, f"{entry.title} — {what}{page}")


def _cover_alt(edition: Edition) -> str:
    scans = (scan for entry in edition.entries for scan in entry.scans)
    return next((scan.description for scan in scans if scan.digest == edition.cover), "")


def _by_year(works: tuple[ShownWork, ...], texts: Texts) -> Iterator[Chapter]:
    years = sorted({work.entry.year for work in works}, reverse=True)
    for year in years:
        inside = tuple(work for work in works if work.entry.year == year)
        grade = next((work.entry.grade for work in inside if work.entry.grade), None)
        title = texts["grade"].replace("{grade}", str(grade)) if grade else ""
        spoken = set_school_year(year)
        yield Chapter(
            anchor=f"year-{year or 'none'}",
            title=(title or spoken) if year else texts["undated"],
            under=spoken if title and year else "",
            entries=inside,
        )


def _by_kind(works: tuple[ShownWork, ...], texts: Texts) -> Iterator[Chapter]:
    for kind in KINDS:
        inside = tuple(work for work in works if work.entry.kind == kind)
        if inside:
            yield Chapter(f"kind-{kind}", texts[f"kind-{kind}"], "", inside)


def _stops(
    edition: Edition, best: bool, chapters: tuple[Chapter, ...], texts: Texts
) -> Iterator[Stop]:
    if best:
        yield Stop("best", texts["best-short"], False)
    for chapter in chapters:
        yield Stop(chapter.anchor, chapter.title, True)
    if edition.goals:
        yield Stop("goals", texts["goals"], False)
    if edition.reviews:
        yield Stop("words", texts["reviews"], False)
    if edition.marks:
        yield Stop("marks", texts["marks"], False)


def _filters(
    works: tuple[ShownWork, ...], by: Literal["year", "kind"], texts: Texts
) -> Iterator[Filter]:
    if by == "year":
        kinds = {work.entry.kind for work in works}
        yield from (Filter(kind, texts[f"kind-{kind}"]) for kind in KINDS if kind in kinds)
    else:
        years = sorted({work.entry.year for work in works if work.entry.year}, reverse=True)
        yield from (Filter(year, set_school_year(year)) for year in years)
