"""Every thing of a student and whoever has it. What does the page «Кто меня видит» tell?"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text
from generator.model.shown import Fact, Level, Reason, State, Tier

Standing = Literal["in-force", "alone", "coming", "ended", "withdrawn"]
"""`alone`: without the student's own signature, which its age wants."""


@dataclass(frozen=True)
class Watcher:
    """Somebody who reads editions of a student: whoever holds the key of one compartment."""

    compartment: str
    tier: Tier
    known_as: str
    """The student's name as they know it."""
    group: str
    """Title of the class; the level's pages know none."""
    people: tuple[str, ...]
    """Members of staff, by name."""
    guests: bool
    """Whether a card for an event opens it too."""
    reasons: tuple[Reason, ...]
    """Every reason of what they have; mostly one."""


@dataclass(frozen=True)
class Sight:
    """One audience that has a thing: why, and which parts of it they have not."""

    compartment: str
    reason: Reason
    lacks: tuple[Fact, ...]


@dataclass(frozen=True)
class SeenThing:
    """A thing in any edition of a student, and everybody who has it."""

    part: str
    """The edition's field in which it stands."""
    key: tuple[str, ...]
    """What tells it from the others of its part."""
    title: Text
    state: State | None
    """How an entry stands, as those see it who have it."""
    decided: Text
    """Who decided to show it, and when (R-031)."""
    sights: tuple[Sight, ...]
    waits_for_all: bool = False
    """Whether everybody will see it once it is confirmed as it stands."""


@dataclass(frozen=True)
class SeenConsent:
    """A consent, and what has become of it (R-143)."""

    purpose: str
    audience: str
    """The widest audience it names."""
    covers: tuple[str, ...]
    """What may be shown to that audience beside the first name and titles."""
    given_by: str
    signed: dt.date
    student_signed: dt.date | None
    until: dt.date
    withdrawn: dt.date | None
    document: str
    standing: Standing


@dataclass(frozen=True)
class Seen:
    """Who sees what of one student, as the readers of one of the editions may know it."""

    path: str
    edition: str
    """Logical path of the edition it belongs to."""
    tier: Tier
    level: Level
    compartments: tuple[str, ...]
    name: str
    class_title: str
    palette: str
    watchers: tuple[Watcher, ...]
    things: tuple[SeenThing, ...]
    consents: tuple[SeenConsent, ...]
