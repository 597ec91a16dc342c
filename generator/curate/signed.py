"""Rows of a list of signed papers -> the consents of many students. Whose is each, and is it new?

A row is one circle of one paper. Nobody is guessed, and nothing is taken for granted: what a row
does not say is not allowed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.curate.consents import (
    Paper,
    choices_of,
    circle_in,
    consents_in,
    covers_in,
    same,
    signer_in,
    year_end,
)
from generator.curate.joining import Answers, Doubt, is_named
from generator.curate.listed import named
from generator.curate.names import day_in, room_in
from generator.curate.table import NAMES, Columns, Remark, Row, Table
from generator.diagnostic import Text, quote
from generator.model.policy import Consent
from generator.model.school import School, SchoolClass
from generator.model.student import Student

COLUMNS: Columns = {
    **NAMES,
    "born": ("дата рождения", "день рождения", "др"),
    "circle": ("кому", "кому показывать", "круг"),
    "covers": ("что", "что показывать", "что можно показывать", "сведения"),
    "by": ("подписал", "кто подписал", "представитель", "законный представитель",
           "фио представителя", "родитель"),
    "relation": ("кем приходится", "кто это", "родство"),
    "signed": ("подписано", "дата подписи", "день подписи", "дата согласия"),
    "until": ("до", "действует до", "срок", "по какой день"),
    "document": ("документ", "где лежит", "бумага", "номер", "дело и лист"),
    "student_signed": ("подписал ученик", "ученик подписал", "подпись ученика"),
}  # fmt: skip
_NEEDED = ("circle", "by", "signed", "document")


@dataclass(frozen=True)
class Signed:
    """What a list of papers comes to."""

    given: tuple[tuple[str, Consent], ...]
    """Student's id and a consent that is not there yet, in the order of the rows."""
    there: int
    """How many are there already."""
    remarks: tuple[Remark, ...]
    doubts: tuple[Doubt, ...]


def plan_signed(
    school: School, table: Table, rooms: Mapping[str, SchoolClass], answers: Answers
) -> Signed:
    """A consent for each row that can be understood; `rooms` are the classes of this year."""
    plan = _Plan(school, rooms, answers)
    for row in table.rows:
        plan.take(row)
    return Signed(tuple(plan.given), plan.there, tuple(plan.remarks), tuple(plan.doubts))


@dataclass
class _Plan:
    school: School
    rooms: Mapping[str, SchoolClass]
    answers: Answers
    given: list[tuple[str, Consent]] = field(default_factory=list)
    there: int = 0
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.students = {one.id: one for one in self.school.students}

    def take(self, row: Row) -> None:
        """Plans one row, or says why not."""
        student = self._meant(row)
        if student is None:
            return
        wrong = [*_mistakes(row, student)]
        self.remarks += wrong
        if wrong:
            return
        new = [one for id, one in self.given if id == student.id]
        held = (*student.consents.consents, *new)
        (consent,) = consents_in(_paper(row, student), [one.id for one in held])
        known = next((one for one in held if same(one, consent)), None)
        if known is None:
            self.given.append((student.id, consent))
        elif (known.covers, known.until) == (consent.covers, consent.until):
            self.there += 1
        else:
            self.remarks.append(Remark(row.number, "covers", *_other_words(known)))

    def _meant(self, row: Row) -> Student | None:
        """The student whose paper it is; None when it is nobody's, or nobody can tell yet."""
        if unread := [*_unread(row)]:
            self.remarks += unread
            return None
        if row.get("id"):
            return self._found(row)
        name = named(row)
        alike = [one for one in self.students.values() if name and self._may_be(one, row)]
        if len(alike) == 1:
            return alike[0]
        if not alike:
            written = name.whole if name else row.get("name") or row.get("surname")
            column = "name" if row.get("name") else "surname"
            self.remarks.append(Remark(row.number, column, *_unknown(written)))
            return None
        key = f"who:{row.number}"
        if (answer := self.answers.get(key)) is None:
            self.doubts.append(self._doubt(row, key, alike))
        elif answer not in self.students:
            self.remarks.append(Remark(row.number, "id", *_unknown(name.whole if name else "")))
        return self.students.get(answer or "")

    def _found(self, row: Row) -> Student | None:
        """The student of an id, if whoever else is named in the row is the same."""
        found, name = self.students.get(row.get("id")), named(row)
        born = day_in(row.get("born"))
        if found is None:
            self.remarks.append(Remark(row.number, "id", *_unknown(row.get("id"))))
        elif (name and not is_named(found, name)) or born not in (None, found.record.born):
            self.remarks.append(Remark(row.number, "id", *_another(row.get("id"))))
            return None
        return found

    def _may_be(self, student: Student, row: Row) -> bool:
        name, born, room = named(row), day_in(row.get("born")), self.rooms.get(student.id)
        into = room_in(row.get("class"))
        elsewhere = into is not None and (room is None or room.id != into.id)
        fits = name is not None and is_named(student, name) and student.record.left is None
        return fits and not elsewhere and born in (None, student.record.born)

    def _doubt(self, row: Row, key: str, alike: list[Student]) -> Doubt:
        name = named(row)
        said = quote(name.whole if name else "")
        told = ((one.id, f"{one.id}, {one.record.born:%d.%m.%Y}") for one in alike)
        return Doubt(
            key,
            Text(f"Строка {row.number}: {said}. Кто это?", f"Row {row.number}: {said}. Who is it?"),
            (*told, ("-", "никто из них / nobody")),
            "столбец «id» в таблице / a column «id»",
        )


