"""Who holds a card on a level, what it opens, and where it leads."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.decide import compartments
from generator.decide.package import LAST_GRADES
from generator.decide.subject import Subject
from generator.decide.table import TABLE
from generator.diagnostic import Text
from generator.model.edition import Holder
from generator.model.home import children_of
from generator.model.policy import Commission
from generator.model.school import Level, Person, School, SchoolClass, year_of
from generator.model.shown import Tier
from generator.model.student import Household

LEVEL_NAMES = {
    "primary": Text("1–4 классы", "Grades 1–4"),
    "basic": Text("5–9 классы", "Grades 5–9"),
    "senior": Text("10–11 классы", "Grades 10–11"),
}
_MINE = Text("Моё портфолио", "My portfolio")
_ABOUT = Text("О портфолио", "About portfolios")
_MOVES = {
    "primary": Text("Комиссия: переход в 5 класс", "Commission: moving up to grade 5"),
    "basic": Text("Комиссия: переход в 10 класс", "Commission: moving up to grade 10"),
}
_OPEN: tuple[Tier, ...] = ("family", "class", "level")  # staff never by link: access.md D10

Door = tuple[Text, str]
"""Label and logical path of a page in a menu."""


@dataclass(frozen=True)
class Floor:
    """One level of a school on one day: its classes and everybody who may be shown."""

    school: School
    level: Level
    today: dt.date
    year: str
    rooms: tuple[SchoolClass, ...]
    subjects: tuple[Subject, ...]
    is_closed: bool = False
    """Whether the whole level is suspended."""

    @property
    def whole(self) -> Door:
        """The door to the level's own page."""
        return LEVEL_NAMES[self.level], f"level/{self.level}"

    @property
    def commissions(self) -> tuple[Commission, ...]:
        """Commissions of this level that are at work today."""
        found = (commission_of(self.school, room, self.today) for room in self.rooms)
        return tuple(dict.fromkeys(one for one in found if one))

    def door(self, room: SchoolClass) -> Door:
        """The door to a class's page."""
        return Text(room.title, room.title), f"class/{self.year}/{room.id}"

    def session(self, commission: Commission) -> Door:
        """The door to a commission's page."""
        return _MOVES[commission.level], f"commission/{commission.level}/{commission.year}"

    @property
    def common(self) -> str:
        """The key of what everybody on the level may see."""
        return compartments.of_level(self.year, self.level)

    def shared(self, room: SchoolClass) -> str:
        """The key of what a class shows."""
        return compartments.of_class(self.year, room.id)


@dataclass(frozen=True)
class Family:
    """The children whom one card opens: one child of one home, or all children of a shared home."""

    subjects: tuple[Subject, ...]
    households: tuple[Household, ...]
    """Of each child the home this card is for; none where a child has one home only."""
    home: str = ""
    """The name of a home that brothers and sisters share, or empty."""

    @property
    def audience(self) -> str:
        """The audience that holds the card."""
        if self.home:
            return f"family:{self.home}"
        house = f"/{self.households[0].id}" if self.households else ""
        return f"family:{self.subjects[0].student.id}{house}"

    @property
    def path(self) -> str:
        """Its first page; all homes of one child have the same."""
        return f"home/{self.home}" if self.home else f"family/{self.subjects[0].student.id}"

    def doors(self, floor: Floor) -> tuple[Door, ...]:
        """The classes of the children."""
        return tuple(dict.fromkeys(floor.door(subject.room) for subject in self.subjects))


def commission_of(school: School, room: SchoolClass, today: dt.date) -> Commission | None:
    """The commission that reads the packages of this class today; after its last day none does."""
    wanted = room.level, year_of(today)
    listed = (c for c in school.access.commissions if (c.level, c.year) == wanted)
    return next((c for c in listed if room.grade in LAST_GRADES and today <= c.until), None)


def find_families(floor: Floor) -> tuple[Family, ...]:
    """Everybody at home on this level, in the order of the children."""
    found: dict[str, Family] = {}
    for subject in floor.subjects:
        each: list[tuple[Household, ...]] = [(h,) for h in subject.student.record.households]
        for houses in each or [()]:
            home = (houses[0].home or "") if houses else ""
            one = Family((subject,), houses, home)
            if before := found.get(one.audience):
                one = Family((*before.subjects, subject), (*before.households, *houses), home)
            found[one.audience] = one
    return tuple(found.values())


class _Found(NamedTuple):
    """Somebody who may hold a card, before we look whether it is suspended."""

    audience: str
    tier: Tier
    title: str
    compartments: tuple[str, ...]
    home: str
    menu: tuple[Door, ...]
    also: tuple[str, ...] = ()
    """Further audiences with whose suspension this card stops too."""
    elsewhere: bool = False


