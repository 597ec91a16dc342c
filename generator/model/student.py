"""What staff write about one student, in records/; and everything about the student together."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

from generator.model.entry import Act
from generator.model.kinds import Entry
from generator.model.policy import Consents, Decided, GivenBy, Visibility
from generator.model.portfolio import Portfolio
from generator.model.record import (
    Account,
    Day,
    FileRecord,
    Flag,
    From,
    Id,
    Line,
    Prose,
    Record,
    Word,
    Year,
)

Signature = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+=*$", max_length=2000)]
"""Bytes of an SSH signature in base64, on one line."""


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
    home: Id | None = None
    """A name that brothers and sisters of one home share: one card opens them all."""


class Listing(Record):
    """Entry in the state register of outstanding children (001 §3.4, R-074)."""

    decision: Line
    """The decision: what, number, day."""
    on: Day
    """Day of the decision."""
    credit: tuple[Line, ...] = ()
    """Subjects not in the state exams for which it may be counted at certification."""


class StudentRecord(FileRecord):
    """records/<student>/student.yml: the official facts, kept by staff."""

    name: FullName
    """Name."""
    former_surnames: tuple[Line, ...] = ()
    """Surnames before; documents may bear them."""
    born: Day
    """Date of birth; only to know who signs a consent."""
    representatives: tuple[GivenBy, ...] = ()
    """Legal representatives; when they are named, only they may sign a consent."""
    households: tuple[Household, ...] = ()
    """Homes, when there are two."""
    joined: Day | None = None
    """When the student came from another school."""
    came_from: Line | None = None
    """From where."""
    left: Day | None = None
    """When the student left the school."""
    reviewed: Day | None = None
    """When the family last confirmed that these facts are true (R-076)."""
    state_register: Listing | None = None
    """Entry in the state register of outstanding children (R-074)."""
    accounts: tuple[Account, ...] = ()
    """Numbers of the student and the family at a forge: they may change what is the student's own
    (R-050, R-051)."""

    def age_on(self, day: dt.date) -> int:
        """Age in full years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class Countersign(Record):
    """The second signature (R-058)."""

    by: Id
    """Deputy head or head (id from people.yml)."""
    on: Day
    """When."""


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
    copy_true: Flag = False
    """«Копия верна»: the scan was compared with the original (R-077)."""
    countersigned: Countersign | None = None
    """The deputy head's signature."""
    note: Prose | None = None
    """A kind reason, when it was returned."""
    signature: Signature | None = None
    """SSH signature under all of this, made with the person's own key."""


class Frozen(Record):
    """An entry as it stood when it was put forward."""

    entry: Id
    """The entry's id."""
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    """What exactly was put forward; changed later, the commission does not see it."""


class Package(Record):
    """What was put forward to the transition commission, frozen on a day (003 §5.3, R-120)."""

    year: Year
    """The school year in which the level is finished."""
    by: Id
    """Who froze it (id from people.yml)."""
    on: Day
    """When."""
    decided: Decided | None = None
    """Who chose what is put forward, and when (R-120, R-031)."""
    entries: tuple[Frozen, ...]
    """The entries, as they stood that day."""


class Recognition(Record):
    """Whether the school credits a result from elsewhere (000 §5.2, R-123)."""

    entry: Id
    """The entry's id."""
    state: Literal["requested", "credited", "refused"]
    """How it stands."""
    decision: Act | None = None
    """The decision, once there is one."""


class Arranged(Record):
    """Student and class teacher put the documents in order together (003 §3.3.3, R-034)."""

    by: Id
    """The teacher (id from people.yml)."""
    on: Day
    """When."""
    highlights: tuple[Id, ...]
    """The order they found; another one that the student chose later is the student's alone."""


class Confirmations(FileRecord):
    """records/<student>/confirmations.yml"""

    confirmations: tuple[Confirmation, ...] = ()
    """The teacher's decisions, the newest last."""
    packages: tuple[Package, ...] = ()
    """What was put forward to a transition commission, the newest last."""
    recognitions: tuple[Recognition, ...] = ()
    """Whether results from elsewhere are credited, the newest last."""
    arranged: Arranged | None = None
    """With whom the order of the first works was found."""

    def recognition(self, entry: str) -> Recognition | None:
        """How the crediting of an entry stands."""
        return next((one for one in reversed(self.recognitions) if one.entry == entry), None)


class Review(Record):
    """Words of others about the student or a work (R-052, R-057)."""

    id: Id
    """Short name."""
    kind: Annotated[Word, From("reviews")]
    """opinion, review, recommendation, thanks, testimonial."""
    author: Line
    """Who wrote it."""
    by: Id | None = None
    """The same as a member of staff (id from people.yml), who signs a review of a work."""
    relation: Line | None = None
    """Of a parent's testimonial: who the author is to the child."""
    activity: Line | None = None
    """Of a parent's testimonial: what was done under their lead or in their presence."""
    on: Day
    """When."""
    text: Prose
    """The words."""
    entry: Id | None = None
    """The entry it is about."""
    request: Id | None = None
    """The student's request it answers (R-054)."""
    replaces: Id | None = None
    """The earlier version of the same review (R-057)."""
    private: Flag = False
    """Only for the family."""
    visibility: Visibility = "family"
    """The widest audience the family wants."""


class Declined(Record):
    """A request that was not met, with a kind reason (R-054)."""

    request: Id
    """The student's request."""
    by: Id
    """Who (id from people.yml)."""
    on: Day
    """When."""
    reason: Line
    """Why."""


class Reviews(FileRecord):
    """records/<student>/reviews.yml"""

    reviews: tuple[Review, ...] = ()
    """Words of others."""
    declined: tuple[Declined, ...] = ()
    """Requests that were not met."""


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
    """records/<student>/results.yml: the only place where marks may stand (R-081)."""

    results: tuple[Mark, ...] = ()
    """Marks."""


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

    @property
    def bare(self) -> "Student":
        """What of a student the rest of the school looks at: who it is, what is consented to, and
        what they wish of works that are shared."""
        return Student(
            id=self.id,
            record=self.record,
            consents=self.consents.model_copy(update={"inclusions": ()}),
            portfolio=self.portfolio.model_copy(update=_OWN),
        )


_OWN = {
    name: field.get_default()
    for name, field in Portfolio.model_fields.items()
    if name not in ("called", "shared")
}
"""What nobody but the student's own pages and checks look at in a portfolio."""
