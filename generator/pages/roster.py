"""Home + editions -> Roster. Whom may one go to from here?"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home, Session
from generator.model.shown import Waiting, What
from generator.model.site import Leaf, Leaves
from generator.pages.works import cover_of

SEARCHED_FROM = 13


@dataclass(frozen=True)
class RosterCard:
    """A student in a list: a name and what they chose to say, never a count."""

    path: str
    student: str
    name: str
    class_title: str
    motto: str
    leaf: Leaf | None


@dataclass(frozen=True)
class Group:
    """Students of one class; no title when the list holds one class only."""

    title: str
    cards: tuple[RosterCard, ...]


@dataclass(frozen=True)
class Door:
    """A further page one may go to."""

    label: str
    path: str


@dataclass(frozen=True)
class Turn:
    """An entry that waits: whose, and where it stands."""

    path: str
    name: str
    class_title: str
    title: str
    waiting: Waiting


@dataclass(frozen=True)
class Pile:
    """Entries that wait for the same, the longest waiting first."""

    what: What
    overdue: bool
    """Whether all of them wait for more than two weeks."""
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Roster:
    """The first page of an audience, or a list of students."""

    title: str
    queue: tuple[Pile, ...]
    """What waits for this reader."""
    own: tuple[RosterCard, ...]
    groups: tuple[Group, ...]
    doors: tuple[Door, ...]
    search: bool
    session: Session | None
    """Of a commission: by which order and until when it reads."""


def list_students(
    home: Home, editions: Mapping[str, Edition], leaves: Leaves, language: Lang
) -> Roster:
    """Who is listed on this page, in the order `decide` gave them, grouped by class."""
    cards = tuple(_card(editions[path], leaves) for path in home.editions if path in editions)
    family = home.tier == "family"
    return Roster(
        title=home.title.get(language),
        queue=tuple(_queue(editions[path] for path in home.editions if path in editions)),
        own=cards if family else (),
        groups=() if family else tuple(_group(cards)),
        doors=tuple(Door(label.get(language), path) for label, path in home.homes),
        search=not family and len(cards) >= SEARCHED_FROM,
        session=home.session,
    )


def _card(edition: Edition, leaves: Leaves) -> RosterCard:
    return RosterCard(
        path=edition.path,
        student=edition.student,
        name=edition.name,
        class_title=edition.class_title,
        motto=edition.motto,
        leaf=cover_of(edition, leaves),
    )


def _group(cards: Iterable[RosterCard]) -> Iterator[Group]:
    classes: dict[str, list[RosterCard]] = {}
    for card in cards:
        classes.setdefault(card.class_title, []).append(card)
    for title, inside in classes.items():
        yield Group(title if len(classes) > 1 else "", tuple(inside))


def _queue(editions: Iterable[Edition]) -> Iterator[Pile]:
    turns = [turn for edition in editions for turn in _turns(edition)]
    turns.sort(key=lambda turn: turn.waiting.since or dt.date.max)
    for overdue in (True, False):
        for what in get_args(What):
            wanted = (what, overdue)
            mine = tuple(t for t in turns if (t.waiting.what, t.waiting.overdue) == wanted)
            if mine:
                yield Pile(what, overdue, mine)


def _turns(edition: Edition) -> Iterator[Turn]:
    titles = {entry.id: entry.title for entry in edition.entries}
    for one in edition.waiting:
        yield Turn(edition.path, edition.name, edition.class_title, titles[one.entry], one)
