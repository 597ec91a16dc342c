"""Home + editions -> honour page. Whom does a school thank for this year, and for what? (R-115)

By events and by the alphabet, everybody in the same size; nobody is counted (003 §3.4).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import Honour, ShownEntry
from generator.pages.outline import CALLED_FOR

_SHOWN_TO = ("class", "level")
_NAMED = 3


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
    """An event, or a kind of what belongs to none; everybody by the alphabet."""

    title: str
    on: dt.date | None
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
    """Events by their days, then what belongs to none."""
    people: tuple[Thanked, ...]
    """Everybody once, by the alphabet, with what they chose themselves or with the newest."""

    @property
    def latest(self) -> tuple[str, ...]:
        """What the last days of this year are thanked for: events, whoever took part in them."""
        return tuple(one.title for one in self.occasions if one.on)[-_NAMED:][::-1]


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
    groups: dict[tuple[dt.date, str], list[Thanked]] = {}
    for edition in found:
        mine: dict[tuple[dt.date, str], list[Honour]] = {}
        for honour in edition.honours:
            place = honour.on or dt.date.max, honour.event.get(language)
            mine.setdefault(place, []).append(honour)
        for place, honours in mine.items():
            groups.setdefault(place, []).append(_thanked(edition, honours, language))
    for on, title in sorted(groups):
        yield Occasion(title, None if on == dt.date.max else on, tuple(groups[on, title]))


def _person(edition: Edition, language: Lang) -> Thanked:
    first, event = edition.honours[:1], edition.honours[0].event.get(language)
    said = _thanked(edition, first, language)
    words = ", ".join(filter(None, (event if first[0].on else "", said.words)))
    return Thanked(said.name, said.room, said.path, words)


def _thanked(
    edition: Edition, honours: list[Honour] | tuple[Honour, ...], language: Lang
) -> Thanked:
    entries = {entry.id: entry for entry in edition.entries}
    words = (_line(one, entries[one.entry], language) for one in honours)
    room = edition.class_title if edition.tier == "level" else ""
    path = f"{edition.path}#{honours[0].entry}"
    return Thanked(edition.name, room, path, "; ".join(filter(None, words)))


def _line(honour: Honour, entry: ShownEntry, language: Lang) -> str:
    """What it was and how it went; nothing that the event's name says already."""
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    event = honour.event.get(language) if honour.on else ""
    title = "" if entry.title in event else entry.title
    parts = (title, *(told.get(name, "") for name in CALLED_FOR))
    return ", ".join(part for part in parts if part and part not in event)
