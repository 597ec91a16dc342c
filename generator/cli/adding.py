"""One thing a student did: `add`. What was it, and what proves it?"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.ask import Asker
from generator.cli.planned import accepted, add_yes
from generator.cli.tell import is_public, print_diagnostics, show, tell
from generator.cli.wizard import Wizard, pairs_of, plain_answers
from generator.diagnostic import Lang, Text

if TYPE_CHECKING:
    from generator.curate.entry import NewEntry
    from generator.curate.hints import Hints
    from generator.flow.adding import Taken
    from generator.flow.job import Job
    from generator.flow.roster import Desk

_SCAN = Text("Скан или снимок", "Scan or photograph")
_DRAG = Text("перетащите файл сюда; Enter — без скана", "drag the file here; Enter: none")
_SEEN = Text("увидят: только семья и сотрудники", "seen by: the family and staff only")
_TURN = {
    90: Text("похоже, лист лежит на боку: поверните снимок вправо на 90° и добавьте снова",
             "the page seems to lie on its side: turn it 90° to the right and add it again"),
    180: Text("похоже, лист вверх ногами: поверните снимок на 180° и добавьте снова",
              "the page seems to be upside down: turn it by 180° and add it again"),
    270: Text("похоже, лист лежит на боку: поверните снимок влево на 90° и добавьте снова",
              "the page seems to lie on its side: turn it 90° to the left and add it again"),
}  # fmt: skip
_AS_IT_IS = Text("  Ctrl-C — ничего не записывать; можно и оставить так",
                 "  Ctrl-C: nothing is written; it may stay as it is, too")  # fmt: skip
_REFUSED = Text("Ничего не записано: сначала исправьте это", "Nothing was written: mend this first")
_READY = Text("Готово", "Done")


def add_adding(commands: Any) -> None:
    """What enters one thing a student did."""
    words = "добавить запись: скан и несколько ответов / add an entry"
    one = command(commands, "add", run_add, words)
    files = "сканы и снимки / scans and photographs"
    one.add_argument("files", nargs="*", type=Path, metavar="ФАЙЛ", help=files)
    add_answers(one)
    add_yes(one)
    add(one, "--private", "--date")


def add_answers(parser: argparse.ArgumentParser) -> None:
    """Gives a command all answers that it would ask for."""
    where = "папка с портфолио / folder of portfolios"
    default = Path("portfolios")
    parser.add_argument(
        "--in", dest="path", type=Path, default=default, metavar="ПАПКА", help=where
    )
    for option, said in (
        ("--student", "ученик: папка или фамилия / the student"),
        ("--kind", "вид записи: contest, sport, creative … / kind of entry"),
        ("--title", "название / title"),
        ("--event", "событие: id из events.yml / the event"),
        ("--on", "день, например 14.10.2026 / the day"),
        ("--document", "что на скане: diploma, photo … / what the scan shows"),
        ("--description", "что видно на скане / what can be seen on it"),
    ):
        parser.add_argument(option, default="", metavar="ОТВЕТ", help=said)
    more = "другой ответ: result=winner / another answer"
    parser.add_argument("--set", action="append", default=[], metavar="КЛЮЧ=ОТВЕТ", help=more)


def run_add(arguments: argparse.Namespace) -> int:
    """Asks about one thing, and writes its folder with its scans made light."""
    from generator.flow.adding import read_hints, take_scans
    from generator.flow.roster import open_desk

    job = job_of(arguments)
    desk, asker = open_desk(job), Asker(arguments.lang)
    files = arguments.files or _dragged(asker, arguments)
    scans = take_scans(job, files)
    show_light(scans, arguments.lang)
    wizard = wizard_of(arguments, job, (desk, asker), read_hints(desk, scans))
    return FINE if file_entry(wizard, scans, arguments) else MISTAKES


def wizard_of(
    arguments: argparse.Namespace, job: "Job", at: "tuple[Desk, Asker]", hints: "Hints"
) -> Wizard:
    """Whoever asks, with all answers that the command brought, and what was read off the scans."""
    from generator.flow.adding import read_words

    keys = ("student", "kind", "title", "event", "on", "document", "description")
    given = {key: getattr(arguments, key) for key in keys if getattr(arguments, key)}
    answers = given | pairs_of(arguments.set)
    return Wizard(at[0], read_words(job), at[1], plain_answers(answers), hints)


def file_entry(
    wizard: Wizard, scans: "Sequence[Taken]", arguments: argparse.Namespace
) -> "NewEntry | None":
    """The entry that was written; None when it makes no sense, or nobody wanted it."""
    from secrets import choice

    from generator.flow.adding import find_nonsense, plan_entries, write_entry

    (entry,) = plan_entries(wizard.desk, [wizard.story(scans)], choice)
    if nonsense := find_nonsense(wizard.desk, [entry]):
        print_diagnostics(tuple(nonsense), arguments)
        tell(_REFUSED.get(arguments.lang))
        return None
    if not is_public():
        print()
        show(f"  {entry.folder}", *(f"  {line}" for line in _lines(entry)))
        show(f"  ({_SEEN.get(arguments.lang)})")
    if not accepted(arguments):
        return None
    write_entry(wizard.desk, entry)
    where = "" if is_public() else f": {(arguments.path / entry.folder).as_posix()}"
    show(f"{_READY.get(arguments.lang)}{where}")
    return entry


def show_light(scans: "Sequence[Taken]", lang: Lang) -> None:
    """What became of each file, and whether it lies as it should."""
    from generator.flow.adding import find_turns

    turns = find_turns(scans)
    for scan, turn in zip(scans, turns, strict=True):
        name = "…" if is_public() else scan.path.name
        show(f"  {name}: {scan.before / 1e6:.2f} → {len(scan.content) / 1e6:.2f} МБ")
        if turn:
            show(f"  {name}: {_TURN[turn].get(lang)}")
    if any(turns):
        show(_AS_IT_IS.get(lang))


def _dragged(asker: Asker, arguments: argparse.Namespace) -> list[Path]:
    """The file that was dragged into the window: terminals put quotes or backslashes around it."""
    if arguments.title or arguments.event:
        return []
    while True:
        typed = asker.line(_SCAN, str, hint=_DRAG).strip("'\"").replace("\\ ", " ")
        if not typed:
            return []
        if (path := Path(typed).expanduser()).is_file():
            return [path]
        asker.misunderstood(typed)


def _lines(entry: "NewEntry") -> list[str]:
    return entry.files["entry.yml"].decode().splitlines()
