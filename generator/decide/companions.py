"""An entry -> who else is in it and has not consented. What of it may not go on to an audience?

Default is deny: a name nobody knows, a student of no record or without a consent holds it back.
"""

from bisect import bisect_left
from collections.abc import Iterator

from generator.decide.granted import grant
from generator.decide.subject import Subject
from generator.decide.table import Sight, may_appear
from generator.model.entry import Companion
from generator.model.kinds import AnyEntry
from generator.model.shown import Tier
from generator.model.student import Student


def holding(subject: Subject, entry: AnyEntry, tier: Tier, sight: Sight) -> tuple[str, ...]:
    """Who is `named`, or `pictured`, in an entry and must not be before this audience."""
    if not entry.people or may_appear(sight, tier, None):
        return ()
    return tuple(
        _called(subject, one)
        for one in entry.people
        if sight in _sights(entry, one) and not _may_appear(subject, one, tier, sight)
    )


def _sights(entry: AnyEntry, one: Companion) -> Iterator[Sight]:
    if one.how != "pictured":
        yield "named"
    # Nobody is seen under a mask; that there is one has to be true.
    if one.how != "named" and not (one.masked and any(scan.mask for scan in entry.scans)):
        yield "pictured"


def _may_appear(subject: Subject, one: Companion, tier: Tier, sight: Sight) -> bool:
    if one.student is None:
        return bool(one.name and one.consent)
    if one.student == subject.student.id:
        return True
    other = _find(subject, one.student)
    if other is None or (other.record.left and other.record.left <= subject.today):
        return False
    granted = grant(subject.school, other, subject.today)
    return may_appear(sight, tier, (granted.allowed, granted.covered))


def _called(subject: Subject, one: Companion) -> str:
    """As the family may know them: of a student of another class an id should not tell more."""
    other = _find(subject, one.student or "")
    if other is None:
        return one.name or one.student or ""
    return f"{other.record.name.given} {other.record.name.surname[0]}."


def _find(subject: Subject, student: str) -> Student | None:
    students = subject.school.students  # sorted by id, and asked again and again
    at = bisect_left(students, student, key=lambda one: one.id)
    return students[at] if at < len(students) and students[at].id == student else None
