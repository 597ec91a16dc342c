"""Home + editions -> Roster. Whom may one go to from here?"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home, Session
from generator.model.shown import Level, Tier
from generator.model.site import Leaf, Leaves, Listed, Picture
from generator.pages.works import cover_of

SEARCHED_FROM = 13
_STEPS = 2
"""One or two calm sentences."""


@dataclass(frozen=True)
class RosterCard:
    """A student in a list: a name and what they chose to say, never a count."""

    path: str
    student: str
    name: str
    class_title: str
    motto: str
    leaf: Leaf | None
    steps: tuple[str, ...] = ()
    """What the family could do next: names of what is not there yet."""
    quiet_since: dt.date | None = None
    """The day of the newest entry, when it is long ago; for the family alone."""


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
    to: str
    """What lies behind it: a `student`'s page, a `class`, a `level`."""


@dataclass(frozen=True)
class Roster:
    """The first page of an audience, or a list of students."""

    title: str
    tier: Tier
    level: Level
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
        tier=home.tier,
        level=home.level,
        own=cards if family else (),
        groups=() if family else tuple(_group(cards)),
        doors=tuple(
            Door(label.get(language), path, path.partition("/")[0]) for label, path in home.homes
        ),
        search=home.tier == "public" and len(cards) >= SEARCHED_FROM,
        session=home.session,
    )


def hung_in(
    homes: Iterable[Home], editions: Mapping[str, Edition], leaves: Leaves
) -> Iterator[Listed]:
    """The pictures that these lists show: a family's own child large, everybody else small."""
    for home in homes:
        for card in (_card(editions[path], leaves) for path in home.editions if path in editions):
            for picture in _drawn(card.leaf, home) if card.leaf else ():
                yield f"{card.student}/{picture.digest}", picture, home.compartments


def _drawn(leaf: Leaf, home: Home) -> tuple[Picture, ...]:
    return (leaf.large, leaf.screen) if home.tier == "family" else (leaf.thumb,)


def _card(edition: Edition, leaves: Leaves) -> RosterCard:
    return RosterCard(
        path=edition.path,
        student=edition.student,
        name=edition.name,
        class_title=edition.class_title,
        motto=edition.motto,
        leaf=cover_of(edition, leaves),
        steps=edition.missing[:_STEPS] if edition.tier == "family" else (),
        quiet_since=edition.quiet_since if edition.tier == "family" else None,
    )


def _group(cards: Iterable[RosterCard]) -> Iterator[Group]:
    classes: dict[str, list[RosterCard]] = {}
    for card in cards:
        classes.setdefault(card.class_title, []).append(card)
    for title, inside in classes.items():
        yield Group(title if len(classes) > 1 else "", tuple(inside))
