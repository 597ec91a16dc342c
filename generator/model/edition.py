"""What some audiences may see: one student, already reduced, each thing with its reason."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text
from generator.model.about import About
from generator.model.seen import Seen
from generator.model.shown import (
    Coverage,
    Exhibit,
    Level,
    MovingUp,
    Reason,
    ShownEntry,
    ShownGoal,
    ShownInterests,
    ShownMark,
    ShownPackage,
    ShownProfile,
    ShownRequest,
    ShownResults,
    ShownReview,
    ShownSelf,
    ShownYear,
    Signed,
    Tier,
    Waiting,
    Withdrawn,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One student as some audiences may see them. `path` is its logical path, never published."""

    path: str
    tier: Tier
    level: Level
    compartments: tuple[str, ...]
    """Whoever holds the key of one of these may read it, e.g. `child:belova-anna/family`."""
    student: str
    name: str
    """The name as these audiences may know it."""
    year: str
    class_id: str
    class_title: str
    grade: int
    motto: str
    about: str
    palette: str
    chapters: Literal["year", "kind"]
    """How entries are put into chapters."""
    cover: str
    """Key of the cover scan, or empty."""
    highlights: tuple[str, ...]
    sections: tuple[str, ...] = ()
    """Sections that the student wants first, in this order."""
    arranged: Signed | None = None
    """The class teacher with whom their order was found; family and staff only (R-034)."""
    entries: tuple[ShownEntry, ...] = ()
    """Newest first."""
    goals: tuple[ShownGoal, ...] = ()
    profile: ShownProfile | None = None
    """Grades 5-11 only."""
    years: tuple[ShownYear, ...] = ()
    """Looking back, the newest first."""
    selves: tuple[ShownSelf, ...] = ()
    interests: tuple[ShownInterests, ...] = ()
    """The earliest first."""
    reviews: tuple[ShownReview, ...] = ()
    results: tuple[ShownResults, ...] = ()
    """Personal, meta-subject, subject."""
    requests: tuple[ShownRequest, ...] = ()
    moving_up: MovingUp | None = None
    """Grade 4 only; family and class teacher only (R-043)."""
    missing: tuple[str, ...] = ()
    """Names of what this level usually has and this portfolio has not; family and class teacher
    only (R-041)."""
    quiet_since: dt.date | None = None
    """The day of the newest entry when it is long ago; family and class teacher only (R-039)."""
    exhibits: tuple[Exhibit, ...] = ()
    """Works that hang in the exhibition of a class or a level; of nobody else's edition."""
    coverage: Coverage | None = None
    """What it has not yet; class teacher and staff only (R-058)."""
    waiting: tuple[Waiting, ...] = ()
    """What waits for a member of staff; class teacher and staff only."""
    package: ShownPackage | None = None
    """What was put forward at a transition; grades 4 and 9 only (003 §5.3)."""
    withdrawn: Withdrawn | None = None
    """The consent that was taken back; family and staff only (R-143)."""
    marks: tuple[ShownMark, ...] = ()
    state_register: str = ""
    people: tuple[str, ...] = ()
    """Ids of other students whom it may name, as they have consented; of a page for everybody
    only."""
    reason: Reason


@dataclass(frozen=True)
class Holder:
    """An audience that holds a card, and what its keyring opens."""

    audience: str
    """e.g. `family:belova-anna/mama`, `teacher:orlova`, `staff:primary`."""
    tier: Tier
    level: Level
    title: str
    """For whom the card is, e.g. «Белова Анна, 4 «А» — Мама»."""
    epoch: int
    compartments: tuple[str, ...]
    home: str
    """Logical path of the first page after unlocking."""
    menu: tuple[tuple[Text, str], ...]
    """Label and logical path of the pages in this holder's menu."""
    by_link: bool
    """Whether its card may bear a QR link (staff: words only, access.md D10)."""
    elsewhere: bool = False
    """Whether a brother or sister is on another level, whose site this card does not open."""


@dataclass(frozen=True)
class Session:
    """What a transition commission works by: the order that names it, its year and last day."""

    order: str
    year: str
    until: dt.date


@dataclass(frozen=True)
class Led:
    """A class, its page, and who leads it; of a home of those on duty."""

    id: str
    title: Text
    path: str
    teacher: str
    year: str
    """The school year of the day."""


@dataclass(frozen=True)
class Home:
    """The first page of an audience, or a roster: editions to choose from."""

    path: str
    tier: Tier
    level: Level
    compartments: tuple[str, ...]
    title: Text
    editions: tuple[str, ...]
    """Logical paths of the editions listed, in their order."""
    homes: tuple[tuple[Text, str], ...]
    """Further homes one may go to: label and logical path."""
    session: Session | None = None
    """Of a commission's home: by which order and until when it reads."""
    led: tuple[Led, ...] = ()
    """The classes that those on duty answer for."""

    @property
    def is_of_one(self) -> bool:
        """Whether it can only ever list one student: a child's family that shares no home."""
        return self.path.startswith("family/")


@dataclass(frozen=True)
class Decision:
    """Everything granted on one level: past this point nothing else exists."""

    level: Level
    site: str
    school: str
    language: Literal["ru", "en"]
    address: str
    """Where the site will stand, with the final slash; empty when not known."""
    editions: tuple[Edition, ...]
    homes: tuple[Home, ...]
    holders: tuple[Holder, ...]
    epochs: tuple[tuple[str, int], ...]
    """Compartments whose key was replaced, with their epoch; all others are at 1."""
    seen: tuple[Seen, ...] = ()
    """Who sees what of each student."""
    about: About | None = None
    """None only where nothing is granted: the locked page is made of such a decision."""
    notice: About | None = None
    """As much of it as anybody may read; None with it."""


@dataclass(frozen=True)
class Share:
    """What of one student is granted on a level: a decision is put together of these."""

    student: str
    editions: tuple[Edition, ...]
    seen: tuple[Seen, ...]
    """Who sees what of this student."""
    homes: tuple[Home, ...]
    """Where these editions are listed; of each list these alone."""