def find_holders(floor: Floor) -> Iterator[Holder]:
    """Everybody who holds a card of this level today; the suspended hold none (002 §7.5.6)."""
    access = floor.school.access
    stopped, numbers = access.stopped_on(floor.today), access.numbers
    everybody = (*_families(floor), *_staff(floor), *_commissions(floor), *_events(floor))
    for one in everybody:
        if not {one.audience, one.audience.partition("/")[0], *one.also} & stopped:
            about = ((_ABOUT, f"about/{floor.level}"),) if one.tier in TABLE["about"] else ()
            yield Holder(
                one.audience, one.tier, floor.level, one.title, numbers.get(one.audience, 1),
                one.compartments, one.home, (*one.menu, *about), one.tier in _OPEN, one.elsewhere,
            )  # fmt: skip


def _families(floor: Floor) -> Iterator[_Found]:
    for family in find_families(floor):
        children = [subject.student.id for subject in family.subjects]
        keys = map(compartments.of_family, children)
        rooms = dict.fromkeys(floor.shared(subject.room) for subject in family.subjects)
        own = (compartments.of_home(family.home),) if family.home else ()
        # Whoever is stopped as a family of one child is stopped with the card that opens it too.
        also = {f"family:{child}" for child in children}
        if family.home:
            pairs = zip(children, family.households, strict=True)
            also |= {f"family:{child}/{house.id}" for child, house in pairs}
        yield _Found(
            family.audience, "family", _title(family),
            (*own, *keys, *rooms, floor.common), family.path,
            (*_own_doors(family), *family.doors(floor), floor.whole), tuple(also),
            elsewhere=_is_elsewhere(floor, family),
        )  # fmt: skip


def _title(family: Family) -> str:
    names = (
        f"{s.student.record.name.given} {s.student.record.name.surname}, {s.room.title}"
        for s in family.subjects
    )
    house = f" — {family.households[0].title}" if family.households else ""
    return "; ".join(names) + house


def _own_doors(family: Family) -> Iterator[Door]:
    for subject in family.subjects:
        given = subject.student.record.name.given
        label = Text(given, given) if len(family.subjects) > 1 else _MINE
        yield label, f"student/{subject.student.id}/family"


def _is_elsewhere(floor: Floor, family: Family) -> bool:
    """Whether a child of this home is in a class of another level this year."""
    if not family.home:
        return False
    home = {student.id for student, _ in children_of(floor.school, family.home)}
    listed = (room for years in floor.school.years if years.year == floor.year
              for room in years.classes)  # fmt: skip
    return any(home & set(room.students) for room in listed if room.level != floor.level)


def _staff(floor: Floor) -> Iterator[_Found]:
    for person in floor.school.staff.people:
        own = tuple(room for room in floor.rooms if room.teacher == person.id)
        leads = floor.level in person.levels and {"deputy-head", "head"} & set(person.roles)
        # without an order no code is made
        if not (own or leads) or person.order_on(floor.today) is None:
            continue
        if own:
            yield _of_teacher(floor, person, own)
        if leads:
            home = f"staff/{floor.level}"
            own_key = compartments.of_staff(floor.year, floor.level)
            keys = (own_key, floor.common, *map(floor.shared, floor.rooms))
            menu = ((Text("Вся ступень", "The whole level"), home), floor.whole)
            audience = f"staff:{floor.level}/{person.id}"
            yield _Found(audience, "staff", person.name, keys, home, menu)


def _of_teacher(floor: Floor, person: Person, own: tuple[SchoolClass, ...]) -> _Found:
    own_key = compartments.of_teacher(floor.year, person.id)
    keys = (own_key, *map(floor.shared, own), floor.common)
    path = f"teacher/{person.id}"
    menu = ((Text("Мой класс", "My class"), path), *map(floor.door, own), floor.whole)
    return _Found(f"teacher:{person.id}", "teacher", person.name, keys, path, menu)


def _commissions(floor: Floor) -> Iterator[_Found]:
    """Members whom an order names today, until the commission's last day (R-133)."""
    people = {person.id: person for person in floor.school.staff.people}
    for one in floor.commissions:
        key, door = one.name, floor.session(one)
        for member in dict.fromkeys(one.members):
            person = people.get(member)
            if person and person.order_on(floor.today):
                title = f"{person.name} — {door[0].ru}"
                yield _Found(f"{key}/{member}", "commission", title, (key,), door[1], (door,))


def _events(floor: Floor) -> Iterator[_Found]:
    opened = {o.name for o in floor.school.access.opened if floor.today <= o.until}
    label, path = floor.whole
    if f"level:{floor.level}" in opened:
        key = (floor.common,)
        yield _Found(f"level:{floor.level}", "level", label.ru, key, path, (floor.whole,))
    for room in floor.rooms:
        name, door = f"class:{floor.year}:{room.id}", floor.door(room)
        if name in opened:
            yield _Found(name, "class", room.title, (floor.shared(room),), door[1], (door,))
