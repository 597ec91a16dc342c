"""Who may see what, as people write it: the visibility ladder, consents, access."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.record import Day, FileRecord, Id, Line, Record

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


class Consents(FileRecord):
    """records/<student>/consent.yml"""

    consents: tuple[Consent, ...] = ()
    """Every consent ever given, the withdrawn ones too."""


class Epoch(Record):
    """How many times the code of an audience, or the key of a compartment, was replaced."""

    name: AudienceName
    """Audience or compartment."""
    epoch: Annotated[int, Field(ge=1)]
    """1 for the first code; each replacement adds one."""
    reason: Line
    """Why it was replaced."""


class Suspension(Record):
    """An audience that opens nothing for now (002 §7.5.6)."""

    name: AudienceName
    """Audience."""
    since: Day
    """From which day."""
    reason: Line
    """Why."""


class Opening(Record):
    """An audience of an event that gets a code of its own: a class or a level."""

    name: AudienceName
    """`class:<year>:<class>` or `level:<level>`."""
    until: Day
    """The last day its code opens anything."""
    reason: Line
    """For which event."""


class Access(FileRecord):
    """school/access.yml: no secrets, only numbers and dates."""

    opened: tuple[Opening, ...] = ()
    """Event codes."""

    epochs: tuple[Epoch, ...] = ()
    """Codes and keys that were replaced."""
    suspended: tuple[Suspension, ...] = ()
    """Audiences taken offline."""
