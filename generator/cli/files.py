"""Files people write: `check`, `fmt`, `shrink`, `explain`. What is there to mend?"""

import argparse
from typing import Any

from generator.cli.arguments import DRY, FINE, MISTAKES, add, add_json, command, job_of
from generator.cli.events import print_result
from generator.cli.tell import (
    is_public,
    page_of,
    print_diagnostics,
    print_mistakes,
    show,
    tell,
    told_of,
)
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

_FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif")
_LIGHTER = Text("стало легче", "lighter now")
_CONFIRMED = Text(
    "не тронуты, потому что учитель их уже сверил: {count}; с --force облегчу и их, но тогда "
    "учителю придётся подтвердить эти записи ещё раз",
    "left alone, because a teacher has already confirmed them: {count}; --force shrinks them too, "
    "but then the teacher has to confirm these entries once more",
)


def add_files(commands: Any) -> None:
    """What looks at the files people write, or puts them in order."""
    check = command(commands, "check", run_check, "найти ошибки / look for mistakes")
    forms = "вид ответа / form of the answer"
    answer = check.add_mutually_exclusive_group()
    answer.add_argument("--format", choices=_FORMATS, default="full", help=forms)
    add_json(answer)
    add(check, "path", "--private", "--date", "--progress")
    order = "порядок ключей и новые id / order of keys, new ids"
    fmt = command(commands, "fmt", run_fmt, order)
    fmt.add_argument("--check", action="store_true", help=DRY)
    add(fmt, "path")
    light = "облегчить сканы на месте / make scans light in their place"
    shrink = command(commands, "shrink", run_shrink, light)
    shrink.add_argument("--check", action="store_true", help=DRY)
    forced = "и подтверждённые учителем / those a teacher confirmed too"
    shrink.add_argument("--force", action="store_true", help=forced)
    add(shrink, "path", "--private", "--date", "--progress")
    meaning = "что значит код ошибки / explain a code"
    explained = command(commands, "explain", run_explain, meaning)
    explained.add_argument("code", metavar="КОД", help="из скобок: error[код] / from the brackets")


def run_check(arguments: argparse.Namespace) -> int:
    """Prints every mistake; 1 when something has to be mended."""
    from generator.flow.files import find_all_mistakes

    found = find_all_mistakes(job_of(arguments))
    print_mistakes(found, arguments)
    end = FINE if found.is_fine else MISTAKES
    if arguments.json:
        print_result(end, found.students, found.diagnostics)
    return end


def run_fmt(arguments: argparse.Namespace) -> int:
    """Puts the keys of every file in order and gives missing ids; with --check only says where."""
    from secrets import choice

    from generator.flow.files import tidy

    tidied = tidy(arguments.path, choice, write=not arguments.check)
    if tidied.changes:
        print(told_of(tidied.changes, arguments))
    print_diagnostics(tidied.diagnostics, arguments)
    would = Text("надо изменить", "to change") if arguments.check else Text("изменено", "changed")
    of = Text("из", "of").get(arguments.lang)
    tell(f"{would.get(arguments.lang)}: {len(tidied.changes)} {of} {tidied.files}")
    return MISTAKES if tidied.diagnostics or (arguments.check and tidied.changes) else FINE


def run_shrink(arguments: argparse.Namespace) -> int:
    """Makes scans light in their place; with --check only says which and by how much."""
    from generator.flow.files import shrink

    lang: Lang = arguments.lang
    lighter = shrink(job_of(arguments), write=not arguments.check, force=arguments.force)
    done = [one for one in lighter.done.scans if not one.name]
    for one in () if is_public() else lighter.done.scans:
        named = Text(f" (если назвать {one.name})", f" (if named {one.name})").get(lang)
        sizes = f"{one.before / 1e6:.2f} → {one.after / 1e6:.2f} MB{named if one.name else ''}"
        show(f"{(arguments.path / one.path).as_posix()}: {sizes}")
    print_diagnostics(lighter.done.diagnostics, arguments)
    spared = sum(one.before - one.after for one in done) / 1e6
    would = Text("можно облегчить", "can be lighter") if arguments.check else _LIGHTER
    tell(f"{would.get(lang)}: {len(done)}, {spared:.1f} MB")
    if lighter.confirmed:
        tell(_CONFIRMED.get(lang).replace("{count}", str(len(lighter.confirmed))))
    mend = lighter.done.diagnostics or (arguments.check and done)
    return MISTAKES if mend else FINE


def run_explain(arguments: argparse.Namespace) -> int:
    """Prints the page of a diagnostic's code."""
    page = page_of(arguments.code)
    if page is None:
        raise Trouble(
            Text(f"нет такой ошибки: `{arguments.code}`", f"no such code: `{arguments.code}`"),
            Text("код стоит в скобках: error[код]", "the code stands in brackets: error[code]"),
        )
    print(page)
    return FINE
