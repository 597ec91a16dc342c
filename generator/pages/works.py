"""Entry + pictures -> ShownWork. What hangs on the wall beside the words?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

from generator.diagnostic import Lang
from generator.model.edition import Edition
from generator.model.shown import Fact, ShownEntry, ShownScan
from generator.model.site import Leaf, Leaves
from generator.pages.catalogue import Texts
from generator.pages.filters import file_work
from generator.pages.measures import Chart, draw
from generator.pages.places import Place, place_of
from generator.pages.words import begin_large, bind, set_date, set_span, split_paragraphs

_SAID = attrgetter(*(one.name for one in fields(ShownEntry) if one.name != "reason"))
_CAME = ("result", "champion", "sign")
_CHIEF = (*_CAME, "stage", "round", "event", "organisation")
"""Facts that stand under the title, how it went first; all others are one press away."""


@dataclass(frozen=True)
class Hung:
    """One page of a scan on the wall; `under` says what paper it is a copy of."""

    leaf: Leaf
    alt: str
    caption: str
    under: str = ""


@dataclass(frozen=True)
class Link:
    """Another entry of the page, by its anchor."""

    anchor: str
    title: str


@dataclass(frozen=True)
class ShownWork:
    """An entry with what hangs beside it, ready to be set."""

    entry: ShownEntry = field(compare=False)
    said: tuple[object, ...] = field(repr=False)
    """All of the entry but why it may be shown, which does not stand on the page: works that look
    the same are the same."""
    place: Place
    """How large it stands on this page."""
    leaves: tuple[Hung, ...]
    pair: tuple[Hung, ...]
    """First and last work of a series, when both have a picture."""
    over: str
    """The kind, or the grade, above the title."""
    is_kind: bool
    """Whether `over` is the label of the kind."""
    when: str
    links: tuple[Link, ...]
    filed: tuple[tuple[str, str], ...]
    """What it answers to the page's filters."""
    charts: tuple[Chart, ...]
    chief: tuple[Fact, ...]
    """Where it was and how it went, in words without labels."""
    told: tuple[str, ...]
    """The same, ready to be set."""
    came: bool
    """Whether the first of them is how it went: taking part as much as winning."""
    glossary: str
    """Logical path of the page that explains labels; empty when not every reader may open it."""

    @property
    def face(self) -> Hung | None:
        """What stands for it on the shelf: rather something made than a page of writing."""
        made = (one for one in self.leaves if not one.under and _is_wide(one.leaf))
        return next(made, next(iter(self.leaves), None))

    @property
    def voice(self) -> str:
        """What the student says of it first: one paragraph, there is room for no more."""
        said = split_paragraphs(self.entry.why_it_matters or self.entry.reflection)
        return said[0] if said else ""


def _is_wide(leaf: Leaf) -> bool:
    return leaf.screen.width > leaf.screen.height


