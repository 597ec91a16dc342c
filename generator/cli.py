"""Arguments -> one call, words and progress -> an exit number. The front door."""

import argparse
import datetime as dt
import gc
import os
import shlex
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.diagnostic import Diagnostic, Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate import Change
    from generator.flow import Built, Found, Job

FINE, MISTAKES, STOPPED = 0, 1, 2
Run = Callable[[argparse.Namespace], int]
_OUR_BUG = Text(
    "это наша ошибка; пришлите разработчикам команду и всё, что ниже",
    "this is our bug; please send the developers the command and all that follows",
)


def main() -> None:
    """Runs one command and leaves with 0 (fine), 1 (something to mend) or 2 (could not go on)."""
    arguments = _parser().parse_args()
    # Nearly all that a run makes lives to its end: looking for what may go costs a tenth of it.
    gc.set_threshold(100_000)
    try:
        sys.exit(arguments.run(arguments))
    except Trouble as trouble:
        _tell_trouble(trouble, arguments.lang)
        sys.exit(STOPPED)
    except Exception as bug:
        _tell(f"stupeni {__version__}: {_OUR_BUG.get(arguments.lang)}")
        if not _is_public():
            raise
        # The words of an exception may be somebody's; on a public log only its way is told.
        _tell("".join(traceback.format_tb(bug.__traceback__)) + type(bug).__name__)
        sys.exit(STOPPED)
    except KeyboardInterrupt:
        stopped = Text("остановлено; прежний сайт не тронут", "stopped; the site is as it was")
        _tell(f"\nstupeni: {stopped.get(arguments.lang)}")
        sys.exit(STOPPED)


def run_check(arguments: argparse.Namespace) -> int:
    """Prints every mistake; 1 when something has to be mended."""
    from generator.flow import find_mistakes

    found = find_mistakes(_job(arguments))
    _print_mistakes(found, arguments)
    return FINE if found.is_fine else MISTAKES


def run_fmt(arguments: argparse.Namespace) -> int:
    """Puts the keys of every file in order and gives missing ids; with --check only says where."""
    from secrets import choice

    from generator.flow import tidy

    tidied = tidy(arguments.path, choice, write=not arguments.check)
    if tidied.changes:
        print("\n".join(_told(change, arguments) for change in tidied.changes))
    _print_diagnostics(tidied.diagnostics, arguments)
    would = Text("надо изменить", "to change") if arguments.check else Text("изменено", "changed")
    of = Text("из", "of").get(arguments.lang)
    _tell(f"{would.get(arguments.lang)}: {len(tidied.changes)} {of} {tidied.files}")
    return MISTAKES if tidied.diagnostics or (arguments.check and tidied.changes) else FINE


