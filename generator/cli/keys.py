"""The master key: `keys init`, `keys backup`, `keys restore`. Can it be lost?"""

import argparse
import sys
from typing import Any

from generator.cli.arguments import FINE, add, command, job_of
from generator.cli.tell import tell
from generator.diagnostic import Text
from generator.trouble import Trouble

_MADE = Text("Главный ключ создан", "The master key is made")
_COPY = Text(
    "Без него не выпустить сайт с теми же карточками. Сделайте копию на бумаге: "
    "stupeni keys backup",
    "Without it no site fits the cards. Make a copy on paper: stupeni keys backup",
)
_ANEW = Text(
    "Прежний ключ отложен в {old}. Соберите и выложите сайты, напечатайте и раздайте ВСЕ карточки, "
    "сделайте новую копию на бумаге. Что выпущено раньше, считайте прочитанным.",
    "The old key is put aside in {old}. Build and publish the sites, print and hand out ALL the "
    "cards, make a new copy on paper. Take what was published before for read.",
)
_PAPER = Text(
    "Секрет: напечатайте, уберите в сейф и удалите файл",
    "Secret: print it, lock it away and delete the file",
)
_ASK = Text(
    "Наберите 24 слова с бумаги (или имя файла с ключом) и нажмите Enter; на экране их будет "
    "видно:",
    "Type the 24 words of the paper (or the name of the key's file) and press Enter; they will be "
    "seen on the screen:",
)
_BACK = Text(
    "Главный ключ на месте. Проверьте: stupeni cards — слова должны совпасть с любой выданной "
    "карточкой",
    "The master key is in its place. Check it: stupeni cards; the words must be those of any card "
    "handed out",
)


def add_keys(commands: Any) -> None:
    """What makes the master key, keeps it and brings it back."""
    keys = commands.add_parser("keys", help="главный ключ / the master key")
    secret = keys.add_subparsers(required=True, metavar="ЧТО")
    init = command(secret, "init", run_init, "создать главный ключ / make it")
    add(init, "path", "--output", "--private", "--date", "--by")
    either = init.add_mutually_exclusive_group()
    either.add_argument("--keep", action="store_true", help="если есть, оставить / keep an old one")
    anew = "ключ утёк: создать другой / it leaked: make another"
    either.add_argument("--replace", action="store_true", help=anew)
    why = "почему заменили / why it is replaced"
    init.add_argument("--reason", default="", metavar="ПОЧЕМУ", help=why)
    backup = command(secret, "backup", run_backup, "копия на бумаге / a copy on paper")
    add(backup, "path", "--output", "--private", "--date")
    restore = command(secret, "restore", run_restore, "вернуть с бумаги / bring it back from paper")
    add(restore, "path", "--output", "--private", "--date")


def run_init(arguments: argparse.Namespace) -> int:
    """Makes the master key; with --keep an old one is fine, with --replace it is put aside."""
    from generator.flow.keys import replace_key
    from generator.flow.private import key_file, make_key

    job, lang = job_of(arguments), arguments.lang
    if arguments.keep and key_file(job).is_file():
        return FINE
    if not arguments.replace:
        print(f"{_MADE.get(lang)}: {make_key(job)}\n{_COPY.get(lang)}.")
        return FINE
    if not arguments.reason:
        raise Trouble(
            Text("не сказано, почему заменить ключ", "no word why the key is to be replaced"),
            Text("добавьте --reason ПОЧЕМУ", "add --reason WHY"),
        )
    file, old = replace_key(job, arguments.reason)
    print(f"{_MADE.get(lang)}: {file}\n{_ANEW.get(lang).replace('{old}', str(old))}")
    return FINE


def run_backup(arguments: argparse.Namespace) -> int:
    """Writes a page to print and lock away, and says where."""
    from generator.flow.keys import back_up_key

    file = back_up_key(job_of(arguments))
    print(f"{_PAPER.get(arguments.lang)}:\n  {file.resolve().as_uri()}")
    return FINE


def run_restore(arguments: argparse.Namespace) -> int:
    """Asks for the words, never takes them from the command: a shell remembers what was typed."""
    from generator.flow.keys import restore_key

    if sys.stdin.isatty():
        tell(_ASK.get(arguments.lang))
        typed = sys.stdin.readline()
    else:
        typed = sys.stdin.read()
    file = restore_key(job_of(arguments), typed)
    print(f"{_BACK.get(arguments.lang)}.\n{file}")
    return FINE
