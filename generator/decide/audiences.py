"""Who holds a card on a level, what it opens, and the page it opens first."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from generator.decide.entries import Subject
from generator.diagnostic import Text
from generator.model.edition import Edition, Holder, Home, Tier
from generator.model.school import Level, Person, School, SchoolClass

LEVEL_NAMES = {
    "primary": Text("Начальная школа", "Primary school"),
    "basic": Text("Основная школа", "Basic school"),
    "senior": Text("Старшая школа", "Senior school"),
}
_MINE = Text("Моё портфолио", "My portfolio")
_OPEN: tuple[Tier, ...] = ("family", "class", "level")  # staff never by link: access.md D10


def find_homes(
    rooms: tuple[tuple[str, SchoolClass], ...],
    level: Level,
    editions: tuple[Edition, ...],
    school: School,
) -> Iterator[Home]:
    """The first page of every audience of a level. `rooms` are the year's classes there."""
    classes = tuple((Text(r.title, r.title), _class_home(y, r)) for y, r in rooms)
    whole = LEVEL_NAMES[level], f"level/{level}"
    yield Home(
        whole[1], "level", level, (f"level:{level}/shared",), whole[0],
        _paths(editions, "level"), (),
    )  # fmt: skip
    for (year, room), (title, path) in zip(rooms, classes, strict=True):
        mine = tuple(e for e in editions if e.class_id == room.id)
        shared = (f"class:{year}:{room.id}/shared",)
        yield Home(path, "class", level, shared, title, _paths(mine, "class"), ())
        for edition in mine:
            if edition.tier == "family":
                yield Home(
                    f"family/{edition.student}", "family", level, edition.compartments,
                    Text(edition.name, edition.name), (edition.path,), ((title, path), whole),
                )  # fmt: skip
    by_teacher = sorted(rooms, key=lambda pair: pair[1].teacher)
    for teacher, own in groupby(by_teacher, key=lambda pair: pair[1].teacher):
        ids = {room.id for _, room in own}
        mine = tuple(e for e in editions if e.class_id in ids)
        doors = tuple(
            door for door, (_, room) in zip(classes, rooms, strict=True) if room.id in ids
        )
        name = next((p.name for p in school.staff.people if p.id == teacher), teacher)
        yield Home(
            f"teacher/{teacher}", "teacher", level, (f"teacher:{teacher}",), Text(name, name),
            _paths(mine, "teacher"), (*doors, whole),
        )  # fmt: skip
    yield Home(
        f"staff/{level}", "staff", level, (f"staff:{level}",), whole[0],
        _paths(editions, "teacher"), (*classes, whole),
    )  # fmt: skip


def find_holders(
    school: School,
    rooms: tuple[tuple[str, SchoolClass], ...],
    level: Level,
    subjects: tuple[Subject, ...],
    today: dt.date,
) -> Iterator[Holder]:
    """Everybody who holds a card of this level today; the suspended hold none (002 §7.5.6)."""
    found = (
        *_families(subjects, level),
        *_staff(school, rooms, level, today),
        *_events(school, rooms, level, today),
    )
    stopped = {s.name for s in school.access.suspended if s.since <= today}
    epochs = {epoch.name: epoch.epoch for epoch in school.access.epochs}
    for audience, tier, title, compartments, home, menu in found:
        if not {audience, audience.partition("/")[0]} & stopped:
            yield Holder(
                audience, tier, level, title, epochs.get(audience, 1), compartments, home, menu,
                by_link=tier in _OPEN,
            )  # fmt: skip


_Found = tuple[str, Tier, str, tuple[str, ...], str, tuple[tuple[Text, str], ...]]


def _families(subjects: tuple[Subject, ...], level: Level) -> Iterator[_Found]:
    for s in subjects:
        name, student = s.student.record.name, s.student.id
        shared = f"class:{s.year}:{s.room.id}/shared", f"level:{level}/shared"
        compartments = (f"child:{student}/family", *shared)
        menu = (
            (_MINE, f"student/{student}/family"),
            (Text(s.room.title, s.room.title), _class_home(s.year, s.room)),
            (LEVEL_NAMES[level], f"level/{level}"),
        )
        title = f"{name.given} {name.surname}, {s.room.title}"
        home = f"family/{student}"
        for house in s.student.record.households:
            yield (
                f"family:{student}/{house.id}", "family", f"{title} — {house.title}",
                compartments, home, menu,
            )  # fmt: skip
        if not s.student.record.households:
            yield f"family:{student}", "family", title, compartments, home, menu


def _staff(
    school: School, rooms: tuple[tuple[str, SchoolClass], ...], level: Level, today: dt.date
) -> Iterator[_Found]:
    whole = LEVEL_NAMES[level], f"level/{level}"
    classes = tuple((y, r, (Text(r.title, r.title), _class_home(y, r))) for y, r in rooms)
    for person in school.staff.people:
        if not _is_appointed(person, today):
            continue
        own = tuple(c for c in classes if c[1].teacher == person.id)
        if own:
            home = f"teacher/{person.id}"
            compartments = (
                f"teacher:{person.id}",
                *(f"child:{student}/teacher" for _, room, _ in own for student in room.students),
                *(f"class:{year}:{room.id}/shared" for year, room, _ in own),
                f"level:{level}/shared",
            )
            menu = ((Text("Мой класс", "My class"), home), *(door for _, _, door in own), whole)
            yield f"teacher:{person.id}", "teacher", person.name, compartments, home, menu
        if level in person.levels and {"deputy-head", "head"} & set(person.roles):
            home = f"staff/{level}"
            compartments = (
                f"staff:{level}",
                f"level:{level}/shared",
                *(f"class:{year}:{room.id}/shared" for year, room, _ in classes),
            )
            menu = ((Text("Вся ступень", "The whole level"), home), whole)
            yield f"staff:{level}/{person.id}", "staff", person.name, compartments, home, menu


def _events(
    school: School, rooms: tuple[tuple[str, SchoolClass], ...], level: Level, today: dt.date
) -> Iterator[_Found]:
    opened = {opening.name for opening in school.access.opened if today <= opening.until}
    whole = (LEVEL_NAMES[level], f"level/{level}")
    if f"level:{level}" in opened:
        yield (
            f"level:{level}", "level", LEVEL_NAMES[level].ru, (f"level:{level}/shared",),
            whole[1], (whole,),
        )  # fmt: skip
    for year, room in rooms:
        name, home = f"class:{year}:{room.id}", _class_home(year, room)
        if name in opened:
            menu = ((Text(room.title, room.title), home),)
            yield name, "class", room.title, (f"{name}/shared",), home, menu


def _is_appointed(person: Person, today: dt.date) -> bool:
    # a code without an order in force is not made.
    order = person.order
    return bool(order and order.date <= today and (order.until is None or today <= order.until))


def _class_home(year: str, room: SchoolClass) -> str:
    return f"class/{year}/{room.id}"


def _paths(editions: tuple[Edition, ...], tier: Tier) -> tuple[str, ...]:
    return tuple(edition.path for edition in editions if edition.tier == tier)
