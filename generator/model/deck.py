"""What is shown at a school's occasion: whose works, in which order, for which audience."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.shown import Level, Tier

Kind = Literal["student", "class", "meeting", "ceremony"]
Absence = Literal["no-consent", "closed", "nothing"]


@dataclass(frozen=True)
class Theme:
    """Which works are asked for: codes and days; what is empty asks for nothing."""

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether a day is asked for."""
        return bool(self.since or self.until)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What is to be shown, of whom, before whom."""

    kind: Kind
    whom: str
    """Id of a student or a class, or a level."""
    tier: Tier
    """Who sits in the hall: `class`, `level` or `commission`."""
    title: str = ""
    theme: Theme = Theme()
    by_name: bool = False
    """Whether a ceremony calls everybody once, by the alphabet; else by events."""
    moving_up: bool = False
    """Whether a student tells about the level that ends (R-114)."""


@dataclass(frozen=True)
class Turn:
    """One student before the audience."""

    edition: Edition
    """As the audience may know them, and no more than this occasion needs."""
    works: tuple[str, ...]
    """Ids of the works that are shown; other entries are there for a series that leads to them."""


@dataclass(frozen=True)
class Part:
    """What is shown one after another under one heading."""

    title: Text
    """The event, or what kind of works these are; empty when there is one part only."""
    on: dt.date | None
    turns: tuple[Turn, ...]
    """By the alphabet, never by what anybody reached."""


@dataclass(frozen=True)
class Absent:
    """Somebody who is not shown, and why: for the eyes of staff only."""

    name: str
    class_title: str
    why: Absence


@dataclass(frozen=True)
class HomeSheet:
    """What one household takes home from a meeting."""

    edition: Edition
    """What duty lets the class teacher see of one student, and no more than the sheet needs."""
    audience: str
    """Whose card it goes with, e.g. `family:belova-anna/mama`."""
    home: str
    """The household's name; empty when the child has one home."""
    shown: tuple[str, ...]
    """Ids of the works that the meeting sees."""


@dataclass(frozen=True, kw_only=True)
class Deck:
    """Everything granted for one occasion: past this point nothing else exists."""

    occasion: Occasion
    school: str
    language: Literal["ru", "en"]
    level: Level
    where: Text
    """The class or the level."""
    day: dt.date
    keep: dt.date
    """The last day on which copies of it may be kept."""
    audience: str
    """e.g. `class:2026-27:4a`."""
    address: str
    """Where the level's site stands: what was shown can be read there at home; or empty."""
    parts: tuple[Part, ...]
    absent: tuple[Absent, ...]
    passed_over: int = 0
    """How many are neither: of whom a ceremony has nothing to say."""
    sheets: tuple[HomeSheet, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everybody's turns in their order."""
        return tuple(turn for part in self.parts for turn in part.turns)

    @property
    def students(self) -> tuple[str, ...]:
        """Ids of all who are shown."""
        return tuple(dict.fromkeys(turn.edition.student for turn in self.turns))


@dataclass(frozen=True)
class Way:
    """How one comes home to what was shown: a code to look at with a phone, and the address."""

    address: str
    qr_svg: str
    until: dt.date | None = None
    """The last day, when the link holds the occasion's own code."""
