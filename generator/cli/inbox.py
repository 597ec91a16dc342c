"""A folder of scans: `inbox`. What is each of these papers?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.adding import add_answers, file_entry, show_light, wizard_of
from generator.cli.arguments import FINE, add, command, job_of
from generator.cli.ask import Asker
from generator.cli.planned import add_yes
from generator.cli.tell import is_public, show
from generator.diagnostic import Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate.entry import NewEntry
    from generator.curate.piles import Page
    from generator.flow.roster import Desk

_EMPTY = Text("В папке нет сканов и снимков", "No scans and photographs in the folder")
_PILE = Text("Документ", "Document")
_TOGETHER = Text("Одна запись?", "One entry?")
_HOW = Text(
    "Enter — да, все страницы; число — только столько первых; 0 — пропустить; у — отменить прежнюю",
    "Enter: yes, all pages; a number: only so many; 0: skip; u: undo the one before",
)
_BACK = Text("Отменено", "Undone")
_FILED = Text("Разобрано документов", "Documents filed")
_LEFT = Text("осталось файлов", "files left")
_UNDO = ("у", "u", "undo", "отмена")


def add_inbox(commands: Any) -> None:
    """What files the papers of a folder one by one."""
    words = "разобрать папку сканера или телефона / file a scanner's or phone's folder"
    inbox = command(commands, "inbox", run_inbox, words)
    inbox.add_argument("folder", type=Path, metavar="ПАПКА", help="где лежат файлы / the folder")
    undone = "отменить последнюю запись и вернуть файлы / undo the last entry"
    inbox.add_argument("--undo", action="store_true", help=undone)
    add_answers(inbox)
    add_yes(inbox)
    add(inbox, "--private", "--date")


def run_inbox(arguments: argparse.Namespace) -> int:
    """Asks about one document after the other; its files are put away when its entry is there."""
    from generator.flow.adding import with_entry
    from generator.flow.inbox import read_piles
    from generator.flow.roster import open_desk

    if arguments.undo:
        _undo(arguments)
        return FINE
    filed, asker, lang = 0, Asker(arguments.lang), arguments.lang
    piles, desk = read_piles(arguments.folder), open_desk(job_of(arguments))
    if not piles:
        show(_EMPTY.get(lang))
    while piles:
        pile = piles.pop(0)
        taken = _asked(asker, pile, arguments)
        if taken is None:  # undone: what came back is a document again
            filed, piles = max(0, filed - 1), read_piles(arguments.folder)
            desk = open_desk(job_of(arguments))
            continue
        if rest := pile[taken:] if taken else ():
            piles.insert(0, rest)
        if taken and (entry := _file(pile[:taken], arguments, (asker, desk))):
            filed, desk = filed + 1, with_entry(desk, entry)
    left = sum(len(pile) for pile in read_piles(arguments.folder))
    show(f"{_FILED.get(lang)}: {filed}; {_LEFT.get(lang)}: {left}")
    return FINE


def _asked(asker: Asker, pile: "tuple[Page, ...]", arguments: argparse.Namespace) -> int | None:
    """How many of the pages are one entry; None when the one before was undone."""
    names = ", ".join("…" if is_public() else page.path.name for page in pile)
    print()
    show(f"{_PILE.get(arguments.lang)}: {names}")

    def read(typed: str) -> int | None:
        if typed.lower() in _UNDO:
            return -1
        return int(typed) if typed.isdecimal() and int(typed) <= len(pile) else None

    said = asker.line(_TOGETHER, read, default=f"{len(pile)}", hint=_HOW)
    if said >= 0:
        return said
    try:
        _undo(arguments)
    except Trouble as trouble:
        show(trouble.message.get(arguments.lang))
    return None


def _file(
    pages: "tuple[Page, ...]", arguments: argparse.Namespace, at: "tuple[Asker, Desk]"
) -> "NewEntry | None":
    """The entry that these pages became; None when it is refused, and they stay where they are."""
    from generator.flow.adding import read_hints, take_scans
    from generator.flow.inbox import put_away

    (asker, desk), job, paths = at, job_of(arguments), [page.path for page in pages]
    try:
        scans = take_scans(job, paths)
    except Trouble as trouble:
        show(f"{trouble.message.get(arguments.lang)}; {trouble.hint.get(arguments.lang)}")
        return None
    show_light(scans, arguments.lang)
    wizard = wizard_of(arguments, job, (desk, asker), read_hints(desk, scans))
    entry = file_entry(wizard, scans, arguments)
    if entry:
        put_away(job, arguments.folder, entry, paths)
    return entry


def _undo(arguments: argparse.Namespace) -> None:
    from generator.flow.inbox import undo

    filed = undo(job_of(arguments), arguments.folder)
    named = f"{len(filed.originals)}" if is_public() else ", ".join(filed.originals)
    show(f"{_BACK.get(arguments.lang)}: {named}")
