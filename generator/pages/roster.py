"""Home + editions -> Roster. Whom may one go to from here?"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import get_args

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home, Session, Share
from generator.model.shown import ShownEntry, Waiting, What
from generator.model.site import Leaf, Leaves, Listed
from generator.pages.works import cover_of, find_cover

SEARCHED_FROM = 13
_LISTED = frozenset({
    "path", "tier", "level", "compartments", "student", "name", "year", "class_id", "class_title",
    "grade", "motto", "about", "palette", "chapters", "cover", "highlights", "people", "waiting",
    "reason",
})  # fmt: skip
"""What of an edition is needed to list it; all else is left out of its outline."""


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
    """Whether names are looked for in the list itself: of everybody, who has no keyring."""
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
        search=home.tier == "public" and len(cards) >= SEARCHED_FROM,
        session=home.session,
    )


def hung_in(
    homes: Iterable[Home], editions: Mapping[str, Edition], leaves: Leaves
) -> Iterator[Listed]:
    """The pictures that these lists show: a family's own child large, everybody else small."""
    for home in homes:
        for card in (_card(editions[path], leaves) for path in home.editions if path in editions):
            if card.leaf:
                picture = card.leaf.screen if home.tier == "family" else card.leaf.thumb
                yield f"{card.student}/{picture.digest}", picture, home.compartments


def outline(share: Share, leaves: Leaves) -> Share:
    """As much of a share as lists of students show of it: neither works nor words."""
    return replace(
        share,
        editions=tuple(_outline(edition, leaves) for edition in share.editions),
        seen=tuple(replace(one, watchers=(), things=(), consents=()) for one in share.seen),
    )


def _outline(edition: Edition, leaves: Leaves) -> Edition:
    waiting = {one.entry for one in edition.waiting}
    cover = find_cover(edition, leaves)
    bare = Edition(**{one.name: getattr(edition, one.name) for one in fields(Edition)
                      if one.name in _LISTED})  # fmt: skip
    entries = tuple(_title_of(one) for one in edition.entries if one.id in waiting)
    return replace(bare, cover=cover, about="", highlights=(), entries=entries)


def _title_of(entry: ShownEntry) -> ShownEntry:
    """As much of an entry as stands in a queue."""
    return replace(
        entry, facts=(), said=(), links=(), tags=(), scans=(), reflection="", why_it_matters="",
        confirmed=None, note="", held=(), unpictured=(), seen_by=(),
    )  # fmt: skip


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
