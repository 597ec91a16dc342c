"""What is shown in a hall: `present`. Who is in it, who is not, and where does it lie?"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, day, job_of
from generator.cli.tell import is_public, print_mistakes, show, tell
from generator.diagnostic import Lang, Text
from generator.model.spoken import say_day

if TYPE_CHECKING:
    from generator.flow.asked import Asked
    from generator.flow.present import Presented
    from generator.model.deck import Deck, Kind

_CLASS = "id класса, например 4a / class"
_HOUR = (
    "название; слово школы (событие, вид, результат, направление) ещё и выбирает работы / a title; "
    "a word of the school chooses works, too"
)
_PASSED = Text("Не вызываем, на эту тему о них ничего нет", "Not called, nothing on this theme")
_NO_ADDRESS = Text(
    "Слайда с адресом и QR не будет: в school/school.yml не сказано, где стоит сайт этой ступени "
    "(hosting)",
    "There will be no slide with address and QR: school/school.yml does not say where this "
    "level's site stands (hosting)",
)
_DRY = Text("Ничего не записано: это проба.", "Nothing was written: this was a dry run.")
_NEXT = Text(
    "Откройте index.html двойным щелчком; папку можно перенести на флешку. После события удалите "
    "все её копии.",
    "Open index.html by a double click; the folder may be copied to a stick. After the event "
    "delete every copy of it.",
)
_PUBLISH = Text(
    "Прочтите news.txt целиком и только тогда выкладывайте; НЕ-ПУБЛИКОВАТЬ.txt — для вас: кого нет "
    "и до какого дня новость может стоять на сайте.",
    "Read all of news.txt before you publish it; the other text beside it is for you alone: who is "
    "missing, and until which day the news may stand on the site.",
)
_SHEETS = Text(
    "Листы семьям: напечатайте, раздайте лично, файл удалите",
    "Sheets for families: print, hand over in person, delete the file",
)


def add_present(commands: Any) -> None:
    """What makes a showing for a flash drive."""
    words = "показ с флешки: ученик, класс, собрание, торжество; новость / a showing, news"
    present = commands.add_parser("present", help=words)
    kinds = present.add_subparsers(required=True, metavar="student|class|meeting|ceremony|news")
    own = _kind(kinds, "student", run_student, "работы одного ученика / one student's works")
    own.add_argument("whom", metavar="УЧЕНИК", help="id ученика / student")
    before = "перед кем: класс, ступень, комиссия / before whom"
    own.add_argument("--before", choices=("class", "level", "commission"), help=before)
    moving = "рассказ при переходе на другую ступень / on moving up to another level"
    own.add_argument("--moving-up", action="store_true", help=moving)
    _corridor(own)
    _usual(own)
    hour = _kind(kinds, "class", run_class, "классный час на тему / a class hour on a theme")
    hour.add_argument("whom", metavar="КЛАСС", help=_CLASS)
    hour.add_argument("--theme", required=True, type=_words, metavar="ТЕМА", help=_HOUR)
    _theme(hour)
    _corridor(hour)
    _code(hour)
    _usual(hour)
    meeting = _kind(
        kinds, "meeting", run_meeting, "собрание и лист каждой семье / a meeting, sheets for homes"
    )
    meeting.add_argument("whom", metavar="КЛАСС", help=_CLASS)
    _title(meeting)
    _days(meeting)
    _code(meeting)
    _usual(meeting)
    _add_ceremony(kinds)
    _add_news(kinds)


def _add_ceremony(kinds: Any) -> None:
    """Whom one calls to the front."""
    festive = _kind(
        kinds, "ceremony", run_ceremony, "торжество: порядок вызова, слова ведущего / a ceremony"
    )
    where = "класс или ступень: primary, basic, senior / class or level"
    festive.add_argument("whom", metavar="ГДЕ", help=where)
    _title(festive)
    _theme(festive)
    order = "каждого один раз по алфавиту, а не по событиям / everybody once, by the alphabet"
    festive.add_argument("--by-name", action="store_true", help=order)
    _corridor(festive)
    _code(festive)
    _usual(festive)


def _add_news(kinds: Any) -> None:
    """What no hall sees and everybody reads."""
    words = "новость для сайта школы и Дневника.ру / news for the school's own site"
    told = _kind(kinds, "news", run_news, words)
    where = "класс, ступень или вся школа: 4a, primary, school / class, level or school"
    told.add_argument("whom", metavar="ГДЕ", help=where)
    _title(told)
    _theme(told)
    _usual(told)


def run_student(arguments: argparse.Namespace) -> int:
    """One student's own selection."""
    return _run("student", arguments)


def run_class(arguments: argparse.Namespace) -> int:
    """What a class shows each other on a theme."""
    return _run("class", arguments)


def run_meeting(arguments: argparse.Namespace) -> int:
    """What a class shows its families, and a private sheet for every home."""
    return _run("meeting", arguments)


def run_ceremony(arguments: argparse.Namespace) -> int:
    """Whom one calls to the front, by events or by the alphabet."""
    return _run("ceremony", arguments)


def run_news(arguments: argparse.Namespace) -> int:
    """What everybody may read on the school's own site."""
    return _run("news", arguments)


def _run(kind: "Kind", arguments: argparse.Namespace) -> int:
    from generator.flow.present import foresee_deck, make_deck

    make = foresee_deck if arguments.dry_run else make_deck
    done = make(job_of(arguments), asked_of(kind, arguments))
    if done.deck is None:
        print_mistakes(done.found, arguments)
        return MISTAKES
    print_deck(done.deck, arguments.lang)
    if done.said:
        tell(done.said.get(arguments.lang))
    if arguments.dry_run:
        tell(_DRY.get(arguments.lang))
    else:
        _print_places(done, arguments.lang)
    return FINE


