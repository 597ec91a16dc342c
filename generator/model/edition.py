"""What some audiences may see: one student, already reduced, each thing with its reason."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text

Level = Literal["primary", "basic", "senior"]
Tier = Literal["family", "class", "level", "commission", "teacher", "staff", "public"]
State = Literal["draft", "submitted", "confirmed", "changed", "returned", "disputed", "revoked"]
Basis = Literal["own", "duty", "consent"]


@dataclass(frozen=True)
class Reason:
    """Why something is in an edition: whose right it is, the paper behind it, until when."""

    basis: Basis
    paper: str
    until: dt.date | None = None


@dataclass(frozen=True)
class Fact:
    """One line of facts: the field it comes from (`subject`, `stage`, `result` …) and its words."""

    field: str
    words: Text


@dataclass(frozen=True)
class ShownScan:
    """A scan this edition may show: path relative to the portfolios, SHA-256 of its bytes."""

    path: str
    digest: str
    description: str
    document: Text
    zoom: bool = False
    """Whether it may be looked at in 2400 pixels."""
    download: bool = False
    """Whether a clean copy of it may be downloaded."""


@dataclass(frozen=True)
class Confirmed:
    """Who confirmed an entry, when and on what basis."""

    by: str
    on: dt.date
    basis: str


@dataclass(frozen=True)
class ShownEntry:
    """An entry this edition may show."""

    id: str
    kind: str
    title: str
    start: dt.date | None
    end: dt.date | None
    year: str
    """School year, e.g. 2025-26; empty when the entry bears no date."""
    grade: int | None
    """The student's grade in that year."""
    facts: tuple[Fact, ...]
    tags: tuple[Text, ...]
    scans: tuple[ShownScan, ...]
    reflection: str
    why_it_matters: str
    state: State
    confirmed: Confirmed | None
    note: str
    """The teacher's kind reason when it was returned; family and staff only."""
    seen_by: tuple[Tier, ...]
    """Who else sees it; family and staff only."""
    reason: Reason


@dataclass(frozen=True)
class ShownGoal:
    """A goal this edition may show."""

    statement: str
    year: str
    steps: tuple[str, ...]
    state: str
    reason: Reason


@dataclass(frozen=True)
class ShownReview:
    """Words of others this edition may show."""

    kind: Text
    author: str
    on: dt.date
    text: str
    entry: str
    reason: Reason


@dataclass(frozen=True)
class ShownMark:
    """A mark; family, class teacher and staff only."""

    subject: str
    period: str
    year: str
    mark: str
    reason: Reason


@dataclass(frozen=True)
class Edition:
    """One student as some audiences may see them. `path` is its logical path, never published."""

    path: str
    tier: Tier
    level: Level
    compartments: tuple[str, ...]
    """Whoever holds the key of one of these may read it, e.g. `child:belova-anna/family`."""
    student: str
    name: str
    """The name as these audiences may know it."""
    year: str
    class_id: str
    class_title: str
    grade: int
    motto: str
    about: str
    palette: str
    cover: str
    """SHA-256 of the cover scan, or empty."""
    highlights: tuple[str, ...]
    entries: tuple[ShownEntry, ...]
    """Newest first."""
    goals: tuple[ShownGoal, ...]
    reviews: tuple[ShownReview, ...]
    marks: tuple[ShownMark, ...]
    state_register: str
    reason: Reason


@dataclass(frozen=True)
class Holder:
    """An audience that holds a card, and what its keyring opens."""

    audience: str
    """e.g. `family:belova-anna/mama`, `teacher:orlova`, `staff:primary`."""
    tier: Tier
    level: Level
    title: str
    """For whom the card is, e.g. «Белова Анна, 4 «А» — Мама»."""
    epoch: int
    compartments: tuple[str, ...]
    home: str
    """Logical path of the first page after unlocking."""
    menu: tuple[tuple[Text, str], ...]
    """Label and logical path of the pages in this holder's menu."""
    by_link: bool
    """Whether its card may bear a QR link (staff: words only, access.md D10)."""


@dataclass(frozen=True)
class Home:
    """The first page of an audience, or a roster: editions to choose from."""

    path: str
    tier: Tier
    level: Level
    compartments: tuple[str, ...]
    title: Text
    editions: tuple[str, ...]
    """Logical paths of the editions listed, in their order."""
    homes: tuple[tuple[Text, str], ...]
    """Further homes one may go to: label and logical path."""


@dataclass(frozen=True)
class Decision:
    """Everything granted on one level: past this point nothing else exists."""

    level: Level
    site: str
    school: str
    language: Literal["ru", "en"]
    address: str
    """Where the site will stand, with the final slash; empty when not known."""
    editions: tuple[Edition, ...]
    homes: tuple[Home, ...]
    holders: tuple[Holder, ...]
    epochs: tuple[tuple[str, int], ...]
    """Compartments whose key was replaced, with their epoch; all others are at 1."""
