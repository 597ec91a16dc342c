"""Signed papers -> consent.yml. What may be shown from now on, and to whom does it appear?"""

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path

from generator.check import check
from generator.curate.consents import file_of, put_consents, put_withdrawal, with_consents
from generator.curate.joining import Answers
from generator.curate.signed import COLUMNS, Signed, plan_signed
from generator.curate.table import Table, read_table
from generator.decide import decide
from generator.diagnostic import Diagnostic, Key
from generator.exposure import Change, compare, find_granted
from generator.flow.job import in_order
from generator.flow.roster import Desk
from generator.model.policy import Consent
from generator.model.school import LEVELS, School
from generator.model.student import Student

Given = tuple[tuple[str, Consent], ...]
"""Students' ids and their new consents."""


def read_papers(file: Path) -> Table:
    """The table of a list of papers; it stays where it is."""
    return read_table(file, COLUMNS)


def plan_papers(desk: Desk, table: Table, answers: Answers) -> Signed:
    """The consents that a list brings."""
    return plan_signed(desk.school, table, desk.rooms, answers)


def find_remarks(desk: Desk, given: Given) -> tuple[Diagnostic, ...]:
    """What `check` would say of these consents, were they written; of earlier ones nothing."""
    held = {file_of(one.id): len(one.consents.consents) for one in desk.school.students}
    files = {file_of(student) for student, _ in given}
    found = check(with_consents(desk.school, given), desk.today)
    mine = (one for one in found if one.place.file in files)
    new = (one for one in mine if _is_of(one.place.keys, held[one.place.file]))
    return tuple(sorted(new, key=in_order))


def _is_of(keys: Key, held: int) -> bool:
    """Whether a place is the whole list, or one that stands below those held already."""
    at = keys[1] if len(keys) > 1 else held
    return keys[:1] == ("consents",) and isinstance(at, int) and at >= held


def foresee(desk: Desk, given: Given) -> tuple[Change, ...]:
    """What whom comes to see, or sees no more, of everybody: a consent also decides whether others
    may show this child."""
    after = with_consents(desk.school, given)
    return tuple(
        change
        for level in LEVELS
        for change in compare(
            level,
            "",
            find_granted(decide(desk.school, level, desk.today)),
            find_granted(decide(after, level, desk.today)),
        ).changes
    )


def write_papers(desk: Desk, given: Given) -> tuple[str, ...]:
    """All of these consents written, or none; the files."""
    put_consents(desk.sheets, given)
    return _written(desk)


def withdrawn(student: Student, ids: Collection[str], day: dt.date) -> Given:
    """These consents of a student as they are after a withdrawal."""
    return tuple(
        (student.id, one.model_copy(update={"withdrawn": day}))
        for one in student.consents.consents
        if one.id in ids
    )


def write_withdrawal(
    desk: Desk, student: Student, ids: Collection[str], day: dt.date
) -> tuple[str, ...]:
    """The day of a withdrawal in these consents; the files."""
    put_withdrawal(desk.sheets, student, ids, day)
    return _written(desk)


def valid_on(student: Student, day: dt.date) -> tuple[Consent, ...]:
    """Consents that were not taken back yet, and have not ended on a day."""
    held = student.consents.consents
    return tuple(one for one in held if one.withdrawn is None and day <= one.until)


def is_silent(school: School, given: Iterable[tuple[str, Consent]], day: dt.date) -> bool:
    """Whether nothing at all may be kept of one of these students any more."""
    after, ids = with_consents(school, given), {student for student, _ in given}
    left = (valid_on(one, day) for one in after.students if one.id in ids)
    return any(not any(c.purpose == "processing" for c in held) for held in left)


def _written(desk: Desk) -> tuple[str, ...]:
    files = tuple(desk.sheets.changed)
    desk.sheets.write()
    return files
