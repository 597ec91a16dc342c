"""The life of a code: `access …`, `incident`. Who may come in, and who decided it?"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, add, command, day, job_of
from generator.cli.tell import GRADES, is_public, show
from generator.diagnostic import Lang, Text

if TYPE_CHECKING:
    from generator.flow.access import Done
    from generator.flow.listing import Row
    from generator.model.policy import Suspension

_WHO = "карточка, ученик, класс, сотрудник, ступень / card, student, class, person, level"
_EVENT = "класс или ступень / class or level"
_BUILD = Text(
    "Подействует, когда соберёте и выложите сайт: stupeni build",
    "It takes effect once the site is built and put in place: stupeni build",
)
_COPIES = Text(
    "Чего это не отменит: кто сохранил старые файлы и держал прежний код, прочтёт свою копию.",
    "What this cannot undo: whoever kept old files and held the old code can read that copy.",
)
_SAME_CARD = Text(
    "Карточки прежние. Если карточку мог видеть чужой, замените её: stupeni access rotate",
    "The cards are the same. If a stranger may have seen one, replace it: stupeni access rotate",
)


def add_access(commands: Any) -> None:
    """What decides who may come in."""
    access = commands.add_parser("access", help="доступ / access")
    kinds = access.add_subparsers(required=True, metavar="ЧТО")
    listed = command(kinds, "list", run_list, "у кого есть код / who holds a code")
    add(listed, "path", "--private", "--date")
    issue = _deed(kinds, "issue", run_issue, "открыть код события / open an event's code", _EVENT)
    words = "последний день / the last day"
    issue.add_argument("--until", type=day, required=True, metavar="ДЕНЬ", help=words)
    _deed(kinds, "rotate", run_rotate, "заменить код и ключи / replace a code and its keys", _WHO)
    words = "заменить ключи у тех, кто больше не читает / replace keys of those who lost a right"
    _decided(command(kinds, "raise", run_raise, words))
    _deed(kinds, "suspend", run_suspend, "закрыть доступ / take offline", f"{_WHO}, site")
    _deed(kinds, "resume", run_resume, "открыть доступ снова / end a suspension", f"{_WHO}, site")
    end = "закончить сейчас / end it now"
    _deed(kinds, "expire", run_expire, end, f"{_EVENT}, commission:…")
    incident = command(
        commands, "incident", run_incident, "записать инцидент / write down an incident"
    )
    incident.add_argument("what", metavar="ЧТО", help="что случилось / what happened")
    add(incident, "path", "--output", "--private", "--date", "--by")
    for name, words in (
        ("--when", "когда / when"),
        ("--noticed", "кто заметил / who noticed"),
        ("--told", "кому сообщили / who was told"),
    ):
        incident.add_argument(name, default="", metavar="СЛОВА", help=words)
    whom = "ученик, можно несколько раз / a student, more than once if need be"
    incident.add_argument("--about", action="append", default=[], metavar="УЧЕНИК", help=whom)


def run_list(arguments: argparse.Namespace) -> int:
    """Prints every code of every level; on a public log how many there are."""
    from generator.flow.listing import list_access, stopped_elsewhere

    job, lang = job_of(arguments), arguments.lang
    rows = list_access(job)
    for level, title in GRADES.items():
        mine = [row for row in rows if row.level == level]
        print(f"{title.get(lang)}: {len(mine)}")
        for row in () if is_public() else mine:
            show(f"  {row.audience}", f"    {'; '.join(_facts(row, lang))}")
    for stop in () if is_public() else stopped_elsewhere(job):
        show(f"{stop.name}: {_said(stop, lang)}")
    return FINE


def run_issue(arguments: argparse.Namespace) -> int:
    """Opens an event's code and says what to print."""
    from generator.flow.access import issue

    job = job_of(arguments)
    return _tell(issue(job, arguments.whom, arguments.until, arguments.reason), arguments)


