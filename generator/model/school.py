"""What people write: a school, its people and classes, its students."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.entry import Entry
from generator.model.policy import Access, Consents, Visibility
from generator.model.record import FileRecord, Flag, Id, Line, Prose, Record, Word

Level = Literal["primary", "basic", "senior"]
LEVELS: tuple[Level, ...] = ("primary", "basic", "senior")
Year = Annotated[str, StringConstraints(pattern=r"^20\d\d-\d\d$")]
SiteId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Role = Literal["class-teacher", "subject-teacher", "extra-teacher", "deputy-head", "head"]
Palette = Literal["school", "forest", "sea", "berry", "sun", "graphite"]


class Act(Record):
    """A local act: order or council protocol."""

    number: Line
    """Number."""
    date: dt.date
    """Day."""
    until: dt.date | None = None
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
    time_zone: Line = "Europe/Moscow"
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
    date: dt.date
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


class FullName(Record):
    """A name as in the class register."""

    surname: Line
    """Surname."""
    given: Line
    """Given name."""
    patronymic: Line | None = None
    """Patronymic."""


class Household(Record):
    """One of the homes a child has; each gets a card of its own."""

    id: Id
    """Short name."""
    title: Line
    """For the card: «Мама», «Папа»."""


class StudentRecord(FileRecord):
    """records/<student>/student.yml: the official facts, kept by staff."""

    name: FullName
    """Name."""
    former_surnames: tuple[Line, ...] = ()
    """Surnames before; documents may bear them."""
    born: dt.date
    """Date of birth; only to know who signs a consent."""
    households: tuple[Household, ...] = ()
    """Homes, when there are two."""
    joined: dt.date | None = None
    """When the student came from another school."""
    came_from: Line | None = None
    """From where."""
    left: dt.date | None = None
    """When the student left the school."""
    state_register: Line | None = None
    """Decision that entered the student in the state register of outstanding children (R-074)."""


class Confirmation(Record):
    """A teacher's word that a scan and an entry are true (R-070, R-075)."""

    entry: Id
    """The entry's id."""
    state: Literal["confirmed", "returned", "disputed", "revoked"] = "confirmed"
    """What was decided."""
    by: Id
    """Who (id from people.yml)."""
    on: dt.date
    """When."""
    basis: Line
    """On what basis: «оригинал диплома», «протокол» …"""
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """What exactly was confirmed."""
    note: Prose | None = None
    """A kind reason, when it was returned."""


class Confirmations(FileRecord):
    """records/<student>/confirmations.yml"""

    confirmations: tuple[Confirmation, ...] = ()
    """The teacher's decisions, the newest last."""


class Review(Record):
    """Words of others about the student or a work (R-052, R-057)."""

    id: Id
    """Short name."""
    kind: Word
    """opinion, review, recommendation, thanks, testimonial."""
    author: Line
    """Who wrote it."""
    on: dt.date
    """When."""
    text: Prose
    """The words."""
    entry: Id | None = None
    """The entry it is about."""
    private: Flag = False
    """Only for the family."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Reviews(FileRecord):
    """records/<student>/reviews.yml"""

    reviews: tuple[Review, ...] = ()
    """Words of others."""


class Mark(Record):
    """A mark from the e-journal; never shown to other families."""

    subject: Line
    """Subject."""
    period: Line
    """Quarter, half-year, year, exam."""
    year: Year
    """School year."""
    mark: Line
    """As written in the journal."""


class Results(FileRecord):
    """records/<student>/results.yml"""

    results: tuple[Mark, ...] = ()
    """Marks."""


class Goal(Record):
    """What the student wants, and how it goes (R-035)."""

    id: Id
    """Short name."""
    year: Year
    """School year."""
    statement: Line
    """What I want."""
    steps: tuple[Line, ...] = ()
    """How I will get there."""
    state: Literal["planned", "going", "reached", "changed"] = "planned"
    """How it goes."""
    evidence: tuple[Id, ...] = ()
    """Entries that show it."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class About(Record):
    """The student's own words about themself."""

    motto: Line | None = None
    """One sentence for the cover."""
    text: Prose | None = None
    """A few sentences."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Choices(Record):
    """What the student chose."""

    highlights: tuple[Id, ...] = ()
    """Works to begin with, 3-7, in this order."""
    carried: tuple[Id, ...] = ()
    """Entries of an earlier level taken on to this one (003 §5.3)."""


class Design(Record):
    """The look, within safe limits."""

    palette: Palette = "school"
    """Colours."""
    cover: Id | None = None
    """The entry whose first scan is the cover picture."""


class Portfolio(FileRecord):
    """students/<student>/portfolio.yml: the student's and family's own."""

    called: Line | None = None
    """How the student likes to be called."""
    about: About = About()
    """Own words."""
    goals: tuple[Goal, ...] = ()
    """Goals."""
    choices: Choices = Choices()
    """Choices."""
    design: Design = Design()
    """Design."""


class Student(Record):
    """Everything the school's repository holds about one student."""

    id: Id
    record: StudentRecord
    portfolio: Portfolio = Portfolio()
    entries: tuple[Entry, ...] = ()
    consents: Consents = Consents()
    confirmations: Confirmations = Confirmations()
    reviews: Reviews = Reviews()
    results: Results = Results()


class Term(Record):
    """One word of a vocabulary."""

    code: Word
    """What stands in the YAML."""
    ru: Line
    """In Russian."""
    en: Line
    """In English."""
    source: Line | None = None
    """The clause it comes from."""


class Vocabulary(FileRecord):
    """schema/vocabulary/<name>.yml"""

    title: Line
    """What these words are for."""
    terms: tuple[Term, ...]
    """The words, in their order."""


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


VOCABULARY_OF = {
    "contest.form": "contest-forms",
    "contest.stage": "stages",
    "contest.result": "results",
    "project.form": "project-forms",
    "creative.form": "creative-forms",
    "sport.stage": "stages",
    "sport.result": "results",
    "course.direction": "directions",
    "programme": "programmes",
    "authorship": "authorship",
    "tags": "tags",
    "scans.document": "documents",
    "event.stage": "stages",
    "event.form": "event-forms",
    "review.kind": "reviews",
}
"""Which vocabulary the words of a field come from: `kind.field`, or `field` for all kinds."""


def level_of(grade: int) -> Level:
    """The level of education of a grade 1-11 (003 §3.1, R-002)."""
    return "primary" if grade <= 4 else "basic" if grade <= 9 else "senior"


def year_of(day: dt.date) -> str:
    """The school year of a day, e.g. 2026-27: it begins on 1 September."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
