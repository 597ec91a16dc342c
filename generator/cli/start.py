"""A new school: `init`, and what checks it at a forge: `ci`. What does it say of itself?"""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator import __version__
from generator.cli.arguments import FINE, command, day, digits, home, today
from generator.cli.ask import Asker
from generator.cli.planned import accepted, add_yes
from generator.cli.tell import show, tell
from generator.diagnostic import Text

if TYPE_CHECKING:
    from generator.curate.ci import Forge, Way
    from generator.curate.start import Start


def add_start(commands: Any) -> None:
    """What begins a school."""
    words = "начать хранилище школы / begin a school's repository"
    init = command(commands, "init", run_init, words)
    init.add_argument("folder", type=Path, metavar="ПАПКА", help="где / where")
    for option, said in (
        ("--name", "название школы / the school's name"),
        ("--short-name", "коротко / in a few words"),
        ("--person", "кто отвечает за портфолио, ФИО / who answers for the portfolios"),
        ("--order", "номер приказа о положении / number of the order on the regulation"),
        ("--order-date", "его день / its day"),
        ("--council", "номер протокола педсовета / number of the council's protocol"),
        ("--server", "адрес сервера Git / address of the forge"),
        ("--owner", "организация или группа на нём / organisation or group there"),
    ):
        init.add_argument(option, default=None, metavar="СЛОВА", help=said)
    _add_server(init)
    init.add_argument("--no-git", action="store_true", help="без Git / without Git")
    init.add_argument("--date", type=day, metavar="ДЕНЬ", help="какой сегодня день / the day")
    words = "проверка и сборка на сервере: файлы / files that check and build at a forge"
    checks = command(commands, "ci", run_ci, words)
    where = "папка хранилища / folder of the repository"
    checks.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="ПАПКА", help=where)
    _add_server(checks)
    program = "программа, чтобы поставить её там по отпечатку / the program as a wheel"
    checks.add_argument("--wheel", type=Path, metavar="ФАЙЛ", help=program)
    add_yes(checks)


def _add_server(parser: argparse.ArgumentParser) -> None:
    ways = "как работать / the way of working"
    parser.add_argument("--way", choices=("pinned", "staff", "class"), help=ways)
    forges = "где будет хранилище / where the repository will be"
    parser.add_argument("--forge", choices=("forgejo", "gitlab", "github", "none"), help=forges)


_WAYS = (
    ("pinned", "у каждого ученика своё хранилище, школа одобряет версии (5–11 классы)"),
    ("staff", "всё вносят сотрудники, учётные записи детям не нужны (1–4 классы)"),
    ("class", "одно хранилище на класс: кто его скачал, читает там ВСЁ обо всех детях"),
)
_FORGES = (
    ("forgejo", "Forgejo или Gitea"),
    ("gitlab", "GitLab"),
    ("github", "GitHub"),
    ("none", "пока нигде"),
)
_WARNING = Text(
    "ВНИМАНИЕ: кто может скачать такое хранилище, тот прочтёт черновики и личные записи всех детей "
    "и всю историю. Так можно только там, где все на это согласны",
    "WARNING: whoever can clone such a repository reads the drafts and private entries of all "
    "children, and the whole history. Only where everybody agrees to that",
)


_SCHOOL = Text("Как называется школа", "What is the school called")
_LIKE_SCHOOL = Text("это увидят все, кто откроет сайт", "everybody who opens the site sees it")
_SHORT = Text("Коротко, в два-три слова", "In a few words")
_HOW = Text("Кто будет вносить записи?", "Who will enter things?")
_WHERE = Text("Где будет лежать хранилище?", "Where will the repository be?")
_SERVER = Text("Адрес сервера Git", "Address of the forge")
_OWNER = Text(
    "Организация или группа для хранилищ учеников", "Organisation or group for the repositories"
)
_LATER = Text("Enter — впишу позже", "Enter: later")
_WHO = Text("Кто отвечает за портфолио", "Who answers for the portfolios")
_LIKE_WHO = Text("фамилия, имя и отчество", "surname, given name and patronymic")
_ORDER = Text("Номер приказа о портфолио", "Number of the order on the portfolios")
_DRAFT = Text("Enter — приказа ещё нет", "Enter: there is none yet")
_ON = Text("Его день", "Its day")
_COUNCIL = Text(
    "Номер протокола педсовета (Enter — впишу «проект»)",
    "Number of the council's protocol (Enter: a draft)",
)
_BEGUN = Text("Хранилище готово", "The repository is ready")
_FILES = Text("файлов", "files")
_LEFT = Text("уже было, оставлено", "was there, left as it is")
_COMMITTED = Text("История начата: первый коммит сделан", "The history begins: a first commit")
_COMMIT = Text(
    "Папка уже под Git: сделайте коммит сами", "The folder is in Git already: commit it yourself"
)
_NEW = Text("новый", "new")
_OTHER = Text("изменится", "changes")
_SAME = Text("Всё уже так", "All is so already")
_SET = Text(
    "Записано. Что настроить на сервере — в ci/README.md", "Written. What to set: ci/README.md"
)
_NO_WHEEL = Text(
    "Программу проверка не поставит, пока в requirements.lock нет её отпечатка: добавьте --wheel",
    "The check installs no program whose digest is not in requirements.lock: add --wheel",
)
_NEXT = Text(
    "Дальше: cd {folder}, затем stupeni class import СПИСОК.xlsx",
    "Next: cd {folder}, then stupeni class import LIST.xlsx",
)


