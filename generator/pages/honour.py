"""Home + editions -> honour page. Whom does a school thank for this year, and for what? (R-115)

By events and by the alphabet, everybody in the same size; nobody is counted (003 §3.4).
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import Honour, ShownEntry
from generator.pages.catalogue import Texts
from generator.pages.outline import CALLED_FOR

_SHOWN_TO = ("class", "level")
_NAMED = 3
_DOT = " · "
_ENTERED = frozenset({"contest", "olympiad", "sport"})
"""Kinds that one comes home from with a result, or without."""
_QUOTED = re.compile(r"«([^»]+)»")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_OF_ANY = frozenset({"школь"})
"""What a title may say beside the name of its event."""
_Place = tuple[dt.date, str, bool]
"""A day, what was on it, and whether that is an event of the school's list."""


@dataclass(frozen=True)
class Said:
    """The word for who took part, and the language of all others."""

    part: str
    language: Lang


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


def thank(home: Home, editions: Mapping[str, Edition], texts: Texts, language: Lang) -> Board:
    """Everything a list of students is thanked for this school year."""
    said = Said(texts["honour-part"], language)
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
        occasions=tuple(_occasions(found, said)),
        people=tuple(_person(one, said) for one in found),
    )


def _occasions(found: list[Edition], said: Said) -> Iterator[Occasion]:
    groups: dict[_Place, list[Thanked]] = {}
    for edition in found:
        entries = {entry.id: entry for entry in edition.entries}
        mine: dict[_Place, list[Honour]] = {}
        for honour in edition.honours:
            mine.setdefault(_place(honour, entries[honour.entry], said), []).append(honour)
        for place, honours in mine.items():
            groups.setdefault(place, []).append(_thanked(edition, honours, said))
    by_title = sorted(groups, key=lambda place: place[1])
    for place in sorted(by_title, key=lambda place: place[0], reverse=True):
        on, title, is_event = place
        yield Occasion(title, None if on == dt.date.min else on, is_event, tuple(groups[place]))


def _place(honour: Honour, entry: ShownEntry, said: Said) -> _Place:
    """What belongs to no event has its own name and day: a kind is nothing one went to."""
    if honour.on:
        return honour.on, honour.event.get(said.language), True
    on = entry.end or entry.start
    return (on, entry.title, False) if on else (dt.date.min, honour.event.get(said.language), False)


def _person(edition: Edition, said: Said) -> Thanked:
    first = edition.honours[0]
    one = _thanked(edition, (first,), said)
    entry = next(entry for entry in edition.entries if entry.id == first.entry)
    place = _place(first, entry, said)[1]
    return replace(one, words=_DOT.join(filter(None, (one.words, place))))


def _thanked(edition: Edition, honours: list[Honour] | tuple[Honour, ...], said: Said) -> Thanked:
    entries = {entry.id: entry for entry in edition.entries}
    words = (_line(one, entries[one.entry], said) for one in honours)
    room = edition.class_title if edition.tier == "level" else ""
    path = f"{edition.path}#{honours[0].entry}"
    return Thanked(edition.name, room, path, "; ".join(dict.fromkeys(filter(None, words))))


def _line(honour: Honour, entry: ShownEntry, said: Said) -> str:
    """How it went, then what it was; nothing that the name above says already.

    Who went in for something and brought no result home took part: nothing looks left out.
    """
    told = {fact.field: fact.words.get(said.language) for fact in entry.facts}
    place = _place(honour, entry, said)[1]
    title = "" if _is_called(entry, place, said) else entry.title
    came = any(told.get(name) for name in CALLED_FOR if name != "collective")
    part = said.part if entry.kind in _ENTERED and not came else ""
    parts = (part, *(told.get(name, "") for name in CALLED_FOR), title)
    line = _DOT.join(part for part in parts if part and part not in place)
    return line[:1].upper() + line[1:]


def _is_called(entry: ShownEntry, place: str, said: Said) -> bool:
    """Whether a title is the event's own: the same name in «», beside it no word but its kind."""
    if entry.title in place:
        return True
    quoted = _QUOTED.findall(entry.title)
    known = _stems(f"{_QUOTED.sub(' ', place)} {entry.kind_label.get(said.language)}")
    rest = _stems(_QUOTED.sub(" ", entry.title))
    return bool(quoted) and quoted == _QUOTED.findall(place) and rest <= known | _OF_ANY


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.lower()))
