"""Home + editions -> Roster. Whom may one go to from here?"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home, Session
from generator.model.shown import Level, Tier
from generator.model.site import Leaf, Leaves, Listed, Picture
from generator.pages.cv import path_of as sheet_of
from generator.pages.works import cover_of

SEARCHED_FROM = 13
_STEPS = 2
"""One or two calm sentences."""
_INSIDE = 3
_OTHERS: tuple[Tier, ...] = ("teacher", "staff", "class", "level", "commission", "public")
"""Who may see a child beside the family."""


@dataclass(frozen=True)
class RosterCard:
    """A student in a list: a name and what they chose to say, never a count."""

    path: str
    student: str
    name: str
    class_title: str
    motto: str
    leaf: Leaf | None
    palette: str = ""
    """The colours the child chose: the card of a portfolio wears them as its page does."""
    steps: tuple[str, ...] = ()
    """What the family could do next: names of what is not there yet."""
    quiet_since: dt.date | None = None
    """The day of the newest entry, when it is long ago; for the family alone."""
    resume: str = ""
    """The path of a senior student's sheet to print, for the family."""
    inside: tuple[str, ...] = ()
    """What was put forward at a transition, by its titles."""


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
    hung: str = ""
    """The newest of a family's own works behind it that no door before has named."""
    seen_by: tuple[Tier, ...] = ()
    """Who sees something of a family's own child."""
    room: str = ""
    """That child's class, where one is named."""


@dataclass(frozen=True)
class Roster:
    """The first page of an audience, or a list of students."""

    title: str
    by: str
    """Whose page it is, where its title is their class."""
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
    mine = {card.student for card in cards}
    own = tuple(one for one in editions.values() if one.student in mine) if family else ()
    led = ", ".join(one.title.get(language) for one in home.led) if home.tier == "teacher" else ""
    return Roster(
        title=led or home.title.get(language),
        by=home.title.get(language) if led else "",
        tier=home.tier,
        level=home.level,
        own=tuple(_with_sheet(home, card, editions) for card in cards) if family else (),
        groups=() if family else tuple(_group(cards)),
        doors=tuple(_doors(home, own, language)),
        search=home.tier == "public" and len(cards) >= SEARCHED_FROM,
        session=home.session,
    )


def covers_of(roster: Roster) -> frozenset[str]:
    """SHA-256 of the pictures that stand for everybody in this list."""
    cards = (card for group in roster.groups for card in group.cards)
    return frozenset(card.leaf.thumb.digest for card in cards if card.leaf)


def hung_in(
    homes: Iterable[Home], editions: Mapping[str, Edition], leaves: Leaves
) -> Iterator[Listed]:
    """The pictures that these lists show: a family's own child large, everybody else small."""
    for home in homes:
        for card in (_card(editions[path], leaves) for path in home.editions if path in editions):
            for picture in _drawn(card.leaf, home) if card.leaf else ():
                yield f"{card.student}/{picture.digest}", picture, home.compartments


def _with_sheet(home: Home, card: RosterCard, editions: Mapping[str, Edition]) -> RosterCard:
    """Where several children share a home their portfolios are known in outline: no sheet."""
    return replace(card, resume=sheet_of(editions[card.path])) if home.is_of_one else card


def _doors(home: Home, own: tuple[Edition, ...], language: Lang) -> Iterator[Door]:
    """Further pages, and what a family, who reads them as others do, finds there of its own."""
    named: set[str] = set()
    for label, path in home.homes:
        to, _, rest = path.partition("/")
        door = Door(label.get(language), path, to)
        if to == "student":
            yield _seen(door, tuple(one for one in own if one.student == rest.partition("/")[0]))
            continue
        room = rest.rpartition("/")[2]
        there = (one for one in own if to in _readers(one) and room in (one.class_id, one.level))
        works = sorted((work for one in there for work in _hung(one)), reverse=True)
        title = next((title for _, title in works if title not in named), "")
        named.add(title)
        yield replace(door, hung=title)


def _seen(door: Door, mine: tuple[Edition, ...]) -> Door:
    tiers = {tier for one in mine for tier in _readers(one)}
    room = next((one.class_title for one in mine), "")
    return replace(door, seen_by=tuple(tier for tier in _OTHERS if tier in tiers), room=room)


def _readers(edition: Edition) -> set[str]:
    """The tiers that read it: those who see the same have one edition, which bears one tier."""
    return {key.partition(":")[0] for key in edition.compartments}


def _hung(edition: Edition) -> Iterator[tuple[dt.date, str]]:
    entries = {entry.id: entry for entry in edition.entries}
    for entry in (entries[one.entry] for one in edition.exhibits if one.hall != "growth"):
        yield entry.end or entry.start or dt.date.min, entry.title


def _drawn(leaf: Leaf, home: Home) -> tuple[Picture, ...]:
    return (leaf.large, leaf.screen) if home.tier == "family" else (leaf.thumb,)


def _card(edition: Edition, leaves: Leaves) -> RosterCard:
    read_by_commission = edition.tier == "commission"
    return RosterCard(
        path=edition.path,
        student=edition.student,
        name=edition.name,
        class_title=edition.class_title,
        motto=edition.motto,
        leaf=cover_of(edition, leaves),
        palette=edition.palette,
        steps=edition.missing[:_STEPS] if edition.tier == "family" else (),
        quiet_since=edition.quiet_since if edition.tier == "family" else None,
        inside=tuple(one.title for one in edition.entries[:_INSIDE] if read_by_commission),
    )


def _group(cards: Iterable[RosterCard]) -> Iterator[Group]:
    classes: dict[str, list[RosterCard]] = {}
    for card in cards:
        classes.setdefault(card.class_title, []).append(card)
    for title, inside in classes.items():
        yield Group(title if len(classes) > 1 else "", tuple(inside))
