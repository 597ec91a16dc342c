"""Audiences that ended -> keys they still hold. Who reads pages made after they had to go?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.home import children_of
from generator.model.school import LEVELS, SchoolClass, year_of

_STOPPED = Text("доступ приостановлен", "the access is suspended")
_REPLACED = Text("код заменён", "the code was replaced")
_CLOSED = Text("событие прошло", "the event is over")
_LEFT = Text("ученик ушёл из школы", "the student has left")
_DISMISSED = Text("приказ больше не действует", "the order has ended")
_LONGEST = 300

_Room = tuple[str, SchoolClass]


@dataclass(frozen=True)
class Ended:
    """An audience whose card or code must not open anything new, and where that is written."""

    place: Place
    audience: str
    why: Text
    year: str
    """The last school year its keys may be of."""
    epoch: int = 1
    """How many codes it has had; 1 when none was replaced."""


def key_not_raised(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody must not read any more, and the keys they held still open what is made later.

    Что это значит: доступ приостановлен, код заменён, событие прошло, ученик ушёл или приказ
    кончился, а отделы сайта заперты прежними ключами.
    Почему важно: кто сохранил старую связку ключей, прочтёт и новые страницы, хотя входа у него
    уже нет; новый ключ отдела запирает их (002 §7.5.6, R-139).
    Не так: в access.yml есть suspended с family:belova-anna, а в epochs о ней ничего
    А так: в epochs есть и child:belova-anna/family, и её класс, и ступень: у каждого epoch: 2
    """
    access = at.school.access
    if not at.was_read(access.file):
        return
    epochs = {epoch.name: epoch.epoch for epoch in access.epochs}
    for ended in (*_written_in_access(at), *_leavers(at), *_dismissed(at)):
        missing = _missing(at, ended, epochs)
        if missing:
            yield _say(ended, missing)


def last_keys(at: Inspection, audience: str, *, stopped: bool = False) -> tuple[str, ...]:
    """The keys an audience held in the last year it held any.

    With `stopped`, those that must be raised when it is suspended: a class is then all its cards.
    """
    held = _stopped_keys if stopped else _keys_of
    years = sorted((years.year for years in at.school.years if years.year <= at.year), reverse=True)
    return next((tuple(keys) for year in years if (keys := held(at, audience, year))), ())


def _say(ended: Ended, missing: dict[str, int]) -> Diagnostic:
    def lines(reason: str) -> str:
        written = (f"- {{name: {n}, epoch: {e}, reason: {reason}}}" for n, e in missing.items())
        return ", ".join(quote(line, _LONGEST) for line in written)

    who, count = quote(ended.audience), len(missing)
    return Diagnostic(
        ended.place,
        "key-not-raised",
        Text(
            f"{who}: {ended.why.ru}, а ключи прежние ({count}): старая связка откроет и новое",
            f"{who}: {ended.why.en}, the keys are not ({count}): the old ring opens new pages too",
        ),
        Text(
            f"впишите в epochs файла school/access.yml: {lines('ключ заменён')}",
            f"write under epochs in school/access.yml: {lines('key replaced')}",
        ),
        "warning",
    )


def _written_in_access(at: Inspection) -> Iterator[Ended]:
    access = at.school.access
    for index, stop in enumerate(access.suspended):
        if stop.holds_on(at.today):
            place = access.place("suspended", index, "name")
            yield Ended(place, stop.name, _STOPPED, year_of(stop.since))
    for index, opening in enumerate(access.opened):
        if opening.until < at.today:
            place = access.place("opened", index, "name")
            yield Ended(place, opening.name, _CLOSED, year_of(opening.until))
    for index, epoch in enumerate(access.epochs):
        if epoch.epoch > 1 and is_audience(epoch.name):
            place = access.place("epochs", index, "name")
            yield Ended(place, epoch.name, _REPLACED, at.year, epoch.epoch)


def _leavers(at: Inspection) -> Iterator[Ended]:
    for student in at.school.students:
        left = student.record.left
        if left and left <= at.today:
            place = student.record.place("left")
            yield Ended(place, f"family:{student.id}", _LEFT, year_of(left))


def _dismissed(at: Inspection) -> Iterator[Ended]:
    staff = at.school.staff
    for index, person in enumerate(staff.people):
        if not person.orders or person.order_on(at.today):
            continue
        last, order = max(enumerate(person.orders), key=lambda pair: pair[1].date)
        if order.until is None or order.until >= at.today:
            continue
        place = staff.place("people", index, "orders", last, "until")
        year = year_of(order.until)
        yield Ended(place, f"teacher:{person.id}", _DISMISSED, year)
        heads = any(role.endswith("head") for role in person.roles)
        for level in person.levels if heads else ():
            yield Ended(place, f"staff:{level}/{person.id}", _DISMISSED, year)
        for one in at.school.access.commissions:
            if person.id in one.members:
                audience = f"commission:{one.level}:{one.year}/{person.id}"
                yield Ended(place, audience, _DISMISSED, year)


def is_audience(name: str) -> bool:
    """Whether somebody holds a card or a code under this name."""
    # `teacher:…` names a code and a key at once; `staff:<level>` alone is a key, and so is
    # `commission:<level>:<year>`.
    kind, _, rest = name.partition(":")
    if kind == "staff":
        return "/" in rest
    if kind == "commission":
        return "/" in rest
    return kind in ("family", "teacher") or (kind in ("class", "level") and "/" not in rest)


