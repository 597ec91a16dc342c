"""What people write: a school, its people and classes, its students."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.collective import Collectives
from generator.model.entry import Act, Stage
from generator.model.law import LegalAct
from generator.model.names import Known, Names, names_of
from generator.model.pinned import Forge, Server, Sources
from generator.model.policy import Access
from generator.model.record import (
    Account,
    Day,
    FileRecord,
    Flag,
    From,
    Id,
    Line,
    Record,
    TimeZone,
    Word,
    Year,
)
from generator.model.student import Household, Student
from generator.model.vocabulary import OwnWords, Vocabulary

Level = Literal["primary", "basic", "senior"]
LEVELS: tuple[Level, ...] = ("primary", "basic", "senior")
SiteId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Role = Literal["class-teacher", "subject-teacher", "extra-teacher", "deputy-head", "head"]


class Change(Record):
    """A change of the regulation: a version and the decision that made it (R-161)."""

    version: Line
    """Version after the change."""
    order: Act
    """The head's order."""
    council: Act
    """Decision of the pedagogical council."""
    what: Line
    """What was changed, in one sentence."""


class Regulation(Record):
    """The school's own regulation on the portfolio and how it was approved (R-160, R-161)."""

    title: Line
    """Its title."""
    version: Line = "1"
    """Version the portfolios are kept by."""
    council: Act
    """Protocol of the pedagogical council."""
    order: Act
    """The head's order."""
    students_council: Act | None = None
    """Opinion of the students' council."""
    parents_council: Act | None = None
    """Opinion of the parents' council."""
    changes: tuple[Change, ...] = ()
    """Later versions, the oldest first."""
    basis: tuple[Annotated[Word, From("acts")], ...] = ()
    """Legal acts it rests on (codes from schema/acts.yml, R-163)."""


class Hosting(Record):
    """Where each site will stand, which goes into the QR codes, and where the handbook is."""

    primary: Line | None = None
    """Address of the site for grades 1-4, with the final slash."""
    basic: Line | None = None
    """Address of the site for grades 5-9."""
    senior: Line | None = None
    """Address of the site for grades 10-11."""
    handbook: Server | None = None
    """Address of the handbook, where the school has put it; «О портфолио» leads there."""


class Switches(Record):
    """Where the regulations differ, the school decides; docs/reference/switches.md says between
    which clauses."""

    programmes: tuple[Annotated[Word, From("programmes")], ...] = ()
    """Programmes whose results are kept; none named: all (R-003)."""
    mandatory: Flag = False
    """Whether the portfolio is a mandatory carrier in the nomenclature of files."""
    open_information: Flag = False
    """Whether anything may be shown to everyone, with a consent for distribution."""
    marks: Literal["family", "nobody"] = "family"
    """Whether a family finds the marks of its child in the portfolio."""
    attention_list: Flag = False
    """Whether staff get the list of leaders and of those who need attention."""
    countersign: Literal["none", "results", "all"] = "none"
    """What the deputy head signs too (R-058)."""
    confirmed_by: Literal["appointed", "class-teacher"] = "appointed"
    """Whose word confirms: anybody named by an order, or the class teacher only."""
    learning_actions: Literal["r000", "r001"] = "r001"
    """Which regulation's groups of learning actions are shown (R-010)."""
    not_carried: Literal["archive", "school"] = "archive"
    """What is not taken on to the next level: stays in the family's archive, or with the school."""
    unconfirmed: Literal["show", "hold"] = "show"
    """Entries without a document: shown as unconfirmed, or held back (R-071)."""
    student_signs_from: Annotated[int, Field(ge=10, le=18)] = 14
    """From which age the student signs a consent too."""
    remind_after_months: Annotated[int, Field(ge=1, le=12)] = 4
    """After how long without a new entry the family is reminded (R-039)."""


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
    forge: Forge | None = None
    """Where the students' repositories stand, if they have any."""
    switches: Switches = Switches()
    """The school's choices."""


