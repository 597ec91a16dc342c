"""The classes of a year -> those of the next. Who moves up, who leaves, who leads them?"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from generator.curate.joining import Answers, Doubt, ask_teacher, known_teacher
from generator.curate.records import records_in
from generator.curate.roster import put_teachers
from generator.curate.sheets import Sheets
from generator.diagnostic import Text, quote
from generator.model.school import ClassList, School, SchoolClass, year_of
from generator.source import Document, Fields, Value, parse, rewrite, yaml_of
from generator.trouble import Trouble


@dataclass(frozen=True)
class Step:
    """A class as it was, and as it will be."""

    before: SchoolClass
    after: SchoolClass
    teacher: str
    """Who will lead it: an id of people.yml, or the full name of somebody who is not there yet."""

    @property
    def is_new_level(self) -> bool:
        """Whether its students finish a level with this step."""
        return self.before.level != self.after.level


@dataclass(frozen=True)
class Rollover:
    """What a new school year changes, and what has to be asked before."""

    before: str
    year: str
    steps: tuple[Step, ...]
    leavers: Mapping[str, SchoolClass]
    """Who leaves, and from which class: the 11th, and those who were named."""
    last_day: dt.date
    """The day that is written for them."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def listed(self) -> ClassList:
        """The class list of the new year; teachers as they were."""
        return ClassList(year=self.year, classes=tuple(step.after for step in self.steps))


@dataclass(frozen=True)
class Wishes:
    """What a school says of its new year."""

    leaves: Set[str] = frozenset()
    """Who leaves beside the 11th."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """Who goes on in another class than the own one, and its id."""
    answers: Answers = field(default_factory=dict)


def plan_rollover(school: School, wishes: Wishes, today: dt.date) -> Rollover:
    """The year after the last one that has a class list; Trouble when that one has not begun."""
    if not school.years:
        raise Trouble(
            Text("списков классов ещё нет", "there is no class list yet"),
            Text("внесите классы: `stupeni class import`", "enter them: `stupeni class import`"),
        )
    last = school.years[-1]
    if last.year > year_of(today):
        raise Trouble(
            Text(f"классы {last.year} года уже есть", f"there are classes of {last.year} already"),
            Text(f"перевод сделан; правьте school/classes/{last.year}.yml",
                 f"they have moved up; change school/classes/{last.year}.yml"),
        )  # fmt: skip
    first = int(last.year[:4]) + 1
    year = f"{first}-{(first + 1) % 100:02d}"
    _refuse_unknown(last, wishes)
    here = {one.id for one in school.students if one.record.left is None}
    leavers = {
        one: room
        for room in last.classes
        for one in room.students
        if one in here and (room.grade == 11 or one in wishes.leaves)
    }
    steps, doubts = [], []
    for step in _steps(last, here - leavers.keys(), wishes):
        teacher = known_teacher(school, wishes.answers.get(f"teacher:{step.after.id}", ""))
        # From the 4th to the 5th grade there is another teacher: nobody is guessed.
        default = "" if step.after.grade == 5 else step.before.teacher
        if teacher is None and not default:
            doubts.append(ask_teacher(school, step.after.id, step.after.title))
        steps.append(replace(step, teacher=teacher or default))
    leave_on = dt.date(first, 8, 31)
    return Rollover(last.year, year, tuple(steps), leavers, leave_on, tuple(doubts))


def put_rollover(sheets: Sheets, plan: Rollover) -> None:
    """The new year's list, and the leavers' last day."""
    ids = put_teachers(sheets, (step.teacher for step in plan.steps))
    classes: list[Value] = [_written(step.after, ids[step.teacher]) for step in plan.steps]
    fields: Fields = {"year": plan.year, "classes": classes}
    sheets.new(f"school/classes/{plan.year}.yml", yaml_of(fields))
    for student in plan.leavers:
        file, day = f"records/{student}/student.yml", f"{plan.last_day}"
        raw = sheets.read(file)
        document = parse(file, raw)
        tree = dict(document.value) if isinstance(document, Document) else {}
        order = {record.keys: record.order for record in records_in(file, {**tree, "left": day})}
        made = rewrite(raw, order, {("left",): day})
        after = parse(file, made)
        said = isinstance(after, Document) and after.value.get("left") == day
        sheets.put(file, made if said else None, f"left: {day}")


def _written(room: SchoolClass, teacher: str) -> Fields:
    return {
        "id": room.id,
        "title": room.title,
        "grade": room.grade,
        "teacher": teacher,
        "students": [*room.students],
    }


def _steps(last: ClassList, going: Set[str], wishes: Wishes) -> Iterator[Step]:
    """Every class one grade up, with those who go on in it; one that nobody goes on in is gone."""
    moved: dict[str, list[str]] = {}
    for student, room in wishes.moves.items():
        moved.setdefault(room, []).append(student)
    for before in last.classes:
        id = re.sub(r"^[0-9]+", f"{before.grade + 1}", before.id)
        stay = [one for one in before.students if one in going and one not in wishes.moves]
        students = (*stay, *(one for one in moved.pop(id, []) if one in going))
        if students and before.grade < 11:
            title = re.sub(r"^[0-9]+", f"{before.grade + 1}", before.title)
            changes = {"id": id, "title": title, "grade": before.grade + 1, "students": students}
            yield Step(before, before.model_copy(update=changes), "")
    if moved:
        names = ", ".join(sorted(moved))
        raise Trouble(
            Text(f"в новом году нет классов: {quote(names)}",
                 f"there are no such classes in the new year: {quote(names)}"),
            Text("назовите класс, в который кто-нибудь переходит: `10a`",
                 "name a class that somebody moves up into: `10a`"),
        )  # fmt: skip


def _refuse_unknown(last: ClassList, wishes: Wishes) -> None:
    known = {one for room in last.classes for one in room.students}
    for student in (*wishes.leaves, *wishes.moves):
        if student not in known:
            raise Trouble(
                Text(f"{quote(student)} нет в классах {last.year} года",
                     f"{quote(student)} is in no class of {last.year}"),
                Text("назовите папку ученика, например `belova-anna`",
                     "name the student's folder, e.g. `belova-anna`"),
            )  # fmt: skip