def _missing(at: Inspection, ended: Ended, epochs: dict[str, int]) -> dict[str, int]:
    """Key -> the epoch it needs, of every key still in use that the audience may hold."""
    years = [years.year for years in at.school.years if years.year <= ended.year]
    held = _stopped_keys if ended.why is _STOPPED else _keys_of
    read = [keys for year in reversed(years) if (keys := held(at, ended.audience, year))]
    if not read:
        return {}
    lacking = [_lacking(ended, keys, epochs) for keys in read]
    # A replaced code bears no date: that the keys of some year were raised with it is enough.
    if ended.why is _REPLACED and not all(lacking):
        return {}
    used = _in_use(at)
    return {name: e for name, e in lacking[0].items() if (read[0][name], name) in used}


def _lacking(ended: Ended, keys: dict[str, str], epochs: dict[str, int]) -> dict[str, int]:
    own = next(iter(keys))
    needed = {name: max(2, ended.epoch) if name == own else 2 for name in keys}
    return {name: epoch for name, epoch in needed.items() if epochs.get(name, 1) < epoch}


def _keys_of(at: Inspection, audience: str, year: str) -> dict[str, str]:
    """Key -> its level, of every key that an audience held in a year; its own key comes first."""
    kind, _, rest = audience.partition(":")
    name, _, _ = rest.partition("/")
    rooms = list(_rooms(at, year))
    if kind == "family":
        return _keys_of_family(at, rest, rooms)
    if kind == "commission":
        return {f"commission:{name}": name.partition(":")[0]}
    if kind == "teacher":
        mine = [(year, room) for _, room in rooms if room.teacher == name]
        own = [(audience, room.level) for _, room in mine]
        own += [(f"child:{one}/teacher", room.level) for _, room in mine for one in room.students]
        return _with_rooms(own, mine)
    if kind == "staff":
        mine = [(year, room) for _, room in rooms if room.level == name]
        return _with_rooms([(f"staff:{name}", name), (f"level:{name}/shared", name)], mine)
    if kind == "level":
        return {f"{audience}/shared": name}
    return {f"{audience}/shared": r.level for _, r in rooms if f"class:{year}:{r.id}" == audience}


def _keys_of_family(at: Inspection, name: str, rooms: list[_Room]) -> dict[str, str]:
    """Of one child, or of all who share a home with it; the card of a home is one for them all."""
    child, _, house = name.partition("/")
    student = at.students.get(child)
    homes = {
        one.home
        for one in (student.record.households if student else ())
        if one.home and house in ("", one.id)
    } or ({name} if student is None else set())
    children = {child} | {s.id for home in homes for s, _ in children_of(at.school, home)}
    mine = [(one, year, room) for one in sorted(children) for year, room in rooms
            if one in room.students]  # fmt: skip
    mine.sort(key=lambda found: found[0] != child)
    own = [(f"child:{one}/family", room.level) for one, _, room in mine]
    shared = [(f"home:{home}", room.level) for home in sorted(homes) for _, _, room in mine]
    ordered = (*own, *shared) if student else (*shared, *own)
    return _with_rooms(ordered, [(year, room) for _, year, room in mine])


def _stopped_keys(at: Inspection, name: str, year: str) -> dict[str, str]:
    """The same of anything that can be suspended; of a whole level nothing is sealed any more."""
    kind, _, rest = name.partition(":")
    if kind == "class":
        return _with_rooms(
            (), [(year, room) for _, room in _rooms(at, year) if f"{year}:{room.id}" == rest]
        )
    if kind in ("level", "school"):
        return {}
    return _keys_of(at, f"family:{rest}" if kind == "student" else name, year)


def _with_rooms(own: Iterable[tuple[str, str]], rooms: list[_Room]) -> dict[str, str]:
    keys = dict(own)
    for year, room in rooms:
        keys[f"class:{year}:{room.id}/shared"] = room.level
        keys[f"level:{room.level}/shared"] = room.level
    return keys


def _rooms(at: Inspection, year: str) -> Iterator[_Room]:
    for listed in at.school.years:
        if listed.year == year:
            yield from ((year, room) for room in listed.classes)


def _in_use(at: Inspection) -> set[tuple[str, str]]:
    """Level and key of everything that is sealed today: a key is another one on each level."""
    stopped = at.school.access.stopped_on(at.today)
    open_levels = {one for one in LEVELS if not {"school", f"level:{one}"} & stopped}
    gone = {s.id for s in at.school.students if s.record.left and s.record.left <= at.today}
    gone |= {one.id for one in at.school.students if f"student:{one.id}" in stopped}
    used: set[tuple[str, str]] = set()
    for level in open_levels:
        used |= {(level, f"level:{level}/shared"), (level, f"staff:{level}")}
    for one in at.school.access.commissions:
        if one.level in open_levels and one.year == at.year and at.today <= one.until:
            used |= {(one.level, one.name)}
    for year, room in _rooms(at, at.year):
        if room.level in open_levels and f"class:{year}:{room.id}" not in stopped:
            used |= {(room.level, f"class:{year}:{room.id}/shared")}
            used |= {(room.level, f"teacher:{room.teacher}")}
            for student in set(room.students) - gone:
                used |= {(room.level, f"child:{student}/{tier}") for tier in ("family", "teacher")}
                found = at.students.get(student)
                houses = found.record.households if found else ()
                used |= {(room.level, f"home:{house.home}") for house in houses if house.home}
    return used