def _unread(row: Row) -> Iterator[Remark]:
    """What would tell whose paper it is, and cannot be read: left out, it would be another's."""
    if row.get("born") and day_in(row.get("born")) is None:
        yield Remark(row.number, "born", _not(row, "born", "день", "a day"), _DAY)
    if row.get("class") and room_in(row.get("class")) is None:
        yield Remark(row.number, "class", _not(row, "class", "класс", "a class"), _ROOM)


def _paper(row: Row, student: Student) -> Paper:
    """What a row says that makes sense."""
    circle, signed = circle_in(row.get("circle")), day_in(row.get("signed"))
    by = signer_in(row.get("by"), row.get("relation"), student)
    assert circle and signed and by
    covers = covers_in(row.get("covers"), circle) if circle != "family" else ()
    until = day_in(row.get("until")) or year_end(signed)
    own = day_in(row.get("student_signed"))
    return Paper({circle: covers or ()}, by, signed, until, row.get("document"), own)


def _mistakes(row: Row, student: Student) -> Iterator[Remark]:
    for column in _NEEDED:
        if not row.get(column):
            yield Remark(row.number, column, *_EMPTY[column])
    circle, signed = circle_in(row.get("circle")), day_in(row.get("signed"))
    if row.get("circle") and circle is None:
        yield Remark(row.number, "circle", _not(row, "circle", "круг", "a circle"), _CIRCLE)
    if circle and circle != "family" and covers_in(row.get("covers"), circle) is None:
        beyond = " и ".join(("фамилию", "бумаги")) if "surname" not in choices_of(circle) else ""
        yield Remark(row.number, "covers", *_no_covers(row.get("covers"), beyond))
    if row.get("by") and signer_in(row.get("by"), row.get("relation"), student) is None:
        yield Remark(row.number, "by", *_NOT_WHO)
    for column in ("signed", "until", "student_signed"):
        if row.get(column) and day_in(row.get(column)) is None:
            yield Remark(row.number, column, _not(row, column, "день", "a day"), _DAY)
    until = day_in(row.get("until"))
    if signed and until and until < signed:
        yield Remark(row.number, "until", *_ENDED)


def _not(row: Row, column: str, ru: str, en: str) -> Text:
    written = quote(row.get(column))
    return Text(f"{written} — не {ru}", f"{written} is not {en}")


def _unknown(written: str) -> tuple[Text, Text]:
    return (
        Text(f"ученика {quote(written)} в школе нет", f"no student {quote(written)} here"),
        Text("исправьте имя и класс или назовите папку в столбце «id»",
             "mend name and class, or name the folder in a column «id»"),
    )  # fmt: skip


def _another(id: str) -> tuple[Text, Text]:
    return (
        Text(f"{quote(id)} — папка другого ученика", f"{quote(id)} is another student's folder"),
        Text("посмотрите, чья это бумага, и исправьте папку или имя и день рождения",
             "see whose paper it is, and mend the folder, or name and day of birth"),
    )  # fmt: skip


def _other_words(known: Consent) -> tuple[Text, Text]:
    return (
        Text(f"согласие этого дня уже внесено другими словами: {quote(known.id)}",
             f"a consent of that day is there in other words: {quote(known.id)}"),
        Text("посмотрите в бумагу и исправьте строку или consent.yml",
             "look at the paper, and mend the row or consent.yml"),
    )  # fmt: skip


def _no_covers(written: str, beyond: str) -> tuple[Text, Text]:
    if not written:
        return (
            Text("не сказано, что показывать", "it is not said what may be shown"),
            Text("перечислите отмеченное в бумаге; не отмечено ничего — напишите «ничего»",
                 "list what is ticked on the paper; where nothing is, write «ничего»"),
        )  # fmt: skip
    only = f"; {beyond} показывают только классу" if beyond else ""
    only_en = "; surname and papers are shown to the class only" if beyond else ""
    return (
        Text(f"{quote(written)}: не всё понятно{only}",
             f"{quote(written)} is not all understood{only_en}"),
        Text("перечислите через запятую: фамилия, фотографии, бумаги, работы, слова, отзывы",
             "list, with commas: surname, photos, papers, works, words, reviews"),
    )  # fmt: skip


_CIRCLE = Text("напишите: семье, классу, школе или всем", "write: family, class, school or public")
_ROOM = Text("напишите класс так: 4А", "write it like 4A")
_DAY = Text("напишите день так: 03.09.2026", "write it like 03.09.2026")
_ENDED = (
    Text("последний день раньше дня подписи", "the last day is before the day of signing"),
    Text("исправьте один из двух дней", "mend one of the two days"),
)
_NOT_WHO = (
    Text("не понять, кто подписал", "it cannot be told who signed"),
    Text("нужны фамилия, имя и отчество, а в столбце «Кем приходится» — мать, отец или опекун",
         "a full name is needed, and in «Кем приходится»: mother, father or guardian"),
)  # fmt: skip
_EMPTY: Mapping[str, tuple[Text, Text]] = {
    "circle": (Text("не сказано, кому показывать", "it is not said to whom"), _CIRCLE),
    "by": (
        Text("не сказано, кто подписал", "it is not said who signed"),
        Text("впишите имя из бумаги", "write the name from the paper"),
    ),
    "signed": (Text("не сказано, когда подписано", "the day of signing is not there"), _DAY),
    "document": (
        Text("не сказано, где лежит бумага", "it is not said where the paper lies"),
        Text("впишите дело и лист", "write file and sheet"),
    ),
}
