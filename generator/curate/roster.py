"""A plan of classes -> the files that say it. What is written for somebody new?"""

from collections.abc import Iterable
from typing import Any

from generator.curate.joining import Join, NewRoom, Roster, list_of
from generator.curate.names import Name, name_in, propose_id
from generator.curate.sheets import Sheets
from generator.diagnostic import Key
from generator.model.school import ClassList, School
from generator.source import Document, Fields, Value, append, parse, yaml_of

PEOPLE = "school/people.yml"
_ROLE = "class-teacher"
_CONSENT = """\
# Что подписала семья. Бланк печатает `stupeni consent-form {id}`, подписанное вносит
# `stupeni consent add {id}`. Без согласия портфолио не видит никто, даже семья.
consents: []
"""
_PORTFOLIO = """\
# Здесь ученик и семья пишут о себе: called, about, goals …
# Что бывает и что значит, подскажет редактор или справочник «Поля файлов».
"""


def put_roster(sheets: Sheets, school: School, roster: Roster) -> None:
    """Everybody who joins, their classes and new teachers, in the sheets."""
    ids = put_teachers(sheets, (one.teacher for one in roster.rooms))
    rooms = [(one, ids[one.teacher]) for one in roster.rooms]
    listed = list_of(school, roster.year)
    file = f"school/classes/{roster.year}.yml"
    if listed is None:
        classes: list[Value] = [_room(one, who, _ids(roster, one)) for one, who in rooms]
        sheets.new(file, yaml_of({"year": roster.year, "classes": classes}))
    else:
        _put_into(sheets, file, listed, roster, rooms)
    for join in roster.joins:
        if join.is_new:
            put_student(sheets, join)


def put_student(sheets: Sheets, join: Join) -> None:
    """The files of a new student; nothing is granted to anybody."""
    name = join.joiner.name
    named: Fields = {"surname": name.surname, "given": name.given}
    if name.patronymic:
        named["patronymic"] = name.patronymic
    here = f"records/{join.id}"
    sheets.new(f"{here}/student.yml", yaml_of({"name": named, "born": join.joiner.born}))
    sheets.new(f"{here}/consent.yml", _CONSENT.format(id=join.id))
    sheets.new(f"students/{join.id}/portfolio.yml", _PORTFOLIO)


def put_teachers(sheets: Sheets, teachers: Iterable[str]) -> dict[str, str]:
    """Teacher as named -> id; who is not in people.yml comes into it, and all have the role."""
    found = {}
    for teacher in dict.fromkeys(teachers):
        name = name_in(teacher)
        whole = name.whole if name and name.patronymic else ""
        at, people = _people(sheets, teacher, whole)
        if at is None and whole:
            id = propose_id(Name(whole.split()[0], ""), {str(one.get("id")) for one in people})
            _put(sheets, (), {"id": id, "name": whole, "roles": [_ROLE]})
            found[teacher] = id
            continue
        if at is not None and _ROLE not in people[at].get("roles", ()):
            _put(sheets, (at, "roles"), _ROLE)
        found[teacher] = teacher if at is None else str(people[at]["id"])
    return found


def _people(sheets: Sheets, id: str, name: str) -> tuple[int | None, list[Any]]:
    """Where somebody stands in people.yml, and all who do."""
    document = parse(PEOPLE, sheets.read(PEOPLE))
    people: Any = document.value.get("people", []) if isinstance(document, Document) else []
    meant = (at for at, one in enumerate(people) if one.get("id") == id or one.get("name") == name)
    return next(meant, None), people


def _put(sheets: Sheets, keys: Key, item: Value) -> None:
    raw = append(sheets.read(PEOPLE), ("people", *keys), item)
    sheets.put(PEOPLE, raw, f"{item}")


def _put_into(
    sheets: Sheets,
    file: str,
    listed: ClassList,
    roster: Roster,
    rooms: list[tuple[NewRoom, str]],
) -> None:
    for index, room in enumerate(listed.classes):
        for join in roster.joins:
            if join.joiner.room.id == room.id:
                raw = append(sheets.read(file), ("classes", index, "students"), join.id)
                sheets.put(file, raw, join.id)
    for one, teacher in rooms:
        item = _room(one, teacher, _ids(roster, one))
        sheets.put(file, append(sheets.read(file), ("classes",), item), f"- id: {one.room.id}")


def _room(one: NewRoom, teacher: str, students: list[Value]) -> Fields:
    return {
        "id": one.room.id,
        "title": one.room.title,
        "grade": one.room.grade,
        "teacher": teacher,
        "students": students,
    }


def _ids(roster: Roster, one: NewRoom) -> list[Value]:
    return [join.id for join in roster.joins if join.joiner.room == one.room]