class SigningKey(Record):
    """A key with which somebody signs decisions, and when it counts."""

    key: Annotated[
        str, StringConstraints(pattern=r"^ssh-ed25519 [A-Za-z0-9+/]+=*( .*)?$", max_length=300)
    ]
    """The public half, as it stands in the file `id_ed25519.pub`."""
    since: Day
    """From this day all decisions of this person bear a signature."""
    until: Day | None = None
    """The last day, when the key was lost or replaced."""

    def holds_on(self, day: dt.date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


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
    orders: tuple[Act, ...] = ()
    """The orders that appoint this person to work with portfolios, the oldest first."""
    accounts: tuple[Account, ...] = ()
    """Numbers of this person at a forge: whose changes count as theirs (R-050)."""
    keys: tuple[SigningKey, ...] = ()
    """Keys with which this person signs decisions, the oldest first; none: they are not signed."""

    def order_on(self, day: dt.date) -> Act | None:
        """The order in force on a day (R-060, R-133); the newest when there are several."""
        valid = (o for o in self.orders if o.date <= day and (o.until is None or day <= o.until))
        return max(valid, key=lambda order: order.date, default=None)


class Staff(FileRecord):
    """school/people.yml"""

    people: tuple[Person, ...] = ()
    """Staff."""

    def person(self, id: str) -> Person | None:
        """The member of staff with this id."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in reversed(self.people)}


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
    stage: Stage
    """Level of the event (R-015)."""
    form: Annotated[Word, From("event-forms")]
    """Class of the event (R-014)."""
    organiser: Line | None = None
    """Who held it."""
    announced_by: Id | None = None
    """The teacher who announced it (id from people.yml, R-056)."""


class OfficialList(Record):
    """The list of olympiads and contests approved for a school year (R-073)."""

    year: Year
    """School year."""
    order: Act
    """The order that approves it."""
    titles: tuple[Line, ...]
    """Official titles, as in the order."""


class Events(FileRecord):
    """school/events.yml"""

    events: tuple[Event, ...] = ()
    """Register of events."""
    lists: tuple[OfficialList, ...] = ()
    """Official lists, one for a school year."""

    def event(self, id: str | None) -> Event | None:
        """The event with this id."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> Mapping[str | None, Event]:
        return {event.id: event for event in reversed(self.events)}

    def listed(self, event: Event) -> OfficialList | None:
        """The official list of its school year that names this event."""
        for one in self.lists:
            titles = {" ".join(title.casefold().split()) for title in one.titles}
            if (
                one.year == year_of(event.date)
                and " ".join(event.title.casefold().split()) in titles
            ):
                return one
        return None


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A file in an entry's folder: POSIX path relative to the portfolios, bytes, SHA-256. No
    `Record`: people write none, and a school has twenty thousand of them in memory."""

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
    collectives: Collectives = Collectives()
    access: Access = Access()
    sources: Sources = Sources()
    students: tuple[Student, ...] = ()
    """Sorted by id."""
    vocabularies: Mapping[str, Vocabulary] = Field(default_factory=dict)
    """By name: stages, results, forms …; the school's own words are among them."""
    own_words: Mapping[str, OwnWords] = Field(default_factory=dict)
    """What the school added, by the name of the list."""
    acts: Mapping[str, LegalAct] = Field(default_factory=dict)
    """Legal acts by code."""
    scans: Mapping[str, ScanFile] = Field(default_factory=dict)
    """Every file beside an entry or a collective's achievement, by path relative to the
    portfolios."""
    unread: frozenset[str] = frozenset()
    """Files that could not be read: what they would have said is not known."""

    def with_whole(self, students: tuple[Student, ...], unread: frozenset[str]) -> "School":
        """The same school where other students are whole: a large one is made again and again, and
        what is found out of everybody's outlines is found out once."""
        # Not checked again: all of it was when it was read.
        fields = {name: getattr(self, name) for name in School.model_fields}
        school = School.model_construct(**fields | {"students": students, "unread": unread})
        vars(school).update((name, getattr(self, name)) for name in _OF_OUTLINES)
        return school

    @cached_property
    def names(self) -> Names:
        """The names of all students, those who left too; the school's own name is nobody's."""
        public = f"{self.settings.name} {self.settings.short_name}"
        return names_of(tuple(map(_known, self.students)), public)

    @cached_property
    def files(self) -> Mapping[str, Mapping[str, list[str]]]:
        """Student, or nobody for collectives -> folder -> files in it, relative to the folder."""
        found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        for path in self.scans:
            # students/<student>/entries/<entry>/… or school/collectives/<achievement>/…
            depth = 4 if path.startswith("students/") else 3
            parts = path.split("/", depth)
            folders = found[parts[1] if depth == 4 else ""]
            folders.setdefault("/".join(parts[:depth]), []).append(parts[depth])
        return dict(found)

    @cached_property
    def homes(self) -> Mapping[str, tuple[tuple[Student, Household], ...]]:
        """Home that brothers and sisters share -> who lives there, with their household there."""
        found: dict[str, tuple[tuple[Student, Household], ...]] = {}
        for student in self.students:
            for house in student.record.households:
                if house.home:
                    found[house.home] = (*found.get(house.home, ()), (student, house))
        return found

    @cached_property
    def grades(self) -> Mapping[str, Mapping[str, int]]:
        """Student's id -> year -> grade, of the years with a class list that names the student."""
        found: dict[str, dict[str, int]] = {}
        for listed in self.years:
            for room in listed.classes:
                for student in room.students:
                    found.setdefault(student, {}).setdefault(listed.year, room.grade)
        return found

    @cached_property
    def led(self) -> Mapping[str, frozenset[str]]:
        """Class teacher -> everybody who was ever in a class of theirs."""
        found: dict[str, frozenset[str]] = {}
        for room in (room for listed in self.years for room in listed.classes):
            found[room.teacher] = found.get(room.teacher, frozenset()).union(room.students)
        return found


_OF_OUTLINES = ("names", "files", "homes", "grades", "led")
"""What no student's works change. Of who is in a home nothing but the record is asked."""


def _known(student: Student) -> Known:
    record, called = student.record, student.portfolio.called
    return Known(
        id=student.id,
        given=(record.name.given, *((called,) if called else ())),
        surnames=(record.name.surname, *record.former_surnames),
        patronymic=record.name.patronymic or "",
    )


def level_of(grade: int) -> Level:
    """The level of education of a grade 1-11 (003 §3.1, R-002)."""
    return "primary" if grade <= 4 else "basic" if grade <= 9 else "senior"


def year_of(day: dt.date) -> str:
    """The school year of a day, e.g. 2026-27: it begins on 1 September."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
