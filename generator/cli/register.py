"""The register: `register verify`, `register extract`. Is it whole, and what about one child?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.tell import is_public, tell
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.publish import Verified


def add_register(commands: Any) -> None:
    """What looks into the register of what happened."""
    register = commands.add_parser("register", help="журнал / the register")
    ways = register.add_subparsers(required=True, metavar="verify|extract")
    whole = "цел ли журнал / is the register whole"
    verify = command(ways, "verify", run_verify, whole)
    add(verify, "path")
    noted = "отпечаток с бумаги: есть ли он в журнале / a digest from paper: is it in there"
    verify.add_argument("--digest", metavar="ОТПЕЧАТОК", help=noted)
    one = "выписка об одном ребёнке для семьи / what happened to one child's words"
    extract = command(ways, "extract", run_extract, one)
    extract.add_argument("student", metavar="УЧЕНИК", help="id ученика / student")
    add(extract, "path", "--output", "--private", "--date", "--by")


def run_verify(arguments: argparse.Namespace) -> int:
    """Says whether every line of the register follows from the one before."""
    from generator.publish import find_line, verify

    lang: Lang = arguments.lang
    register = _register_at(arguments.path)
    found = verify(register)
    for said in _tell_chain(found):
        print(said.get(lang))
    if not found.is_whole or arguments.digest is None:
        return FINE if found.is_whole else MISTAKES
    number = find_line(register, arguments.digest.strip().lower())
    print((_noted(number) if number else _NOT_NOTED).get(lang))
    return FINE if number else MISTAKES


def run_extract(arguments: argparse.Namespace) -> int:
    """Writes one child's part of the register into the private folder and says where."""
    from generator.flow.extract import make_extract

    file = make_extract(job_of(arguments), arguments.student)
    # The file's name is a child's: on a public log only its folder is told.
    print(file.parent.resolve() if is_public() else file.resolve().as_uri())
    tell(_GIVEN.get(arguments.lang))
    return FINE


def _register_at(path: Path) -> Path:
    register = path / "school" / "register.jsonl" if path.is_dir() else path
    if not register.is_file():
        raise Trouble(
            Text(f"журнала `{register}` нет", f"there is no register `{register}`"),
            Text(
                "он появляется с первой сборкой; укажите папку с портфолио или сам файл",
                "the first build makes it; name the folder of portfolios or the file itself",
            ),
        )
    return register


def _tell_chain(found: "Verified") -> tuple[Text, ...]:
    if not found.is_whole:
        line, above, why = found.broken, max(found.broken - 1, 1), found.why
        return (
            Text(f"Журнал нарушен. Строка {line}: {why.ru}.",
                 f"The register is broken. Line {line}: {why.en}."),
            Text(f"Верить можно тому, что выше строки {above}. Сравните с копией журнала.",
                 f"Trust what stands above line {above}. Compare with a copy of the register."),
        )  # fmt: skip
    lines = ", ".join(map(str, found.torn))
    torn = Text(
        f"Не дописаны, когда отключилось питание, и оставлены как есть: строки {lines}",
        f"Half-written when the power went, and left as they were: lines {lines}",
    )
    return (
        Text(f"Журнал цел: записей {found.records}, каждая продолжает предыдущую.",
             f"The register is whole: {found.records} records, each follows from the last."),
        *((torn,) if found.torn else ()),
        Text(f"Отпечаток последней строки: {found.last}", f"Digest of the last line: {found.last}"),
        _UNPROVEN,
    )  # fmt: skip


def _noted(number: int) -> Text:
    return Text(
        f"Отпечаток с бумаги — это строка {number}: до неё ничего не изменили и не отрезали.",
        f"The digest from paper is line {number}: up to it nothing was changed or cut off.",
    )


_NOT_NOTED = Text(
    "Отпечатка с бумаги в журнале нет: конец отрезали, журнал переписали или в отпечатке описка.",
    "The digest from paper is not in it: its end was cut off, it was written anew, or a slip.",
)
_UNPROVEN = Text(
    "Что конец не отрезали, сам журнал доказать не может. Запишите отпечаток на бумагу с датой "
    "и сверьте в другой раз: `stupeni register verify --digest ОТПЕЧАТОК`.",
    "It cannot prove by itself that its end was not cut off. Write the digest on paper with the "
    "date and compare another time: `stupeni register verify --digest DIGEST`.",
)
_GIVEN = Text(
    "Что выписка сделана, записано в журнал. Отдайте её семье под подпись, файл потом удалите.",
    "That it was made stands in the register. Have the family sign for it, then delete the file.",
)
