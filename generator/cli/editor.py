"""The editor for families: `editor make`. Where do they write, and where is it put?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from generator.cli.arguments import FINE, add, command, job_of
from generator.cli.tell import show
from generator.diagnostic import Text

if TYPE_CHECKING:
    from generator.editor.configs import Forge

_MADE = Text("Редактор готов", "The editor is ready")
_LINK = Text(
    "Ссылка семье: адрес папки и #student=ИМЯ-ПАПКИ-УЧЕНИКА",
    "A family's link: the folder's address and #student=ID",
)
_DIRECT = Text(
    "Что сохранено, сразу стоит в хранилище ученика; на сайт попадает, когда это одобрит учитель",
    "What is saved stands in the student's repository at once; on the site when a teacher approves",
)
_PROPOSED = Text(
    "Что сохранено — предложение: его принимает учитель, кнопки «Опубликовать» у семьи нет",
    "What is saved is a proposal: a teacher accepts it, a family has no button to publish",
)


def add_editor(commands: Any) -> None:
    """What makes the editor."""
    words = "редактор в браузере для семей / an editor in the browser for families"
    editor = commands.add_parser("editor", help=words, description=words)
    parts = editor.add_subparsers(required=True, metavar="ДЕЙСТВИЕ")
    said = "сделать папку редактора / make the editor's folder"
    make = command(parts, "make", run_make, said)
    make.add_argument("folder", type=Path, metavar="ПАПКА", help="куда / where")
    add(make, "path", "--private", "--date")
    forges = "где хранилище / where the repository is"
    make.add_argument(
        "--forge", choices=("forgejo", "gitlab", "github"), required=True, help=forges
    )
    where = "адрес хранилищ / the forge's address"
    make.add_argument("--address", required=True, metavar="АДРЕС", help=where)
    repository = (
        "хранилище: shkola/{student} — у каждого своё, shkola/5a — одно на класс / the repository"
    )
    make.add_argument("--repo", required=True, metavar="ИМЯ", help=repository)
    make.add_argument("--branch", default="main", metavar="ВЕТКА", help="ветка / branch")
    app = "номер приложения для входа паролем / number of the application for signing in"
    make.add_argument("--app", default="", metavar="НОМЕР", help=app)
    package = "пакет редактора, принесённый с другого компьютера / the package, brought here"
    make.add_argument("--package", type=Path, metavar="ФАЙЛ", help=package)


def run_make(arguments: argparse.Namespace) -> int:
    """Writes the folder that a server hands out, and says what families get."""
    from generator.editor.configs import Desk
    from generator.flow.editor import make_editor

    lang = arguments.lang
    desk = Desk(
        cast("Forge", arguments.forge),
        arguments.address.rstrip("/"),
        arguments.repo,
        arguments.branch,
        arguments.app,
    )
    count = make_editor(job_of(arguments), desk, arguments.folder, arguments.package)
    name = {"sveltia": "Sveltia CMS", "decap": "Decap CMS"}[desk.program]
    show(f"{_MADE.get(lang)}: {arguments.folder} ({name}, {count})")
    show((_DIRECT if desk.is_own else _PROPOSED).get(lang))
    show(_LINK.get(lang))
    return FINE
