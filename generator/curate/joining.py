"""A school + people who join its classes -> who is new, who is known, what has to be asked.

Nothing is written here, and nobody is guessed: whoever may be two people is a doubt, and the plan
is made again with the answer.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.curate.names import Name, Room, fold, name_in, propose_id
from generator.curate.table import Remark
from generator.diagnostic import Text, quote
from generator.model.school import ClassList, School, SchoolClass
from generator.model.student import Student

NEW = "new"
"""The answer that somebody is not one of those we know."""
Answers = Mapping[str, str]
"""Key of a doubt -> what was answered."""
_ID, _LONGEST = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), 80


@dataclass(frozen=True)
class Doubt:
    """Something that only a person can know."""

    key: str
    question: Text
    choices: tuple[tuple[str, str], ...]
    """Answer -> what it means, in people's words."""
    option: str
    """What to add to the command instead of answering."""
    free: bool = False
    """Whether another answer than these may be given: a full name."""


@dataclass(frozen=True)
class Joiner:
    """Somebody who is to stand in a class, as a list says it."""

    name: Name
    born: dt.date
    room: Room
    row: int = 0
    """In which row; 0 when it was no list."""
    id: str = ""
    """The folder, when the list names it."""


@dataclass(frozen=True)
class Join:
    """Somebody who will stand in a class, and under which id."""

    id: str
    joiner: Joiner
    is_new: bool
    """Whether nobody knew this student before."""


@dataclass(frozen=True)
class NewRoom:
    """A class that is not in the year's list yet, and its teacher."""

    room: Room
    teacher: str
    """An id of people.yml, or the full name of somebody who is not there yet."""


@dataclass(frozen=True)
class Roster:
    """What would be written, and what has to be asked before."""

    year: str
    joins: tuple[Join, ...] = ()
    rooms: tuple[NewRoom, ...] = ()
    there: int = 0
    """How many stand in their class already."""
    remarks: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def plan_roster(school: School, year: str, joiners: Sequence[Joiner], answers: Answers) -> Roster:
    """Who of these joins which class of the year."""
    plan = _Plan(school, list_of(school, year), answers)
    for joiner in joiners:
        plan.take(joiner)
    rooms = tuple(plan.new_rooms())
    return Roster(
        year, tuple(plan.joins), rooms, plan.there, tuple(plan.remarks), tuple(plan.doubts)
    )


def list_of(school: School, year: str) -> ClassList | None:
    """The class list of a year."""
    return next((listed for listed in school.years if listed.year == year), None)


def ask_teacher(school: School, room: str, title: str) -> Doubt:
    """Who leads a class, by its id and what people call it."""
    teachers = [p for p in school.staff.people if "class-teacher" in p.roles]
    return Doubt(
        f"teacher:{room}",
        Text(
            f"Кто классный руководитель {title}? Номер, а если его здесь нет — имя целиком",
            f"Who is the class teacher of {title}? The number, or the whole name of somebody new",
        ),
        tuple((person.id, person.name) for person in teachers or school.staff.people),
        f"--teacher {room}=КТО",
        free=True,
    )


def known_teacher(school: School, answer: str) -> str | None:
    """Whoever was named by id or name: an id, a full name of somebody new, or None for neither."""
    for person in school.staff.people:
        if answer == person.id or fold(answer) == fold(person.name):
            return person.id
    name = name_in(answer)
    return name.whole if name and name.patronymic else None


