"""Home + editions -> what those on duty look at. What waits, what is not there yet, and whose?

Names and words only: nobody is compared. How much waits is told of a class and of a level, for it
is work of those on duty; of no child anything is counted.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home, Led
from generator.model.shown import Ending, Waiting, What
from generator.pages.catalogue import Texts

CHECKLIST = (
    "about", "work", "why", "best", "goal", "project", "route", "activity", "self", "year", "words",
)  # fmt: skip
"""The order in which a portfolio grows; of it each level asks for its own part."""
_LONGEST = 5
_OF_OTHERS: tuple[What, ...] = ("returned",)
"""It is not for those on duty that these wait: the family has the word."""


@dataclass(frozen=True)
class Turn:
    """An entry that waits: whose, and where it stands."""

    path: str
    name: str
    class_title: str
    title: str
    waiting: Waiting


@dataclass(frozen=True)
class Owner:
    """A student of whom something waits, and all of it."""

    name: str
    class_title: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Pile:
    """Entries that wait for the same, by their students, the longest waiting first."""

    what: What
    much: str
    """How many wait, in all."""
    oldest: Turn
    owners: tuple[Owner, ...]


@dataclass(frozen=True)
class Whose:
    """A student, and where the portfolio lies."""

    name: str
    path: str


@dataclass(frozen=True)
class Lack:
    """What the same students have not yet, and who they are, by the alphabet."""

    words: str
    students: tuple[Whose, ...]


@dataclass(frozen=True)
class Overview:
    """What is not there yet in a class, in words and names."""

    missing: tuple[Lack, ...]
    results: tuple[Lack, ...]
    quiet: tuple[tuple[Whose, dt.date], ...]
    ending: tuple[tuple[Whose, Ending], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be said beside a consent that ends, which waits with the queue."""
        return not (self.missing or self.results or self.quiet)


@dataclass(frozen=True)
class Room:
    """A class as those see it who answer for it."""

    led: Led
    students: tuple[Whose, ...]
    longest: tuple[Turn, ...]
    """What waits longest: named before anything is unfolded."""
    queue: tuple[Pile, ...]
    overview: Overview


@dataclass(frozen=True)
class Duty:
    """The first page of somebody on duty."""

    longest: tuple[Turn, ...]
    """What waits longest, of all classes."""
    queue: tuple[Pile, ...]
    """All that waits, of all classes."""
    rooms: tuple[Room, ...]


def look_round(
    home: Home, editions: Mapping[str, Edition], texts: Texts, language: Lang
) -> Duty | None:
    """The classes of whoever is on duty; None for everybody else."""
    if home.tier not in ("teacher", "staff"):
        return None
    mine = tuple(editions[path] for path in home.editions if path in editions)
    rooms = tuple(_room(led, mine, texts, language) for led in home.led)
    turns = tuple(_turns_of(mine))
    return Duty(_longest(turns), tuple(_piles(turns)), rooms)


def _room(led: Led, every: tuple[Edition, ...], texts: Texts, language: Lang) -> Room:
    mine = tuple(one for one in every if one.class_id == led.id)
    turns = tuple(_turns_of(mine))
    return Room(
        led=led,
        students=tuple(map(_whose, mine)),
        longest=_longest(turns),
        queue=tuple(_piles(turns)),
        overview=_overview(mine, texts, language),
    )


def _overview(editions: tuple[Edition, ...], texts: Texts, language: Lang) -> Overview:
    told = [(_whose(one), one.coverage) for one in editions if one.coverage]
    missing = {name: texts[f"missing-{name}"] for name in CHECKLIST}
    spoken = sorted({words.get(language) for _, one in told for words in one.results})
    of_result = {
        words: [who for who, one in told if words in {w.get(language) for w in one.results}]
        for words in spoken
    }
    lacking = {name: [who for who, one in told if name in one.missing] for name in missing}
    return Overview(
        missing=_of_the_same(((missing[name], who) for name, who in lacking.items()), " "),
        results=_of_the_same(of_result.items(), ", "),
        quiet=tuple((who, one.quiet_since) for who, one in told if one.quiet_since),
        ending=tuple(sorted(
            ((who, one.ending) for who, one in told if one.ending), key=lambda pair: pair[1].on
        )),
    )  # fmt: skip


def _of_the_same(lacks: Iterable[tuple[str, list[Whose]]], between: str) -> tuple[Lack, ...]:
    """What the same students have not yet stands in one row."""
    found: dict[tuple[Whose, ...], list[str]] = {}
    for words, who in lacks:
        if who:
            found.setdefault(tuple(who), []).append(words)
    return tuple(Lack(between.join(words), who) for who, words in found.items())


def _whose(edition: Edition) -> Whose:
    return Whose(edition.name, edition.path)


def _turns_of(editions: Iterable[Edition]) -> list[Turn]:
    turns = [turn for edition in editions for turn in _turns(edition)]
    return sorted(turns, key=lambda turn: turn.waiting.since or dt.date.max)


def _turns(edition: Edition) -> Iterator[Turn]:
    titles = {entry.id: entry.title for entry in edition.entries}
    for one in edition.waiting:
        yield Turn(edition.path, edition.name, edition.class_title, titles[one.entry], one)


def _piles(turns: tuple[Turn, ...]) -> Iterator[Pile]:
    by_turn = (*(what for what in get_args(What) if what not in _OF_OTHERS), *_OF_OTHERS)
    for what in by_turn:
        mine = tuple(turn for turn in turns if turn.waiting.what == what)
        if mine:
            yield Pile(what, str(len(mine)), mine[0], _owners(mine))


def _owners(turns: tuple[Turn, ...]) -> tuple[Owner, ...]:
    found: dict[tuple[str, str, str], list[Turn]] = {}
    for turn in turns:
        found.setdefault((turn.path, turn.name, turn.class_title), []).append(turn)
    return tuple(Owner(name, room, tuple(mine)) for (_, name, room), mine in found.items())


def _longest(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return tuple(one for one in turns if one.waiting.what not in _OF_OTHERS)[:_LONGEST]
