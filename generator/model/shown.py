"""What an edition is made of: single things somebody may see, each with its reason."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text

Level = Literal["primary", "basic", "senior"]
Tier = Literal["family", "class", "level", "commission", "teacher", "staff", "public"]
State = Literal["draft", "submitted", "confirmed", "changed", "returned", "disputed", "revoked"]
Basis = Literal["own", "duty", "consent"]
What = Literal["submitted", "changed", "disputed", "returned", "countersign"]
NOTHING = Text("", "")


@dataclass(frozen=True)
class Reason:
    """Why something is in an edition: whose right it is, the paper behind it, until when."""

    basis: Basis
    paper: str
    until: dt.date | None = None
    consent: str = ""
    """Id of the consent, for the register; empty for a duty."""


@dataclass(frozen=True)
class Withdrawn:
    """A consent was taken back: since when, and the widest audience that may still see anything."""

    on: dt.date
    left: Literal["family", "class", "school", "public"]
    only_public: bool
    """Whether nothing but showing to everybody was taken back."""


@dataclass(frozen=True)
class Fact:
    """One line of facts: the field it comes from (`subject`, `given-by` …) and its words."""

    field: str
    words: Text


@dataclass(frozen=True)
class Rectangle:
    """A part of a page that nobody sees, in hundredths of the upright page."""

    page: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class ShownScan:
    """A scan this edition may show: path relative to the portfolios, SHA-256 of its bytes."""

    path: str
    digest: str
    description: str
    document: Text
    copy: bool = False
    """Whether it is a copy of a paper (R-077)."""
    paper: Text = NOTHING
    """What stands on the paper itself; family and staff only."""
    zoom: bool = False
    """Whether it may be looked at in 2400 pixels."""
    download: bool = False
    """Whether a clean copy of it may be downloaded."""
    cover: bool = False
    """Whether this edition begins with it."""
    masks: tuple[Rectangle, ...] = ()
    """What is covered on it, for every reader."""
    covered: str = ""
    """What for, when that was written."""

    @property
    def key(self) -> str:
        """What its pictures are kept under: its digest, or one of its digest and its masks."""
        if not self.masks:
            return self.digest
        return hashlib.sha256(repr((self.digest, self.masks)).encode()).hexdigest()


@dataclass(frozen=True)
class ShownMeasure:
    """Something of one student, measured again and again: nobody else's has a place here."""

    what: str
    unit: str
    taken: tuple[tuple[dt.date, str], ...]
    """The day and what came out, the earliest first."""


@dataclass(frozen=True)
class Signed:
    """Somebody's name under something, the day, and the duty of who signed (R-050)."""

    by: str
    on: dt.date
    role: Text = NOTHING


@dataclass(frozen=True)
class Confirmed:
    """Who confirmed an entry, when and on what basis."""

    by: str
    """Empty where names of grown-ups are not told."""
    on: dt.date
    basis: str
    """Family, staff and commission only."""
    copy_true: bool = False
    """«Копия верна»: its copies were compared with the originals."""
    countersigned: Signed | None = None
    """The deputy head's signature."""
    role: Text = NOTHING
    """The duty in which it was confirmed (R-050)."""


@dataclass(frozen=True)
class ShownEntry:
    """An entry this edition may show."""

    id: str
    kind: str
    kind_label: Text
    title: str
    start: dt.date | None
    end: dt.date | None
    lasting: bool
    """Whether it began on `start` and still goes on."""
    year: str
    """School year, e.g. 2025-26; empty when the entry bears no date."""
    grade: int | None
    """The student's grade in that year."""
    facts: tuple[Fact, ...]
    said: tuple[Fact, ...]
    """Texts in paragraphs that only this kind has: `text`, `outcome`, `change`."""
    links: tuple[str, ...]
    """Ids of entries it belongs to, shown here too: works of a series, what a reward was for."""
    tags: tuple[Text, ...]
    scans: tuple[ShownScan, ...]
    reflection: str
    why_it_matters: str
    state: State
    confirmed: Confirmed | None
    note: str
    """The teacher's kind reason when it was returned; family and staff only."""
    kept: Literal["", "archive", "school"]
    """Where it stays when it was not taken on to this level; family and staff only."""
    held: tuple[str, ...]
    """Who else is in its words without a consent: it is not shown on; family and staff only."""
    unpictured: tuple[str, ...]
    """Who else is in its pictures without one: they are not shown on; family and staff only."""
    decided: Text
    """Who decided to show it, and when; family and staff only."""
    seen_by: tuple[Tier, ...]
    """Who else sees it, told when all editions are made; family and staff only."""
    reason: Reason
    measures: tuple[ShownMeasure, ...] = ()
    waits_for_all: bool = False
    """Whether everybody will see it once it is confirmed as it stands; family and staff only."""

    @property
    def is_confirmable(self) -> bool:
        """Whether it stands with the confirmed or the others: what one wrote stands with none."""
        return self.state != "submitted" or self.kind not in ("page", "series")

    @property
    def tells_state(self) -> bool:
        """Whether its state is worth a word: a drawing without a paper claims nothing (R-071)."""
        claims = self.kind != "creative" or any(scan.copy for scan in self.scans)
        return self.is_confirmable and (claims or self.state != "submitted")


