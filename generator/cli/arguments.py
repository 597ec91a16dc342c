"""Words one types -> arguments. What does each command take?"""

import argparse
import datetime as dt
import os
from functools import partial
from pathlib import Path
from typing import Any

from generator import __version__
from generator.cli import commands as door

_FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif")
_DRY = "ничего не писать, только назвать файлы / write nothing, name the files"


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; the function to run stands in `run`."""
    made = argparse.ArgumentParser(
        prog="stupeni",
        description="Портфолио школы -> запечатанные сайты. A school's portfolios -> sealed sites.",
    )
    made.add_argument("--version", action="version", version=f"stupeni {__version__}")
    made.set_defaults(lang="ru")
    commands = made.add_subparsers(required=True, metavar="КОМАНДА")
    _for_files(commands)
    _for_sites(commands)
    _for_staff(commands)
    meaning = "что значит код ошибки / explain a code"
    explain = _command(commands, "explain", door.run_explain, meaning)
    explain.add_argument("code", metavar="КОД", help="из скобок: error[код] / from the brackets")
    return made


def _for_files(commands: Any) -> None:
    """What looks at the files people write, or puts them in order."""
    check = _command(commands, "check", door.run_check, "найти ошибки / look for mistakes")
    forms = "вид ответа / form of the answer"
    check.add_argument("--format", choices=_FORMATS, default="full", help=forms)
    _add(check, "path", "--private", "--date", "--progress")
    order = "порядок ключей и новые id / order of keys, new ids"
    fmt = _command(commands, "fmt", door.run_fmt, order)
    fmt.add_argument("--check", action="store_true", help=_DRY)
    _add(fmt, "path")
    light = "облегчить сканы на месте / make scans light in their place"
    shrink = _command(commands, "shrink", door.run_shrink, light)
    shrink.add_argument("--check", action="store_true", help=_DRY)
    forced = "и подтверждённые учителем / those a teacher confirmed too"
    shrink.add_argument("--force", action="store_true", help=forced)
    _add(shrink, "path", "--private", "--date", "--progress")


def _for_sites(commands: Any) -> None:
    """What makes the sites and shows them."""
    sites = "собрать три сайта / build the three sites"
    build = _command(commands, "build", door.run_build, sites)
    _add(build, "path", "--output", "--private", "--date", "--progress")
    here = "показать на этом компьютере / serve on this computer"
    serve = _command(commands, "serve", door.run_serve, here)
    _add(serve, "--output")
    serve.add_argument("--port", type=int, default=8000, help="порт / port")


def _for_staff(commands: Any) -> None:
    """What writes into the private folder."""
    words = "карточки с кодами для печати / printable access cards"
    cards = _command(commands, "cards", door.run_cards, words)
    _add(cards, "path", "--output", "--private", "--date")
    about = "сводка класса или ученика за дни / a class or student over some days"
    summary = _command(commands, "summary", door.run_summary, about)
    summary.add_argument("whom", metavar="КТО", help="id класса или ученика / class or student")
    _add(summary, "path", "--output", "--private", "--date")
    for name, said in (("--since", "с какого дня / from"), ("--until", "по какой день / to")):
        summary.add_argument(name, type=_day, required=True, metavar="ДЕНЬ", help=said)
    keys = commands.add_parser("keys", help="главный ключ / the master key")
    secret = keys.add_subparsers(required=True, metavar="init")
    init = _command(secret, "init", door.run_keys, "создать главный ключ / make it")
    _add(init, "path", "--output", "--private", "--date")
    init.add_argument("--keep", action="store_true", help="если есть, оставить / keep an old one")
    cache = commands.add_parser("cache", help="кэш / the cache")
    kept = cache.add_subparsers(required=True, metavar="clear")
    wipe = _command(kept, "clear", door.run_clear, "стереть кэш / wipe the cache")
    _add(wipe, "path", "--private", "--date")


def _command(parent: Any, name: str, run: door.Run, words: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = parent.add_parser(name, help=words, description=words)
    made.add_argument("--lang", choices=("ru", "en"), default="ru", help="язык / language")
    made.set_defaults(run=run)
    return made


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
    if "--progress" in names:
        words = "как показывать ход работы / how to show progress"
        forms = ("auto", "json", "none")
        parser.add_argument("--progress", choices=forms, default="auto", help=words)
    if "--date" in names:
        words = "день, на который решать / the day to decide for (ГГГГ-ММ-ДД)"
        parser.add_argument("--date", type=_day, metavar="ДЕНЬ", help=words)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        wanted = "нужен день в виде 2026-11-22 / a day like 2026-11-22 is needed"
        raise argparse.ArgumentTypeError(wanted) from None
