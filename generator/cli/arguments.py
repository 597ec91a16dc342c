"""Common arguments of commands -> a job. What do many commands take alike?"""

import argparse
import datetime as dt
import getpass
import os
import secrets
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator.cli.tell import GRADES, is_public, tell

if TYPE_CHECKING:
    from generator.flow.job import Job
    from generator.progress import Progress

FINE, MISTAKES, STOPPED = 0, 1, 2
DRY = "ничего не писать, только назвать файлы / write nothing, name the files"
Run = Callable[[argparse.Namespace], int]


def command(parent: Any, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """A command below `parent`, with the function it runs; all speak two languages."""
    made: argparse.ArgumentParser = parent.add_parser(name, help=words, description=words)
    made.add_argument("--lang", choices=("ru", "en"), default="ru", help="язык / language")
    made.set_defaults(run=run)
    return made


def add(parser: argparse.ArgumentParser, *names: str) -> None:
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
        forms = ("auto", "plain", "none")
        parser.add_argument("--progress", choices=forms, default="auto", help=words)
    if "--date" in names:
        words = "день, на который решать / the day to decide for (ГГГГ-ММ-ДД)"
        parser.add_argument("--date", type=day, metavar="ДЕНЬ", help=words)
    if "--cache" in names:
        words = "кэш, общий с другими машинами / cache shared with other machines (STUPENI_CACHE)"
        shared = os.environ.get("STUPENI_CACHE") or None
        parser.add_argument("--cache", default=shared, metavar="АДРЕС", help=words)
    if "--by" in names:
        words = "кто отвечает: id из people.yml / who answers for it (STUPENI_BY)"
        named = os.environ.get("STUPENI_BY") or None
        parser.add_argument("--by", default=named, metavar="КТО", help=words)


def add_json(group: Any) -> None:
    """Gives a command its answer for programs; `group` holds what cannot be asked for with it."""
    words = "события для программ, строка JSON на каждое / events for programs, a JSON line each"
    group.add_argument("--json", action="store_true", help=words)


def day(text: str) -> dt.date:
    """A day as one types it."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        wanted = "нужен день в виде 2026-11-22 / a day like 2026-11-22 is needed"
        raise argparse.ArgumentTypeError(wanted) from None


def job_of(arguments: argparse.Namespace) -> "Job":
    """The job these arguments ask for, at this moment."""
    from generator.flow.job import Job

    asked = getattr(arguments, "level", None) or GRADES
    return Job(
        portfolios=arguments.path,
        home=home(),
        output=getattr(arguments, "output", Path("site")),
        private=arguments.private,
        now=dt.datetime.now(dt.UTC),
        date=getattr(arguments, "date", None),
        by=getattr(arguments, "by", None) or _whoever(),
        levels=tuple(one for one in GRADES if one in asked),
        cache=getattr(arguments, "cache", None) or "",
        executor=getattr(arguments, "executor", None) or "",
        progress=_progress(arguments),
        tell=lambda text: tell(text.get(arguments.lang)),
    )


def hook() -> dict[str, str]:
    """What Git tells a hook of where new objects lie that are not accepted yet."""
    names = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def network() -> dict[str, str]:
    """Of this person's environment what SSH and a proxy need."""
    names = ("HOME", "USER", "SSH_AUTH_SOCK", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def token() -> tuple[str, str]:
    """The token for a forge, and the file that holds it; empty where there is none."""
    names = ("STUPENI_FORGE_TOKEN", "STUPENI_FORGE_TOKEN_FILE")
    said, file = (os.environ.get(name, "").strip() for name in names)
    return said, file


def chance() -> str:
    """A word that nobody guesses."""
    return secrets.token_urlsafe(16).replace("-", "x").replace("_", "y")


def digits() -> str:
    """The number of a new school: 16 digits that no other has."""
    return secrets.token_hex(8)


def today() -> dt.date:
    """The day of this computer."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def _progress(arguments: argparse.Namespace) -> "Progress":
    """Who is told how far it is; commands that cannot be asked for it are quick and say nothing."""
    from generator.progress import NOBODY
    from generator.progress.tellers import watch

    if getattr(arguments, "json", False):
        return watch(sys.stdout, arguments.lang, "events")
    if (asked := getattr(arguments, "progress", "none")) == "none":
        return NOBODY
    # A terminal that cannot go back in a line, e.g. the one inside an editor, calls itself dumb.
    screen = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb" and not is_public()
    if screen and asked == "auto":
        return watch(sys.stderr, arguments.lang, "screen")
    # A report for a service is all that a log gets, unless it is asked for more.
    service = getattr(arguments, "format", "full") not in ("full", "concise", "github")
    if service and asked == "auto":
        return NOBODY
    return watch(sys.stderr, arguments.lang, "plain")


def _whoever() -> str:
    # The register takes plain ids only: other letters of a login are told by their numbers.
    return "ci" if is_public() else "login:" + quote(getpass.getuser())


def home() -> Path:
    """Where theme/, schema/ and mkdocs.yml lie."""
    # In a wheel theme/ and schema/ travel inside the package; in a checkout they lie beside it.
    shipped = Path(__file__).parents[1] / "home"
    return shipped if shipped.is_dir() else Path(__file__).parents[2]
