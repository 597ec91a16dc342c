"""Students without a repository -> repositories at the forge, with their first state approved. Who
may write where?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from generator.curate.pins import put_sources
from generator.curate.sheets import Sheets
from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.flow.mirrors import Mirror, mirror_of
from generator.flow.pinned import lay_or_stop, seen_files
from generator.flow.register import require_person
from generator.flow.sources import keep
from generator.flow.turn import in_turn
from generator.forge import Forge, Repository, understood
from generator.load import load
from generator.model.pinned import ForgeKind, Source
from generator.model.school import School, SchoolClass, year_of
from generator.review.policy import Author
from generator.source.commit import write_commit
from generator.source.fetch import NEWEST, Way, make_mirror, run_ask, run_push
from generator.source.git import ALONE, run_git
from generator.trouble import Trouble
from generator.whole import write_whole

_ABOUT = "Портфолио"
_OPEN = Text("хранилище с таким именем есть и не закрыто", "there is one, and it is not private")
_ODD = Text("в папке есть то, чему не место: `stupeni check`", "something odd in the folder")
_NOT_TAKEN = Text("сервер не принял первое состояние", "the forge did not take the first state")
_ADDRESS = Text("адрес от сервера не годится", "the forge gave an address that does not fit")


@dataclass(frozen=True)
class Room:
    """A repository that is to be made, and who is let in."""

    student: str
    writers: tuple[int, ...]
    readers: tuple[int, ...]
    files: int
    """So many lie here already and go there first."""
    there: bool
    """Whether the forge has one of this name."""


@dataclass(frozen=True)
class Provided:
    """What was made, and for whom it was not and why."""

    made: tuple[Source, ...]
    left: tuple[tuple[str, Text], ...]


def plan_rooms(job: Job, students: Iterable[str], room: str, forge: Forge) -> tuple[Room, ...]:
    """Whose repositories are missing; the forge is asked, and nothing is changed there."""
    school = _read(job)
    wanted, today = {*students}, job.today(school.settings)
    rooms = [one for years in school.years if years.year == year_of(today) for one in years.classes]
    named = [one for one in rooms if room in ("", one.id, one.title)]
    place = {student: one for one in named for student in one.students}
    known = {one.id for one in school.students}
    missing = sorted((wanted or {*place}) - {one.student for one in school.sources.sources})
    if unknown := (wanted - known) | ({room} if room and not named else set()):
        told = ", ".join(quote(one) for one in sorted(unknown))
        raise Trouble(
            Text(f"в школе нет: {told}", f"the school has no {told}"),
            Text("назовите id ученика или класса этого года",
                 "name the id of a student, or of a class of this year"),
        )  # fmt: skip
    return tuple(_room(job, school, one, place.get(one), forge) for one in missing if one in known)


@in_turn
def provide(job: Job, rooms: Sequence[Room], forge: Forge, way: Way) -> Provided:
    """Makes them one after the other; each is written down when it is whole, so that a run that
    was cut off goes on where it ended."""
    school = _read(job)
    person, _ = require_person(job, school, today := job.today(school.settings))
    if not Author(school, today, "", person.id).is_leader():
        raise Trouble(
            Text("где лежат портфолио, решают завуч и директор",
                 "where portfolios lie, the deputy head and the head decide"),
            Text("назовите завуча: `--by ID`", "name a deputy head: `--by ID`"),
        )  # fmt: skip
    made, left = list[Source](), list[tuple[str, Text]]()
    for one in rooms:
        with understood():
            done = _provide(job, school, one, forge, way)
        if isinstance(done, Text):
            left.append((one.student, done))
            continue
        if done.approved:
            done = done.model_copy(update={"approved_by": person.id, "approved_on": today})
        sheets = Sheets(job.portfolios)
        put_sources(sheets, [done])
        sheets.write()
        made.append(done)
    return Provided(tuple(made), tuple(left))


def _read(job: Job) -> School:
    lay_or_stop(job.portfolios, job.private)
    school = load(job.portfolios, job.home / "schema").school
    if school is None or school.unread:
        raise Trouble(
            Text("портфолио прочитаны не все", "not everything can be read"),
            Text("сначала исправьте, что назовёт `stupeni check`",
                 "first mend what `stupeni check` tells"),
        )  # fmt: skip
    return school


def _room(job: Job, school: School, student: str, room: SchoolClass | None, forge: Forge) -> Room:
    kind = school.settings.forge.kind if school.settings.forge else "forgejo"
    mine = next(one for one in school.students if one.id == student)
    teacher = school.staff.person(room.teacher) if room else None
    return Room(
        student=student,
        writers=numbers(mine.record.accounts, kind),
        readers=numbers(teacher.accounts, kind) if teacher else (),
        files=sum(1 for _ in seen_files(job.portfolios / "students" / student)),
        there=_is_there(forge, student),
    )


def _is_there(forge: Forge, name: str) -> bool:
    with understood():
        return forge.find(name) is not None


def numbers(accounts: Iterable[str], kind: ForgeKind) -> tuple[int, ...]:
    """Numbers at this forge; `gitlab:7` is nobody's at a Forgejo."""
    pairs = (one.rpartition(":") for one in accounts)
    return tuple(int(number) for label, _, number in pairs if label in ("", kind))


def _provide(job: Job, school: School, room: Room, forge: Forge, way: Way) -> Source | Text:
    """The new source, with what was put there; why there is none."""
    found = forge.find(room.student) or forge.create(room.student, _ABOUT)
    if not found.private:
        return _OPEN
    source = _source(room.student, found, way.server)
    if source is None:
        return _ADDRESS
    mirror = mirror_of(job.mirrors(school.settings), source)
    make_mirror(mirror.folder)
    if run_ask(mirror.folder, source.address, source.branch, way) is False:
        first = _send_first(job, mirror, way)
        if isinstance(first, Text):
            return first
        source = source.model_copy(update={"approved": first})
        forge.guard(room.student, source.branch)
    for accounts, write in ((room.writers, True), (room.readers, False)):
        for account in accounts:
            forge.grant(room.student, account, write=write)
    return source


def _source(student: str, found: Repository, server: str) -> Source | None:
    """None too where the forge names another server: a child's works would be sent there."""
    try:
        source = Source(student=student, address=found.address)
    except ValidationError:
        return None
    return source if urlsplit(source.address).hostname == urlsplit(server).hostname else None


def _send_first(job: Job, mirror: Mirror, way: Way) -> str | Text:
    """What the school has of a student already, put into the empty repository; the commit."""
    source = mirror.source
    folder = job.portfolios / "students" / source.student
    words = (job.home / "schema" / "start" / "source.md").read_bytes()
    if not (folder / "README.md").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "README.md", words, 0o644)
    files = {one.relative_to(folder).as_posix(): one.read_bytes() for one in _plain(folder)}
    environment = {**ALONE, "GIT_DIR": f"{mirror.folder}"}
    commit = write_commit(mirror.folder, environment, None, files, _ABOUT)
    with mirror.open() as repository:
        if mirror.tree(repository, commit).shapes:
            return _ODD
    if not run_push(mirror.folder, source.address, f"{commit}:refs/heads/{source.branch}", way):
        return _NOT_TAKEN
    run_git(mirror.folder, environment, "update-ref", NEWEST, commit)
    keep(mirror, commit)
    moment = job.now.isoformat(timespec="seconds")
    mirror.write_known(tried=moment, reached=moment, newest=commit, reviewed=commit)
    return commit


def _plain(folder: Path) -> Iterable[Path]:
    return (one for one in seen_files(folder) if one.is_file() and not one.is_symlink())
