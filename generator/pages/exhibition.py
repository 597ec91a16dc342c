"""Home + editions + pictures -> exhibition. Which works does one walk past? (R-116)"""

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import chain, repeat

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import Exhibit, ShownEntry
from generator.model.site import Leaf, Leaves
from generator.pages.catalogue import Texts
from generator.pages.outline import own_words

HALLS = (
    "growth", "pictures", "made", "words", "science", "screen", "stage", "together", "others",
)  # fmt: skip
"""The order in which one walks through the halls; none is above another."""
_SHOWN_TO = ("class", "level")
_OF_ONE = 3
_WALLS = (8, 4)
"""As many of the newest as hang in whole rows, wide and narrow."""
_WALLS_BELOW_FACES = (4,)
"""The same below faces: a phone fetches both, and all others hang behind the next link."""
_NEWEST_OF_ONE = 2
_AT_THE_DOOR = 3


@dataclass(frozen=True)
class Framed:
    """A picture in its frame; `under` is said of one of a pair."""

    leaf: Leaf
    alt: str
    under: str = ""


@dataclass(frozen=True)
class Author:
    """Whose work it is, as this audience may know them, and where to read more."""

    name: str
    path: str


@dataclass(frozen=True)
class Piece:
    """A work on the wall, with its label."""

    anchor: str
    owner: str
    """Whose pictures these are."""
    hall: str
    hall_title: str
    day: dt.date
    title: str
    authors: tuple[Author, ...]
    line: str
    """How it was made, in which grade, in which year."""
    words: str
    text: str
    """The work itself, when it is made of words."""
    framed: tuple[Framed, ...]


