"""School + date -> decisions. Asks: who may see what, and why?

Default is deny. Past this room what was not granted does not exist.
"""

import datetime as dt
from collections.abc import Iterator

from generator.decide.audiences import Floor, find_holders, find_homes
from generator.decide.entries import Subject, show_entries
from generator.decide.table import TABLE, Thing, allowed_by, may_see
from generator.decide.words import private_words
from generator.diagnostic import Text
from generator.model.edition import (
    Decision,
    Edition,
    Reason,
    ShownEntry,
    ShownGoal,
    ShownMark,
    ShownReview,
    Tier,
)
from generator.model.school import Level, School, SchoolClass, year_of

__all__ = ["TABLE", "Thing", "allowed_by", "decide", "may_see", "private_words"]

_TIERS: tuple[Tier, ...] = ("family", "teacher", "class", "level")


def decide(school: School, level: Level, today: dt.date) -> Decision:
    """Everything that is granted on one level today, and to whom."""
    floor = _floor(school, level, today)
    editions = tuple(
        edition
        for subject in floor.subjects
        for tier in _TIERS
        if (edition := _edition(subject, tier))
    )
    homes = tuple(find_homes(floor, editions))
    sealed = {name for edition in editions for name in edition.compartments}
    sealed |= {name for home in homes for name in home.compartments}
    return Decision(
        level=level,
        site=school.settings.site,
        school=school.settings.name,
        language=school.settings.language,
        address=getattr(school.settings.hosting, level) or "",
        editions=editions,
        homes=homes,
        holders=tuple(find_holders(floor)),
        epochs=tuple((e.name, e.epoch) for e in school.access.epochs if e.name in sealed),
    )


def _floor(school: School, level: Level, today: dt.date) -> Floor:
    year = year_of(today)
    listed = (room for years in school.years if years.year == year for room in years.classes)
    here = (room for room in listed if room.level == level)
    rooms = tuple(sorted(here, key=lambda room: (room.grade, room.id)))
    subjects = tuple(s for room in rooms for s in _subjects(school, room, today))
    return Floor(school, level, today, year, rooms, subjects)


def _subjects(school: School, room: SchoolClass, today: dt.date) -> Iterator[Subject]:
    order = school.settings.regulation.order
    duty = f"приказ № {order.number} от {order.date:%d.%m.%Y}"
    signs_from = school.settings.switches.student_signs_from
    mine = [student for student in school.students if student.id in room.students]
    for student in sorted(mine, key=lambda s: (s.record.name.surname, s.record.name.given)):
        consents, born = student.consents.consents, student.record.born
        allowed = allowed_by(consents, born, signs_from, today)
        has_left = student.record.left and student.record.left <= today
        if allowed and not has_left:
            yield Subject(school, student, year_of(today), room, allowed, duty)


def _edition(subject: Subject, tier: Tier) -> Edition | None:
    whole = subject.may("family", tier)
    about = subject.may(subject.student.portfolio.about.visibility, tier)
    entries = tuple(show_entries(subject, tier))
    goals = tuple(_goals(subject, tier))
    reviews = tuple(_reviews(subject, tier, entries))
    granted = [t.reason for t in entries] + [t.reason for t in goals] + [t.reason for t in reviews]
    reason = whole or about or next(iter(granted), None)
    if reason is None:
        return None
    portfolio, room = subject.student.portfolio, subject.room
    shown = {entry.id for entry in entries}
    return Edition(
        path=f"student/{subject.student.id}/{tier}",
        tier=tier,
        level=room.level,
        compartments=_compartments(subject, tier),
        student=subject.student.id,
        name=_name(subject, tier),
        year=subject.year,
        class_id=room.id,
        class_title=room.title,
        grade=room.grade,
        motto=(about and portfolio.about.motto) or "",
        about=(about and portfolio.about.text) or "",
        palette=portfolio.design.palette,
        cover=_cover(subject, entries),
        highlights=tuple(one for one in portfolio.choices.highlights if one in shown),
        entries=entries,
        goals=goals,
        reviews=reviews,
        marks=tuple(_marks(subject, tier)),
        state_register=_state_register(subject, tier),
        reason=reason,
    )


def _compartments(subject: Subject, tier: Tier) -> tuple[str, ...]:
    student, room = subject.student.id, subject.room
    readers: dict[Tier, tuple[str, ...]] = {
        "family": (f"child:{student}/family",),
        "teacher": (f"child:{student}/teacher", f"staff:{room.level}"),
        "class": (f"class:{subject.year}:{room.id}/shared",),
        "level": (f"level:{room.level}/shared",),
    }
    return readers[tier]


def _name(subject: Subject, tier: Tier) -> str:
    # The wider the audience, the less of the name (domain.md: a name as this audience may know it).
    name = subject.student.record.name
    if tier == "level":
        return f"{name.given} {name.surname[0]}."
    return f"{name.given} {name.surname}"


def _cover(subject: Subject, entries: tuple[ShownEntry, ...]) -> str:
    chosen = subject.student.portfolio.design.cover
    scans = next((entry.scans for entry in entries if entry.id == chosen), ())
    return scans[0].digest if scans else ""


def _goals(subject: Subject, tier: Tier) -> Iterator[ShownGoal]:
    for goal in subject.student.portfolio.goals:
        reason = subject.may(goal.visibility, tier)
        if reason:
            yield ShownGoal(goal.statement, goal.year, goal.steps, goal.state, reason)


def _reviews(
    subject: Subject, tier: Tier, entries: tuple[ShownEntry, ...]
) -> Iterator[ShownReview]:
    shown = {entry.id for entry in entries}
    for review in subject.student.reviews.reviews:
        thing: Thing = "private-words" if review.private else review.visibility
        reason = subject.may(thing, tier)
        # Words about an entry that this audience may not see would tell that there is one.
        if reason and (review.entry is None or review.entry in shown):
            kind = _review_kind(subject.school, review.kind)
            yield ShownReview(
                kind, review.author, review.on, review.text, review.entry or "", reason
            )


def _review_kind(school: School, code: str) -> Text:
    terms = school.vocabularies["reviews"].terms if "reviews" in school.vocabularies else ()
    return next((Text(t.ru, t.en) for t in terms if t.code == code), Text(code, code))


def _marks(subject: Subject, tier: Tier) -> Iterator[ShownMark]:
    reason: Reason | None = subject.may("mark", tier)
    if reason:
        for mark in subject.student.results.results:
            yield ShownMark(mark.subject, mark.period, mark.year, mark.mark, reason)


def _state_register(subject: Subject, tier: Tier) -> str:
    listed = subject.student.record.state_register
    return listed.decision if listed and subject.may("state-register", tier) else ""