def run_rotate(arguments: argparse.Namespace) -> int:
    """Replaces a code and its keys, and says which cards to print and what it cannot undo."""
    from generator.flow.access import rotate

    done = rotate(job_of(arguments), arguments.whom, arguments.reason)
    return _tell(done, arguments, _COPIES)


def run_raise(arguments: argparse.Namespace) -> int:
    """Replaces the keys that somebody kept who may not read any more; no card changes."""
    from generator.flow.access import raise_keys

    return _tell(raise_keys(job_of(arguments), arguments.reason), arguments, _COPIES)


def run_suspend(arguments: argparse.Namespace) -> int:
    """Takes somebody or something offline in the next build."""
    from generator.flow.access import suspend

    done = suspend(job_of(arguments), arguments.whom, arguments.reason)
    return _tell(done, arguments, _COPIES)


def run_resume(arguments: argparse.Namespace) -> int:
    """Ends a suspension in the next build."""
    from generator.flow.access import resume

    done = resume(job_of(arguments), arguments.whom, arguments.reason)
    return _tell(done, arguments, _SAME_CARD)


def run_expire(arguments: argparse.Namespace) -> int:
    """Ends an event's code in the next build."""
    from generator.flow.access import expire

    done = expire(job_of(arguments), arguments.whom, arguments.reason)
    return _tell(done, arguments, _COPIES)


def run_incident(arguments: argparse.Namespace) -> int:
    """Writes the form for the administration and says where."""
    from generator.flow.incident import Incident, report_incident

    incident = Incident(
        arguments.what, arguments.when, arguments.noticed, tuple(arguments.about), arguments.told
    )
    file = report_incident(job_of(arguments), incident)
    says = Text(
        "Напечатайте, допишите, подпишите и отдайте администрации",
        "Print it, complete it, sign it and hand it to the administration",
    )
    print(f"{says.get(arguments.lang)}:\n  {file.resolve().as_uri()}")
    return FINE


def _deed(
    parent: Any, name: str, run: Callable[[argparse.Namespace], int], words: str, whom: str
) -> argparse.ArgumentParser:
    made = command(parent, name, run, words)
    made.add_argument("whom", metavar="ИМЯ", help=whom)
    return _decided(made)


def _decided(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    add(made, "path", "--private", "--date", "--by")
    why = "почему: в access.yml и журнал / why: for access.yml and the register"
    made.add_argument("--reason", required=True, metavar="ПОЧЕМУ", help=why)
    return made


def _tell(done: "Done", arguments: argparse.Namespace, *more: Text) -> int:
    lang: Lang = arguments.lang
    names = ", ".join(done.names) if not is_public() else str(len(done.names))
    print(f"{Text('Записано', 'Written down').get(lang)}: {names}")
    if done.raised:
        replaced = Text("Заменено кодов и ключей", "Codes and keys replaced").get(lang)
        print(f"{replaced}: {len(done.raised)}")
    if done.cards:
        anew = Text(
            "Напечатать заново (остальные карточки работают)",
            "To be printed anew (all the other cards keep working)",
        )
        titles = "; ".join(done.cards) if not is_public() else str(len(done.cards))
        show(f"{anew.get(lang)}: {titles}")
    for text in (*more, _BUILD):
        print(text.get(lang))
    return FINE


def _facts(row: "Row", lang: Lang) -> list[str]:
    since, until = row.since, row.until
    facts = [
        (row.title, row.title),
        (f"код № {row.epoch}", f"code no. {row.epoch}"),
        (f"с {since:%d.%m.%Y}", f"since {since}") if since else ("ещё не выпущен", "not published"),
        (f"по {until:%d.%m.%Y}", f"until {until}") if until else ("", ""),
        (row.order.ru, row.order.en),
    ]
    told = [ru if lang == "ru" else en for ru, en in facts if ru]
    return [*told, _said(row.stopped, lang)] if row.stopped else told


def _said(stop: "Suspension", lang: Lang) -> str:
    ru, en = f"ЗАКРЫТ с {stop.since:%d.%m.%Y}: ", f"SUSPENDED since {stop.since}: "
    return Text(ru, en).get(lang) + stop.reason