def asked_of(kind: "Kind", arguments: argparse.Namespace) -> "Asked":
    """What was typed."""
    from generator.flow.asked import Asked

    given = vars(arguments)
    title = given.get("theme") or given.get("title") or ""
    return Asked(
        kind=kind,
        whom=arguments.whom,
        title=title,
        before=given.get("before"),
        kinds=tuple(given.get("kind") or ()),
        tags=tuple(given.get("tag") or ()),
        directions=tuple(given.get("direction") or ()),
        events=tuple(given.get("event") or ()),
        since=given.get("since"),
        until=given.get("until"),
        by_name=bool(given.get("by_name")),
        moving_up=bool(given.get("moving_up")),
        auto=given.get("auto") or 0,
        code=bool(given.get("code")),
        folder=arguments.to,
    )


def print_deck(deck: "Deck", lang: Lang) -> None:
    """Who is in it, who is not and why, and until when it may be kept."""
    from generator.model.deck import WHY

    kept = say_day(deck.keep).get(lang)
    shown, missing = len(deck.students), len(deck.absent)
    print(Text(f"Показываем: {shown}", f"Shown: {shown}").get(lang))
    # Who is in a class and who keeps to themselves is nobody's business on a log.
    show(*(() if is_public() else _named(deck)))
    print(Text(f"Не показываем: {missing}", f"Not shown: {missing}").get(lang))
    for one in () if is_public() else deck.absent:
        show(f"  {one.name}, {one.class_title} — {WHY[one.why].get(lang)}")
    if deck.passed_over and deck.occasion.kind == "ceremony":
        print(f"{_PASSED.get(lang)}: {len(deck.passed_over)}")
    print(Text(f"Хранить до {kept}", f"Keep until {kept}").get(lang))
    if not deck.address and deck.occasion.kind != "news":
        tell(_NO_ADDRESS.get(lang))


def _named(deck: "Deck") -> Iterator[str]:
    titles: dict[tuple[str, str, str], list[str]] = {}
    for turn in deck.turns:
        edition = turn.edition
        known = {entry.id: entry.title for entry in edition.entries}
        who = edition.name, edition.class_title, edition.student
        titles.setdefault(who, []).extend(known[id] for id in turn.works)
    for (name, room, _), works in titles.items():
        yield f"  {name}, {room} — {'; '.join(works)}"


def _print_places(done: "Presented", lang: Lang) -> None:
    assert done.folder is not None
    is_news = done.deck is not None and done.deck.occasion.kind == "news"
    print(_place(done.folder / ("news.txt" if is_news else "index.html")))
    tell((_PUBLISH if is_news else _NEXT).get(lang))
    if done.sheets:
        print(f"{_SHEETS.get(lang)}:\n{_place(done.sheets)}")


def _place(path: Path) -> str:
    # A folder may be called as a child: on a public log only the ending of a name is told.
    return f"*{path.suffix}" if is_public() else path.resolve().as_uri()


def _kind(
    kinds: Any, name: str, run: Callable[[argparse.Namespace], int], words: str
) -> argparse.ArgumentParser:
    made = command(kinds, name, run, words)
    dry = "только сказать, кто попал и кто нет / only say who is in and who is not"
    made.add_argument("--dry-run", action="store_true", help=dry)
    to = "куда положить, например на флешку / where to put it, e.g. on a stick"
    made.add_argument("--to", type=Path, metavar="ПАПКА", help=to)
    return made


def _usual(made: argparse.ArgumentParser) -> None:
    add(made, "path", "--output", "--private", "--date", "--by", "--progress")


def _title(made: argparse.ArgumentParser) -> None:
    made.add_argument("--title", metavar="СЛОВА", help="что на титуле / its title")


def _theme(made: argparse.ArgumentParser) -> None:
    for name, words in (
        ("--kind", "вид записей, можно повторить / kind of entries, may be repeated"),
        ("--event", "событие: id или название / event: id or title"),
        ("--tag", "личностный результат или учебное действие / personal result, learning action"),
        ("--direction", "направление занятий / direction"),
    ):
        made.add_argument(name, action="append", metavar="СЛОВО", help=words)
    _days(made)


def _days(made: argparse.ArgumentParser) -> None:
    for name, said in (("--since", "с какого дня / from"), ("--until", "по какой день / to")):
        made.add_argument(name, type=day, metavar="ДЕНЬ", help=said)


def _corridor(made: argparse.ArgumentParser) -> None:
    words = "экран в коридоре: слайды сами, каждые столько секунд / corridor: next after SECONDS"
    made.add_argument("--auto", type=_seconds, metavar="СЕКУНД", help=words)


def _code(made: argparse.ArgumentParser) -> None:
    words = "QR с кодом этого события, если он открыт / a QR with the event's own code"
    made.add_argument("--code", action="store_true", help=words)


def _words(text: str) -> str:
    if text.strip():
        return text
    raise argparse.ArgumentTypeError("здесь нужно хоть слово / a word is needed here")


def _seconds(text: str) -> int:
    if text.isdigit() and 3 <= int(text) <= 600:
        return int(text)
    raise argparse.ArgumentTypeError("от 3 до 600 секунд / 3 to 600 seconds")
