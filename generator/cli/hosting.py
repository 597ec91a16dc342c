"""The server: `hosting`. How is it told what to say with the sites, and whom to let in?"""

import argparse
from pathlib import Path
from typing import Any

from generator.cli.arguments import FINE, add, command, job_of
from generator.cli.tell import is_public
from generator.diagnostic import Lang, Text

_SECRET = Text(
    "Имя и пароль ступени (печатаю один раз; отдавайте вместе с карточками)",
    "Name and password of a level (printed once; hand them out with the cards)",
)


def add_hosting(commands: Any) -> None:
    """What is written for a server of the school's own."""
    words = "настройки для Caddy и nginx / configurations for Caddy and nginx"
    hosting = command(commands, "hosting", run_hosting, words)
    add(hosting, "path", "--output", "--private", "--date")
    where = "куда написать, иначе в личную папку / where to write, else the private folder"
    hosting.add_argument("--to", type=Path, metavar="ПАПКА", help=where)
    root = "где сайты лежат на сервере / where the sites lie on the server"
    hosting.add_argument("--root", default="/srv/portfolio", metavar="ПАПКА", help=root)
    no_gate = "без общего пароля ступени / without a password of a level"
    hosting.add_argument("--open", action="store_true", help=no_gate)


def run_hosting(arguments: argparse.Namespace) -> int:
    """Writes files for Caddy and nginx and says where; new passwords are printed once."""
    from secrets import choice

    from generator.flow.hosting import make_hosting

    lang: Lang = arguments.lang
    choose = None if arguments.open else choice
    made = make_hosting(job_of(arguments), arguments.to, arguments.root, choose)
    for file in made.files:
        print(file.resolve())
    if made.fresh and not is_public():
        print(f"\n{_SECRET.get(lang)}:")
        for user, password in made.fresh.items():
            print(f"  {user:6}{password}")
    if made.passwords:
        kept = Text("Пароли лежат здесь", "The passwords lie here").get(lang)
        print(f"{kept}: {made.passwords.resolve()}")
    return FINE
