"""A plan -> questions, a preview, a yes. May it be written?"""

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.cli.ask import Asker
from generator.cli.tell import is_public, show, tell
from generator.diagnostic import Lang, Text

if TYPE_CHECKING:
    from generator.curate.joining import Answers, Doubt
    from generator.curate.table import Remark, Table

_WRITE = Text("Записать?", "Write it?")
_DRY = Text(
    "Ничего не записано. Чтобы записать, добавьте --yes",
    "Nothing was written. To write it, add --yes",
)
_DONE = Text("Записано файлов", "Files written")
_TO_DO = Text("что делать", "fix")
_NOT_READ = Text("Не читаю столбцы", "Columns not read")


class Planned(Protocol):
    """What may have to be asked before it can be written."""

    @property
    def doubts(self) -> "tuple[Doubt, ...]":
        """What only a person can know."""


P = TypeVar("P", bound=Planned)


def add_yes(parser: argparse.ArgumentParser) -> None:
    """Gives a command its preview: without a terminal it writes only when told so."""
    words = "записать, не спрашивая / write it without asking"
    parser.add_argument("--yes", action="store_true", help=words)


def settle(plan: "Callable[[Answers], P]", answers: dict[str, str], asker: Asker) -> P:
    """The plan with everything answered that only a person can know."""
    while (made := plan(answers)).doubts:
        for doubt in made.doubts:
            if doubt.key in answers:
                asker.misunderstood(answers[doubt.key])
            answers[doubt.key] = asker.choice(
                doubt.question,
                doubt.choices,
                option=doubt.option,
                read=_any if doubt.free else _none,
            )
    return made


def accepted(arguments: argparse.Namespace) -> bool:
    """Whether what was shown is to be written."""
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        tell(_DRY.get(arguments.lang))
        return False
    return Asker(arguments.lang).yes(_WRITE)


def show_remarks(remarks: "Iterable[Remark]", table: "Table | None", lang: Lang) -> None:
    """What is wrong with rows of a table: where, what, and what to do. A public log gets only the
    places: words of a list are people's names."""
    for one in sorted(remarks, key=lambda remark: remark.row):
        where = f"{table.file}, {table.place(one.row, one.column).get(lang)}: " if table else ""
        if is_public():
            show(table.place(one.row).get(lang) if table else "…")
        else:
            show(f"{where}{one.what.get(lang)}; {_TO_DO.get(lang)}: {one.fix.get(lang)}")


def show_unread(table: "Table", lang: Lang) -> None:
    """Which columns of a table nobody reads; on a public log how many, for whatever stands in the
    same row is taken for the name of a column."""
    if table.unread:
        heads = ", ".join(f"«{head}»" for head in table.unread)
        show(f"{_NOT_READ.get(lang)}: {len(table.unread) if is_public() else heads}")


def show_written(files: Iterable[str], arguments: argparse.Namespace) -> None:
    """Which files were written; on a public log how many."""
    named = tuple(files)
    for file in () if is_public() else named:
        show(f"  {(arguments.path / file).as_posix()}")
    print(f"{_DONE.get(arguments.lang)}: {len(named)}")


def _any(typed: str) -> str | None:
    return typed if typed and not typed.isdecimal() else None


def _none(_: str) -> str | None:
    return None
