"""An id that a teacher types -> Trouble in words. Who is it, if nobody who can be shown?"""

import datetime as dt
from collections.abc import Iterable
from difflib import get_close_matches

from generator.diagnostic import Text, quote
from generator.flow.asked import Asked
from generator.model.school import LEVELS, School, year_of
from generator.model.student import Student
from generator.say import near_or
from generator.trouble import Trouble

_WHOLE = {"ceremony": LEVELS, "news": (*LEVELS, "school")}
"""Kind -> what may be shown beside one class."""


def refuse_absent(school: School, today: dt.date, asked: Asked) -> None:
    """Raises `Trouble` for a student who is gone, for a class where a student is asked for, and for
    whomever the school does not know."""
    years = (one for one in school.years if one.year == year_of(today))
    rooms = {room.id: room.students for one in years for room in one.classes}
    students = {one.id: one for one in school.students}
    if asked.kind == "student":
        _refuse_student(students, rooms, today, asked.whom)
    elif asked.whom in (*rooms, *(whole := _WHOLE.get(asked.kind, ()))):
        return
    elif asked.whom in students:
        command = f"stupeni present student {asked.whom}"
        raise Trouble(
            Text(f"{quote(asked.whom)} — ученик, а не класс",
                 f"{quote(asked.whom)} is a student, no class"),
            Text(f"одного ученика показывает `{command}`", f"for one student: `{command}`"),
        )  # fmt: skip
    else:
        _refuse_unknown(asked.whom, (*rooms, *whole), Text("класса", "class"))


def _refuse_student(
    students: dict[str, Student], rooms: dict[str, tuple[str, ...]], today: dt.date, whom: str
) -> None:
    present = [one for one in students if not _is_gone(students[one], today)]
    if whom in rooms:
        few = ", ".join(quote(one) for one in rooms[whom][:3])
        command = f"stupeni present class {whom}"
        raise Trouble(
            Text(f"{quote(whom)} — класс, а не ученик", f"{quote(whom)} is a class, no student"),
            Text(f"весь класс показывает `{command}`; ученики в нём: {few}…",
                 f"for the whole class: `{command}`; its students: {few}…"),
        )  # fmt: skip
    if whom not in students:
        _refuse_unknown(whom, present, Text("ученика", "student"))
    left = students[whom].record.left
    if left and whom not in present:
        near = ", ".join(map(quote, get_close_matches(whom, present, 3, 0)))
        raise Trouble(
            Text(f"{quote(whom)} не учится здесь с {quote(left)}",
                 f"{quote(whom)} left the school on {quote(left)}"),
            Text(f"учатся сейчас и названы похоже: {near}; копию для семьи делает "
                 "`stupeni takeaway`",
                 f"here now and called alike: {near}; `stupeni takeaway` makes a copy for the "
                 "family"),
        )  # fmt: skip


def _is_gone(student: Student, today: dt.date) -> bool:
    return student.record.left is not None and student.record.left <= today


def _refuse_unknown(whom: str, known: Iterable[str], what: Text) -> None:
    known = sorted(known)
    few = ", ".join(quote(one) for one in known[:12])
    otherwise = Text(f"есть: {few}", f"there are: {few}")
    raise Trouble(
        Text(f"нет {what.ru} {quote(whom)}", f"there is no {what.en} {quote(whom)}"),
        near_or(whom, known, otherwise),
    )
