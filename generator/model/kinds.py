"""The kinds of entry, a union by `kind` (R-003 … R-022); what a confirmation is bound to."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from generator.model.entry import Act, EntryBase, Hours, Measure, Result, Stage
from generator.model.record import Day, From, Id, Line, Prose, Record, Word


class Study(EntryBase):
    """Study result or exam, in words: marks stand in results.yml only (R-005, R-016, R-062)."""

    kind: Literal["study"]
    """Kind of entry."""
    form: Annotated[Word, From("study-forms")]
    """subject, meta-subject, current, interim, state-exam, cognitive …"""
    subject: Line | None = None
    """School subject."""
    assessment: Annotated[Word, From("assessments")] | None = None
    """Internal or external assessment it comes from (R-016)."""
    accounting: Annotated[Word, From("accounting")] | None = None
    """Stage of accounting: current, interim, final (R-017)."""
    exam: Annotated[Word, From("exams")] | None = None
    """State exam or all-Russian work, when it is one."""
    outcome: Prose | None = None
    """Result in words, as the teacher chose to say it."""
    measures: tuple[Measure, ...] = ()
    """What was measured again and again, of one's own (R-038)."""


class Project(EntryBase):
    """Project or research (R-005, R-014)."""

    kind: Literal["project"]
    """Kind of entry."""
    form: Annotated[Word, From("project-forms")]
    """project, research …"""
    subject: Line | None = None
    """Subject or field."""
    role: Line | None = None
    """What I did in it."""
    product: Line | None = None
    """What came out."""
    mentor: Id | None = None
    """The teacher who helped (id from school/people.yml)."""
    stage: Stage | None = None
    """Level of the conference where it was shown, when it is not in the register of events."""
    result: Result | None = None
    """Result there; left out for participation."""


class Contest(EntryBase):
    """Olympiad or contest (R-006, R-014)."""

    kind: Literal["contest"]
    """Kind of entry."""
    form: Annotated[Word, From("contest-forms")]
    """olympiad, intellectual, creative, professional."""
    subject: Line | None = None
    """School subject or field."""
    round: Annotated[Word, From("rounds")] | None = None
    """Round of an olympiad in several rounds."""
    stage: Stage | None = None
    """Level of the event (R-015) when it is not in the register of events."""
    result: Result | None = None
    """Result; left out for participation (R-007)."""
    standing: Line | None = None
    """Place as written in the document, free text (R-062)."""


class Sport(EntryBase):
    """Sport (R-006)."""

    kind: Literal["sport"]
    """Kind of entry."""
    discipline: Line
    """Kind of sport."""
    stage: Stage | None = None
    """Level of the event when it is not in the register of events."""
    result: Result | None = None
    """Result; left out for participation."""
    champion: Annotated[Word, From("champions")] | None = None
    """Status of a champion or prize-winner of the games and championships the clause names."""
    measures: tuple[Measure, ...] = ()
    """What was measured again and again, of one's own (R-038)."""


class Gto(EntryBase):
    """Sign of the complex «Готов к труду и обороне» (R-006)."""

    kind: Literal["gto"]
    """Kind of entry."""
    scheme: Annotated[Word, From("gto-schemes")]
    """gto18 from 23 March 2023 on, gto11 before; old signs are never recomputed."""
    step: Annotated[int, Field(ge=1, le=18)]
    """Step (ступень)."""
    sign: Annotated[Word, From("gto-signs")] | None = None
    """gold, silver, bronze; left out when norms were tried without a sign."""
    order: Act | None = None
    """The order that awards the sign."""
    measures: tuple[Measure, ...] = ()
    """What was measured again and again, of one's own (R-038)."""


class Activity(EntryBase):
    """Extra-curricular programme of the school (внеурочная деятельность, R-004)."""

    kind: Literal["activity"]
    """Kind of entry."""
    direction: Annotated[Word, From("activity-directions")] | None = None
    """Direction of extra-curricular work."""
    leader: Line | None = None
    """Who leads it."""
    hours: Hours | None = None
    """Hours."""
    measures: tuple[Measure, ...] = ()
    """What was measured again and again, of one's own (R-038)."""


class Course(EntryBase):
    """Additional or pre-professional programme: circle, section, art school (R-004)."""

    kind: Literal["course"]
    """Kind of entry."""
    organisation: Line
    """Where."""
    direction: Annotated[Word, From("directions")] | None = None
    """Direction of additional education."""
    hours: Hours | None = None
    """Hours, as in the certificate."""
    measures: tuple[Measure, ...] = ()
    """What was measured again and again, of one's own (R-038)."""


class Training(EntryBase):
    """Vocational training (профессиональное обучение, R-003, R-004)."""

    kind: Literal["training"]
    """Kind of entry."""
    organisation: Line
    """Where."""
    profession: Line
    """Profession or post, as in the attestation."""
    qualification: Line | None = None
    """Class or category given, as written."""
    hours: Hours | None = None
    """Hours."""


class Practice(EntryBase):
    """Practice, professional try-out, internship (R-014)."""

    kind: Literal["practice"]
    """Kind of entry."""
    organisation: Line
    """Where."""
    role: Line | None = None
    """What I did."""
    leader: Line | None = None
    """Who led it."""
    hours: Hours | None = None
    """Hours."""


class Government(EntryBase):
    """Student self-government (R-009)."""

    kind: Literal["government"]
    """Kind of entry."""
    body: Line
    """Council, headquarters, club …"""
    role: Line
    """Duty or role."""


