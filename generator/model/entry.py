"""What a student shows: entries, one folder each, a union by `kind` (R-003 … R-022 in part)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from generator.model.policy import Visibility
from generator.model.record import Day, FileRecord, Flag, Id, Line, Prose, Record, Word


class Scan(Record):
    """A picture or PDF that proves or shows the entry."""

    file: Line
    """File name, relative to the entry's folder."""
    description: Line | None = None
    """What can be seen on it, for those who cannot see it (R-042)."""
    document: Word = "photo"
    """Kind of document (R-012): diploma, certificate, letter of thanks, photo, drawing …"""


class Period(Record):
    """From one day to another, both included."""

    start: Day
    """First day."""
    end: Day | None = None
    """Last day; left out while it goes on."""


class Decided(Record):
    """Who decided to show the entry (003 §6, R-031)."""

    by: Literal["student", "parent", "both"]
    """Who."""
    on: Day
    """When."""


class EntryBase(FileRecord):
    """What every entry has."""

    id: Id
    """Short, random, never changes; the folder's name ends with it."""
    title: Line
    """What it is called, as it should stand on the page."""
    date: Day | None = None
    """The day it happened."""
    period: Period | None = None
    """Instead of `date` for what took longer."""
    programme: Word | None = None
    """Programme it belongs to (R-003): noo, ooo, soo, additional, vocational, pre-professional."""
    tags: tuple[Word, ...] = ()
    """Personal results and learning actions it shows (R-008)."""
    event: Id | None = None
    """The event from school/events.yml it belongs to (R-056)."""
    scans: tuple[Scan, ...] = ()
    """Scans, in reading order."""
    reflection: Prose | None = None
    """What I learned, what was hard, what next (R-036)."""
    why_it_matters: Prose | None = None
    """Why this is important for me (R-033)."""
    authorship: Word | None = None
    """Made alone, with family, with a teacher, in a group, with AI."""
    visibility: Visibility = "family"
    """The widest audience the family wants; consent may narrow it."""
    decided: Decided | None = None
    """Who decided to show it, and when."""
    draft: Flag = False
    """Not finished: only the family sees it."""

    @property
    def day(self) -> dt.date | None:
        """The day that places the entry in a school year: its date, or the end of its period."""
        if self.date:
            return self.date
        return (self.period.end or self.period.start) if self.period else None


class Contest(EntryBase):
    """Olympiad or contest (R-006, R-014)."""

    kind: Literal["contest"]
    """Kind of entry."""
    form: Word
    """olympiad, intellectual, creative, professional."""
    subject: Line | None = None
    """School subject or field."""
    stage: Word | None = None
    """Level of the event (R-015) when it is not in the register of events."""
    result: Word | None = None
    """Result; left out for participation (R-007)."""
    standing: Line | None = None
    """Place or points as written in the document, free text (R-062)."""


class Project(EntryBase):
    """Project or research (R-005, R-014)."""

    kind: Literal["project"]
    """Kind of entry."""
    form: Word
    """project, research."""
    subject: Line | None = None
    """Subject or field."""
    role: Line | None = None
    """What I did in it."""
    product: Line | None = None
    """What came out."""
    mentor: Id | None = None
    """The teacher who helped (id from school/people.yml)."""


class Creative(EntryBase):
    """Creative work (R-019)."""

    kind: Literal["creative"]
    """Kind of entry."""
    form: Word
    """drawing, craft, literary, music, photo, video, computer, model."""
    technique: Line | None = None
    """Material or technique."""


class Sport(EntryBase):
    """Sport (R-006)."""

    kind: Literal["sport"]
    """Kind of entry."""
    discipline: Line
    """Kind of sport."""
    stage: Word | None = None
    """Level of the event when it is not in the register of events."""
    result: Word | None = None
    """Result; left out for participation."""


class Course(EntryBase):
    """Additional programme: circle, section, art school (R-004)."""

    kind: Literal["course"]
    """Kind of entry."""
    organisation: Line
    """Where."""
    direction: Word | None = None
    """Direction of additional education."""
    hours: Annotated[int, Field(ge=1, le=5000)] | None = None
    """Hours, as in the certificate."""


class Volunteering(EntryBase):
    """Volunteering (R-009)."""

    kind: Literal["volunteering"]
    """Kind of entry."""
    organisation: Line
    """For whom."""
    role: Line | None = None
    """What I did."""
    hours: Annotated[int, Field(ge=1, le=5000)] | None = None
    """Hours, as in the volunteer's book."""


Entry = Annotated[
    Contest | Project | Creative | Sport | Course | Volunteering, Field(discriminator="kind")
]
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
KINDS: tuple[type[EntryBase], ...] = (Contest, Project, Creative, Sport, Course, Volunteering)

# A teacher confirms facts; the child's own voice and the choice who sees it stay the child's.
NOT_CONFIRMED = frozenset({"visibility", "decided", "draft", "reflection", "why_it_matters"})


def digest_entry(entry: EntryBase, scans: Mapping[str, str]) -> str:
    """What a confirmation is bound to: 64 hex digits over the entry's facts and its scans.

    `scans` maps each scan's file name to the SHA-256 of its bytes (R-075).
    """
    facts = entry.model_dump(mode="json", exclude_none=True, exclude=set(NOT_CONFIRMED))
    files = [[scan.file, scans.get(scan.file, "")] for scan in entry.scans]
    text = json.dumps([facts, files], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
