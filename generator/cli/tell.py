"""What a run came to -> words on the screen. What may be read there, and by whom?"""

import argparse
import os
import shlex
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.diagnostic import Diagnostic, Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate import Change
    from generator.flow.job import Found, Job
    from generator.flow.sites import Built

GRADES = {
    "primary": Text("1–4 классы", "grades 1–4"),
    "basic": Text("5–9 классы", "grades 5–9"),
    "senior": Text("10–11 классы", "grades 10–11"),
}
"""What a level is called on the screen."""


def print_mistakes(found: "Found", arguments: argparse.Namespace) -> None:
    """Every mistake, and one line that counts them where a person reads."""
    from generator.progress import count_reasons
    from generator.say import summary

    print_diagnostics(found.diagnostics, arguments)
    if getattr(arguments, "format", "full") in ("full", "concise", "github"):
        tell(summary(found.diagnostics, found.students, arguments.lang))
        if counted := count_reasons(found.diagnostics, arguments.lang):
            tell(counted)


def print_diagnostics(diagnostics: "tuple[Diagnostic, ...]", arguments: argparse.Namespace) -> None:
    """Every diagnostic in the form asked for."""
    from generator.check import explain
    from generator.say import say, to_sarif
    from generator.source import read_line

    form: Any = getattr(arguments, "format", "full")
    public = is_public()
    # A path as one can click it from here; on a public log as short as it may be.
    folder = Path() if public else arguments.path
    shown = [_below(folder, diagnostic) for diagnostic in diagnostics]
    if form == "sarif":
        told = to_sarif(shown, arguments.lang, explain, public)
    else:
        told = say(shown, form, arguments.lang, partial(read_line, Path()), public=public)
    if told:
        print(told)


def told_of(change: "Change", arguments: argparse.Namespace) -> str:
    """One line about a file that was or would be changed."""
    from generator.say import say_of

    public = is_public()
    file = change.file if public else (arguments.path / change.file).as_posix()
    words = change.lacks if arguments.check else change.done
    return say_of(file, words, arguments.lang, public=public)


def _below(folder: Path, diagnostic: Diagnostic) -> Diagnostic:
    place = replace(diagnostic.place, file=(folder / diagnostic.place.file).as_posix())
    return replace(diagnostic, place=place)


def print_sites(built: "Built", arguments: argparse.Namespace) -> None:
    """What was published, and where to see the remarks."""
    lang: Lang = arguments.lang
    for site in built.sites:
        swept = site.swept
        words = Text(
            f"файлов {swept.files}, изменилось {site.release.changed}; карточек {site.holders}; "
            f"искали {swept.words} личных слов в {swept.size / 1e6:.1f} МБ, нашли 0",
            f"{swept.files} files, {site.release.changed} changed; {site.holders} cards; "
            f"{swept.words} private words sought in {swept.size / 1e6:.1f} MB, 0 found",
        )
        print(f"{site.release.folder}: {words.get(lang)}")
    warnings = len(built.found.diagnostics)
    if warnings:
        day = ["--date", f"{arguments.date}"] if arguments.date else []
        command = shlex.join([sys.argv[0], "check", f"{arguments.path}", *day])
        see = Text(f"Замечаний: {warnings}. Показать:", f"{warnings} warnings. To see them:")
        print(f"{see.get(lang)} {command}")


def print_sample(job: "Job", arguments: argparse.Namespace) -> None:
    """Of a fictional school: what to open, and with which code."""
    from generator.flow.cards import sample_cards

    cards = sample_cards(job)
    if not cards:
        return
    opened = Text(
        "Откройте в браузере (школа вымышленная, коды для пробы):",
        "Open in a browser (a fictional school, codes to try):",
    )
    words = Text("12 слов", "12 words").get(arguments.lang)
    served = Text("после `make serve`", "after `make serve`").get(arguments.lang)
    print(f"\n{opened.get(arguments.lang)}")
    for holder, card in cards:
        page = (arguments.output / holder.level / "index.html").absolute().as_uri()
        print(f"\n  {card.title}\n    {page}#k={card.code}\n    {words}: {' '.join(card.words)}")
        if card.link:
            print(f"    {served}: {card.link}")


def tell_trouble(trouble: Trouble, lang: Lang) -> None:
    """Why the run cannot go on, and what to do."""
    from generator.say import words_of

    # A path may name a child: on a public log what stands in backticks is left out.
    message, advice = (
        words_of(text, lang, is_public()) for text in (trouble.message, trouble.hint)
    )
    go_on = Text("не могу продолжить", "cannot go on").get(lang)
    hint = Text("что делать", "hint").get(lang)
    tell(f"stupeni: {go_on}: {message}\n  {hint}: {advice}")


def show(*lines: str) -> None:
    """Lines for the screen that hold people's words: none of those can steer a terminal."""
    from generator.say import clean

    for line in lines:
        print(clean(line))


def is_public() -> bool:
    """Whether what we print can be read by strangers: a CI log."""
    return bool(os.environ.get("CI"))


def tell(text: str) -> None:
    """A line for the person at the terminal, apart from what a program may read."""
    print(text, file=sys.stderr, flush=True)
