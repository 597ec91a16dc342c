"""Edition -> the single things in it. What exactly does an audience have?"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.shown import (
    NOTHING,
    Fact,
    Reason,
    ShownEntry,
    ShownGoal,
    ShownInterests,
    ShownMark,
    ShownProfile,
    ShownRequest,
    ShownReview,
    ShownSelf,
    ShownYear,
    Tier,
)
from generator.model.spoken import join, same, say_day

FRAME: Mapping[str, str] = {
    "path": "where the page lies; never published",
    "tier": "who reads it, not what they read",
    "compartments": "who reads it, not what they read",
    "reason": "why there is a page; stands behind every thing that bears no reason of its own",
    "level": "known to everybody who holds a card of the site",
    "student": "an id; never on a page",
    "year": "the school year of the day",
    "class_id": "an id; never on a page",
    "class_title": "goes with the name",
    "grade": "goes with the name",
    "palette": "colours",
    "chapters": "an order",
    "cover": "a scan of one of the entries",
    "highlights": "an order of the entries",
    "sections": "an order",
    "results": "made of the entries of this very edition",
    "exhibits": "made of the entries of this very edition",
    "honours": "made of the entries of this very edition",
    "motto": "told with `about`",
    "withdrawn": "told with the consents",
    "people": "ids of others who are named in the entries; never on a page",
}
"""Fields of an edition that are no things of their own, each with why."""

_OF_COMPARTMENT: Mapping[str, Tier] = {
    "child": "family",
    "class": "class",
    "level": "level",
    "teacher": "teacher",
    "staff": "staff",
    "commission": "commission",
    "public": "public",
}


SINGLE = ("about", "profile", "arranged", "moving_up", "package", "missing", "quiet_since",
          "coverage", "waiting", "state_register")  # fmt: skip
"""Fields that are one thing, or nothing."""
_ASIDE = frozenset(
    {"seen_by", "reason", "evidence", "links", "stayed", "fresh"}
    | {"decided", "state", "confirmed", "overdue", "held", "unpictured", "waits_for_all"}
)


@dataclass(frozen=True)
class Thing:
    """One thing of an edition: the field it stands in, what tells it from others there, its words,
    why it is there, and the parts that not everybody has."""

    part: str
    key: tuple[str, ...]
    title: Text
    reason: Reason
    shown: object = field(repr=False, compare=False)
    """What stands in the edition."""
    decided: Text = NOTHING
    """Who decided to show it, and when."""
    parts: tuple[Fact, ...] = ()
    """Facts by their field, scans by `scan:` and their path, `paper` and `note`."""

    @cached_property
    def name(self) -> tuple[str, ...]:
        """The same for this thing in every edition of the student."""
        return (self.part, *self.key)

    @property
    def told(self) -> object:
        """What can be read or looked at, without why and for whom."""
        shown, names = self.shown, getattr(self.shown, "__dataclass_fields__", ())
        return [(name, getattr(shown, name)) for name in names if name not in _ASIDE] or shown

    @property
    def content(self) -> str:
        """Some hex digits that change with what is told."""
        return hashlib.sha256(repr(self.told).encode()).hexdigest()[:16]


def things_of(edition: Edition) -> Iterator[Thing]:
    """Everything this edition holds. A field is told here or named in FRAME: a test keeps that."""
    yield Thing("name", (edition.name,), same(edition.name), edition.reason, edition.name)
    for part in SINGLE:
        if held := _single(edition, part):
            reason: Reason = getattr(held, "reason", edition.reason)
            words = held.title if isinstance(held, ShownProfile) else ""
            yield Thing(part, (), same(words), reason, held)
    for part, called in _MANY.items():
        for one in getattr(edition, part):
            key, title = called(one)
            if part == "entries":
                yield Thing(part, key, title, one.reason, one, one.decided, tuple(_parts(one)))
            else:
                yield Thing(part, key, title, one.reason, one)


def _single(edition: Edition, part: str) -> object:
    return (edition.motto + edition.about) if part == "about" else getattr(edition, part)


def tier_of(edition: Edition, compartment: str) -> Tier:
    """Who reads an edition by this compartment: equal editions of several audiences are one."""
    return _OF_COMPARTMENT.get(compartment.partition(":")[0], edition.tier)


_Called = tuple[tuple[str, ...], Text]


def _entry(one: ShownEntry) -> _Called:
    return (one.id,), same(one.title)


def _goal(one: ShownGoal) -> _Called:
    return (one.year, one.statement), same(one.statement)


def _year(one: ShownYear) -> _Called:
    return (one.year,), same(one.year.replace("-", "/"))


def _self(one: ShownSelf) -> _Called:
    return (one.year, one.about), same(one.about)


def _interests(one: ShownInterests) -> _Called:
    words = sorted((*one.stayed, *one.fresh))
    return (one.year, *words), same(", ".join((*one.stayed, *one.fresh)))


def _review(one: ShownReview) -> _Called:
    # Not by its author: not everybody who reads the words has to know the name.
    key = one.on.isoformat(), hashlib.sha256(one.text.encode()).hexdigest()[:16]
    return key, join((one.kind, same(one.author), say_day(one.on)))


def _request(one: ShownRequest) -> _Called:
    asked = join((one.what, same(one.to), say_day(one.on)))
    return (one.on.isoformat(), one.to, one.what.en, one.entry, one.words), asked


def _mark(one: ShownMark) -> _Called:
    """Marks of a year are one thing: they are shown together or not at all."""
    return (one.year,), same(one.year.replace("-", "/"))


_MANY: Mapping[str, Callable[[Any], _Called]] = {
    "entries": _entry,
    "goals": _goal,
    "years": _year,
    "selves": _self,
    "interests": _interests,
    "reviews": _review,
    "requests": _request,
    "marks": _mark,
}


def _parts(entry: ShownEntry) -> Iterator[Fact]:
    for fact in entry.facts:
        yield _part(fact.field)
    for scan in entry.scans:
        yield Fact(f"scan:{scan.path}", scan.document)
    if any(scan.paper.ru for scan in entry.scans):
        yield _part("paper")
    if entry.measures:
        yield _part("measures")
    if entry.note:
        yield _part("note")


@cache
def _part(name: str) -> Fact:
    return Fact(name, NOTHING)
