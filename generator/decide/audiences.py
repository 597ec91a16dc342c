"""Who holds a card on a level, what it opens, and the page it opens first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.decide.subject import Subject
from generator.decide.table import TABLE
from generator.diagnostic import Text
from generator.model.edition import Edition, Holder, Home
from generator.model.school import Level, Person, School, SchoolClass
from generator.model.shown import Tier

LEVEL_NAMES = {
    "primary": Text("Начальная школа", "Primary school"),
    "basic": Text("Основная школа", "Basic school"),
    "senior": Text("Старшая школа", "Senior school"),
}
_MINE = Text("Моё портфолио", "My portfolio")
_ABOUT = Text("О портфолио", "About portfolios")
_OPEN: tuple[Tier, ...] = ("family", "class", "level")  # staff never by link: access.md D10


@dataclass(frozen=True)
class Floor:
    """One level of a school on one day: its classes and everybody who may be shown."""

    school: School
    level: Level
    today: dt.date
    year: str
    rooms: tuple[SchoolClass, ...]
    subjects: tuple[Subject, ...]

    @property
    def whole(self) -> tuple[Text, str]:
        """The door to the level's own page: label and logical path."""
        return LEVEL_NAMES[self.level], f"level/{self.level}"

    def door(self, room: SchoolClass) -> tuple[Text, str]:
        """The door to a class's page: label and logical path."""
        return Text(room.title, room.title), f"class/{self.year}/{room.id}"

    def shared(self, room: SchoolClass) -> str:
        """The compartment of what a class shows."""
        return f"class:{self.year}:{room.id}/shared"


def find_homes(floor: Floor, editions: tuple[Edition, ...]) -> Iterator[Home]:
    """The first page of every audience of a level."""
    level, whole = floor.level, floor.whole
    yield Home(
        whole[1], "level", level, (f"level:{level}/shared",), whole[0],
        _paths(editions, "level"), (),
    )  # fmt: skip
    for room in floor.rooms:
        title, path = floor.door(room)
        mine = tuple(e for e in editions if e.class_id == room.id)
        yield Home(path, "class", level, (floor.shared(room),), title, _paths(mine, "class"), ())
        for edition in mine:
            if edition.tier == "family":
                yield Home(
                    f"family/{edition.student}", "family", level, edition.compartments,
                    Text(edition.name, edition.name), (edition.path,), ((title, path), whole),
                )  # fmt: skip
    for teacher in sorted({room.teacher for room in floor.rooms}):
        own = tuple(room for room in floor.rooms if room.teacher == teacher)
        mine = tuple(e for e in editions if e.class_id in {room.id for room in own})
        name = next((p.name for p in floor.school.staff.people if p.id == teacher), teacher)
        yield Home(
            f"teacher/{teacher}", "teacher", level, (f"teacher:{teacher}",), Text(name, name),
            _paths(mine, "teacher"), (*(floor.door(room) for room in own), whole),
        )  # fmt: skip
    yield Home(
        f"staff/{level}", "staff", level, (f"staff:{level}",), whole[0],
        _opened(editions, f"staff:{level}"), (*(floor.door(room) for room in floor.rooms), whole),
    )  # fmt: skip


def find_holders(floor: Floor) -> Iterator[Holder]:
    """Everybody who holds a card of this level today; the suspended hold none (002 §7.5.6)."""
    access = floor.school.access
    stopped = access.stopped_on(floor.today)
    epochs = {epoch.name: epoch.epoch for epoch in access.epochs}
    for audience, tier, title, compartments, home, menu in (
        *_families(floor), *_staff(floor), *_events(floor),
    ):  # fmt: skip
        if not {audience, audience.partition("/")[0]} & stopped:
            doors = (*menu, (_ABOUT, f"about/{floor.level}")) if tier in TABLE["about"] else menu
            yield Holder(
                audience, tier, floor.level, title, epochs.get(audience, 1), compartments, home,
                doors, by_link=tier in _OPEN,
            )  # fmt: skip


_Found = tuple[str, Tier, str, tuple[str, ...], str, tuple[tuple[Text, str], ...]]


def _families(floor: Floor) -> Iterator[_Found]:
    for subject in floor.subjects:
        record, student, room = subject.student.record, subject.student.id, subject.room
        compartments = (
            f"child:{student}/family", floor.shared(room), f"level:{floor.level}/shared",
        )  # fmt: skip
        menu = ((_MINE, f"student/{student}/family"), floor.door(room), floor.whole)
        title = f"{record.name.given} {record.name.surname}, {room.title}"
        home = f"family/{student}"
        for house in record.households:
            yield (
                f"family:{student}/{house.id}", "family", f"{title} — {house.title}",
                compartments, home, menu,
            )  # fmt: skip
        if not record.households:
            yield f"family:{student}", "family", title, compartments, home, menu


def _staff(floor: Floor) -> Iterator[_Found]:
    for person in floor.school.staff.people:
        if person.order_on(floor.today) is None:  # without an order no code is made
            continue
        own = tuple(room for room in floor.rooms if room.teacher == person.id)
        if own:
            compartments, menu = _of_teacher(floor, person, own)
            home = f"teacher/{person.id}"
            yield f"teacher:{person.id}", "teacher", person.name, compartments, home, menu
        if floor.level in person.levels and {"deputy-head", "head"} & set(person.roles):
            home = f"staff/{floor.level}"
            compartments = (
                f"staff:{floor.level}",
                f"level:{floor.level}/shared",
                *(floor.shared(room) for room in floor.rooms),
            )
            menu = ((Text("Вся ступень", "The whole level"), home), floor.whole)
            yield f"staff:{floor.level}/{person.id}", "staff", person.name, compartments, home, menu


def _of_teacher(
    floor: Floor, person: Person, own: tuple[SchoolClass, ...]
) -> tuple[tuple[str, ...], tuple[tuple[Text, str], ...]]:
    students = (s.student.id for s in floor.subjects if s.room in own)
    compartments = (
        f"teacher:{person.id}",
        *(f"child:{student}/teacher" for student in students),
        *(floor.shared(room) for room in own),
        f"level:{floor.level}/shared",
    )
    home = Text("Мой класс", "My class"), f"teacher/{person.id}"
    return compartments, (home, *(floor.door(room) for room in own), floor.whole)


def _events(floor: Floor) -> Iterator[_Found]:
    opened = {o.name for o in floor.school.access.opened if floor.today <= o.until}
    label, path = floor.whole
    if f"level:{floor.level}" in opened:
        shared = (f"level:{floor.level}/shared",)
        yield f"level:{floor.level}", "level", label.ru, shared, path, (floor.whole,)
    for room in floor.rooms:
        name, door = f"class:{floor.year}:{room.id}", floor.door(room)
        if name in opened:
            yield name, "class", room.title, (floor.shared(room),), door[1], (door,)


def _paths(editions: tuple[Edition, ...], tier: Tier) -> tuple[str, ...]:
    return tuple(edition.path for edition in editions if edition.tier == tier)


def _opened(editions: tuple[Edition, ...], compartment: str) -> tuple[str, ...]:
    return tuple(edition.path for edition in editions if compartment in edition.compartments)
