"""Staff, events and audiences -> diagnostics. Is everybody and everything named once?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.refer import taken
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.school import LEVELS
from generator.say import near_or


def person_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two members of staff bear the same id.

    Что это значит: в people.yml один id у двух людей.
    Почему важно: подтверждения и доступ одного достались бы другому (R-060).
    Не так: id: orlova дважды
    А так: id: orlova и id: orlova-n
    """
    staff = at.school.staff
    ids = enumerate(person.id for person in staff.people)
    yield from taken("person-twice", ((staff.place("people", i, "id"), one) for i, one in ids))


def event_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two events bear the same id.

    Что это значит: в events.yml один id у двух событий.
    Почему важно: записи об одном событии показали бы другое (R-056).
    Не так: id: olimpiada дважды
    А так: id: olimpiada-2025 и id: olimpiada-2026
    """
    events = at.school.events
    ids = enumerate(event.id for event in events.events)
    yield from taken("event-twice", ((events.place("events", i, "id"), one) for i, one in ids))


def audience_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The file access.yml names an audience or a key that does not exist.

    Что это значит: такого ученика, класса, учителя или такой ступени в школе нет.
    Почему важно: приостановленный доступ остался бы открытым, а новый код не заменил бы
    прежний (002 §7.5.6, R-139).
    Не так: family:belova-ana
    А так: family:belova-anna
    """
    access = at.school.access
    lists = {
        "opened": [opening.name for opening in access.opened],
        "epochs": [epoch.name for epoch in access.epochs],
        "suspended": [suspension.name for suspension in access.suspended],
    }
    known = _audiences(at)
    kinds = _unread_kinds(at)
    for key, names in lists.items():
        for index, name in enumerate(names):
            if name in known or name.partition(":")[0] in kinds:
                continue
            yield Diagnostic(
                access.place(key, index, "name"),
                "audience-unknown",
                Text(f"{quote(name)}: таких нет", f"{quote(name)}: there is none"),
                near_or(
                    name,
                    known,
                    Text(
                        "пишут так: family:belova-anna, class:2026-27:4a, teacher:orlova",
                        "write it like family:belova-anna, class:2026-27:4a, teacher:orlova",
                    ),
                ),
            )


def _audiences(at: Inspection) -> set[str]:
    known = {"public"}
    for level in LEVELS:
        known |= {f"level:{level}", f"level:{level}/shared", f"staff:{level}"}
        known |= {f"staff:{level}/{person}" for person in at.people}
        known |= {f"commission:{level}:{years.year}" for years in at.school.years}
    known |= {f"teacher:{person}" for person in at.people}
    for student in at.school.students:
        known |= {
            f"family:{student.id}",
            f"child:{student.id}/family",
            f"child:{student.id}/teacher",
        }
        known |= {f"family:{student.id}/{house.id}" for house in student.record.households}
    for years in at.school.years:
        for room in years.classes:
            known |= {f"class:{years.year}:{room.id}", f"class:{years.year}:{room.id}/shared"}
    return known


def _unread_kinds(at: Inspection) -> set[str]:
    # What a file that could not be read would have made known.
    kinds: set[str] = set()
    for file in at.school.unread:
        if file == "school/people.yml":
            kinds |= {"teacher", "staff"}
        elif file.startswith("school/classes/"):
            kinds |= {"class", "commission"}
        elif file.endswith("/student.yml"):
            kinds |= {"family", "child"}
    return kinds