def run_build(arguments: argparse.Namespace) -> int:
    """Builds the three sites; mistakes are printed and leave the last site as it was."""
    from generator.flow import build_sites

    job = _job(arguments)
    built = build_sites(job)
    if not built.sites:
        _print_mistakes(built.found, arguments)
        left = Text("Сайты не собраны, прежние на месте.", "Not built; the sites are as before.")
        _tell(left.get(arguments.lang))
        return MISTAKES
    _print_sites(built, arguments)
    if not _is_public():
        _print_sample(job, arguments)
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
        print(file.resolve().as_uri())
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stupeni",
        description="Портфолио школы -> запечатанные сайты. A school's portfolios -> sealed sites.",
    )
    parser.add_argument("--version", action="version", version=f"stupeni {__version__}")
    parser.set_defaults(lang="ru")
    commands = parser.add_subparsers(required=True, metavar="КОМАНДА")

    def command(parent: Any, name: str, run: Run, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parent.add_parser(name, help=words, description=words)
        made.add_argument("--lang", choices=("ru", "en"), default="ru", help="язык / language")
        made.set_defaults(run=run)
        return made

    check = command(commands, "check", run_check, "найти ошибки / look for mistakes")
    forms = "вид ответа / form of the answer"
    formats = ("full", "concise", "json", "github", "gitlab", "sarif")
    check.add_argument("--format", choices=formats, default="full", help=forms)
    _add(check, "path", "--private", "--date")
    fmt = command(commands, "fmt", run_fmt, "порядок ключей и новые id / order of keys, new ids")
    words = "ничего не писать, только назвать файлы / write nothing, name the files"
    fmt.add_argument("--check", action="store_true", help=words)
    _add(fmt, "path")
    build = command(commands, "build", run_build, "собрать три сайта / build the three sites")
    _add(build, "path", "--output", "--private", "--date")
    cards = "карточки с кодами для печати / printable access cards"
    _add(command(commands, "cards", run_cards, cards), "path", "--output", "--private", "--date")
    about = "сводка класса или ученика за дни / a class or student over some days"
    summary = command(commands, "summary", run_summary, about)
    summary.add_argument("whom", metavar="КТО", help="id класса или ученика / class or student")
    _add(summary, "path", "--output", "--private", "--date")
    for name, said in (("--since", "с какого дня / from"), ("--until", "по какой день / to")):
        summary.add_argument(name, type=_day, required=True, metavar="ДЕНЬ", help=said)
    keys = commands.add_parser("keys", help="главный ключ / the master key")
    secret = keys.add_subparsers(required=True, metavar="init")
    init = command(secret, "init", run_keys, "создать главный ключ / make it")
    _add(init, "path", "--output", "--private", "--date")
    init.add_argument("--keep", action="store_true", help="если есть, оставить / keep an old one")
    here = "показать на этом компьютере / serve on this computer"
    serve = command(commands, "serve", run_serve, here)
    _add(serve, "--output")
    serve.add_argument("--port", type=int, default=8000, help="порт / port")
    explain = command(commands, "explain", run_explain, "что значит код ошибки / explain a code")
    explain.add_argument("code", metavar="КОД", help="из скобок: error[код] / from the brackets")
    return parser


def _add(parser: argparse.ArgumentParser, *names: str) -> None:
    """Gives a command those of the common arguments that it uses."""
    private = Path(os.environ.get("STUPENI_PRIVATE") or Path.home() / ".stupeni")
    folder = partial(parser.add_argument, type=Path, metavar="ПАПКА")
    if "path" in names:
        words = "папка с портфолио / folder of portfolios"
        folder("path", nargs="?", default=Path("portfolios"), help=words)
    if "--output" in names:
        folder("--output", default=Path("site"), help="папка сайтов / folder of the sites")
    if "--private" in names:
        words = "секреты и кэш / secrets and cache"
        folder("--private", default=private, help=words)
    if "--date" in names:
        words = "день, на который решать / the day to decide for (ГГГГ-ММ-ДД)"
        parser.add_argument("--date", type=_day, metavar="ДЕНЬ", help=words)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        wanted = "нужен день в виде 2026-11-22 / a day like 2026-11-22 is needed"
        raise argparse.ArgumentTypeError(wanted) from None


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
        progress=watch(sys.stderr, arguments.lang),
        tell=lambda text: _tell(text.get(arguments.lang)),
    )


def _home() -> Path:
    # In a wheel theme/ and schema/ travel inside the package; in a checkout they lie beside it.
    shipped = Path(__file__).parent / "home"
    return shipped if shipped.is_dir() else Path(__file__).parents[1]


def _print_mistakes(found: "Found", arguments: argparse.Namespace) -> None:
    from generator.say import summary

    _print_diagnostics(found.diagnostics, arguments)
    if getattr(arguments, "format", "full") in ("full", "concise", "github"):
        _tell(summary(found.diagnostics, found.students, arguments.lang))


def _print_diagnostics(
    diagnostics: "tuple[Diagnostic, ...]", arguments: argparse.Namespace
) -> None:
    from generator.check import explain
    from generator.say import say, to_sarif
    from generator.source import read_line

    form: Any = getattr(arguments, "format", "full")
    public = _is_public()
    # A path as one can click it from here; on a public log as short as it may be.
    folder = Path() if public else arguments.path
    shown = [_below(folder, diagnostic) for diagnostic in diagnostics]
    if form == "sarif":
        told = to_sarif(shown, arguments.lang, explain, public)
    else:
        told = say(shown, form, arguments.lang, partial(read_line, Path()), public=public)
    if told:
        print(told)


def _told(change: "Change", arguments: argparse.Namespace) -> str:
    from generator.say import say_of

    public = _is_public()
    file = change.file if public else (arguments.path / change.file).as_posix()
    words = change.lacks if arguments.check else change.done
    return say_of(file, words, arguments.lang, public=public)


def _below(folder: Path, diagnostic: Diagnostic) -> Diagnostic:
    place = replace(diagnostic.place, file=(folder / diagnostic.place.file).as_posix())
    return replace(diagnostic, place=place)


def _print_sites(built: "Built", arguments: argparse.Namespace) -> None:
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


def _print_sample(job: "Job", arguments: argparse.Namespace) -> None:
    from generator.flow import sample_cards

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


def _tell_trouble(trouble: Trouble, lang: Lang) -> None:
    from generator.say import words_of

    # A path may name a child: on a public log what stands in backticks is left out.
    message, advice = (
        words_of(text, lang, _is_public()) for text in (trouble.message, trouble.hint)
    )
    go_on = Text("не могу продолжить", "cannot go on").get(lang)
    hint = Text("что делать", "hint").get(lang)
    _tell(f"stupeni: {go_on}: {message}\n  {hint}: {advice}")


def _is_public() -> bool:
    """Whether what we print can be read by strangers: a CI log."""
    return bool(os.environ.get("CI"))


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
