"""What the student and family write about the whole: own words, goals, choices, look."""

from typing import Annotated, Literal

from generator.model.policy import Visibility
from generator.model.record import Day, FileRecord, From, Id, Line, Prose, Record, Word, Year

Palette = Literal["school", "forest", "sea", "berry", "sun", "graphite"]
Section = Literal["route", "works", "profile", "goals", "years", "me", "reviews", "results"]


class About(Record):
    """The student's own words about themself."""

    motto: Line | None = None
    """One sentence for the cover."""
    text: Prose | None = None
    """A few sentences."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Interest(Record):
    """What the student is keen on in a school year (R-047)."""

    year: Year
    """School year."""
    words: tuple[Line, ...]
    """Interests, in the student's words."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


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
    term: Day | None = None
    """By which day."""
    state: Literal["planned", "going", "reached", "changed"] = "planned"
    """How it goes."""
    outcome: Prose | None = None
    """How it went, in the student's words."""
    evidence: tuple[Id, ...] = ()
    """Entries that show it."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Profile(Record):
    """Where the student's way leads, in grades 5-11 (003 §3.1.2, R-044)."""

    title: Line
    """The profile one intends to take, in the student's words."""
    subjects: tuple[Line, ...] = ()
    """Subjects that belong to it, as entries name them."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Answer(Record):
    """An answer to one of the questions for this age."""

    prompt: Annotated[Word, From("prompts")]
    """The beginning of a sentence, or a question."""
    text: Prose
    """The student's words."""


class YearReflection(Record):
    """Looking back on a school year: sentence starters in 1-4, questions in 5-9, an essay in 10-11
    (R-036)."""

    year: Year
    """School year."""
    answers: tuple[Answer, ...] = ()
    """Answers to the questions for this age."""
    essay: Prose | None = None
    """An essay."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class SelfAssessment(Record):
    """How the student sees an ability of their own: words or a picture, never a number (R-037)."""

    year: Year
    """School year."""
    about: Line
    """Which ability, in the student's words."""
    sign: Annotated[Word, From("self-signs")] | None = None
    """A picture sign."""
    words: Line | None = None
    """Words."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Request(Record):
    """The student asks a teacher for a document or a review (R-054); answered in reviews.yml."""

    id: Id
    """Short name."""
    to: Id
    """Whom (id from people.yml)."""
    what: Annotated[Word, From("reviews")]
    """What is asked for."""
    entry: Id | None = None
    """The entry it is about."""
    on: Day
    """When."""
    words: Line | None = None
    """What the student adds."""


class Shared(Record):
    """The wish to show a collective's achievement to more than the family (R-021)."""

    achievement: Id
    """Id of the achievement from collectives.yml."""
    visibility: Visibility
    """The widest audience the family wants."""
    why_it_matters: Prose | None = None
    """Why this is important for me."""
    reflection: Prose | None = None
    """What I think about it."""


class Choices(Record):
    """What the student chose."""

    highlights: tuple[Id, ...] = ()
    """Works to begin with, 3-7, in this order."""
    carried: tuple[Id, ...] = ()
    """Entries taken on to the next level: put forward in grades 4 and 9, shown there after that
    (003 §5.3)."""


class Design(Record):
    """The look, within safe limits (R-032)."""

    palette: Palette = "school"
    """Colours."""
    cover: Id | None = None
    """The entry whose first scan is the cover picture."""
    chapters: Literal["level", "year", "kind"] = "level"
    """How entries are put into chapters: as is usual for the level, by year, or by kind."""
    sections: tuple[Section, ...] = ()
    """Sections that come first, in this order; the others follow as usual."""


class Portfolio(FileRecord):
    """students/<student>/portfolio.yml: the student's and family's own."""

    called: Line | None = None
    """How the student likes to be called."""
    about: About = About()
    """Own words."""
    interests: tuple[Interest, ...] = ()
    """Interests by year."""
    goals: tuple[Goal, ...] = ()
    """Goals."""
    profile: Profile | None = None
    """The intended profile."""
    reflections: tuple[YearReflection, ...] = ()
    """Looking back on the years."""
    self_assessments: tuple[SelfAssessment, ...] = ()
    """How I see myself."""
    requests: tuple[Request, ...] = ()
    """What was asked of teachers."""
    shared: tuple[Shared, ...] = ()
    """Achievements of collectives shown to more than the family."""
    choices: Choices = Choices()
    """Choices."""
    design: Design = Design()
    """Design."""
