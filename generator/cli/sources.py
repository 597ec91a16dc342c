"""Students' own repositories: `sources provision|sync|review|propose|audit`. What came, what is
approved?"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.arguments import FINE, MISTAKES, add, command, job_of, network, token
from generator.cli.planned import accepted, add_yes
from generator.cli.review import write_review
from generator.cli.tell import is_public, print_diagnostics, show, tell
from generator.diagnostic import Lang, Text
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.diagnostic import Diagnostic
    from generator.flow.job import Job
    from generator.flow.proposal import Proposed
    from generator.flow.provision import Room
    from generator.flow.sources import Audit, Standing
    from generator.model.pinned import Forge
    from generator.source.fetch import Way

_WHOM = "id учеников; никого — все / students; nobody named: all"
_REVIEWS = ("html", "markdown", "full", "concise", "json", "github", "gitlab", "sarif")
_NOTHING = Text("Нового нет", "Nothing new")
_CAME = Text("Ждут проверки", "Waiting to be looked at")
_ASKED = Text("Хранилищ", "Repositories")
_MOVED, _LEFT = Text("Одобрено", "Approved"), Text("Осталось как было", "Left as it was")
_MADE = Text("Заведено хранилищ", "Repositories made")
_TO_MAKE = Text("Будет заведено", "To be made")
_BRANCH = Text("Предложение в ветке", "The proposal is in the branch")
_COMMIT = Text(
    "Записано в school/sources.yml. Дальше: stupeni build, и сохраните изменение в Git",
    "Written to school/sources.yml. Next: stupeni build, and commit the change",
)
_SEE = Text("Посмотреть их: stupeni sources review", "To look at them: stupeni sources review")


def add_sources(commands: Any) -> None:
    """What fetches, looks at and approves students' own repositories."""
    sources = commands.add_parser("sources", help="хранилища учеников / students' repositories")
    kinds = sources.add_subparsers(required=True, metavar="ЧТО")
    _add_provision(kinds)
    words = "спросить у хранилищ, что нового / ask the repositories for what is new"
    sync = command(kinds, "sync", run_sync, words)
    words = "как стоит каждое хранилище / how each repository stands"
    audit = command(kinds, "audit", run_audit, words)
    words = "посмотреть, что пришло / look at what came"
    review = command(kinds, "review", run_review, words)
    words = "одобрить то, что посмотрено и решено / approve what was looked at and decided"
    propose = command(kinds, "propose", run_propose, words)
    for one in (sync, audit, review, propose):
        one.add_argument("students", nargs="*", metavar="УЧЕНИК", help=_WHOM)
        _add_common(one)
    add(sync, "--progress")
    add(review, "--progress")
    _add_transports(sync)
    words = "спросить и у сервера, кого он пускает / ask the forge, too, whom it lets in"
    audit.add_argument("--access", action="store_true", help=words)
    _add_transports(audit)
    for one in (sync, audit):
        one.add_argument("--format", choices=_REVIEWS[2:], default="concise", help="вид / form")
    review.add_argument("--format", choices=_REVIEWS, default="html", help="вид / form")
    where = "куда записать / where to"
    review.add_argument("--output", type=Path, dest="file", metavar="ФАЙЛ", help=where)
    _add_proposal(propose)


def _add_common(parser: argparse.ArgumentParser) -> None:
    where = "папка с портфолио / folder of portfolios"
    folder = Path("portfolios")
    parser.add_argument("--path", type=Path, default=folder, metavar="ПАПКА", help=where)
    add(parser, "--private", "--date")


def _add_transports(parser: argparse.ArgumentParser) -> None:
    words = "разрешить и такой путь, кроме https и ssh / allow this way, too"
    parser.add_argument(
        "--allow", action="append", choices=("http", "file"), default=[], help=words
    )


def _add_provision(kinds: Any) -> None:
    words = "завести хранилища на сервере / make repositories at the forge"
    provision = command(kinds, "provision", run_provision, words)
    provision.add_argument("students", nargs="*", metavar="УЧЕНИК", help=_WHOM)
    room = "только этого класса / of this class only"
    provision.add_argument("--class", dest="room", default="", metavar="КЛАСС", help=room)
    _add_common(provision)
    add(provision, "--by")
    _add_transports(provision)
    dry = "только показать / show only"
    provision.add_argument("--dry-run", action="store_true", help=dry)
    add_yes(provision)


