"""Home + editions -> honour page. Whom does a school thank for this year, and for what? (R-115)

By events and by the alphabet, everybody in the same size; nobody is counted (003 §3.4).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import Honour, ShownEntry
from generator.pages.outline import CALLED_FOR

_SHOWN_TO = ("class", "level")
_NAMED = 3
_DOT = " · "
_Place = tuple[dt.date, str, bool]
"""A day, what was on it, and whether that is an event of the school's list."""


@dataclass(frozen=True)
class Thanked:
    """Somebody, as this audience may know them, and what for: one line, however much there is."""

    name: str
    room: str
    """Their class, where there are several."""
    path: str
    words: str


@dataclass(frozen=True)
class Occasion:
    """An event, or what belongs to none under its own name; everybody by the alphabet."""

    title: str
    on: dt.date | None
    is_event: bool
    thanked: tuple[Thanked, ...]


@dataclass(frozen=True)
class Board:
    """The honour page of a class or of a level."""

    title: str
    tier: str
    path: str
    back: str
    year: str
    """The school year; empty while nobody shows anything."""
    occasions: tuple[Occasion, ...]
    """By their days, the newest first, then what has no day."""
    people: tuple[Thanked, ...]
    """Everybody once, by the alphabet, with what they chose themselves or with the newest."""

    @property
    def latest(self) -> tuple[str, ...]:
        """What the last days of this year are thanked for: events, whoever took part in them."""
        return tuple(one.title for one in self.occasions if one.is_event)[:_NAMED]


def path_of(home: Home) -> str:
    """Logical path of the honour page behind a list; empty where there is none."""
    return f"{home.path}/honour" if home.tier in _SHOWN_TO else ""


def thank(home: Home, editions: Mapping[str, Edition], language: Lang) -> Board:
    """Everything a list of students is thanked for this school year."""
    listed = [editions[path] for path in home.editions if path in editions]
    if home.tier == "level":  # in a class they stand by the alphabet already
        listed.sort(key=lambda one: (one.name.rpartition(" ")[2], one.name))
    found = [one for one in listed if one.honours]
    return Board(
        title=home.title.get(language),
        tier=home.tier,
        path=path_of(home),
        back=home.path,
        year=next((one.year for one in found), ""),
        occasions=tuple(_occasions(found, language)),
        people=tuple(_person(one, language) for one in found),
    )


def _occasions(found: list[Edition], language: Lang) -> Iterator[Occasion]:
    groups: dict[_Place, list[Thanked]] = {}
    for edition in found:
        entries = {entry.id: entry for entry in edition.entries}
        mine: dict[_Place, list[Honour]] = {}
        for honour in edition.honours:
            mine.setdefault(_place(honour, entries[honour.entry], language), []).append(honour)
        for place, honours in mine.items():
            groups.setdefault(place, []).append(_thanked(edition, honours, language))
    by_title = sorted(groups, key=lambda place: place[1])
    for place in sorted(by_title, key=lambda place: place[0], reverse=True):
        on, title, is_event = place
        yield Occasion(title, None if on == dt.date.min else on, is_event, tuple(groups[place]))


def _place(honour: Honour, entry: ShownEntry, language: Lang) -> _Place:
    """What belongs to no event has its own name and day: a kind is nothing one went to."""
    if honour.on:
        return honour.on, honour.event.get(language), True
    on = entry.end or entry.start
    return (on, entry.title, False) if on else (dt.date.min, honour.event.get(language), False)


def _person(edition: Edition, language: Lang) -> Thanked:
    first = edition.honours[0]
    said = _thanked(edition, (first,), language)
    entry = next(one for one in edition.entries if one.id == first.entry)
    place = _place(first, entry, language)[1]
    return replace(said, words=_DOT.join(filter(None, (said.words, place))))


def _thanked(
    edition: Edition, honours: list[Honour] | tuple[Honour, ...], language: Lang
) -> Thanked:
    entries = {entry.id: entry for entry in edition.entries}
    words = (_line(one, entries[one.entry], language) for one in honours)
    room = edition.class_title if edition.tier == "level" else ""
    path = f"{edition.path}#{honours[0].entry}"
    return Thanked(edition.name, room, path, "; ".join(filter(None, words)))


def _line(honour: Honour, entry: ShownEntry, language: Lang) -> str:
    """How it went, then what it was; nothing that the name above says already."""
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    place = _place(honour, entry, language)[1]
    title = "" if entry.title in place else entry.title
    parts = (*(told.get(name, "") for name in CALLED_FOR), title)
    said = _DOT.join(part for part in parts if part and part not in place)
    return said[:1].upper() + said[1:]
