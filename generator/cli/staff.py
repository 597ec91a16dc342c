"""What staff get: `cards`, `summary`, `consent-form`, `memo`, `takeaway`. Where does it lie?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, day, job_of
from generator.cli.tell import checked_by, is_public, print_mistakes, tell
from generator.diagnostic import Text

if TYPE_CHECKING:
    from generator.model.site import MemoOf

ROLES: "tuple[MemoOf, ...]" = ("student", "parent", "teacher", "deputy", "administrator")


def add_staff(commands: Any) -> None:
    """What writes into the private folder."""
    words = "карточки с кодами для печати / printable access cards"
    cards = command(commands, "cards", run_cards, words)
    staff = "карточки сотрудников / the cards of staff"
    cards.add_argument("--staff", action="store_true", help=staff)
    files = "файлы с кодом для сотрудников / files with the codes of staff"
    cards.add_argument("--key-files", action="store_true", help=files)
    add(cards, "path", "--output", "--private", "--date", "--by")
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
    memo = command(commands, "memo", run_memo, "памятка на один лист / a memo of one sheet")
    words = "чья / whose: " + ", ".join(ROLES)
    memo.add_argument("role", metavar="РОЛЬ", choices=ROLES, help=words)
    add(memo, "path", "--output", "--private")
    own = "всё портфолио папкой и архивом для семьи / a portfolio as folder and zip, for the family"
    takeaway = command(commands, "takeaway", run_takeaway, own)
    takeaway.add_argument("student", metavar="УЧЕНИК", help="id ученика / student")
    add(takeaway, "path", "--output", "--private", "--date", "--by", "--progress")
    where = "куда положить, например на флешку / where to put it, a flash drive"
    takeaway.add_argument("--to", type=Path, metavar="ПАПКА", help=where)
    cache = commands.add_parser("cache", help="кэш / the cache")
    kept = cache.add_subparsers(required=True, metavar="clear")
    wipe = command(kept, "clear", run_clear, "стереть кэш / wipe the cache")
    add(wipe, "path", "--private", "--date")
    shared = "и общий кэш школы по этому адресу / and the school's shared cache at this address"
    wipe.add_argument("--cache", metavar="АДРЕС", help=shared)


def run_cards(arguments: argparse.Namespace) -> int:
    """Writes the printable cards into the private folder and says where."""
    from generator.flow.cards import make_cards, make_code_files, make_staff_cards

    wanted = {make_staff_cards: arguments.staff, make_code_files: arguments.key_files}
    made = [make for make, asked in wanted.items() if asked] or [make_cards]
    files = [file for make in made for file in make(job_of(arguments))]
    says = Text("Карточки (секрет: печатайте и храните как ключи)", "Cards (secret, like keys)")
    print(f"{says.get(arguments.lang)}:")
    # A file of staff bears a person's id: on a public log only the folder is told.
    told = {f.parent.resolve().as_uri() if is_public() else f.resolve().as_uri() for f in files}
    print("".join(f"  {one}\n" for one in sorted(told)), end="")
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


def run_memo(arguments: argparse.Namespace) -> int:
    """Writes the memo of a role, and says where."""
    from generator.flow.memo import make_memo

    print(make_memo(job_of(arguments), arguments.role).resolve().as_uri())
    return FINE


def run_takeaway(arguments: argparse.Namespace) -> int:
    """Writes all that is one student's own, for the family, and says where."""
    from generator.flow.takeaway import make_takeaway

    made = make_takeaway(job_of(arguments), arguments.student, arguments.to)
    if not isinstance(made, tuple):
        print_mistakes(made, arguments)
        tell(f"{_NOT_TAKEN.get(arguments.lang)} {checked_by(arguments)}")
        return MISTAKES
    folder, archive = made
    # Their names are a child's: on a public log only where they lie is told.
    for one in (folder.parent,) if is_public() else (folder / "portfolio.html", archive):
        print(one.resolve() if is_public() else one.resolve().as_uri())
    tell(_TAKEN.get(arguments.lang))
    return FINE


def run_clear(arguments: argparse.Namespace) -> int:
    """Wipes everything that was remembered of this school; the next build makes it anew."""
    from generator.flow.files import clear_cache

    wiped = Text("Стёрто, чего могло и не быть", "Wiped, if there was any").get(arguments.lang)
    print(f"{wiped}: {clear_cache(job_of(arguments))}")
    return FINE


_NOT_TAKEN = Text("Копия не сделана. Исправили? Проверьте:", "No copy was made. Mended? Check:")
_TAKEN = Text(
    "Отдайте копию семье под подпись: она не заперта. Что её сделали, записано в журнал. "
    "Потом удалите папку и архив с этого компьютера.",
    "Hand the copy to the family, who sign for it: it is not locked. That it was made stands in "
    "the register. Then delete folder and archive from this computer.",
)