@dataclass(frozen=True)
class Hall:
    """Works of one kind, the newest first."""

    anchor: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is one work, beside which there is room."""
        return len(self.pieces) == 1 and self.anchor != "hall-growth"


@dataclass(frozen=True)
class Exhibition:
    """The works of a class or of a level."""

    title: str
    tier: str
    back: str
    halls: tuple[Hall, ...]

    @property
    def rows(self) -> tuple[tuple[Hall, ...], ...]:
        """The halls in their order; two short ones that follow each other share a row."""
        rows: list[tuple[Hall, ...]] = []
        for hall in self.halls:
            if hall.is_short and rows and len(rows[-1]) == 1 and rows[-1][0].is_short:
                rows[-1] = (*rows[-1], hall)
            else:
                rows.append((hall,))
        return tuple(rows)


@dataclass(frozen=True)
class Doorway:
    """The way to an exhibition: what of it one sees from a first page."""

    path: str
    pieces: tuple[Piece, ...]
    halls: tuple[str, ...]


@dataclass(frozen=True)
class Curator:
    """All that works are hung with."""

    editions: Mapping[str, Edition]
    leaves: Leaves
    texts: Texts
    language: Lang

    def collect(self, home: Home) -> tuple[Piece, ...]:
        """Every work of a list, the newest first; what several made hangs once."""
        if home.tier not in _SHOWN_TO:
            return ()
        found: dict[str, Piece] = {}
        for edition in (self.editions[path] for path in home.editions if path in self.editions):
            for piece in self._of_one(edition, home):
                before = found.get(piece.anchor)
                found[piece.anchor] = _together(before, piece) if before else piece
        # Of one day by the alphabet.
        by_title = sorted(found.values(), key=lambda one: (one.title, one.anchor))
        return tuple(sorted(by_title, key=lambda one: one.day, reverse=True))

    def _of_one(self, edition: Edition, home: Home) -> Iterator[Piece]:
        """On the wall of a level everybody has the same room."""
        hung = edition.exhibits[:_OF_ONE] if home.tier == "level" else edition.exhibits
        entries = {entry.id: entry for entry in edition.entries}
        for one in hung:
            piece = self._hang(edition, one, entries)
            if piece.framed or piece.text:
                yield piece

    def _hang(self, edition: Edition, one: Exhibit, entries: Mapping[str, ShownEntry]) -> Piece:
        entry = entries[one.entry]
        text = next((fact.words.get(self.language) for fact in entry.said
                     if fact.field == "text" and entry.kind == "creative"), "")  # fmt: skip
        return Piece(
            anchor=entry.id,
            owner=edition.student,
            hall=one.hall,
            hall_title=one.title.get(self.language),
            day=entry.end or entry.start or dt.date.min,
            title=entry.title,
            authors=(Author(edition.name, edition.path),),
            line=self._line(entry),
            words=own_words(entry),
            text=text,
            framed=tuple(self._frame(one, entries)),
        )

    def _frame(self, one: Exhibit, entries: Mapping[str, ShownEntry]) -> Iterator[Framed]:
        scans = {scan.key: (scan, entry) for entry in entries.values() for scan in entry.scans}
        ends = (self.texts["then"], self.texts["now"]) if one.hall == "growth" else ()
        for key, end in zip(one.scans, chain(ends, repeat("")), strict=False):
            scan, entry = scans[key]
            if pages := self.leaves.get(key, ()):
                alt = scan.description or scan.document.get(self.language)
                yield Framed(pages[0], alt, f"{end}: {entry.title}, {_year(entry)}" if end else "")

    def _line(self, entry: ShownEntry) -> str:
        told = {fact.field: fact.words.get(self.language) for fact in entry.facts}
        grade = self.texts["grade"].replace("{grade}", str(entry.grade)) if entry.grade else ""
        parts = (told.get("technique"), told.get("authorship"), grade, _year(entry))
        return ", ".join(part for part in parts if part)


def newest(pieces: tuple[Piece, ...], covers: Set[str]) -> tuple[Piece, ...]:
    """The newest works with a picture, few of one author: there is room for everybody.

    `covers`: SHA-256 of the pictures that stand on the same page already.
    """
    hung = tuple(one for one in _with_picture(pieces) if _face(one) not in covers)
    owners = dict.fromkeys(one.owner for one in hung)
    mine = (tuple(one for one in hung if one.owner == owner) for owner in owners)
    chosen = {one.anchor for works in mine for one in works[:_NEWEST_OF_ONE]}
    found = tuple(one for one in hung if one.anchor in chosen)
    walls = _WALLS_BELOW_FACES if covers else _WALLS
    return next((found[:most] for most in walls if len(found) >= most), found)


def look_in(
    home: Home, pieces: tuple[Piece, ...], new: tuple[Piece, ...], covers: Set[str]
) -> Doorway | None:
    """The way to the exhibition; through it one sees made things, rather those that hang nowhere
    else on the page."""
    if not pieces:
        return None
    seen = covers | {_face(one) for one in new}
    # A sort keeps the order of time. Nobody reads a sheet of words in a small frame.
    fresh = sorted(_with_picture(pieces), key=lambda one: (_is_sheet(one), _face(one) in seen))
    titles = {one.hall: one.hall_title for one in pieces}
    halls = tuple(titles[code] for code in HALLS if code in titles)
    return Doorway(path_of(home), tuple(fresh[:_AT_THE_DOOR]), halls)


def _with_picture(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    return (one for one in pieces if one.framed and one.hall != "growth")


def _is_sheet(piece: Piece) -> bool:
    thumb = piece.framed[0].leaf.thumb
    return piece.hall == "words" or thumb.height > thumb.width


def _face(piece: Piece) -> str:
    return piece.framed[0].leaf.thumb.digest


def open_halls(home: Home, pieces: tuple[Piece, ...], language: Lang) -> Exhibition:
    """The same works, hall by hall."""
    titles = {piece.hall: piece.hall_title for piece in pieces}
    halls = (
        Hall(f"hall-{code}", titles[code], tuple(one for one in pieces if one.hall == code))
        for code in HALLS
        if code in titles
    )
    return Exhibition(home.title.get(language), home.tier, home.path, tuple(halls))


def path_of(home: Home) -> str:
    """Logical path of the exhibition behind a list."""
    return f"{home.path}/works"


def _together(one: Piece, other: Piece) -> Piece:
    """The same work, of one more author; nobody speaks for all of them."""
    return replace(one, authors=(*one.authors, *other.authors), words="")


def _year(entry: ShownEntry) -> str:
    day = entry.end or entry.start
    return str(day.year) if day else ""
