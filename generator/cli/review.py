"""Changes by others: `review`, `policy`, `confirm`, `return`. What came in, and is it true?"""

import argparse
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import DRY, FINE, MISTAKES, add, command, hook, job_of
from generator.cli.tell import is_public, print_diagnostics, show, tell
from generator.diagnostic import Diagnostic, Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.flow.confirm import Done, Sign
    from generator.flow.policy import Pushed
    from generator.flow.review import Reviewed

_FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif")
_FORM = "вид ответа / form of the answer"
_REVIEWS = ("html", "markdown", *_FORMATS[1:])
_HAPPENED = Text("Всего", "In all")
_WOULD = Text("Будет записано", "To be written down")
_NOT = Text("Не записано", "Not written down")
_THEN = Text(
    "Дальше: сохраните это в Git; у кого своё хранилище, тому stupeni sources propose; потом "
    "stupeni build",
    "Next: commit this; stupeni sources propose for those with a repository of their own; then "
    "stupeni build",
)
_STATES = {
    "confirmed": Text("подтверждено", "confirmed"),
    "returned": Text("возвращено", "returned"),
}
_CLEAN = Text("это изменение вправе сделать его автор", "its author may make this change")
_FOUND = Text("так изменить нельзя, замечаний", "this change may not be made, remarks")


def add_review(commands: Any) -> None:
    """What looks at changes, and who may make and confirm them."""
    what = "что изменилось и верно ли это / what changed, and is it true"
    review = command(commands, "review", run_review, what)
    words = "ОТ..ДО в Git или две папки, старая и новая / FROM..TO in Git, or two folders"
    review.add_argument("span", nargs="+", metavar="ЧТО", help=words)
    where = "папка с портфолио в репозитории / folder of portfolios in the repository"
    folder = Path("portfolios")
    review.add_argument("--path", type=Path, default=folder, metavar="ПАПКА", help=where)
    only = "только этот класс, например 4a / this class only"
    review.add_argument("--class", dest="room", default="", metavar="КЛАСС", help=only)
    add(review, "--private", "--date", "--progress")
    review.add_argument("--format", choices=_REVIEWS, default="html", help=_FORM)
    where = "куда записать / where to"
    review.add_argument("--output", type=Path, dest="file", metavar="ФАЙЛ", help=where)
    _add_decisions(commands)
    _add_policy(commands)
    happened = "что было с портфолио, по дням / what happened to a portfolio, day by day"
    history = command(commands, "history", run_history, happened)
    history.add_argument("student", metavar="УЧЕНИК", help="id ученика / student")
    add(history, "path", "--private", "--date")


def _add_decisions(commands: Any) -> None:
    wrote = "записать решения учителя / write down what the teacher decided"
    confirm = command(commands, "confirm", run_confirm, wrote)
    back = "вернуть запись с доброй просьбой / return an entry with a kind request"
    give = command(commands, "return", run_return, back)
    give.add_argument("student", metavar="УЧЕНИК", help="id ученика / student")
    give.add_argument("entry", metavar="ЗАПИСЬ", help="id записи / entry")
    for one in (confirm, give):
        add(one, "path", "--private", "--date", "--by")
        signed = "подписать своим ключом SSH / sign with one's own SSH key"
        one.add_argument("--sign", type=Path, metavar="КЛЮЧ", help=signed)
    saved = "файл, который сохранила страница проверки / the file that the page has saved"
    confirm.add_argument(
        "--from", type=Path, required=True, dest="file", metavar="ФАЙЛ", help=saved
    )
    confirm.add_argument("--check", action="store_true", help=DRY)
    asked = "о чём просите: прочтут ученик и семья / what you ask for; the family reads it"
    give.add_argument("--reason", required=True, metavar="ПОЧЕМУ", help=asked)


def _add_policy(commands: Any) -> None:
    may = "вправе ли автор так изменить / may the author change that"
    policy = command(commands, "policy", run_policy, may)
    span = "от и до, например main..FETCH_HEAD / from and to"
    policy.add_argument("span", nargs="?", metavar="ОТ..ДО", help=span)
    add(policy, "path", "--private", "--date")
    whose = "номер автора на сервере Git, не имя из commit / the author's number at the forge"
    policy.add_argument("--author", required=True, metavar="НОМЕР", help=whose)
    pushed = "читать, что записывают: для pre-receive / read what is pushed, for pre-receive"
    policy.add_argument("--stdin", action="store_true", help=pushed)
    policy.add_argument("--format", choices=_FORMATS, default="full", help=_FORM)


def run_review(arguments: argparse.Namespace) -> int:
    """Writes what changed as asked for; 1 when something in it has to be mended."""
    from generator.flow.review import review_commits, review_folders

    if len(arguments.span) == 2:
        before, after = arguments.span
        arguments.path = Path(after)
        reviewed = review_folders(job_of(arguments), Path(before), Path(after), arguments.room)
    else:
        reviewed = review_commits(
            job_of(arguments), *ends_of(arguments.span[0]), hook(), arguments.room
        )
    return write_review(reviewed, arguments)


def write_review(reviewed: "Reviewed", arguments: argparse.Namespace) -> int:
    """Hands a report out as asked for; 1 when something in it has to be mended."""
    from generator.flow.review import write_page
    from generator.review.written import counted, to_json, to_markdown

    lang, report = arguments.lang, reviewed.report
    if arguments.format == "html":
        file = write_page(job_of(arguments), reviewed, lang, arguments.file)
        print(f"{file.parent}/*{file.suffix}" if is_public() else file.resolve().as_uri())
    elif arguments.format in ("markdown", "json"):
        written = {"markdown": to_markdown, "json": to_json}[arguments.format](report, lang)
        _hand_out(written, arguments.file)
    else:
        print_diagnostics(report.findings, arguments)
    tell(counted(report, lang))
    return MISTAKES if any(one.is_error for one in report.findings) else FINE


