"""What every entry has, whatever its kind: when, whose, how proved, for whom."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
)

from generator.model.policy import Visibility
from generator.model.record import Day, FileRecord, Flag, From, Id, Line, Prose, Record, Word

Stage = Annotated[Word, From("stages")]
Result = Annotated[Word, From("results")]
Hours = Annotated[int, Field(ge=1, le=5000)]
"""Whole hours, as in the certificate or book."""
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}([.,][0-9]{1,3})?$")]
"""What came out of a measuring, as it is written: 41 or 41,5."""


class Taken(Record):
    """One measuring of one's own."""

    on: Day
    """When."""
    value: Amount
    """What came out."""


class Measure(Record):
    """Something of one's own that was measured again and again: a competition with oneself and
    nobody else (R-038)."""

    what: Line
    """What was measured."""
    unit: Line | None = None
    """In what: metres, seconds, words a minute."""
    taken: tuple[Taken, ...]
    """Each time, the earliest first."""


class Act(Record):
    """A paper with a number and a day: an order, a protocol, a decision."""

    number: Line
    """Number."""
    date: Day
    """Day."""
    until: Day | None = None
    """Last day it is valid, when it has one."""


class Paper(Record):
    """What stands on the paper itself (R-012, R-072); which details are needed depends on it."""

    title: Line | None = None
    """Title, when the kind of paper is free (R-013)."""
    number: Line | None = None
    """Number or series and number of the form."""
    issuer: Line | None = None
    """Who gave it out: the organisation."""
    issued: Day | None = None
    """When it was given out."""
    signed_by: Line | None = None
    """Head or authorised person who signed."""
    stamped: Flag = False
    """Whether it bears a stamp."""
    signed: Flag = False
    """Whether it bears a signature."""


class Mask(Record):
    """A rectangle of a scan that nobody sees: a face, a name, an address."""

    page: Annotated[int, Field(ge=1, le=30)] = 1
    """Page of the scan, counted from 1."""
    left: Annotated[int, Field(ge=0, le=99)]
    """Where it begins, in hundredths of the page's width."""
    top: Annotated[int, Field(ge=0, le=99)]
    """Where it begins, in hundredths of the page's height."""
    width: Annotated[int, Field(ge=1, le=100)]
    """Its width, in hundredths of the page's width."""
    height: Annotated[int, Field(ge=1, le=100)]
    """Its height, in hundredths of the page's height."""
    reason: Line | None = None
    """What for, in a few words that do not name what is covered."""


class Scan(Record):
    """A picture or PDF that proves or shows the entry."""

    file: Line
    """File name, relative to the entry's folder."""
    description: Line | None = None
    """What can be seen on it, for those who cannot see it (R-042)."""
    document: Annotated[Word, From("documents")] | None = None
    """Kind of document (R-012): diploma, photo, drawing …; unsaid, it is shown as rarely as any."""
    paper: Paper | None = None
    """Details of the paper, when it is one."""
    zoom: Flag = False
    """Whether it may be looked at larger, in 2400 pixels: for drawings and small print."""
    download: Flag = False
    """Whether those who see it may download a copy, without its metadata."""
    mask: tuple[Mask, ...] = ()
    """Rectangles that nobody sees, the family neither."""

    @model_serializer(mode="wrap")
    def _written(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Digests stay as they were when a scan was a photograph unless somebody said otherwise; who
        # says nothing and later `photo` shows more people more, and a teacher has to look again.
        facts: dict[str, Any] = write(self)
        facts |= {"document": None} if self.document is None else {}
        return {k: v for k, v in facts.items() if (k, v) != ("document", "photo")}


SHOWS_NOBODY = frozenset(
    {
        "education", "reference", "winner-diploma", "prize-diploma", "diploma", "honour",
        "merit-sheet", "certificate", "attestation", "identity", "thanks", "opinion", "review",
        "recommendation", "protocol", "growth-card", "work", "drawing",
    }
)  # fmt: skip
"""Kinds of document on which somebody who is pictured in an entry is not looked for: papers and
works. Of `other` and of the school's own words nobody knows what is on them."""


class Companion(Record):
    """Somebody else who is named or pictured in an entry."""

    student: Id | None = None
    """Who, when it is a student of this school."""
    name: Line | None = None
    """Who, when it is anybody else: a name, or what they are to the student."""
    how: Literal["named", "pictured", "both"]
    """Whether the words name them, a picture shows them, or both."""
    consent: Line | None = None
    """Of whom is no student here: where the paper lies in which they consented."""
    masked: Flag = False
    """Whether a mask covers them on every scan on which they are pictured."""

    def is_pictured_on(self, scan: Scan) -> bool:
        """Whether a scan may show them. Who is covered is so where that very scan has a mask."""
        if self.how == "named":
            return False
        return not self.masked or not (scan.mask or scan.document in SHOWS_NOBODY)


class Period(Record):
    """From one day to another, both included."""

    start: Day
    """First day."""
    end: Day | None = None
    """Last day; left out while it goes on."""


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
    programme: Annotated[Word, From("programmes")] | None = None
    """Programme it belongs to (R-003): noo, ooo, soo, additional, vocational, pre-professional."""
    tags: tuple[Annotated[Word, From("tags")], ...] = ()
    """Personal results it shows (R-008)."""
    actions: tuple[Annotated[Word, From("learning-actions")], ...] = ()
    """Universal learning actions it shows (R-010)."""
    event: Id | None = None
    """The event from school/events.yml it belongs to (R-056)."""
    scans: tuple[Scan, ...] = ()
    """Scans, in reading order."""
    original: Line | None = None
    """Where the paper original lies, e.g. «папка 3, файл 12» (R-150)."""
    reflection: Prose | None = None
    """What I learned, what was hard, what next (R-036)."""
    why_it_matters: Prose | None = None
    """Why this is important for me (R-033)."""
    authorship: tuple[Annotated[Word, From("authorship")], ...] = ()
    """Made alone, with family, with a teacher, in a group, with AI."""
    ai_help: Line | None = None
    """What exactly AI did, when it helped."""
    people: tuple[Companion, ...] = ()
    """Other people who are named or pictured here."""
    visibility: Visibility = "family"
    """The widest audience the family wants; consent may narrow it."""
    draft: Flag = False
    """Not finished: only the family sees it."""

    @classmethod
    def key_order(cls) -> tuple[str, ...]:
        """What it is and when, what only its kind has, then proof, own words and for whom."""
        common = tuple(EntryBase.model_fields)
        own = tuple(name for name in cls.model_fields if name not in common)
        at = common.index("scans")
        return (*common[:at], *own, *common[at:])

    @property
    def day(self) -> dt.date | None:
        """The day that places the entry in a school year: its date, or the end of its period."""
        if self.date:
            return self.date
        return (self.period.end or self.period.start) if self.period else None
