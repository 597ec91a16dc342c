"""School + class or student + day -> papers to print. Who signs what, and by which law?

A paper for consent is needed before there is any: it holds a name and nothing of a portfolio.
"""

import datetime as dt
from collections.abc import Iterator

from generator.decide.about import find_bases
from generator.model.forms import Forms, Signatory
from generator.model.school import School, SchoolClass, year_of
from generator.model.student import Student

BLANK = "blank"
_PROCESSING = ("law-152-2006",)
_DISTRIBUTION = ("law-152-2006", "order-18-2021")
_LAST_GRADES = {"primary": 4, "basic": 9, "senior": 11}


def make_forms(school: School, whom: str, today: dt.date) -> Forms | None:
    """The papers of class or student `whom`, or blank ones; None when there is nobody of that
    name."""
    signatories = (_NOBODY,) if whom == BLANK else tuple(_signatories(school, whom, today))
    if not signatories:
        return None
    settings, hosting = school.settings, school.settings.hosting
    acts = (school.acts.get(code) for code in _DISTRIBUTION)
    return Forms(
        school=settings.name,
        regulation=settings.regulation.title,
        addresses=tuple(a for a in (hosting.primary, hosting.basic, hosting.senior) if a),
        signs_from=settings.switches.student_signs_from,
        year_ends=_end_of(today, 0),
        public=settings.switches.open_information,
        processing=tuple(find_bases(school, _PROCESSING, today)),
        distribution=tuple(find_bases(school, _DISTRIBUTION, today)),
        checked=min((act.checked for act in acts if act), default=None),
        signatories=signatories,
    )


_NOBODY = Signatory("", "", (), student_signs=False, level_ends=None)


def _signatories(school: School, whom: str, today: dt.date) -> Iterator[Signatory]:
    listed = (room for years in school.years if years.year == year_of(today)
              for room in years.classes)  # fmt: skip
    for room in sorted(listed, key=lambda room: (room.grade, room.id)):
        members = [one for one in school.students if one.id in room.students]
        for one in sorted(members, key=lambda s: (s.record.name.surname, s.record.name.given)):
            has_left = one.record.left and one.record.left <= today
            if whom in (room.id, one.id) and not has_left:
                yield _signatory(school, one, room, today)


def _signatory(school: School, student: Student, room: SchoolClass, today: dt.date) -> Signatory:
    record, name = student.record, student.record.name
    grown = record.age_on(today) >= school.settings.switches.student_signs_from
    return Signatory(
        child=" ".join(part for part in (name.surname, name.given, name.patronymic) if part),
        class_title=room.title,
        representatives=tuple(one.name for one in record.representatives),
        student_signs=grown,
        level_ends=_end_of(today, _LAST_GRADES[room.level] - room.grade),
    )


def _end_of(today: dt.date, years: int) -> dt.date:
    """The last day of the school year after so many years."""
    return dt.date(int(year_of(today)[:4]) + 1 + years, 8, 31)