def run_history(arguments: argparse.Namespace) -> int:
    """Prints what happened to one portfolio, the newest first; on a public log how much."""
    from generator.flow.history import tell_history
    from generator.model.spoken import say_day

    moments, lang = tell_history(job_of(arguments), arguments.student, hook()), arguments.lang
    for day, told in groupby(() if is_public() else moments, key=lambda one: one.on):
        said = say_day(day).get(lang).replace("\N{NO-BREAK SPACE}", " ")
        show(said, *(f"  «{one.title}»: {one.what.get(lang)}" for one in told))
    tell(f"{_HAPPENED.get(lang)}: {len(moments)}")
    return FINE


def run_confirm(arguments: argparse.Namespace) -> int:
    """Writes what may be written of a file of decisions; 1 when something may not."""
    from generator.flow.confirm import confirm

    write, sign = not arguments.check, _sign(arguments)
    done = confirm(job_of(arguments), arguments.file, write=write, sign=sign)
    return _tell_decided(done, arguments)


def run_return(arguments: argparse.Namespace) -> int:
    """Returns one entry with a reason that its family reads."""
    from generator.flow.confirm import give_back

    job, asked = job_of(arguments), (arguments.student, arguments.entry, arguments.reason)
    return _tell_decided(give_back(job, *asked, sign=_sign(arguments)), arguments)


def _sign(arguments: argparse.Namespace) -> "Sign | None":
    from generator.flow.signature import signing_with

    return signing_with(arguments.sign) if arguments.sign else None


def _tell_decided(done: "Done", arguments: argparse.Namespace) -> int:
    lang: Lang = arguments.lang
    told = [
        f"  {student}/{one.entry}: {_STATES[one.state].get(lang)}" for student, one in done.written
    ]
    told += [f"  {no.asked.student}/{no.asked.entry}: {no.why.get(lang)}" for no in done.refused]
    show(*(() if is_public() else told))
    wrote = Text("Записано", "Written down") if not getattr(arguments, "check", False) else _WOULD
    tell(f"{wrote.get(lang)}: {len(done.written)}")
    if done.written and wrote is not _WOULD:
        tell(_THEN.get(lang))
    if done.refused:
        tell(f"{_NOT.get(lang)}: {len(done.refused)}")
    return MISTAKES if done.refused else FINE


def _hand_out(words: str, file: Path | None) -> None:
    """Words with names in them: into a file, or onto a screen of our own."""
    from generator.whole import write_whole

    if file:
        write_whole(file, words.encode())
    elif is_public():
        raise Trouble(
            Text("здесь имена и слова учеников, а этот журнал могут прочитать чужие",
                 "names and words of students are in it, and strangers may read this log"),
            Text("назовите файл, `--output`, или вид без имён: `--format github`",
                 "name a file, `--output`, or a form without names: `--format github`"),
        )  # fmt: skip
    else:
        show(*words.splitlines())


def run_policy(arguments: argparse.Namespace) -> int:
    """Prints what the author may not change; 1 when there is any of it."""
    from generator.flow.policy import find_breaches, find_pushed_breaches

    job, author = job_of(arguments), arguments.author
    if arguments.stdin:
        found = find_pushed_breaches(job, _pushed(), author, hook())
    else:
        base, head = ends_of(arguments.span)
        found = find_breaches(job, base, head, author, hook())
    print_paths(found, arguments)
    errors = sum(one.is_error for one in found)
    told = f"{_FOUND.get(arguments.lang)}: {errors}" if errors else _CLEAN.get(arguments.lang)
    tell(f"stupeni policy: {told}")
    return MISTAKES if errors else FINE


def print_paths(found: "tuple[Diagnostic, ...]", arguments: argparse.Namespace) -> None:
    """Diagnostics whose places are paths in a repository."""
    here = copy(arguments)
    here.path = Path()
    # Behind a veil the folder's name would be one sign more to guess.
    top = f"{arguments.path.as_posix()}/" if is_public() else ""
    bare = ((one, one.place.file.removeprefix(top)) for one in found)
    shown = (replace(one, place=replace(one.place, file=file)) for one, file in bare)
    print_diagnostics(tuple(shown), here)


def ends_of(span: str | None) -> tuple[str, str]:
    """The two names of `A..B`, or of `A...B` where they parted and B; Trouble for anything else."""
    base, dots, head = (span or "").partition("..")
    apart = head.startswith(".")
    base, head = base or "HEAD", head.removeprefix(".") or "HEAD"
    if not dots or head.startswith("."):
        raise Trouble(
            Text("не сказано, что с чем сравнить", "it is not said what to compare"),
            Text("назовите два состояния: `main..FETCH_HEAD`", "name two: `main..FETCH_HEAD`"),
        )
    return (f"{base}...{head}" if apart else base), head


def _pushed() -> "Iterator[Pushed]":
    """What Git tells a hook; Trouble about a line that is no three words: a branch may have a space
    of another alphabet in its name, and what is skipped here would come in."""
    from generator.flow.policy import Pushed

    for line in sys.stdin:
        words = line.rstrip("\n").split(" ")
        if len(words) != 3:
            raise Trouble(
                Text("Git сказал о записи не так, как он это говорит",
                     "what is pushed was told as Git does not tell it"),
                Text("дайте ту строку, которую Git даёт хуку: `СТАРОЕ НОВОЕ ИМЯ`",
                     "hand in the line that Git gives a hook: `OLD NEW NAME`"),
            )  # fmt: skip
        yield Pushed(*words)