def _add_proposal(propose: argparse.ArgumentParser) -> None:
    add(propose, "--by", "--progress")
    words = "в новую ветку, а не в файлы / into a new branch instead of the files"
    propose.add_argument("--branch", default="", metavar="ИМЯ", help=words)
    words = "и запрос на сервере: ВЛАДЕЛЕЦ/ИМЯ хранилища школы / and a request at the forge"
    propose.add_argument("--request", default="", metavar="КУДА", help=words)
    words = "ветка, в которую просят / the branch to go into"
    propose.add_argument("--into", default="main", metavar="ВЕТКА", help=words)
    propose.add_argument("--check", action="store_true", help="только показать / show only")
    _add_transports(propose)


def run_provision(arguments: argparse.Namespace) -> int:
    """Shows whose repositories are missing, and makes them when told so."""
    from generator.flow.provision import plan_rooms, provide
    from generator.forge import open_forge

    job, lang = job_of(arguments), arguments.lang
    place, way = _forge(job, arguments), _way(job, arguments)
    there = open_forge(place, way.token)
    rooms = plan_rooms(job, arguments.students, arguments.room, there)
    show(*(() if is_public() else (_room_told(one, lang) for one in rooms)))
    tell(f"{_TO_MAKE.get(lang)}: {len(rooms)}")
    if not rooms or arguments.dry_run or not accepted(arguments):
        return FINE
    done = provide(job, rooms, there, way)
    tell(f"{_MADE.get(lang)}: {len(done.made)}")
    _tell_left(done.left, lang)
    return MISTAKES if done.left else FINE


def run_sync(arguments: argparse.Namespace) -> int:
    """Asks every repository; 1 when something has to be looked into."""
    from generator.flow.sources import sync_sources

    job = job_of(arguments)
    audit = sync_sources(job, _way(job, arguments), arguments.students)
    return _tell_audit(audit, arguments)


def run_audit(arguments: argparse.Namespace) -> int:
    """A line for each source, as of when it was last asked; and who is let in, if wanted."""
    from generator.flow.sources import audit_sources

    job = job_of(arguments)
    audit = audit_sources(job, arguments.students)
    if arguments.access:
        found = (*audit.diagnostics, *_strangers(job, arguments))
        audit = replace(audit, diagnostics=found)
    show(*(() if is_public() else map(_standing_told(arguments), audit.standings)))
    return _tell_audit(audit, arguments)


def _strangers(job: "Job", arguments: argparse.Namespace) -> "tuple[Diagnostic, ...]":
    from generator.flow.readers import find_strangers
    from generator.forge import open_forge

    there = open_forge(_forge(job, arguments), _token(job))
    return find_strangers(job, there, arguments.students)


def run_review(arguments: argparse.Namespace) -> int:
    """Writes the page on which a teacher decides about all that came."""
    from generator.flow.proposal import review_sources

    return write_review(review_sources(job_of(arguments), arguments.students), arguments)


def run_propose(arguments: argparse.Namespace) -> int:
    """Moves what may be moved; 1 when something stays where it was."""
    from generator.flow.proposal import Aim, propose

    job, lang = job_of(arguments), arguments.lang
    if arguments.request and not re.fullmatch(r"(\w[\w.-]*/)+\w[\w.-]*", arguments.request):
        raise Trouble(
            Text("--request называют так: ВЛАДЕЛЕЦ/ИМЯ", "--request is OWNER/NAME"),
            Text("например: portfolios/school", "e.g. portfolios/school"),
        )
    if arguments.request:
        _forge(job, arguments)
    aim = Aim(arguments.branch, arguments.request, arguments.into, _way(job, arguments))
    done = propose(job, arguments.students, aim, write=not arguments.check)
    show(*(() if is_public() else _moved_told(done)))
    tell(f"{_MOVED.get(lang)}: {len(done.moved)}")
    _tell_left(done.left, lang)
    if done.branch:
        show(f"{_BRANCH.get(lang)} {done.branch}{f': {done.request}' if done.request else ''}")
    elif done.moved and not arguments.check:
        tell(_COMMIT.get(lang))
    return MISTAKES if done.left else FINE


