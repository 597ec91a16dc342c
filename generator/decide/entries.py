"""A student's entries -> what one audience may see of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.decide.table import Allowed, Thing, may_see
from generator.diagnostic import Text
from generator.model.edition import Confirmed, Fact, Reason, ShownEntry, ShownScan, State, Tier
from generator.model.kinds import AnyEntry
from generator.model.school import School, SchoolClass, level_of, year_of
from generator.model.shared import entries_of
from generator.model.state import settle
from generator.model.student import Confirmation, Student
from generator.model.vocabulary import chosen

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
    whole = entries_of(subject.school, subject.student)
    entries = sorted(whole, key=lambda e: (e.day or dt.date.min, e.id))
    for entry in reversed(entries):
        state, confirmation = settle(subject.school, subject.student, entry)
        thing = thing_of(subject, entry, state)
        reason = subject.may(thing, tier)
        if reason:
            yield _show(subject, tier, entry, (state, confirmation, thing, reason))


def thing_of(subject: Subject, entry: AnyEntry, state: State) -> Thing:
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


def grade_at(subject: Subject, entry: AnyEntry) -> int | None:
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
    entry: AnyEntry,
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


def _facts(school: School, entry: AnyEntry) -> Iterator[Fact]:
    events = {event.id: event for event in school.events.events}
    event, lists = events.get(entry.event or ""), chosen(type(entry))
    for name in _FACTS:
        value = getattr(entry, name, None)
        if name == "event":
            value = event and event.title
        elif name == "stage" and not value:
            value = event and event.stage
        elif name == "mentor":
            value = next((p.name for p in school.staff.people if p.id == value), None)
        if value:
            vocabulary = "stages" if name == "stage" else lists.get(name)
            yield Fact(name, _words(school, vocabulary, value))


def _words(school: School, vocabulary: str | None, value: object) -> Text:
    if isinstance(value, tuple):
        said = [_words(school, vocabulary, one) for one in value]
        return Text(", ".join(one.ru for one in said), ", ".join(one.en for one in said))
    return _term(school, vocabulary, f"{value}") if vocabulary else Text(f"{value}", f"{value}")


def _term(school: School, vocabulary: str, code: str) -> Text:
    terms = school.vocabularies[vocabulary].terms if vocabulary in school.vocabularies else ()
    found = next((term for term in terms if term.code == code), None)
    return Text(found.ru, found.en) if found else Text(code, code)


def _scans(school: School, entry: AnyEntry) -> Iterator[ShownScan]:
    for scan in entry.scans:
        file = school.scans.get(f"{entry.file.rpartition('/')[0]}/{scan.file}")
        if file:
            document = _term(school, "documents", scan.document)
            what = scan.description or ""
            yield ShownScan(file.path, file.digest, what, document, scan.zoom, scan.download)


def _confirmed(school: School, state: State, confirmation: Confirmation | None) -> Confirmed | None:
    if state != "confirmed" or confirmation is None:
        return None
    name = next((p.name for p in school.staff.people if p.id == confirmation.by), "")
    return Confirmed(name, confirmation.on, confirmation.basis)
