"""School + date -> decisions. Asks: who may see what, and why?

Default is deny. Past this room what was not granted does not exist.
"""

import datetime as dt
from collections.abc import Iterator

from generator.decide.about import tell_about
from generator.decide.audiences import Floor, find_holders, find_homes
from generator.decide.editions import find_editions
from generator.decide.granted import grant
from generator.decide.subject import Subject
from generator.decide.table import TABLE, Thing, allowed_by, may_see
from generator.decide.words import private_words
from generator.model.edition import Decision
from generator.model.school import Level, School, SchoolClass, year_of

__all__ = ["TABLE", "Thing", "allowed_by", "decide", "may_see", "private_words"]


def decide(school: School, level: Level, today: dt.date) -> Decision:
    """Everything that is granted on one level today, and to whom."""
    floor = _floor(school, level, today)
    editions = tuple(one for subject in floor.subjects for one in find_editions(subject))
    homes = tuple(find_homes(floor, editions))
    about = tell_about(school, level, floor.rooms, today)
    sealed = {name for edition in editions for name in edition.compartments}
    sealed |= {name for home in homes for name in home.compartments} | {*about.compartments}
    return Decision(
        level=level,
        site=school.settings.site,
        school=school.settings.name,
        language=school.settings.language,
        address=getattr(school.settings.hosting, level) or "",
        editions=editions,
        homes=homes,
        about=about,
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
    mine = [student for student in school.students if student.id in room.students]
    for student in sorted(mine, key=lambda s: (s.record.name.surname, s.record.name.given)):
        granted = grant(school, student, today)
        has_left = student.record.left and student.record.left <= today
        if granted.allowed and not has_left:
            yield Subject(school, student, today, room, granted, duty)
