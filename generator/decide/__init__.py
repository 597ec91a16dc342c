"""School + date -> decisions. Asks: who may see what, and why?

Default is deny. Past this room what was not granted does not exist.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from generator.decide.about import tell_about
from generator.decide.audiences import Floor, commission_of, find_holders
from generator.decide.compartments import of_family
from generator.decide.editions import find_editions
from generator.decide.granted import grant
from generator.decide.homes import find_homes
from generator.decide.seen import look_back, open_doors
from generator.decide.subject import Subject
from generator.decide.table import TABLE, Thing, allowed_by, may_see
from generator.decide.words import private_words
from generator.model.edition import Decision
from generator.model.names import Names
from generator.model.published import Card, Rings
from generator.model.school import Level, School, SchoolClass, year_of
from generator.model.student import Student
from generator.model.told import names_of

__all__ = ["TABLE", "Thing", "allowed_by", "decide", "find_rings", "may_see", "private_words"]


def decide(school: School, level: Level, today: dt.date) -> Decision:
    """Everything that is granted on one level today, and to whom."""
    if {"school", f"level:{level}"} & school.access.stopped_on(today):
        return _nothing(school, level)
    floor = _floor(school, level, today)
    cards = tuple(find_holders(floor))
    found = [look_back(one, tuple(find_editions(one)), cards) for one in floor.subjects]
    editions = tuple(edition for mine, _ in found for edition in mine)
    seen = tuple(page for _, pages in found for page in pages)
    holders, homes = open_doors(cards, tuple(find_homes(floor, editions)), seen)
    about = tell_about(school, level, floor.rooms, today)
    sealed = {name for edition in editions for name in edition.compartments}
    sealed |= {name for home in homes for name in home.compartments} | {*about.compartments}
    return replace(
        _nothing(school, level),
        editions=editions,
        homes=homes,
        seen=seen,
        about=about,
        holders=holders,
        epochs=tuple((e.name, e.epoch) for e in school.access.epochs if e.name in sealed),
    )


def find_rings(school: School, level: Level, today: dt.date) -> Rings:
    """Who holds the key of whatever may be sealed on a level today; found without any page."""
    held: defaultdict[str, set[Card]] = defaultdict(set)
    if not {"school", f"level:{level}"} & school.access.stopped_on(today):
        floor = _floor(school, level, today)
        homes = [name for home in find_homes(floor, ()) for name in home.compartments]
        for name in (*homes, *(of_family(one.student.id) for one in floor.subjects)):
            held[name] = set()
        for holder in find_holders(floor):
            for name in holder.compartments:
                held[name].add((holder.audience, holder.epoch))
    return Rings(level, {name: frozenset(cards) for name, cards in held.items()})


def _nothing(school: School, level: Level) -> Decision:
    """Granted to nobody: of a suspended level the locked page is all there is (002 §7.5.6)."""
    return Decision(
        level=level,
        site=school.settings.site,
        school=school.settings.name,
        language=school.settings.language,
        address=getattr(school.settings.hosting, level) or "",
        editions=(),
        homes=(),
        holders=(),
        epochs=(),
    )


def _floor(school: School, level: Level, today: dt.date) -> Floor:
    year = year_of(today)
    listed = (room for years in school.years if years.year == year for room in years.classes)
    stopped = school.access.stopped_on(today)
    here = (
        room for room in listed if room.level == level and f"class:{year}:{room.id}" not in stopped
    )
    rooms = tuple(sorted(here, key=lambda room: (room.grade, room.id)))
    students, names = {one.id: one for one in school.students}, names_of(school)
    found = (_subjects(school, students, names, room, today) for room in rooms)
    subjects = tuple(chain.from_iterable(found))
    return Floor(school, level, today, year, rooms, subjects)


def _subjects(
    school: School,
    students: Mapping[str, Student],
    names: Names,
    room: SchoolClass,
    today: dt.date,
) -> Iterator[Subject]:
    order = school.settings.regulation.order
    # Who writes «приказ № 5» for a number has said already what paper it is.
    number = order.number if "№" in order.number else f"приказ № {order.number}"
    duty = f"{number} от {order.date:%d.%m.%Y}"
    stopped = school.access.stopped_on(today)
    here = {*room.students} - {name.removeprefix("student:") for name in stopped}
    mine = [students[one] for one in sorted(here & students.keys())]
    for student in sorted(mine, key=lambda s: (s.record.name.surname, s.record.name.given)):
        granted = grant(school, student, today)
        has_left = student.record.left and student.record.left <= today
        if granted.allowed and not has_left:
            commission = commission_of(school, room, today)
            yield Subject(school, student, today, room, granted, duty, names, commission)
