"""Who may see what, as people write it: the visibility ladder, consents, access."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.record import Day, FileRecord, Id, Line, Record, Year

Visibility = Literal["family", "class", "school", "public"]
LADDER: tuple[Visibility, ...] = ("family", "class", "school", "public")
Purpose = Literal["processing", "distribution"]
Category = Literal["surname", "photos", "papers", "works", "words", "reviews"]
"""What a consent has to name before anybody but family and staff sees it. A given name with the
first letter of the surname, the class, titles and facts of what one shows need no word of their
own: there would be nothing left to consent to."""
AudienceName = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(:[a-z0-9-]+){0,2}(/[a-z0-9-]+)?$")
]


class GivenBy(Record):
    """The legal representative who signed."""

    name: Line
    """Full name, as in the paper consent."""
    relation: Literal["mother", "father", "guardian"]
    """Who this person is to the child."""


class Consent(Record):
    """One signed consent (003 §1.4.1, 152-FZ; R-142, R-143)."""

    id: Id
    """Short name of this consent inside the file."""
    purpose: Purpose
    """`processing`: keep and show to closed audiences; `distribution`: show to anyone."""
    audience: Visibility
    """The widest audience this consent allows."""
    covers: tuple[Category, ...] = ()
    """What may be shown to that audience beside the first name and what things are called; whatever
    is not named is not shown (R-143)."""
    given_by: GivenBy
    """Who signed."""
    signed: Day
    """The day it was signed."""
    until: Day
    """The last day it is valid."""
    student_signed: Day | None = None
    """The day the student signed too; needed from the age the school sets (14)."""
    document: Line
    """Where the paper lies."""
    withdrawn: Day | None = None
    """The day it was withdrawn; from that day it allows nothing."""


class Decided(Record):
    """Who decided to show or to put forward something (003 §6, R-031)."""

    by: Literal["student", "parent", "both"]
    """Who."""
    on: Day
    """When."""


class Inclusion(Decided):
    """Who decided to show an entry, as staff heard it: in a child's own file a child could decide
    for the parents (003 §6, R-031)."""

    entry: Id
    """The entry's id, or that of a collective's achievement."""

    @classmethod
    def key_order(cls) -> tuple[str, ...]:
        """What is shown, then who decided that."""
        return ("entry", *Decided.model_fields)


class Consents(FileRecord):
    """records/<student>/consent.yml"""

    consents: tuple[Consent, ...] = ()
    """Every consent ever given, the withdrawn ones too."""
    inclusions: tuple[Inclusion, ...] = ()
    """Who decided what is shown, the newest last."""

    def decided(self, entry: str) -> Decided | None:
        """The newest decision to show an entry."""
        return next((one for one in reversed(self.inclusions) if one.entry == entry), None)


class Epoch(Record):
    """How many times the code of an audience, or the key of a compartment, was replaced."""

    name: AudienceName
    """Audience or compartment."""
    epoch: Annotated[int, Field(ge=1)]
    """1 for the first code; each replacement adds one."""
    reason: Line
    """Why it was replaced."""


class Suspension(Record):
    """Somebody or something taken offline for now (002 §7.5.6, R-139)."""

    name: AudienceName
    """An audience; or `student:<id>`, a class, a level, or `school`: all three sites."""
    since: Day
    """From which day."""
    reason: Line
    """Why."""
    resumed: Day | None = None
    """From which day it is open again; a suspension that ended stays written down."""

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.resumed is None or day < self.resumed)


class Opening(Record):
    """An audience of an event that gets a code of its own: a class or a level."""

    name: AudienceName
    """`class:<year>:<class>` or `level:<level>`."""
    until: Day
    """The last day its code opens anything."""
    reason: Line
    """For which event."""


class Commission(Record):
    """A transition commission (003 §5.3): it reads what was put forward, and nothing else."""

    level: Literal["primary", "basic"]
    """The level that is being finished: `primary` (4→5) or `basic` (9→10)."""
    year: Year
    """The school year in which it is finished."""
    order: Line
    """The order that names its members."""
    members: tuple[Id, ...]
    """Who sits in it (ids from people.yml); each gets a card of their own."""
    until: Day
    """The last day their cards open anything."""

    @property
    def name(self) -> str:
        """What its members' cards have in common, and the compartment they open."""
        return f"commission:{self.level}:{self.year}"


class Access(FileRecord):
    """school/access.yml: no secrets, only numbers and dates."""

    opened: tuple[Opening, ...] = ()
    """Event codes."""
    commissions: tuple[Commission, ...] = ()
    """Transition commissions."""

    epochs: tuple[Epoch, ...] = ()
    """Codes and keys that were replaced."""
    suspended: tuple[Suspension, ...] = ()
    """Who and what was taken offline, the ended ones too."""

    @property
    def numbers(self) -> dict[str, int]:
        """Code or key -> its number; whatever is not named has the number 1."""
        return {epoch.name: epoch.epoch for epoch in self.epochs}

    @property
    def last_days(self) -> tuple[tuple[str, dt.date], ...]:
        """Every event's code and every commission, with the last day it opens anything."""
        opened = ((one.name, one.until) for one in self.opened)
        return (*opened, *((one.name, one.until) for one in self.commissions))

    def ended(self, name: str, last: dt.date) -> "Access":
        """The same, with an event's code or a commission that opens nothing after its last day."""
        opened, sitting = (
            tuple(
                one.model_copy(update={"until": min(one.until, last)}) if one.name == name else one
                for one in listed
            )
            for listed in (self.opened, self.commissions)
        )
        return self.model_copy(update={"opened": opened, "commissions": sitting})

    def stopped_on(self, day: dt.date) -> frozenset[str]:
        """Names of all that is suspended on a day."""
        return frozenset(one.name for one in self.suspended if one.holds_on(day))