@dataclass
class _Plan:
    school: School
    listed: ClassList | None
    answers: Answers
    joins: list[Join] = field(default_factory=list)
    there: int = 0
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    seen: dict[tuple[str, ...], Joiner] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.students = {student.id: student for student in self.school.students}
        self.taken = {*self.students}
        rooms = self.listed.classes if self.listed else ()
        self.rooms = {room.id: room for room in rooms}
        self.room_of = {one: room for room in rooms for one in room.students}

    def take(self, joiner: Joiner) -> None:
        """Plans one of them, or says why not."""
        key = (*joiner.name.folded, f"{joiner.born}")
        if (first := self.seen.setdefault(key, joiner)) is not joiner:
            self._remark(joiner, *_again(first))
            return
        if joiner.id and not (_ID.fullmatch(joiner.id) and len(joiner.id) <= _LONGEST):
            self._remark(joiner, *_WRONG_ID, column="id")
            return
        if (meant := self._meant(joiner)) is None:
            return
        if isinstance(meant, Student):
            self._take_known(joiner, meant)
            return
        id = joiner.id or propose_id(joiner.name, self.taken)
        self.taken.add(id)
        self.joins.append(Join(id, joiner, is_new=True))

    def new_rooms(self) -> Iterator[NewRoom]:
        """Classes that somebody joins and that are not there yet."""
        for room in dict.fromkeys(join.joiner.room for join in self.joins):
            if room.id in self.rooms:
                continue
            teacher = known_teacher(self.school, self.answers.get(f"teacher:{room.id}", ""))
            if teacher is None:
                self.doubts.append(ask_teacher(self.school, room.id, room.title))
            else:
                yield NewRoom(room, teacher)

    def _meant(self, joiner: Joiner) -> Student | str | None:
        """The student whom we know, `NEW`, or None as long as nobody can tell."""
        if joiner.id in self.students:
            return self.students[joiner.id]
        alike = [one for one in self.school.students if is_named(one, joiner.name)]
        same = [one for one in alike if one.record.born == joiner.born]
        if joiner.id or not alike:
            return NEW
        if len(same) == 1:
            return same[0]
        key = f"who:{joiner.row}"
        if (answer := self.answers.get(key)) is None:
            self.doubts.append(self._doubt(joiner, key, same or alike))
            return None
        return self.students.get(answer, NEW)

    def _doubt(self, joiner: Joiner, key: str, alike: Sequence[Student]) -> Doubt:
        name = quote(f"{joiner.name.whole}, {joiner.room.title}, {joiner.born:%d.%m.%Y}")
        known = ((one.id, self._told(one)) for one in alike)
        return Doubt(
            key,
            Text(f"{name}: так уже зовут ученика школы. Это он?",
                 f"{name}: a student of the school has this name. Is it the same?"),
            (*known, (NEW, "другой ребёнок / another child")),
            "столбец «id» в таблице / a column «id»",
        )  # fmt: skip

    def _told(self, student: Student) -> str:
        room = self.room_of.get(student.id)
        where = f", {room.title}" if room else ""
        return f"{student.id}{where}, {student.record.born:%d.%m.%Y}"

    def _take_known(self, joiner: Joiner, student: Student) -> None:
        if not is_named(student, joiner.name):
            self._remark(joiner, *_other_name(student), column="id")
        elif (room := self.room_of.get(student.id)) and room.id == joiner.room.id:
            self.there += 1
        elif room:
            self._remark(joiner, *_elsewhere(room), column="class")
        elif student.record.left:
            self._remark(joiner, *_gone(student))
        else:
            self.joins.append(Join(student.id, joiner, is_new=False))

    def _remark(self, joiner: Joiner, what: Text, fix: Text, column: str = "name") -> None:
        self.remarks.append(Remark(joiner.row, column, what, fix))


def is_named(student: Student, name: Name) -> bool:
    """Whether a student may be whoever is called that."""
    record = student.record
    surnames = {fold(one) for one in (record.name.surname, *record.former_surnames)}
    surname, given, patronymic = name.folded
    own = fold(record.name.patronymic or "")
    fits = not patronymic or not own or patronymic == own
    return surname in surnames and given == fold(record.name.given) and fits


def _again(first: Joiner) -> tuple[Text, Text]:
    return (
        Text(f"то же имя и день рождения, что в строке {first.row}",
             f"the same name and day of birth as in row {first.row}"),
        Text("оставьте одну строку; двойняшкам с одним именем дайте столбец «id»",
             "keep one of the rows"),
    )  # fmt: skip


def _other_name(student: Student) -> tuple[Text, Text]:
    name = quote(f"{student.record.name.surname} {student.record.name.given}")
    return (
        Text(f"{quote(student.id)} — это {name}", f"{quote(student.id)} is {name}"),
        Text("исправьте столбец «id» или имя", "mend the column «id», or the name"),
    )


def _elsewhere(room: SchoolClass) -> tuple[Text, Text]:
    return (
        Text(f"уже стоит в классе {quote(room.title)}", f"is in the class {quote(room.title)}"),
        Text("если это перевод, сначала уберите ученика из прежнего класса в school/classes",
             "if the student has moved, take them out of the old class in school/classes first"),
    )  # fmt: skip


def _gone(student: Student) -> tuple[Text, Text]:
    left = f"{student.record.left}"
    return (
        Text(f"ушёл из школы {quote(left)}", f"left the school on {quote(left)}"),
        Text(f"если вернулся, сотрите `left` в records/{quote(student.id)}/student.yml",
             f"if the student is back, remove `left` in records/{quote(student.id)}/student.yml"),
    )  # fmt: skip


_WRONG_ID = (
    Text("«id» длиннее 80 знаков, или в нём не только маленькие латинские буквы, цифры и дефис",
         "«id» is longer than 80 signs, or holds more than small Latin letters, digits, hyphens"),
    Text("напишите, например, belova-anna, или оставьте пустым",
         "write e.g. belova-anna, or leave it empty"),
)  # fmt: skip
