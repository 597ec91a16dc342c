"""A school's people and years: `student`, `class`, `year`. Who is here?"""

import argparse
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.ask import Asker
from generator.cli.planned import (
    accepted,
    add_yes,
    settle,
    show_remarks,
    show_unread,
    show_written,
)
from generator.cli.tell import is_public, show, tell
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate.joining import Answers, Roster
    from generator.curate.rollover import Rollover
    from generator.flow.roster import Desk

T = TypeVar("T")
_YEAR = "учебный год, например 2026-27 / school year"
_FILE = "таблица XLSX или CSV / a table"


def add_school(commands: Any) -> None:
    """What takes people in and begins a year."""
    student = commands.add_parser("student", help="ученик / a student")
    kinds = student.add_subparsers(required=True, metavar="ЧТО")
    one = command(kinds, "add", run_student, "добавить ученика / take a student in")
    add(one, "path", "--private", "--date")
    one.add_argument("--name", default="", metavar="ФИО", help="фамилия, имя, отчество / full name")
    one.add_argument("--born", default="", metavar="ДЕНЬ", help="день рождения / day of birth")
    one.add_argument("--id", default="", metavar="ПАПКА", help="имя папки / name of the folder")
    _add_classes(one)
    rooms = commands.add_parser("class", help="классы / classes")
    kinds = rooms.add_subparsers(required=True, metavar="ЧТО")
    listed = command(kinds, "import", run_import, "внести список класса / take a list in")
    listed.add_argument("file", type=Path, metavar="ФАЙЛ", help=_FILE)
    add(listed, "path", "--private", "--date")
    _add_classes(listed)
    years = commands.add_parser("year", help="учебный год / the school year")
    kinds = years.add_subparsers(required=True, metavar="ЧТО")
    words = "перевести классы в следующий год / move the classes up"
    rollover = command(kinds, "rollover", run_rollover, words)
    add(rollover, "path", "--private", "--date")
    rollover.add_argument("--newcomers", type=Path, metavar="ФАЙЛ", help=_FILE)
    leaves = "кто уходит, кроме 11 класса / who leaves beside the 11th"
    rollover.add_argument("--leaves", action="append", default=[], metavar="УЧЕНИК", help=leaves)
    moves = "кто идёт в другой класс: belova-anna=5b / who goes to another class"
    rollover.add_argument("--move", action="append", default=[], metavar="УЧЕНИК=КЛАСС", help=moves)
    _add_teachers(rollover)


def _add_classes(parser: argparse.ArgumentParser) -> None:
    words = "класс, например 4А / the class"
    parser.add_argument("--class", dest="room", default="", metavar="КЛАСС", help=words)
    parser.add_argument("--year", default="", metavar="ГОД", help=_YEAR)
    _add_teachers(parser)


def _add_teachers(parser: argparse.ArgumentParser) -> None:
    words = "классный руководитель: 4a=orlova или 4a=«ФИО» / the class teacher"
    parser.add_argument("--teacher", action="append", default=[], metavar="КЛАСС=КТО", help=words)
    add_yes(parser)


_FULL_NAME = Text("Фамилия, имя и отчество ученика", "The student's full name")
_BORN = Text("День рождения (14.05.2016)", "Day of birth (14.05.2016)")
_CLASS = Text("Класс (4А)", "Class (4A)")
_NEW_LEVEL = Text("новая ступень", "a new level")
_LEAVERS = Text("уходят", "leave")
_NEW_CLASS = Text("новый класс", "a new class")
_KNOWN = Text("уже есть в школе", "known already")
_THERE = Text("уже стоят в своём классе", "in their class already")
_JOIN = Text("Добавится учеников на", "Students to join in")
_MEND_FIRST = Text(
    "Ничего не записано: сначала исправьте строки", "Nothing was written: first mend these rows"
)
_SEPTEMBER = Text(
    "Ключи сами сменятся 1 сентября: в имени каждого стоит год. Вернуть всё, пока нет коммита: "
    "git restore и git clean для этих файлов",
    "Keys change on 1 September by themselves: each bears its year. To undo before a commit: git "
    "restore and git clean these files",
)


def run_student(arguments: argparse.Namespace) -> int:
    """Takes one student in; asks what is not said."""
    from generator.curate.joining import Joiner
    from generator.curate.names import day_in, name_in, room_in
    from generator.flow.roster import open_desk, plan_students

    desk, asker = open_desk(job_of(arguments)), Asker(arguments.lang)
    name = _said(asker, arguments.name, _FULL_NAME, name_in, "--name")
    born = _said(asker, arguments.born, _BORN, day_in, "--born")
    room = _said(asker, arguments.room, _CLASS, room_in, "--class")
    joiner = Joiner(name, born, room, id=arguments.id)
    year = _year(arguments, desk)
    return _join(arguments, desk, partial(plan_students, desk, [joiner], year))