class Volunteering(EntryBase):
    """Volunteering (R-009)."""

    kind: Literal["volunteering"]
    """Kind of entry."""
    organisation: Line
    """For whom."""
    role: Line | None = None
    """What I did."""
    hours: Hours | None = None
    """Hours, as in the volunteer's book."""


class Creative(EntryBase):
    """Creative work (R-019, R-020)."""

    kind: Literal["creative"]
    """Kind of entry."""
    form: Annotated[Word, From("creative-forms")]
    """drawing, craft, literary, music, photo, video, computer, model …"""
    technique: Line | None = None
    """Material or technique."""
    carrier: Annotated[Word, From("carriers")] | None = None
    """How it is kept when it is not a single sheet: album, presentation, film … (R-020)"""
    part: Line | None = None
    """My part, when it was made in a group (R-019)."""
    text: Prose | None = None
    """The work itself, when it is made of words: a poem, a story (R-116)."""


class Series(EntryBase):
    """Works in one area that show progress (002 §2, R-022)."""

    kind: Literal["series"]
    """Kind of entry."""
    area: Line
    """What they are about."""
    works: tuple[Id, ...]
    """Ids of the student's own entries, the earliest first."""
    change: Prose | None = None
    """What has changed between the first and the last, in the student's words."""


class Reward(EntryBase):
    """Reward (поощрение): for what, by whom, by which order (R-018)."""

    kind: Literal["reward"]
    """Kind of entry."""
    form: Annotated[Word, From("reward-forms")]
    """prize, diploma, gift, public approval …"""
    sphere: Annotated[Word, From("spheres")]
    """For success in what: study, sport, social, science, creative …"""
    given_by: Line
    """Who rewarded."""
    order: Act | None = None
    """The order or decision."""
    entries: tuple[Id, ...] = ()
    """Entries it was given for."""


class Application(Record):
    """The family's will that a result from elsewhere is taken in (000 §5.1, R-122)."""

    form: Literal["oral", "written"]
    """How it was said."""
    date: Day
    """When."""
    by: Literal["student", "parent", "both"]
    """Whose will."""


class External(EntryBase):
    """A result from another organisation (000 §5.1); whether the school credits it stands in
    confirmations.yml."""

    kind: Literal["external"]
    """Kind of entry."""
    organisation: Line
    """Where."""
    subject: Line | None = None
    """Subject, course or module."""
    application: Application
    """The will of the student or the parents."""
    hours: Hours | None = None
    """Hours."""


class FreePage(EntryBase):
    """A page of one's own (003 §5.1, R-032)."""

    kind: Literal["page"]
    """Kind of entry."""
    category: Annotated[Word, From("page-categories")]
    """What it is about (R-013)."""
    text: Prose
    """The page."""


class GroupWork(EntryBase):
    """A collective's achievement in a member's portfolio; written in collectives.yml (R-021)."""

    kind: Literal["group"]
    """Kind of entry."""
    collective: Line
    """Name of the collective."""
    role: Line
    """What this member did."""
    stage: Stage | None = None
    """Level of the event."""
    result: Result | None = None
    """Result; left out for participation."""


Entry = Annotated[
    Study | Project | Contest | Sport | Gto | Activity | Course | Training | Practice
    | Government | Volunteering | Creative | Series | Reward | External | FreePage,
    Field(discriminator="kind"),
]  # fmt: skip
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
AnyEntry = Entry | GroupWork
"""Whatever may stand in a portfolio."""
KINDS: Mapping[str, type[EntryBase]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Entry)[0])
}
"""`kind` -> its model, of every kind that stands in a folder of its own."""

# Whatever may show somebody more than the teacher saw, or claim something else, is bound: who else
# is there, every mask, how large a scan hangs and whether a copy may be taken. A mask put on later
# asks for the teacher too: it may cover the very line that was confirmed, and to move one is to put
# one on and to take one away. What is not bound, and why:
NOT_CONFIRMED = frozenset(
    {
        "visibility",  # to whom is the family's choice; the consent on paper caps it, not a teacher
        "draft",  # only takes away; what comes back is what was confirmed
        "reflection",  # the child's own voice: nobody confirms it, a consent for `words` carries it
        "why_it_matters",  # the same
        "original",  # on which shelf the paper lies: family and staff read it, nobody else
    }
)
# The child's own voice is frozen with the rest: the commission reads it as it was put forward.
NOT_FROZEN = frozenset(
    {
        "visibility",  # a commission reads what was put forward, whoever else sees it
        "draft",  # a draft is not put forward at all (decide/package.py)
        "original",  # a commission never reads this
        "application",  # nor this
    }
)


def digest_entry(entry: EntryBase, scans: Mapping[str, str]) -> str:
    """What a confirmation is bound to: 64 hex digits over the entry's facts and its scans.

    `scans` maps each scan's file name to the SHA-256 of its bytes (R-075).
    """
    return _digest(entry, scans, NOT_CONFIRMED)


def digest_frozen(entry: EntryBase, scans: Mapping[str, str]) -> str:
    """What a package holds fast: the entry's facts and scans, and the student's words about it."""
    words = {
        name: " ".join(getattr(entry, name).split())
        for name in ("reflection", "why_it_matters", "text", "outcome", "change")
        # An editor may break the lines of a text otherwise: the words are the same.
        if getattr(entry, name, None)
    }
    return _digest(entry.model_copy(update=words), scans, NOT_FROZEN)


def _digest(entry: EntryBase, scans: Mapping[str, str], without: frozenset[str]) -> str:
    # What is not there leaves no trace: a key the models learn later takes no confirmation away.
    facts = entry.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    files = [[scan.file, scans.get(scan.file, "")] for scan in entry.scans]
    text = json.dumps([facts, files], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
