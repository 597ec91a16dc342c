"""Rows of a protocol + an event -> a draft for each of our students. Who of them is ours?

A protocol names children of other schools: of a row that is not surely one of ours nothing is
kept, and what is asked is asked of a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.curate.entry import Story
from generator.curate.joining import Answers, Doubt
from generator.curate.listed import named
from generator.curate.names import day_in, fold, room_in
from generator.curate.questions import Question, understood
from generator.curate.table import NAMES, Columns, Remark, Row, Table
from generator.diagnostic import Text, quote
from generator.model.school import Event, School, SchoolClass, year_of
from generator.model.student import Student

COLUMNS: Columns = {
    **NAMES,
    "born": ("дата рождения", "день рождения", "др"),
    "school": ("школа", "оо", "образовательная организация", "образовательное учреждение",
               "наименование оо", "учреждение", "организация", "оу"),
    "result": ("результат", "статус", "статус участника", "статус участия", "статус диплома",
               "тип диплома", "итог", "награда", "результат участия"),
    "subject": ("предмет", "номинация", "направление"),
}  # fmt: skip
_NOBODY = "-"
"""The answer that a row is of nobody here."""


@dataclass(frozen=True)
class Shared:
    """What is the same in every entry about an event."""

    event: Event
    kind: str
    fields: Mapping[str, str]
    result: Question | None
    """How results are called; none where entries of this kind have none."""


@dataclass(frozen=True)
class Matched:
    """A draft to be written, and the row it comes from."""

    row: int
    student: str
    story: Story


@dataclass(frozen=True)
class Results:
    """What a protocol comes to."""

    matched: tuple[Matched, ...]
    there: int
    """How many have an entry about this event already."""
    elsewhere: int
    """How many rows are of other schools."""
    remarks: tuple[Remark, ...]
    doubts: tuple[Doubt, ...]


def plan_results(school: School, table: Table, shared: Shared, answers: Answers) -> Results:
    """A draft for each row that is surely of one of our students."""
    plan = _Plan(school, shared, answers)
    for row in table.rows:
        plan.take(row)
    return Results(
        tuple(plan.matched), plan.there, plan.elsewhere, tuple(plan.remarks), tuple(plan.doubts)
    )


@dataclass
class _Plan:
    school: School
    shared: Shared
    answers: Answers
    matched: list[Matched] = field(default_factory=list)
    there: int = 0
    elsewhere: int = 0
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = self.school.names
        self.students = {student.id: student for student in self.school.students}
        year = year_of(self.shared.event.date)
        listed = next((one for one in self.school.years if one.year == year), None)
        rooms = listed.classes if listed else ()
        self.rooms: dict[str, SchoolClass] = {one: r for r in rooms for one in r.students}

    def take(self, row: Row) -> None:
        """Plans one row, or says why not."""
        settings = self.school.settings
        written, ours = row.get("school"), (settings.name, settings.short_name)
        if written and not any(_is_ours(written, own) for own in ours):
            self.elsewhere += 1
            return
        student = self._meant(row)
        if student is None:
            return
        result = self._result(row)
        if result is None:
            return
        subject = row.get("subject") or self.shared.fields.get("subject", "")
        if first := self.seen.get((student.id, fold(subject))):
            self._remark(row, "name", *_twice(first))
            return
        self.seen[student.id, fold(subject)] = row.number
        if self._has(student, subject):
            self.there += 1
            return
        fields = {**self.shared.fields, "subject": subject, "result": result}
        known = {*self.shared.fields, *(("result",) if self.shared.result else ())}
        story = Story(
            student.id,
            self.shared.kind,
            self.shared.event.title,
            self.shared.event.date,
            self.shared.event.id,
            {key: value for key, value in fields.items() if key in known},
            is_draft=True,
        )
        self.matched.append(Matched(row.number, student.id, story))

    def _meant(self, row: Row) -> Student | None:
        """The student whose row it is; None when it is nobody's, or nobody can tell yet."""
        if row.get("id"):
            if found := self.students.get(row.get("id")):
                return found
            self._remark(row, "id", *_unknown_id(row.get("id")))
            return None
        written = _written(row)
        ids = {id for mention in self.names.find(written) for id in mention.ids}
        alike = [self.students[id] for id in sorted(ids) if self._may_be(self.students[id], row)]
        if not alike:
            self._remark(row, "name" if row.get("name") else "surname", *_not_ours(bool(ids)))
            return None
        if len(alike) == 1 and self._is_sure(alike[0], row):
            return alike[0]
        key = f"who:{row.number}"
        if (answer := self.answers.get(key)) is None:
            self.doubts.append(self._doubt(row, key, written, alike))
        return self.students.get(answer or "")

    def _may_be(self, student: Student, row: Row) -> bool:
        born, into = day_in(row.get("born")), room_in(row.get("class"))
        room = self.rooms.get(student.id)
        gone = student.record.left is not None and student.record.left < self.shared.event.date
        letter = into and into.letter and room and into.id != room.id
        wrong_room = into and room and (into.grade != room.grade or letter)
        return not gone and not wrong_room and (born is None or born == student.record.born)

    def _is_sure(self, student: Student, row: Row) -> bool:
        """Whether the row says more than a name that a child elsewhere may have as well."""
        name, room = named(row), self.rooms.get(student.id)
        if name is None or fold(name.given) != fold(student.record.name.given):
            return False
        into = room_in(row.get("class"))
        same_room = bool(into and room and into.letter and into.id == room.id)
        own = student.record.name.patronymic
        same_patronymic = bool(own and name.patronymic and fold(own) == fold(name.patronymic))
        return same_room or same_patronymic or day_in(row.get("born")) == student.record.born

    def _doubt(self, row: Row, key: str, written: str, alike: list[Student]) -> Doubt:
        parts = (written, row.get("class"), row.get("school"))
        said = quote(", ".join(part for part in parts if part))
        return Doubt(
            key,
            Text(f"Строка {row.number}: {said}. Кто это?", f"Row {row.number}: {said}. Who is it?"),
            (*((one.id, self._told(one)) for one in alike), (_NOBODY, "никто из них / nobody")),
            "столбец «id» в таблице / a column «id»",
        )  # fmt: skip

    def _told(self, student: Student) -> str:
        name, room = student.record.name, self.rooms.get(student.id)
        parts = (name.surname, name.given, name.patronymic, f"({room.title})" if room else "")
        return " ".join(part for part in parts if part)

    def _result(self, row: Row) -> str | None:
        """The code of a result, empty for taking part; None when nobody can tell what is meant."""
        said = row.get("result")
        if not said or self.shared.result is None:
            return ""
        found = understood(self.shared.result, said)
        if found is None:
            self._remark(row, "result", *_unknown_result(said))
        return "" if found == "participant" else found

    def _has(self, student: Student, subject: str) -> bool:
        """Whether there is an entry about this event, of the same subject if both say one."""
        for entry in student.entries:
            own = entry.get("subject")
            same = not own or not subject or fold(own) == fold(subject)
            if entry.event == self.shared.event.id and same:
                return True
        return False

    def _remark(self, row: Row, column: str, what: Text, fix: Text) -> None:
        self.remarks.append(Remark(row.number, column, what, fix))


