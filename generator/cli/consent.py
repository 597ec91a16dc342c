"""Signed papers: `consent add`, `consent import`, `consent withdraw`. What did the family allow?"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of
from generator.cli.ask import Asker
from generator.cli.exposure import show_changes
from generator.cli.paper import PaperAsker
from generator.cli.planned import (
    accepted,
    add_yes,
    settle,
    show_remarks,
    show_unread,
    show_written,
)
from generator.cli.tell import is_public, print_diagnostics, show, tell
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.flow.consents import Given
    from generator.flow.roster import Desk
    from generator.model.label import Labels
    from generator.model.policy import Consent

_REFUSED = Text("Ничего не записано: сначала исправьте это", "Nothing was written: mend this first")
_NEW = Text("Новых согласий", "New consents")
_THERE = Text("уже внесены", "there already")
_KNOWN = Text("Это согласие уже внесено", "This consent is there already")
_SEEN = Text("Кто что увидит после сборки:", "Who will see what after a build:")
_NOTHING = Text(
    "Пока ничего не откроется: показать этим людям никто ничего не просит",
    "Nothing opens yet: nothing asks to be shown to these people",
)
_NO_MORE = Text("Ничего не закроется", "Nothing closes")
_WHICH = Text("Какое согласие отозвано?", "Which consent is withdrawn?")
_EACH = Text("все", "all of them")
_ON = Text("С какого дня", "From which day")
_NONE_HELD = Text("действующих согласий нет", "there is no consent in force")
_SILENT = Text(
    "Согласия вести портфолио больше нет: со следующей сборки не публикуется ничего, даже для "
    "семьи. Закройте и прежнее: stupeni access rotate {student} --reason «отозвали согласие»",
    "There is no consent to keep the portfolio any more: the next build publishes nothing, even "
    "for the family. Close what was there: stupeni access rotate {student} --reason «withdrawn»",
)


def add_consent(commands: Any) -> None:
    """What enters signed papers, and takes back what was allowed."""
    consent = commands.add_parser("consent", help="согласия / consents")
    kinds = consent.add_subparsers(required=True, metavar="ЧТО")
    one = command(kinds, "add", run_add, "внести подписанное согласие / enter a signed consent")
    who = "ученик: папка или фамилия / the student"
    one.add_argument("student", nargs="?", default="", metavar="УЧЕНИК", help=who)
    add(one, "path", "--private", "--date")
    shows = "кому и что: class=surname,works / to whom and what"
    one.add_argument("--show", action="append", default=[], metavar="КОМУ=ЧТО", help=shows)
    for option, said in (
        ("--signed-by", "кто подписал, ФИО / who signed"),
        ("--relation", "кем приходится: mother, father, guardian / who that is"),
        ("--signed", "день подписи / day of signing"),
        ("--until", "последний день / the last day"),
        ("--document", "где лежит бумага: дело, лист / where the paper lies"),
        ("--student-signed", "день, когда подписал ученик / the day the student signed"),
    ):
        one.add_argument(option, default="", metavar="ОТВЕТ", help=said)
    add_yes(one)
    words = "внести согласия списком / enter a list of consents"
    listed = command(kinds, "import", run_import, words)
    file = "таблица XLSX или CSV / a table"
    listed.add_argument("file", type=Path, metavar="ФАЙЛ", help=file)
    add(listed, "path", "--private", "--date")
    add_yes(listed)
    back = command(kinds, "withdraw", run_withdraw, "отозвать согласие / withdraw a consent")
    back.add_argument("student", metavar="УЧЕНИК", help=who)
    add(back, "path", "--private", "--date")
    which = "какое: id из consent.yml или all / which one"
    back.add_argument("--which", default="", metavar="СОГЛАСИЕ", help=which)
    day = "с какого дня / from which day"
    back.add_argument("--on", default="", metavar="ДЕНЬ", help=day)
    add_yes(back)


def run_add(arguments: argparse.Namespace) -> int:
    """Asks what a paper says, shows what it opens to whom, and writes it."""
    from generator.curate.consents import consents_in, same
    from generator.flow.adding import read_words
    from generator.flow.roster import open_desk

    job, asker = job_of(arguments), Asker(arguments.lang)
    desk, labels = open_desk(job), read_words(job)
    asking = PaperAsker(desk, labels, asker, arguments)
    student = asking.student()
    held = student.consents.consents
    found = consents_in(asking.paper(student), [one.id for one in held])
    new = [one for one in found if not any(same(one, other) for other in held)]
    for _ in found[len(new) :]:
        show(_KNOWN.get(arguments.lang))
    return _enter(desk, tuple((student.id, one) for one in new), arguments, labels)


def run_import(arguments: argparse.Namespace) -> int:
    """Enters a list of papers, after showing what it opens to whom."""
    from generator.flow.adding import read_words
    from generator.flow.consents import plan_papers, read_papers
    from generator.flow.roster import open_desk

    job, lang = job_of(arguments), arguments.lang
    desk, table = open_desk(job), read_papers(arguments.file)
    show_unread(table, lang)
    signed = settle(lambda answers: plan_papers(desk, table, answers), {}, Asker(lang))
    show_remarks(signed.remarks, table, lang)
    show(f"{_NEW.get(lang)}: {len(signed.given)}; {_THERE.get(lang)}: {signed.there}")
    ended = _enter(desk, signed.given, arguments, read_words(job))
    return MISTAKES if signed.remarks else ended


def run_withdraw(arguments: argparse.Namespace) -> int:
    """Writes down that a consent was withdrawn, after showing what closes."""
    from generator.curate.consents import year_end
    from generator.flow.adding import read_words
    from generator.flow.consents import is_silent, valid_on, withdrawn, write_withdrawal
    from generator.flow.roster import open_desk

    job, lang = job_of(arguments), arguments.lang
    desk, asker = open_desk(job), Asker(lang)
    asking = PaperAsker(desk, read_words(job), asker, arguments)
    student = asking.student()
    held = valid_on(student, desk.today)
    if not held:
        fix = Text("посмотрите records/…/consent.yml", "see records/…/consent.yml")
        raise Trouble(_NONE_HELD, fix)
    ids = _which(held, arguments, asking)
    signed = max(one.signed for one in held if one.id in ids)
    said = (arguments.on, _ON, "--on")
    day = asking.day(said, (signed, year_end(desk.today)), default=f"{desk.today:%d.%m.%Y}")
    given = withdrawn(student, ids, day)
    _show_opened(desk, given, lang, is_added=False)
    if accepted(arguments):
        show_written(write_withdrawal(desk, student, ids, day), arguments)
        if is_silent(desk.school, given, day):
            show(_SILENT.get(lang).replace("{student}", "…" if is_public() else student.id))
    return FINE


def _which(
    held: "tuple[Consent, ...]", arguments: argparse.Namespace, asking: PaperAsker
) -> frozenset[str]:
    ids = [one.id for one in held]
    choices = [*((one.id, asking.told(one)) for one in held), ("all", _EACH.get(arguments.lang))]
    given = arguments.which or ("" if len(held) > 1 else ids[0])
    meant = given or asking.asker.choice(_WHICH, choices, option="--which")
    if meant not in dict(choices):
        asking.refuse("--which", meant, ", ".join(code for code, _ in choices))
    return frozenset(ids if meant == "all" else (meant,))


def _enter(desk: "Desk", given: "Given", arguments: argparse.Namespace, labels: "Labels") -> int:
    """What the consents mean shown, and written if wanted; 1 when they make no sense."""
    from generator.flow.consents import find_remarks, write_papers

    lang: Lang = arguments.lang
    remarks = find_remarks(desk, given)
    print_diagnostics(remarks, arguments)
    if any(one.is_error for one in remarks):
        tell(_REFUSED.get(lang))
        return MISTAKES
    asking = PaperAsker(desk, labels, Asker(lang), arguments)
    for student, consent in () if is_public() else given:
        show(f"  + {student}: {asking.told(consent)}")
    if given:
        _show_opened(desk, given, lang, is_added=True)
    if given and accepted(arguments):
        show_written(write_papers(desk, given), arguments)
    return FINE


def _show_opened(desk: "Desk", given: "Given", lang: Lang, *, is_added: bool) -> None:
    """Everything of one student, of many a few things each."""
    from generator.flow.consents import foresee

    changes = foresee(desk, given)
    if not changes:
        show((_NOTHING if is_added else _NO_MORE).get(lang))
        return
    show(_SEEN.get(lang))
    alone = len({student for student, _ in given}) == 1
    show_changes(changes, lang, most=1000 if alone else 3)