@dataclass(frozen=True)
class Wall:
    """All that the works of one edition are hung with."""

    edition: Edition
    leaves: Leaves
    texts: Texts
    language: Lang
    glossary: str

    def show(self) -> tuple[ShownWork, ...]:
        """Every entry of the edition in its order."""
        known = {entry.id: entry for entry in self.edition.entries}
        return tuple(self._show(entry, known) for entry in self.edition.entries)

    def _show(self, entry: ShownEntry, known: Mapping[str, ShownEntry]) -> ShownWork:
        by_year = self.edition.chapters == "year"
        grade = self.texts["grade"].replace("{grade}", str(entry.grade)) if entry.grade else ""
        linked = tuple(known[name] for name in entry.links)
        return ShownWork(
            entry=entry,
            said=_SAID(entry),
            place=place_of(entry, self.edition),
            leaves=tuple(self._hang(entry)),
            pair=self._pair(linked) if entry.kind == "series" else (),
            over=entry.kind_label.get(self.language) if by_year else grade,
            is_kind=by_year,
            when=self._when(entry),
            links=tuple(Link(one.id, one.title) for one in linked),
            filed=file_work(entry, self.texts, self.language),
            charts=tuple(draw(one, self.texts, self.language) for one in entry.measures),
            chief=(chief := tuple(_chief(entry))),
            told=tuple(bind(words) for words in self._told(chief)),
            came=bool(chief) and chief[0].field in _CAME,
            glossary=self.glossary,
        )

    def _told(self, chief: tuple[Fact, ...]) -> Iterator[str]:
        words = tuple(map(self._alone, chief))
        yield from (*map(begin_large, words[:1]), *words[1:])

    def _alone(self, fact: Fact) -> str:
        """A fact without its label: «муниципальный уровень», for nobody asked which."""
        words = fact.words.get(self.language)
        stage = self.texts["cv-stage"].replace("{stage}", words)
        return stage[:1].lower() + stage[1:] if fact.field == "stage" else words

    def _when(self, entry: ShownEntry) -> str:
        if entry.lasting and entry.start:
            return self.texts["lasting"].replace("{day}", set_date(entry.start, self.language))
        return set_span(entry.start, entry.end, self.language)

    def _hang(self, entry: ShownEntry) -> Iterator[Hung]:
        # What was made hangs before the papers that tell of it.
        for scan in sorted(entry.scans, key=lambda one: one.copy):
            pages = self.leaves.get(scan.key, ())
            what = scan.description or scan.document.get(self.language)
            if scan.masks:
                # Who cannot see the picture is told that something is not on it.
                covered = f": {scan.covered}" if scan.covered else ""
                what = f"{what} ({self.texts['masked']}{covered})"
            under = self._under(entry, scan)
            for number, leaf in enumerate(pages, start=1):
                page = f", {self.texts['page-of'].replace('{n}', str(number))}"
                said = what + page if len(pages) > 1 else what
                asked = replace(
                    leaf,
                    zoom=leaf.zoom if scan.zoom else None,
                    # Another entry may ask for the same file.
                    copy=leaf.copy if scan.download else None,
                )
                yield Hung(asked, said, f"{entry.title} — {said}", under if number == 1 else "")

    def _under(self, entry: ShownEntry, scan: ShownScan) -> str:
        """«Диплом, копия верна: кто, когда»; nothing under what is the thing itself. What the
        paper says of itself is one press away."""
        if not scan.copy:
            return ""
        mark, word = self.texts["copy"], entry.confirmed
        if word and word.copy_true:
            on = set_date(word.on, self.language)
            mark = self.texts["copy-true"].replace("{by}", word.by).replace("{on}", on)
        return begin_large(", ".join(filter(None, (scan.document.get(self.language), mark))))

    def _pair(self, works: tuple[ShownEntry, ...]) -> tuple[Hung, ...]:
        if len(works) < 2:
            return ()
        ends = (self.texts["then"], works[0]), (self.texts["now"], works[-1])
        pair = tuple(
            replace(hung, under=f"{word}: {work.title}")
            for word, work in ends
            for hung in tuple(self._hang(work))[:1]
        )
        return pair if len(pair) == 2 else ()


def _chief(entry: ShownEntry) -> Iterator[Fact]:
    """Each once: an event called as the entry is, and the stage of a named round, say nothing."""
    fields = {fact.field for fact in entry.facts}
    told = (fact for fact in entry.facts if fact.field in _CHIEF)
    for fact in sorted(told, key=lambda one: _CHIEF.index(one.field)):
        if fact.words.ru != entry.title and not (fact.field == "stage" and "round" in fields):
            yield fact


def cover_of(edition: Edition, leaves: Leaves) -> Leaf | None:
    """What stands for this student in a list: the chosen cover, or else the first picture."""
    cover = find_cover(edition, leaves)
    return leaves[cover][0] if cover else None


def find_cover(edition: Edition, leaves: Leaves) -> str:
    """The key of the scan that stands for this student, a work before a paper; empty when none
    could be read."""
    every = (scan for entry in edition.entries for scan in entry.scans)
    scans = (scan.key for scan in sorted(every, key=lambda one: one.copy))
    return next((scan for scan in (edition.cover, *scans) if leaves.get(scan)), "")
