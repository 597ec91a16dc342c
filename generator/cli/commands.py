"""Arguments of one command -> one call and words about it. What can be asked for?"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.tell import (
    is_public,
    print_diagnostics,
    print_mistakes,
    print_sample,
    print_sites,
    tell,
    told_of,
)
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.flow import Job

FINE, MISTAKES, STOPPED = 0, 1, 2
Run = Callable[[argparse.Namespace], int]
_LIGHTER = Text("стало легче", "lighter now")
_CONFIRMED = Text(
    "не тронуты, потому что учитель их уже сверил: {count}; с --force облегчу и их, но тогда "
    "учителю придётся подтвердить эти записи ещё раз",
    "left alone, because a teacher has already confirmed them: {count}; --force shrinks them too, "
    "but then the teacher has to confirm these entries once more",
)


def run_check(arguments: argparse.Namespace) -> int:
    """Prints every mistake; 1 when something has to be mended."""
    from generator.flow import find_all_mistakes

    found = find_all_mistakes(_job(arguments))
    print_mistakes(found, arguments)
    return FINE if found.is_fine else MISTAKES


def run_fmt(arguments: argparse.Namespace) -> int:
    """Puts the keys of every file in order and gives missing ids; with --check only says where."""
    from secrets import choice

    from generator.flow import tidy

    tidied = tidy(arguments.path, choice, write=not arguments.check)
    if tidied.changes:
        print("\n".join(told_of(change, arguments) for change in tidied.changes))
    print_diagnostics(tidied.diagnostics, arguments)
    would = Text("надо изменить", "to change") if arguments.check else Text("изменено", "changed")
    of = Text("из", "of").get(arguments.lang)
    tell(f"{would.get(arguments.lang)}: {len(tidied.changes)} {of} {tidied.files}")
    return MISTAKES if tidied.diagnostics or (arguments.check and tidied.changes) else FINE


def run_shrink(arguments: argparse.Namespace) -> int:
    """Makes scans light in their place; with --check only says which and by how much."""
    from generator.flow import shrink

    lang: Lang = arguments.lang
    lighter = shrink(_job(arguments), write=not arguments.check, force=arguments.force)
    done = [one for one in lighter.done.scans if not one.name]
    for one in () if is_public() else lighter.done.scans:
        named = Text(f" (если назвать {one.name})", f" (if named {one.name})").get(lang)
        sizes = f"{one.before / 1e6:.2f} → {one.after / 1e6:.2f} MB{named if one.name else ''}"
        print(f"{(arguments.path / one.path).as_posix()}: {sizes}")
    print_diagnostics(lighter.done.diagnostics, arguments)
    spared = sum(one.before - one.after for one in done) / 1e6
    would = Text("можно облегчить", "can be lighter") if arguments.check else _LIGHTER
    tell(f"{would.get(lang)}: {len(done)}, {spared:.1f} MB")
    if lighter.confirmed:
        tell(_CONFIRMED.get(lang).replace("{count}", str(len(lighter.confirmed))))
    mend = lighter.done.diagnostics or (arguments.check and done)
    return MISTAKES if mend else FINE


def run_clear(arguments: argparse.Namespace) -> int:
    """Wipes everything that was remembered of this school; the next build makes it anew."""
    from generator.flow import clear_cache

    wiped = Text("Стёрто, чего могло и не быть", "Wiped, if there was any").get(arguments.lang)
    print(f"{wiped}: {clear_cache(_job(arguments))}")
    return FINE


def run_build(arguments: argparse.Namespace) -> int:
    """Builds the three sites; mistakes are printed and leave the last site as it was."""
    from generator.flow import build_sites

    job = _job(arguments)
    built = build_sites(job)
    if not built.sites:
        print_mistakes(built.found, arguments)
        left = Text("Сайты не собраны, прежние на месте.", "Not built; the sites are as before.")
        tell(left.get(arguments.lang))
        return MISTAKES
    print_sites(built, arguments)
    if not is_public():
        print_sample(job, arguments)
    return FINE


def run_cards(arguments: argparse.Namespace) -> int:
    """Writes the printable cards into the private folder and says where."""
    from generator.flow import make_cards

    files = make_cards(_job(arguments))
    says = Text("Карточки (секрет: печатайте и храните как ключи)", "Cards (secret, like keys)")
    print(f"{says.get(arguments.lang)}:")
    for file in files:
        print(f"  {file.resolve().as_uri()}")
    return FINE


def run_summary(arguments: argparse.Namespace) -> int:
    """Writes what happened in a class or to a student over a time, for staff, and says where."""
    from generator.flow import make_summary

    for file in make_summary(_job(arguments), arguments.whom, arguments.since, arguments.until):
        # The file's name may be a child's: on a public log only its ending is told.
        told = f"{file.parent.resolve()}/*{file.suffix}" if is_public() else file.resolve().as_uri()
        print(told)
    return FINE


def run_keys(arguments: argparse.Namespace) -> int:
    """Makes the master key; with --keep an existing one is fine."""
    from generator.flow import key_file, make_key

    job = _job(arguments)
    if arguments.keep and key_file(job).is_file():
        return FINE
    made = Text("Главный ключ создан", "The master key is made").get(arguments.lang)
    copy = Text(
        "Без него не выпустить сайт с теми же карточками. Сделайте копию на бумаге или флешке",
        "Without it no site fits the cards. Keep a copy on paper or a stick",
    )
    print(f"{made}: {make_key(job)}\n{copy.get(arguments.lang)}.")
    return FINE


def run_serve(arguments: argparse.Namespace) -> int:
    """Serves the built sites on this computer only, until Ctrl-C."""
    from generator.serve import run_server

    with run_server(arguments.output, arguments.port) as server:
        for level in ("primary", "basic", "senior"):
            print(f"http://127.0.0.1:{server.server_port}/{level}/", flush=True)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how one stops looking
            server.serve_forever()
    return FINE


def run_explain(arguments: argparse.Namespace) -> int:
    """Prints the page of a diagnostic's code."""
    from generator.check import explain

    page = explain(arguments.code)
    if page is None:
        raise Trouble(
            Text(f"нет такой ошибки: `{arguments.code}`", f"no such code: `{arguments.code}`"),
            Text("код стоит в скобках: error[код]", "the code stands in brackets: error[code]"),
        )
    print(page)
    return FINE


def _job(arguments: argparse.Namespace) -> "Job":
    from generator.flow import Job
    from generator.progress import watch

    return Job(
        portfolios=arguments.path,
        home=_home(),
        output=getattr(arguments, "output", Path("site")),
        private=arguments.private,
        now=dt.datetime.now(dt.UTC),
        date=arguments.date,
        progress=watch(sys.stderr, arguments.lang, getattr(arguments, "progress", "auto")),
        tell=lambda text: tell(text.get(arguments.lang)),
    )


def _home() -> Path:
    # In a wheel theme/ and schema/ travel inside the package; in a checkout they lie beside it.
    shipped = Path(__file__).parents[1] / "home"
    return shipped if shipped.is_dir() else Path(__file__).parents[2]