@dataclass(frozen=True)
class ShownGoal:
    """A goal, how it went, and the shown entries that prove it."""

    statement: str
    year: str
    steps: tuple[str, ...]
    state: str
    term: dt.date | None
    outcome: str
    evidence: tuple[str, ...]
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownResult:
    """One thing that entries speak of, and those entries."""

    words: Text
    entries: tuple[str, ...]
    code: str = ""
    """Of a word from a list: its code."""


@dataclass(frozen=True)
class ShownProfile:
    """The intended profile, and its subjects with the shown entries of each."""

    title: str
    subjects: tuple[ShownResult, ...]
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownInterests:
    """Interests of one year: those of the year shown before it, and new ones."""

    year: str
    stayed: tuple[str, ...]
    fresh: tuple[str, ...]
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownAnswer:
    """A question for this age and what the student said."""

    prompt: Text
    text: str


@dataclass(frozen=True)
class ShownYear:
    """Looking back on a school year."""

    year: str
    answers: tuple[ShownAnswer, ...]
    essay: str
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownSelf:
    """How the student sees an ability of their own: a picture sign, words, never a number."""

    year: str
    about: str
    sign: str
    """Code of the picture, or empty."""
    sign_label: Text
    words: str
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownReview:
    """Words of others, in their newest version."""

    kind: Text
    author: str
    on: dt.date
    text: str
    entry: str
    relation: str
    """Of a parent's testimonial: who the author is to the child."""
    activity: str
    """What was done under their lead or in their presence."""
    earlier: dt.date | None
    """The day of the first version, when this is a later one."""
    seen_by: tuple[Tier, ...]
    reason: Reason


@dataclass(frozen=True)
class ShownRequest:
    """What the student asked of a teacher, and how it stands; family and class teacher only."""

    to: str
    what: Text
    entry: str
    on: dt.date
    words: str
    state: Literal["waiting", "answered", "declined"]
    answer: str
    """The kind reason, when it was declined."""
    reason: Reason


@dataclass(frozen=True)
class ShownResults:
    """One of the three groups of results (R-011), in words with evidence, never a number."""

    code: str
    title: Text
    results: tuple[ShownResult, ...]
    balance: tuple[ShownResult, ...] = ()
    """All of the regulation's results, in its order; to the whole's readers also empty ones."""


@dataclass(frozen=True)
class MovingUp:
    """The draft of what one tells about oneself on moving up to grade 5 (003 §3.1.1)."""

    entries: tuple[str, ...]
    """The chosen works, then those taken on."""
    reached: tuple[str, ...]
    """Goals that were reached."""
    year: ShownAnswer | None
    """The first answer of the newest look back on a year."""
    reason: Reason


@dataclass(frozen=True)
class ShownPackage:
    """What was put forward at a transition, as it stood on the day it was frozen."""

    entries: tuple[str, ...]
    """In the student's order."""
    grade: int
    """The grade it leads to."""
    year: str
    frozen: Signed
    decided: Text
    """Who decided what is taken on, and when."""
    until: dt.date | None
    """The last day a commission reads it; None when no commission is at work."""
    reason: Reason


@dataclass(frozen=True)
class ShownMark:
    """A mark; family, class teacher and staff only."""

    subject: str
    period: str
    year: str
    mark: str
    reason: Reason


@dataclass(frozen=True)
class Exhibit:
    """A shown entry that hangs in the exhibition of those who see it, and in which hall (R-116)."""

    entry: str
    hall: str
    """Code of the hall."""
    title: Text
    """What the hall is called."""
    scans: tuple[str, ...]
    """Keys of the pictures that are the work itself; of a series its first and its last."""


@dataclass(frozen=True)
class Honour:
    """A shown entry for which its readers are told that the school thanks this year (R-115)."""

    entry: str
    event: Text
    """What the event is called; of an entry of no event, what its kind is."""
    on: dt.date | None = None
    """The day of the event."""


@dataclass(frozen=True)
class Ending:
    """A consent that ends soon: its last day, and what others stop seeing with it."""

    on: dt.date
    what: Literal["all", "others", "public"]
    """The whole portfolio, what is shown within the school, or only what everybody sees."""


@dataclass(frozen=True)
class Coverage:
    """What a portfolio has not yet; class teacher and staff only (R-058)."""

    missing: tuple[str, ...]
    """Names of what this level usually has."""
    results: tuple[Text, ...]
    """Personal results of which no entry speaks (R-011)."""
    quiet_since: dt.date | None
    """The day of the newest entry, when it is long ago (R-039)."""
    ending: Ending | None
    reason: Reason


@dataclass(frozen=True)
class Waiting:
    """A shown entry that waits: for what, since when, and whether for more than two weeks."""

    what: What
    entry: str
    since: dt.date | None
    overdue: bool
