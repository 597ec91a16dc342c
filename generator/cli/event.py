"""Events and their protocols: `event add`, `event results`. Who took part?"""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.ask import Asker
from generator.cli.planned import accepted, add_yes, settle, show_remarks, show_unread
from generator.cli.tell import is_public, print_diagnostics, show, tell
from generator.cli.wizard import Wizard, pairs_of, plain_answers, unknown
from generator.diagnostic import Lang, Text

if TYPE_CHECKING:
    from generator.curate.results import Results

_TITLE = Text("Название события", "Title of the event")
_DATE = Text("День, первый день (14.10.2026)", "Day, or first day (14.10.2026)")
_STAGE = Text("Уровень", "Level")
_FORM = Text("Что это", "What it is")
_ORGANISER = Text("Кто проводит", "Who holds it")
_SKIP = Text("Enter — пропустить", "Enter: skip")
_THERE = Text("Такое событие уже есть", "The event is there already")
_ADDED = Text("Событие внесено", "The event is entered")
_DRAFTS = Text("Черновиков", "Drafts")
_HAVE = Text("уже есть", "there already")
_ELSEWHERE = Text("строк других школ", "rows of other schools")
_WRITTEN = Text("Записано черновиков", "Drafts written")
_DRAFT_SAID = Text(
    "Черновик видит только семья: она добавит скан и слова и уберёт строку draft",
    "A draft is seen by its family alone: they add a scan and words, and remove the line draft",
)


def add_event(commands: Any) -> None:
    """What enters an event once, and all who took part from its protocol."""
    event = commands.add_parser("event", help="события / events")
    kinds = event.add_subparsers(required=True, metavar="ЧТО")
    one = command(kinds, "add", run_event, "внести событие / enter an event")
    add(one, "path", "--private", "--date")
    for option, said in (
        ("--title", "название / title"),
        ("--on", "день / day"),
        ("--stage", "уровень: school, municipal … / level"),
        ("--form", "что это: olympiad, sport … / what it is"),
        ("--organiser", "кто проводит / who holds it"),
        ("--announced-by", "кто объявил: id из people.yml / who announced it"),
        ("--id", "короткое имя / short name"),
    ):
        one.add_argument(option, default="", metavar="ОТВЕТ", help=said)
    words = "черновики по протоколу события / drafts from an event's protocol"
    results = command(kinds, "results", run_results, words)
    results.add_argument("file", type=Path, metavar="ФАЙЛ", help="протокол XLSX, CSV / protocol")
    add(results, "path", "--private", "--date")
    which = "событие: id из events.yml / the event"
    results.add_argument("--event", required=True, metavar="СОБЫТИЕ", help=which)
    more = "ответ для всех: discipline=лыжи / an answer for all"
    results.add_argument("--set", action="append", default=[], metavar="КЛЮЧ=ОТВЕТ", help=more)
    add_yes(results)


def run_event(arguments: argparse.Namespace) -> int:
    """Enters an event in the register, unless it is there."""
    from generator.curate.events import Announced, known_event
    from generator.curate.names import day_in
    from generator.flow.events import write_event
    from generator.flow.roster import open_desk

    desk, asker, lang = open_desk(job_of(arguments)), Asker(arguments.lang), arguments.lang
    title = arguments.title or asker.line(_TITLE, lambda typed: typed or None, option="--title")
    day = day_in(arguments.on) or asker.line(_DATE, day_in, option="--on")
    words = desk.school.vocabularies
    stage = _word(asker, words["stages"], _STAGE, arguments.stage, "--stage")
    form = _word(asker, words["event-forms"], _FORM, arguments.form, "--form")
    told = arguments.title and arguments.on
    organiser = arguments.organiser or ("" if told else asker.line(_ORGANISER, str, hint=_SKIP))
    by = arguments.announced_by
    if by and desk.school.staff.person(by) is None:
        raise unknown("--announced-by", by, "id из people.yml")
    said = Announced(title, day, stage, form, organiser, by, arguments.id)
    known = known_event(desk.school, said)
    id = known.id if known else write_event(desk, said)
    # It is made of the title, and that may name a child.
    named = "" if is_public() else f": {id}"
    show(f"{(_THERE if known else _ADDED).get(lang)}{named}")
    return FINE


def run_results(arguments: argparse.Namespace) -> int:
    """A draft for each of our students in a protocol, after showing whom it would be."""
    from generator.curate.hints import NO_HINTS
    from generator.flow.adding import read_words
    from generator.flow.events import (
        event_named,
        plan_protocol,
        questions_for_all,
        read_protocol,
    )
    from generator.flow.roster import open_desk

    job, lang = job_of(arguments), arguments.lang
    desk, asker = open_desk(job), Asker(lang)
    event, table = event_named(desk, arguments.event), read_protocol(arguments.file)
    show_unread(table, lang)
    labels = read_words(job)
    questions = questions_for_all(desk, labels, event)
    told = {"result", "subject"} if "subject" in table.heads else {"result"}
    wizard = Wizard(desk, labels, asker, plain_answers(pairs_of(arguments.set)), NO_HINTS)
    said = wizard.answers([one for one in questions if one.key not in told])
    said |= {"subject": ""} if "subject" in told else {}
    plan = partial(plan_protocol, desk, table, (event, questions), said)
    results = settle(plan, {}, asker)
    show_remarks(results.remarks, table, lang)
    _show(results, lang)
    if results.matched and accepted(arguments):
        return _write(results, desk, arguments)
    return FINE


def _show(results: "Results", lang: Lang) -> None:
    for one in () if is_public() else results.matched:
        result = one.story.fields.get("result", "")
        show(f"  {one.row}: {one.student}{f' — {result}' if result else ''}")
    counted = f"{_DRAFTS.get(lang)}: {len(results.matched)}"
    show(f"{counted}; {_HAVE.get(lang)}: {results.there}; "
         f"{_ELSEWHERE.get(lang)}: {results.elsewhere}")  # fmt: skip


def _write(results: "Results", desk: Any, arguments: argparse.Namespace) -> int:
    from secrets import choice

    from generator.flow.adding import find_nonsense, plan_entries, write_entry

    entries = plan_entries(desk, [one.story for one in results.matched], choice)
    nonsense = find_nonsense(desk, entries)
    wrong = {one.place.file.rpartition("/")[0] for one in nonsense}
    for entry in entries:
        if entry.folder not in wrong:
            write_entry(desk, entry)
    print_diagnostics(tuple(nonsense), arguments)
    show(f"{_WRITTEN.get(arguments.lang)}: {len(entries) - len(wrong)}")
    tell(_DRAFT_SAID.get(arguments.lang))
    return MISTAKES if wrong else FINE


def _word(asker: Asker, listed: Any, label: Text, given: str, option: str) -> str:
    from generator.curate.questions import understood, word_question

    question = word_question(option, label, listed)
    if given:
        if (found := understood(question, given)) is None:
            raise unknown(option, given, ", ".join(code for code, _ in question.choices))
        return found
    return asker.word(question, lambda typed: understood(question, typed), option)
