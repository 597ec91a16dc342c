"""What people write: a school, its people and classes, its students."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.policy import Access
from generator.model.record import Day, FileRecord, Flag, Id, Line, Record, TimeZone, Word, Year
from generator.model.student import Student
from generator.model.vocabulary import Vocabulary

Level = Literal["primary", "basic", "senior"]
LEVELS: tuple[Level, ...] = ("primary", "basic", "senior")
SiteId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Role = Literal["class-teacher", "subject-teacher", "extra-teacher", "deputy-head", "head"]


class Act(Record):
    """A local act: order or council protocol."""

    number: Line
    """Number."""
    date: Day
    """Day."""
    until: Day | None = None
    """Last day it is valid, when it has one."""


class Regulation(Record):
    """The school's own regulation on the portfolio and how it was approved (R-160)."""

    title: Line
    """Its title."""
    council: Act
    """Protocol of the pedagogical council."""
    order: Act
    """The head's order."""


class Hosting(Record):
    """Where each site will stand; it goes into the QR codes."""

    primary: Line | None = None
    """Address of the site for grades 1-4, with the final slash."""
    basic: Line | None = None
    """Address of the site for grades 5-9."""
    senior: Line | None = None
    """Address of the site for grades 10-11."""


class Switches(Record):
    """Where the regulations differ, the school decides."""

    student_signs_from: Annotated[int, Field(ge=10, le=18)] = 14
    """From which age the student signs a consent too."""
    unconfirmed: Literal["show", "hold"] = "show"
    """Entries without a document: shown as unconfirmed, or held back (R-071)."""


class Settings(FileRecord):
    """school/school.yml"""

    site: SiteId
    """16 random hex digits; not a secret, never changes."""
    name: Line
    """The school's name as it may stand on the locked page: the only public word."""
    short_name: Line
    """The school's name in a few words."""
    language: Literal["ru", "en"] = "ru"
    """Language of the pages."""
    time_zone: TimeZone = "Europe/Moscow"
    """IANA name of the school's time zone."""
    sample: Flag = False
    """A fictional school: its codes may be printed on the screen."""
    regulation: Regulation
    """The school's regulation."""
    hosting: Hosting = Hosting()
    """Where the sites stand."""
    switches: Switches = Switches()
    """The school's choices."""


class Person(Record):
    """A member of staff, named by an order (R-060, R-133)."""

    id: Id
    """Short name used in other files."""
    name: Line
    """Full name."""
    roles: tuple[Role, ...]
    """Duties."""
    levels: tuple[Level, ...] = ()
    """Levels of education a deputy head or head is responsible for."""
    subject: Line | None = None
    """What this person teaches."""
    order: Act | None = None
    """The order that appoints this person to work with portfolios."""


class Staff(FileRecord):
    """school/people.yml"""

    people: tuple[Person, ...] = ()
    """Staff."""


class SchoolClass(Record):
    """One class in one year."""

    id: Id
    """Short name, e.g. `4a`."""
    title: Line
    """As people say it: 4 «А»."""
    grade: Annotated[int, Field(ge=1, le=11)]
    """1-11."""
    teacher: Id
    """Class teacher (id from people.yml)."""
    students: tuple[Id, ...] = ()
    """Who is in it."""

    @property
    def level(self) -> Level:
        """The level of education of this grade (R-002)."""
        return level_of(self.grade)


class ClassList(FileRecord):
    """school/classes/<year>.yml"""

    year: Year
    """School year, e.g. 2026-27: from 1 September to 31 August."""
    classes: tuple[SchoolClass, ...] = ()
    """Classes of that year."""


class Event(Record):
    """An olympiad, contest, concert … entered once (R-056)."""

    id: Id
    """Short name."""
    title: Line
    """Official title."""
    date: Day
    """Day, or first day."""
    stage: Word
    """Level of the event (R-015)."""
    form: Word
    """Class of the event (R-014)."""
    organiser: Line | None = None
    """Who held it."""


class Events(FileRecord):
    """school/events.yml"""

    events: tuple[Event, ...] = ()
    """Register of events."""


class ScanFile(Record):
    """A file in an entry's folder: POSIX path relative to the portfolios, bytes, SHA-256."""

    path: str
    size: int
    digest: str


class School(Record):
    """A whole school as people wrote it."""

    settings: Settings
    staff: Staff = Staff()
    years: tuple[ClassList, ...] = ()
    """Class lists, the oldest first."""
    events: Events = Events()
    access: Access = Access()
    students: tuple[Student, ...] = ()
    """Sorted by id."""
    vocabularies: Mapping[str, Vocabulary] = Field(default_factory=dict)
    """By name: stages, results, forms …"""
    scans: Mapping[str, ScanFile] = Field(default_factory=dict)
    """Every file below an entry's folder but entry.yml, by path relative to the portfolios."""
    unread: frozenset[str] = frozenset()
    """Files that could not be read: what they would have said is not known."""


def level_of(grade: int) -> Level:
    """The level of education of a grade 1-11 (003 §3.1, R-002)."""
    return "primary" if grade <= 4 else "basic" if grade <= 9 else "senior"


def year_of(day: dt.date) -> str:
    """The school year of a day, e.g. 2026-27: it begins on 1 September."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
