"""The private folder: `cards`, `summary`, `consent-form`, `keys`, `cache`. What do staff get?"""

import argparse
from typing import Any

from generator.cli.arguments import FINE, add, command, day, job_of
from generator.cli.tell import is_public
from generator.diagnostic import Text


def add_staff(commands: Any) -> None:
    """What writes into the private folder."""
    words = "карточки с кодами для печати / printable access cards"
    cards = command(commands, "cards", run_cards, words)
    add(cards, "path", "--output", "--private", "--date")
    about = "сводка класса или ученика за дни / a class or student over some days"
    summary = command(commands, "summary", run_summary, about)
    summary.add_argument("whom", metavar="КТО", help="id класса или ученика / class or student")
    add(summary, "path", "--output", "--private", "--date")
    for name, said in (("--since", "с какого дня / from"), ("--until", "по какой день / to")):
        summary.add_argument(name, type=day, required=True, metavar="ДЕНЬ", help=said)
    asked = "согласия для печати: на обработку, на показ всем, отзыв / papers of consent to print"
    form = command(commands, "consent-form", run_consent_form, asked)
    words = "id класса или ученика, или blank — пустой лист / class, student, or blank"
    form.add_argument("whom", metavar="КТО", help=words)
    add(form, "path", "--output", "--private", "--date")
    keys = commands.add_parser("keys", help="главный ключ / the master key")
    secret = keys.add_subparsers(required=True, metavar="init")
    init = command(secret, "init", run_keys, "создать главный ключ / make it")
    add(init, "path", "--output", "--private", "--date")
    init.add_argument("--keep", action="store_true", help="если есть, оставить / keep an old one")
    cache = commands.add_parser("cache", help="кэш / the cache")
    kept = cache.add_subparsers(required=True, metavar="clear")
    wipe = command(kept, "clear", run_clear, "стереть кэш / wipe the cache")
    add(wipe, "path", "--private", "--date")


def run_cards(arguments: argparse.Namespace) -> int:
    """Writes the printable cards into the private folder and says where."""
    from generator.flow.cards import make_cards

    files = make_cards(job_of(arguments))
    says = Text("Карточки (секрет: печатайте и храните как ключи)", "Cards (secret, like keys)")
    print(f"{says.get(arguments.lang)}:")
    for file in files:
        print(f"  {file.resolve().as_uri()}")
    return FINE


def run_summary(arguments: argparse.Namespace) -> int:
    """Writes what happened in a class or to a student over a time, for staff, and says where."""
    from generator.flow.summary import make_summary

    for file in make_summary(job_of(arguments), arguments.whom, arguments.since, arguments.until):
        # The file's name may be a child's: on a public log only its ending is told.
        told = f"{file.parent.resolve()}/*{file.suffix}" if is_public() else file.resolve().as_uri()
        print(told)
    return FINE


def run_consent_form(arguments: argparse.Namespace) -> int:
    """Writes papers of consent to print, and says where."""
    from generator.flow.forms import make_consent_forms

    file = make_consent_forms(job_of(arguments), arguments.whom)
    # The file's name may be a child's: on a public log only its ending is told.
    print(f"{file.parent.resolve()}/*{file.suffix}" if is_public() else file.resolve().as_uri())
    return FINE


def run_keys(arguments: argparse.Namespace) -> int:
    """Makes the master key; with --keep an existing one is fine."""
    from generator.flow.private import key_file, make_key

    job = job_of(arguments)
    if arguments.keep and key_file(job).is_file():
        return FINE
    made = Text("Главный ключ создан", "The master key is made").get(arguments.lang)
    copy = Text(
        "Без него не выпустить сайт с теми же карточками. Сделайте копию на бумаге или флешке",
        "Without it no site fits the cards. Keep a copy on paper or a stick",
    )
    print(f"{made}: {make_key(job)}\n{copy.get(arguments.lang)}.")
    return FINE


def run_clear(arguments: argparse.Namespace) -> int:
    """Wipes everything that was remembered of this school; the next build makes it anew."""
    from generator.flow.files import clear_cache

    wiped = Text("Стёрто, чего могло и не быть", "Wiped, if there was any").get(arguments.lang)
    print(f"{wiped}: {clear_cache(job_of(arguments))}")
    return FINE
