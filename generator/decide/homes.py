"""Editions -> the first page of every audience of a level, and the lists of students."""

from collections.abc import Iterator, Mapping

from generator.decide import compartments
from generator.decide.audiences import Family, Floor, find_families
from generator.decide.subject import person
from generator.diagnostic import Text
from generator.model.edition import Edition, Home, Led, Session
from generator.model.policy import Commission
from generator.model.school import SchoolClass

_OPEN = Text("Открытые портфолио", "Open portfolios")


_Shelves = Mapping[str, tuple[tuple[int, str], ...]]
"""Compartment -> numbers and paths of the editions it opens."""


def find_homes(floor: Floor, editions: tuple[Edition, ...]) -> Iterator[Home]:
    """The first page of every audience of a level; everybody's only when there is something."""
    level, whole, shelves = floor.level, floor.whole, _shelves(editions)
    yield Home(
        whole[1], "level", level, (floor.common,), whole[0], _opened(shelves, floor.common), (),
    )  # fmt: skip
    yield from _of_rooms(floor, shelves)
    # All homes of one child open the same first page.
    for family in {family.path: family for family in find_families(floor)}.values():
        yield _of_family(floor, family, shelves)
    yield from _of_teachers(floor, shelves)
    staff = compartments.of_staff(floor.year, level)
    yield Home(
        f"staff/{level}", "staff", level, (staff,), whole[0],
        _opened(shelves, staff), (whole,), led=_led(floor, floor.rooms),
    )  # fmt: skip
    for commission in floor.commissions:
        yield _of_commission(floor, commission, shelves)
    if shown := _opened(shelves, "public"):
        yield Home(f"open/{level}", "public", level, ("public",), _OPEN, shown, ())


def _of_rooms(floor: Floor, shelves: _Shelves) -> Iterator[Home]:
    for room in floor.rooms:
        (title, path), key = floor.door(room), floor.shared(room)
        yield Home(path, "class", floor.level, (key,), title, _opened(shelves, key), ())


def _of_family(floor: Floor, family: Family, shelves: _Shelves) -> Home:
    mine = tuple(compartments.of_family(subject.student.id) for subject in family.subjects)
    names = ", ".join(f"{s.student.record.name.given}" for s in family.subjects)
    whole = family.subjects[0].student.record.name
    title = f"{whole.given} {whole.surname}" if len(mine) == 1 else names
    # Two homes of a child may read one page; the list of brothers and sisters is one home's alone.
    key = mine if not family.home else (compartments.of_home(family.home),)
    return Home(
        family.path, "family", floor.level, key, Text(title, title), _opened(shelves, *mine),
        (*family.doors(floor), floor.whole),
    )  # fmt: skip


def _of_teachers(floor: Floor, shelves: _Shelves) -> Iterator[Home]:
    for teacher in sorted({room.teacher for room in floor.rooms}):
        own = tuple(room for room in floor.rooms if room.teacher == teacher)
        name = person(floor.school, teacher) or teacher
        key = compartments.of_teacher(floor.year, teacher)
        yield Home(
            f"teacher/{teacher}", "teacher", floor.level, (key,), Text(name, name),
            _opened(shelves, key), (*(floor.door(room) for room in own), floor.whole),
            led=_led(floor, own),
        )  # fmt: skip


def _led(floor: Floor, rooms: tuple[SchoolClass, ...]) -> tuple[Led, ...]:
    return tuple(
        Led(room.id, *floor.door(room), person(floor.school, room.teacher), floor.year)
        for room in rooms
    )


def _of_commission(floor: Floor, one: Commission, shelves: _Shelves) -> Home:
    label, path = floor.session(one)
    key = one.name
    session = Session(one.order, one.year, one.until)
    shown = _opened(shelves, key)
    return Home(path, "commission", floor.level, (key,), label, shown, (), session)


def _shelves(editions: tuple[Edition, ...]) -> _Shelves:
    found: dict[str, list[tuple[int, str]]] = {}
    for number, edition in enumerate(editions):
        for key in edition.compartments:
            found.setdefault(key, []).append((number, edition.path))
    return {key: tuple(pairs) for key, pairs in found.items()}


def _opened(shelves: _Shelves, *compartments: str) -> tuple[str, ...]:
    """Paths of the editions that one of these compartments opens, in their order."""
    pairs = {pair for key in compartments for pair in shelves.get(key, ())}
    return tuple(path for _, path in sorted(pairs))