def _written(row: Row) -> str:
    parts = (row.get("surname"), row.get("given"), row.get("patronymic"))
    written = row.get("name") or " ".join(part for part in parts if part)
    return written.title() if written == written.upper() else written


def _is_ours(written: str, own: str) -> bool:
    """Whether a protocol means our school: its number, or where it has none its name."""
    numbers, ours = re.findall(r"\d+", written), re.findall(r"\d+", own)
    if numbers or ours:
        return bool({*numbers} & {*ours})
    return fold(written) in fold(own) or fold(own) in fold(written)


def _twice(first: int) -> tuple[Text, Text]:
    return (
        Text(f"тот же ученик, что в строке {first}", f"the same student as in row {first}"),
        Text("если это другой предмет, назовите его в столбце «Предмет»",
             "if it is another subject, name it in a column «Предмет»"),
    )  # fmt: skip


def _not_ours(by_name: bool) -> tuple[Text, Text]:
    if by_name:
        return (
            Text("имя нашего ученика, но класс или день рождения другой",
                 "the name of our student, but another class or day of birth"),
            Text("если это он, напишите в столбце «id» папку ученика",
                 "if it is the same, write the student's folder into a column «id»"),
        )  # fmt: skip
    return (
        Text("ученика с таким именем в школе нет", "no student of the school has this name"),
        Text("если это наш ученик, исправьте имя или напишите его папку в столбце «id»",
             "if it is ours, mend the name, or write the folder into a column «id»"),
    )  # fmt: skip


def _unknown_id(id: str) -> tuple[Text, Text]:
    return (
        Text(f"папки {quote(id)} нет", f"there is no folder {quote(id)}"),
        Text("исправьте столбец «id»", "mend the column «id»"),
    )


def _unknown_result(said: str) -> tuple[Text, Text]:
    return (
        Text(f"{quote(said)} — не результат из списка", f"{quote(said)} is none of our results"),
        Text("напишите: победитель, призёр, лауреат, дипломант, финалист или участник",
             "write «победитель», «призёр», «лауреат», «дипломант», «финалист» or «участник»"),
    )  # fmt: skip
