"""A student's entries -> what one audience may see of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.decide.table import Allowed, Thing, may_see
from generator.diagnostic import Text
from generator.model.edition import Confirmed, Fact, Reason, ShownEntry, ShownScan, State, Tier
from generator.model.entry import Entry, digest_entry
from generator.model.school import School, SchoolClass, level_of, year_of
from generator.model.student import Confirmation, Student
from generator.model.vocabulary import VOCABULARY_OF

_FACTS = (
    "form", "subject", "discipline", "event", "stage", "result", "standing", "role", "product",
    "technique", "organisation", "direction", "hours", "mentor", "programme", "authorship",
)  # fmt: skip
_TOLD: tuple[Tier, ...] = ("teacher", "class", "level")


@dataclass(frozen=True)
class Subject:
    """One student on one day: where they are, and what their consents allow."""

    school: School
    student: Student
    year: str
    room: SchoolClass
    allowed: Allowed
    duty: str
    """The order under which staff see portfolios."""

    def may(self, thing: Thing, tier: Tier) -> Reason | None:
        """Why `tier` may see this kind of thing of this student, or None."""
        return may_see(thing, tier, self.allowed, self.duty)


def show_entries(subject: Subject, tier: Tier) -> Iterator[ShownEntry]:
    """The entries this audience may see, the newest first, each with its reason."""
    entries = sorted(subject.student.entries, key=lambda e: (e.day or dt.date.min, e.id))
    for entry in reversed(entries):
        state, confirmation = settle(subject, entry)
        thing = thing_of(subject, entry, state)
        reason = subject.may(thing, tier)
        if reason:
            yield _show(subject, tier, entry, (state, confirmation, thing, reason))


def settle(subject: Subject, entry: Entry) -> tuple[State, Confirmation | None]:
    """Whether an entry is confirmed, computed from the newest decision about it (R-070, R-075)."""
    if entry.draft:
        return "draft", None
    decisions = subject.student.confirmations.confirmations
    last = next((c for c in reversed(decisions) if c.entry == entry.id), None)
    if last is None or not _was_appointed(subject.school, last):
        return "submitted", None
    fits = last.digest == digest_entry(entry, _digests(subject.school, entry))
    if last.state == "confirmed":
        return ("confirmed" if fits else "changed"), last
    if last.state == "returned" and not fits:
        return "submitted", None  # the family has answered: it waits for the teacher again
    return last.state, last


def thing_of(subject: Subject, entry: Entry, state: State) -> Thing:
    """The row of the table an entry stands in."""
    if state == "draft":
        return "draft"
    if state in ("returned", "disputed", "revoked"):
        return "unsettled"
    held = subject.school.settings.switches.unconfirmed == "hold"
    if held and not entry.scans and state != "confirmed":
        return "unsettled"
    grade = grade_at(subject, entry)
    carried = entry.id in subject.student.portfolio.choices.carried
    if grade and level_of(grade) != subject.room.level and not carried:
        return "earlier"
    return entry.visibility


def grade_at(subject: Subject, entry: Entry) -> int | None:
    """The student's grade when it happened; counted back where no class list of ours has them."""
    if not entry.day:
        return None
    year = year_of(entry.day)
    for listed in subject.school.years:
        if listed.year == year:
            for room in listed.classes:
                if subject.student.id in room.students:
                    return room.grade
    counted = subject.room.grade - (int(subject.year[:4]) - int(year[:4]))
    return counted if 1 <= counted <= 11 else None


def _show(
    subject: Subject,
    tier: Tier,
    entry: Entry,
    seen: tuple[State, Confirmation | None, Thing, Reason],
) -> ShownEntry:
    state, confirmation, thing, reason = seen
    own = tier in ("family", "teacher", "staff")
    note = confirmation.note if confirmation and subject.may("note", tier) else None
    return ShownEntry(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        start=entry.period.start if entry.period else entry.date,
        end=entry.period.end if entry.period else None,
        year=year_of(entry.day) if entry.day else "",
        grade=grade_at(subject, entry),
        facts=tuple(_facts(subject.school, entry)),
        tags=tuple(_term(subject.school, "tags", tag) for tag in entry.tags),
        scans=tuple(_scans(subject.school, entry)),
        reflection=entry.reflection or "",
        why_it_matters=entry.why_it_matters or "",
        state=state,
        confirmed=_confirmed(subject.school, state, confirmation),
        note=note or "",
        seen_by=tuple(_others(subject, thing)) if own else (),
        reason=reason,
    )


def _others(subject: Subject, thing: Thing) -> Iterator[Tier]:
    if len(subject.student.record.households) > 1:
        yield "family"
    yield from (tier for tier in _TOLD if subject.may(thing, tier))


def _facts(school: School, entry: Entry) -> Iterator[Fact]:
    events = {event.id: event for event in school.events.events}
    event = events.get(entry.event or "")
    for name in _FACTS:
        value = getattr(entry, name, None)
        if name == "event":
            value = event and event.title
        elif name == "stage" and not value:
            value = event and event.stage
        elif name == "mentor":
            value = next((p.name for p in school.staff.people if p.id == value), None)
        if value:
            vocabulary = VOCABULARY_OF.get(f"{entry.kind}.{name}") or VOCABULARY_OF.get(name)
            if name == "stage":
                vocabulary = "stages"
            words = _term(school, vocabulary, value) if vocabulary else Text(f"{value}", f"{value}")
            yield Fact(name, words)


def _term(school: School, vocabulary: str, code: str) -> Text:
    terms = school.vocabularies[vocabulary].terms if vocabulary in school.vocabularies else ()
    found = next((term for term in terms if term.code == code), None)
    return Text(found.ru, found.en) if found else Text(code, code)


def _scans(school: School, entry: Entry) -> Iterator[ShownScan]:
    for scan in entry.scans:
        file = school.scans.get(f"{entry.file.rpartition('/')[0]}/{scan.file}")
        if file:
            document = _term(school, "documents", scan.document)
            yield ShownScan(file.path, file.digest, scan.description or "", document)


def _digests(school: School, entry: Entry) -> dict[str, str]:
    folder = entry.file.rpartition("/")[0]
    found = {scan.file: school.scans.get(f"{folder}/{scan.file}") for scan in entry.scans}
    return {name: file.digest for name, file in found.items() if file}


def _confirmed(school: School, state: State, confirmation: Confirmation | None) -> Confirmed | None:
    if state != "confirmed" or confirmation is None:
        return None
    name = next((p.name for p in school.staff.people if p.id == confirmation.by), "")
    return Confirmed(name, confirmation.on, confirmation.basis)


def _was_appointed(school: School, confirmation: Confirmation) -> bool:
    # only a person named in an order that was in force that day may confirm.
    person = next((p for p in school.staff.people if p.id == confirmation.by), None)
    order = person.order if person else None
    if order is None:
        return False
    return order.date <= confirmation.on and (order.until is None or confirmation.on <= order.until)
