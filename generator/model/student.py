"""What is written about one student: by staff in records/, by the family in students/."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from generator.model.entry import Entry
from generator.model.policy import Consents, Visibility
from generator.model.record import Day, FileRecord, Flag, Id, Line, Prose, Record, Word, Year

Palette = Literal["school", "forest", "sea", "berry", "sun", "graphite"]


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
    born: Day
    """Date of birth; only to know who signs a consent."""
    households: tuple[Household, ...] = ()
    """Homes, when there are two."""
    joined: Day | None = None
    """When the student came from another school."""
    came_from: Line | None = None
    """From where."""
    left: Day | None = None
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
    on: Day
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
    on: Day
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