def run_import(arguments: argparse.Namespace) -> int:
    """Takes a list of a class in, after showing what it would change."""
    from generator.curate.names import room_in
    from generator.flow.roster import open_desk, plan_import, read_list

    desk, table = open_desk(job_of(arguments)), read_list(arguments.file)
    show_unread(table, arguments.lang)
    room = _understood(arguments.room, room_in, "--class") if arguments.room else None
    plan = partial(plan_import, desk, table, _year(arguments, desk), room)
    return _join(arguments, desk, plan, table)


def _join(arguments: argparse.Namespace, desk: "Desk", plan: Any, table: Any = None) -> int:
    from generator.flow.roster import write_roster

    roster: Roster = settle(plan, _answers(arguments), Asker(arguments.lang))
    lang: Lang = arguments.lang
    show_remarks(roster.remarks, table, lang)
    _show_roster(roster, lang)
    if roster.joins and accepted(arguments):
        show_written(write_roster(desk, roster), arguments)
    return MISTAKES if roster.remarks else FINE


def run_rollover(arguments: argparse.Namespace) -> int:
    """Moves every class up, in one step, after showing in words what that changes."""
    from generator.curate.rollover import Wishes
    from generator.flow.roster import open_desk, plan_year, read_list, write_year

    desk, lang = open_desk(job_of(arguments)), arguments.lang
    table = read_list(arguments.newcomers) if arguments.newcomers else None
    leaves, moves = frozenset(arguments.leaves), _pairs(arguments.move, "--move")

    def plan(answers: "Answers") -> Any:
        return plan_year(desk, Wishes(leaves, moves, answers), table)

    year = settle(plan, _answers(arguments), Asker(lang))
    _show_moving(year.moving, lang)
    _show_roster(year.joining, lang)
    if year.joining.remarks:
        show_remarks(year.joining.remarks, table, lang)
        tell(_MEND_FIRST.get(lang))
        return MISTAKES
    if accepted(arguments):
        show_written(write_year(desk, year), arguments)
        show(_SEPTEMBER.get(lang))
    return FINE


def _show_moving(plan: "Rollover", lang: Lang) -> None:
    show(f"{plan.before} → {plan.year}")
    for step in plan.steps:
        counted = len(step.after.students)
        words = Text(f"учеников {counted}", f"students: {counted}").get(lang)
        level = f"; {_NEW_LEVEL.get(lang)}" if step.is_new_level else ""
        teacher = "" if is_public() else f", {step.teacher}"
        show(f"  {step.before.title} → {step.after.title}: {words}{teacher}{level}")
    for student, room in () if is_public() else plan.leavers.items():
        words = Text(f"уходит {plan.last_day}", f"leaves on {plan.last_day}").get(lang)
        show(f"  {room.title}: {student} {words}")
    show(f"  {_LEAVERS.get(lang)}: {len(plan.leavers)}")


def _show_roster(roster: "Roster", lang: Lang) -> None:
    for one in roster.rooms:
        teacher = "" if is_public() else f", {one.teacher}"
        show(f"  + {_NEW_CLASS.get(lang)} {one.room.title}{teacher}")
    for join in () if is_public() else roster.joins:
        known = "" if join.is_new else f" ({_KNOWN.get(lang)})"
        show(f"  + {join.joiner.room.title}: {join.joiner.name.whole} → {join.id}{known}")
    there = f"; {_THERE.get(lang)}: {roster.there}" if roster.there else ""
    show(f"{_JOIN.get(lang)} {roster.year}: {len(roster.joins)}{there}")


def _answers(arguments: argparse.Namespace) -> dict[str, str]:
    pairs = _pairs(arguments.teacher, "--teacher")
    return {f"teacher:{room}": who for room, who in pairs.items()}


def _pairs(words: list[str], option: str) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise Trouble(
                Text(f"{option}: `{word}` без знака =", f"{option}: `{word}` has no ="),
                Text(f"напишите так: {option} 4a=orlova", f"write it like {option} 4a=orlova"),
            )
    return {word.split("=", 1)[0]: word.split("=", 1)[1] for word in words}


def _year(arguments: argparse.Namespace, desk: "Desk") -> str:
    if arguments.year and not re.fullmatch(r"20\d\d-\d\d", arguments.year):
        raise Trouble(
            Text(f"--year: `{arguments.year}` — не учебный год", "--year: this is no school year"),
            Text("напишите так: 2026-27", "write it like 2026-27"),
        )
    return arguments.year or desk.year


def _said(asker: Asker, given: str, question: Text, read: Any, option: str) -> Any:
    if given:
        return _understood(given, read, option)
    return asker.line(question, read, option=option)


def _understood(given: str, read: Callable[[str], T | None], option: str) -> T:
    if (found := read(given)) is None:
        raise Trouble(
            Text(f"{option}: не понимаю `{given}`", f"{option}: `{given}` is not understood"),
            Text("например: 4А, 14.05.2016, Белова Анна Сергеевна",
                 "e.g.: 4A, 14.05.2016, Belova Anna Sergeevna"),
        )  # fmt: skip
    return found