def _tell_audit(audit: "Audit", arguments: argparse.Namespace) -> int:
    lang = arguments.lang
    print_diagnostics(audit.diagnostics, arguments)
    waiting = [one for one in audit.standings if one.waits]
    if not is_public():
        show(*(f"  {one.source.student}: +{one.ahead}" for one in waiting))
    came = f"{_CAME.get(lang)}: {len(waiting)}" if waiting else _NOTHING.get(lang)
    tell(f"{_ASKED.get(lang)}: {len(audit.standings)}. {came}")
    if waiting:
        tell(_SEE.get(lang))
    return MISTAKES if audit.diagnostics else FINE


def _standing_told(arguments: argparse.Namespace) -> Any:
    lang: Lang = arguments.lang
    none, words = Text("ничего", "nothing").get(lang), _STANDING.get(lang)

    def told(one: "Standing") -> str:
        source = one.source
        return words.format(
            student=source.student,
            pin=(source.approved or none)[:8],
            on=source.approved_on or "—",
            by=source.approved_by or "—",
            newest=(one.newest or none)[:8],
            ahead=one.ahead,
            reached=one.reached[:10] or "—",
            decided=one.decided or "—",
            age="—" if one.age is None else one.age,
        )

    return told


_STANDING = Text(
    "{student}: одобрено {pin} ({on}, {by}, дней: {age}); новое {newest}, +{ahead}; "
    "последнее решение {decided}; отвечало {reached}",
    "{student}: approved {pin} ({on}, {by}, days: {age}); newest {newest}, +{ahead}; "
    "last decision {decided}; answered {reached}",
)
_ROOM = Text(
    "  {student}: файлов {files}; пишут: {writers}; читают: {readers}",
    "  {student}: {files} files; write: {writers}; read: {readers}",
)
_THERE = Text(" (на сервере уже есть)", " (at the forge already)")


def _room_told(room: "Room", lang: Lang) -> str:
    writers, readers = (" ".join(map(str, one)) or "—" for one in (room.writers, room.readers))
    student = room.student + (_THERE.get(lang) if room.there else "")
    told = {"student": student, "files": room.files, "writers": writers, "readers": readers}
    return _ROOM.get(lang).format(**told)


def _moved_told(done: "Proposed") -> Iterator[str]:
    yield from (f"  {student}: {commit[:8]}" for student, commit in sorted(done.moved.items()))


def _tell_left(left: tuple[tuple[str, Text], ...], lang: Lang) -> None:
    if left:
        show(*(() if is_public() else (f"  {student}: {why.get(lang)}" for student, why in left)))
        tell(f"{_LEFT.get(lang)}: {len(left)}")


def _forge(job: "Job", arguments: argparse.Namespace) -> "Forge":
    from generator.load import read_settings

    settings = read_settings(job.portfolios)
    if settings is None or settings.forge is None:
        raise Trouble(
            Text("в school/school.yml не сказано, на каком сервере хранилища (forge)",
                 "school/school.yml does not name the forge"),
            Text("впишите forge: kind, address и owner", "enter forge: kind, address and owner"),
        )  # fmt: skip
    if settings.forge.address.startswith("http:") and "http" not in arguments.allow:
        raise Trouble(
            Text("сервер назван без защиты (http): ключ доступа прочтут по дороге",
                 "the forge is named without protection (http): the token can be read on the way"),
            Text("впишите https или, в сети школы, добавьте `--allow http`",
                 "write https or, within the school's network, add `--allow http`"),
        )  # fmt: skip
    return settings.forge


def _way(job: "Job", arguments: argparse.Namespace) -> "Way":
    """How repositories are reached; the token is shown to the school's own server only."""
    from generator.load import read_settings
    from generator.source.fetch import Way

    settings = read_settings(job.portfolios)
    server = settings.forge.address if settings and settings.forge else ""
    return Way(("https", "ssh", *arguments.allow), server, _token(job), network())


def _token(job: "Job") -> str:
    """From the environment, or a file outside of what is published."""
    from generator.flow.private import published_by
    from generator.seal.master import refuse_public

    said, named = token()
    if not named:
        return said
    refuse_public(Path(named), published_by(job), "STUPENI_FORGE_TOKEN_FILE")
    try:
        return Path(named).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise Trouble(
            Text("файл с ключом сервера не читается", "the file with the token cannot be read"),
            Text("проверьте STUPENI_FORGE_TOKEN_FILE", "look at STUPENI_FORGE_TOKEN_FILE"),
        ) from error