def run_init(arguments: argparse.Namespace) -> int:
    """Asks what is not said, and writes a school's own repository."""
    from generator.flow.start import begin_school, refuse_begun

    refuse_begun(arguments.folder)
    lang = arguments.lang
    start = _asked(arguments, Asker(lang), arguments.date or today())
    begun = begin_school(arguments.folder, start, home(), git=not arguments.no_git)
    show(f"{_BEGUN.get(lang)}: {begun.folder}, {_FILES.get(lang)}: {len(begun.files)}")
    for left in begun.left:
        show(f"  {_LEFT.get(lang)}: {left}")
    if begun.committed:
        show(_COMMITTED.get(lang))
    elif begun.in_git:
        show(_COMMIT.get(lang))
    show(_NEXT.get(lang).replace("{folder}", f"{begun.folder}"))
    return FINE


def run_ci(arguments: argparse.Namespace) -> int:
    """Writes what checks and builds, after naming what would be new or other."""
    from generator.flow.ci import renew_checks

    lang, asker = arguments.lang, Asker(arguments.lang)
    server = _server(arguments, asker)
    renewed = renew_checks(arguments.folder, server, home(), arguments.wheel, __version__)
    for files, told in ((renewed.new, _NEW), (renewed.changed, _OTHER)):
        show(*(f"  {told.get(lang)}: {file}" for file in files))
    if not renewed.sheets.changed:
        show(_SAME.get(lang))
    elif accepted(arguments):
        renewed.sheets.write()
        show(_SET.get(lang))
    if not renewed.is_pinned:
        tell(_NO_WHEEL.get(lang))
    return FINE


def _server(arguments: argparse.Namespace, asker: Asker) -> "tuple[Forge, Way]":
    """Where the repository is, and who writes there."""
    way = arguments.way or asker.choice(_HOW, _WAYS, default="staff", option="--way")
    if way == "class":
        tell(_WARNING.get(arguments.lang))
    forge = arguments.forge or asker.choice(_WHERE, _FORGES, default="none", option="--forge")
    return cast("Forge", forge), cast("Way", way)


def _asked(arguments: argparse.Namespace, asker: Asker, now: dt.date) -> "Start":
    from generator.curate.names import name_in
    from generator.curate.start import Start, refuse_lines

    name = arguments.name or asker.line(_SCHOOL, _some, hint=_LIKE_SCHOOL, option="--name")
    short = arguments.short_name or asker.line(_SHORT, _some, default=name[:40])
    forge, way = _server(arguments, asker)
    server, owner = _place(arguments, asker, way, forge)
    person = arguments.person or asker.line(
        _WHO, lambda typed: typed if name_in(typed) else None, hint=_LIKE_WHO, option="--person"
    )
    order, on, council = _papers(arguments, asker, now)
    refuse_lines(name, short, order or "-", council or "-")
    return Start(
        name=name,
        short_name=short,
        way=way,
        forge=forge,
        person=person,
        order=order,
        order_on=on,
        council=council,
        server=server,
        owner=owner,
        site=digits(),
        today=now,
        version=__version__,
    )


def _place(arguments: argparse.Namespace, asker: Asker, way: str, forge: str) -> tuple[str, str]:
    """Where students' repositories will be; empty while that is not known, or there are none."""
    if way != "pinned" or forge == "none":
        return "", ""
    server, owner = arguments.server, arguments.owner
    if server is None:
        server = asker.line(_SERVER, _fitting("Server"), hint=_LATER)
    if server and owner is None:
        owner = asker.line(_OWNER, _fitting("Namespace"), hint=_LATER)
    return server, owner or ""


def _fitting(name: str) -> Callable[[str], str | None]:
    """A line that fits a pattern of the model, or is empty."""
    from pydantic import TypeAdapter, ValidationError

    from generator.model import pinned

    def read(typed: str) -> str | None:
        try:
            TypeAdapter(getattr(pinned, name)).validate_python(typed.rstrip("/"))
        except ValidationError:
            return None if typed else ""
        return typed.rstrip("/")

    return read


def _papers(arguments: argparse.Namespace, asker: Asker, now: dt.date) -> tuple[str, dt.date, str]:
    """Number and day of the order, number of the protocol; empty while there are none."""
    from generator.curate.names import day_in

    order = arguments.order if arguments.order is not None else asker.line(_ORDER, str, hint=_DRAFT)
    if not order:
        return "", now, ""
    on = day_in(arguments.order_date or "") or asker.line(_ON, day_in, default=f"{now:%d.%m.%Y}")
    return order, on, arguments.council or asker.line(_COUNCIL, str)


def _some(typed: str) -> str | None:
    return typed or None
