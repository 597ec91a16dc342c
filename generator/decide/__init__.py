"""School + date -> decisions. Asks: who may see what, and why?

Default is deny. Past this room what was not granted does not exist.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain

from generator.decide.about import tell_about, tell_everybody
from generator.decide.audiences import Floor, commission_of, find_holders
from generator.decide.compartments import of_family
from generator.decide.editions import find_editions
from generator.decide.granted import grant
from generator.decide.homes import find_homes
from generator.decide.seen import look_back, open_doors
from generator.decide.subject import Subject, find_student
from generator.decide.table import TABLE, Thing, allowed_by, may_see
from generator.decide.words import gather, private_words, words_of
from generator.model.edition import Decision, Share
from generator.model.names import Names
from generator.model.published import Card, Rings
from generator.model.school import Level, School, SchoolClass, year_of
from generator.model.spoken import say_day
from generator.model.student import Student

__all__ = [
    "TABLE", "Thing", "allowed_by", "begin_level", "decide", "decide_level", "decide_student",
    "find_floor", "find_rings", "gather", "may_see", "private_words", "renew", "words_of",
]  # fmt: skip


def decide(school: School, level: Level, today: dt.date) -> Decision:
    """Everything that is granted on one level today, and to whom."""
    floor = find_floor(school, level, today)
    return decide_level(floor, tuple(decide_student(floor, one) for one in floor.subjects))


def decide_student(floor: Floor, subject: Subject) -> Share:
    """What of one student is granted. No other student's portfolio is looked at: of others their
    record and their consents count, and nothing else."""
    alone = replace(floor, rooms=(subject.room,), subjects=(subject,))
    cards = tuple(find_holders(alone))
    editions, seen = look_back(subject, tuple(find_editions(subject)), cards)
    listed = tuple(home for home in find_homes(alone, editions) if home.editions)
    return Share(subject.student.id, editions, seen, open_doors((), listed, seen)[1])


def decide_level(floor: Floor, shares: tuple[Share, ...]) -> Decision:
    """What is granted on a level, put together of what is granted of each student."""
    begun = begin_level(floor)
    if begun.about is None:
        return begun
    editions = tuple(edition for share in shares for edition in share.editions)
    seen = tuple(page for share in shares for page in share.seen)
    cards, homes = tuple(find_holders(floor)), tuple(find_homes(floor, editions))
    holders, homes = open_doors(cards, homes, seen)
    sealed = {name for edition in editions for name in edition.compartments}
    sealed |= {name for home in homes for name in home.compartments} | {*begun.about.compartments}
    return replace(
        begun,
        editions=editions,
        homes=homes,
        seen=seen,
        holders=holders,
        epochs=tuple((e.name, e.epoch) for e in floor.school.access.epochs if e.name in sealed),
    )


def find_rings(school: School, level: Level, today: dt.date) -> Rings:
    """Who holds the key of whatever may be sealed on a level today; found without any page."""
    held: defaultdict[str, set[Card]] = defaultdict(set)
    floor = find_floor(school, level, today)
    if not floor.is_closed:
        homes = [name for home in find_homes(floor, ()) for name in home.compartments]
        for name in (*homes, *(of_family(one.student.id) for one in floor.subjects)):
            held[name] = set()
        for holder in find_holders(floor):
            for name in holder.compartments:
                held[name].add((holder.audience, holder.epoch))
    return Rings(level, {name: frozenset(cards) for name, cards in held.items()})


def begin_level(floor: Floor) -> Decision:
    """What can be said of a level before anybody is granted anything."""
    school, level = floor.school, floor.level
    about = tell_about(school, level, floor.rooms, floor.today)
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
        about=None if floor.is_closed else about,
        notice=None if floor.is_closed else tell_everybody(about, school),
    )


def find_floor(school: School, level: Level, today: dt.date, whom: Set[str] | None = None) -> Floor:
    """A level with its classes, and everybody of whom anything may be shown today; or of these."""
    year = year_of(today)
    listed = (room for years in school.years if years.year == year for room in years.classes)
    stopped = school.access.stopped_on(today)
    here = (
        room for room in listed if room.level == level and f"class:{year}:{room.id}" not in stopped
    )
    # Of a suspended level the locked page is all there is (002 §7.5.6).
    is_closed = bool({"school", f"level:{level}"} & stopped)
    rooms = () if is_closed else tuple(sorted(here, key=lambda room: (room.grade, room.id)))
    asked = school.students if whom is None else (find_student(school, one) for one in whom)
    students, names = {one.id: one for one in asked if one}, school.names
    found = (_subjects(school, students, names, room, today) for room in rooms)
    subjects = tuple(chain.from_iterable(found))
    return Floor(school, level, today, year, rooms, subjects, is_closed)


def renew(floor: Floor, school: School, student: str) -> Floor:
    """The floor of one student whose entries changed, and nothing that concerns anybody else."""
    fresh = next(one for one in school.students if one.id == student)
    mine = (one for one in floor.subjects if one.student.id == student)
    subjects = tuple(replace(one, school=school, student=fresh) for one in mine)
    return replace(floor, school=school, subjects=subjects)


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
    duty = f"{number} от {say_day(order.date).ru}"
    stopped = school.access.stopped_on(today)
    here = {*room.students} - {name.removeprefix("student:") for name in stopped}
    mine = [students[one] for one in sorted(here & students.keys())]
    for student in sorted(mine, key=lambda s: (s.record.name.surname, s.record.name.given)):
        granted = grant(school, student, today)
        has_left = student.record.left and student.record.left <= today
        if granted.allowed and not has_left:
            commission = commission_of(school, room, today)
            yield Subject(school, student, today, room, granted, duty, names, commission)
