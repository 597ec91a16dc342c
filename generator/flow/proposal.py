"""What a teacher looked at and decided -> pins moved in the school's repository. Which may move?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.curate.pins import put_pins
from generator.curate.sheets import Sheets
from generator.diagnostic import Text
from generator.flow.arrivals import Step, open_steps
from generator.flow.job import Job
from generator.flow.mirrors import Known, Mirror
from generator.flow.register import require_person
from generator.flow.review import Reviewed, review_sides
from generator.flow.sources import chosen, keep, read_pinned
from generator.flow.turn import in_turn
from generator.forge import Proposal, understood
from generator.forge import open_forge as open_there
from generator.load import load
from generator.model.pinned import FILE, Forge, Sources
from generator.model.reviewed import Report
from generator.model.school import School
from generator.review.commits import Repository, open_repository
from generator.review.pages import TOLD
from generator.review.policy import Author
from generator.source.commit import write_commit, write_ref
from generator.source.fetch import Way, run_push
from generator.trouble import Trouble

_MESSAGE = "Одобрено: "
_WHERE = ("GIT_DIR", "GIT_OBJECT_DIRECTORY")
_NO_PAGE = Text(
    "ещё не смотрели: `stupeni sources review`", "not looked at yet: `stupeni sources review`"
)
_MENDED = Text("сначала надо исправить, что назвала проверка", "first mend what the review told")
_WAITING = Text("есть записи, по которым нет решения", "some entries wait for a decision")
_NAMED = Text(
    "записей для решения нет: если всё посмотрено, назовите ученика в команде",
    "there is no entry to decide on: if all was looked at, name the student in the command",
)
_NOT_OURS = Text(
    "это решает классный руководитель, завуч ступени или директор",
    "this is for the class teacher, the level's deputy head or the head to decide",
)


@dataclass(frozen=True)
class Proposed:
    """Whose pins move where, and whose do not and why."""

    moved: dict[str, str]
    left: tuple[tuple[str, Text], ...]
    branch: str = ""
    request: str = ""
    """Address of the request at the forge."""


@dataclass(frozen=True)
class Aim:
    """Where a proposal goes: into the files here, to a branch, or to a request at the forge."""

    branch: str = ""
    repository: str = ""
    """OWNER/NAME of the school's repository at the forge."""
    into: str = "main"
    way: Way = field(default_factory=Way)


def review_sources(job: Job, students: Iterable[str]) -> Reviewed:
    """What came since the approved states; noted is what was put before the teacher."""
    steps = [
        Step(one, one.source.approved, one.known.newest)
        for one in _listed(job, students)
        if one.known.newest and one.known.newest != one.source.approved
    ]
    with open_steps(job, steps) as sides:
        reviewed = review_sides(job, sides)
    for step in steps:
        step.mirror.write_known(reviewed=step.after or "", reviewed_on=f"{reviewed.report.day}")
    return reviewed


@in_turn
def propose(job: Job, students: Iterable[str], aim: Aim, *, write: bool) -> Proposed:
    """Moves every pin to what was looked at, where all that changed is decided; named students are
    moved by the teacher's own word, unless there is something to mend."""
    school = _read(job)
    person, _ = require_person(job, school, today := job.today(school.settings))
    author = Author(school, today, "", person.id)
    named, mirrors = {*students}, _listed(job, students)
    fresh = [one for one in mirrors if _is_new(one.known, one.source.approved)]
    steps = [Step(one, one.source.approved, one.known.reviewed) for one in fresh]
    left = [(one.source.student, _NO_PAGE) for one in mirrors if _unseen(one)]
    moved: dict[str, str] = {}
    with open_steps(job, steps) as sides:
        report = review_sides(job, sides).report if steps else None
    for step in steps if report else ():
        assert report and step.after
        why = _objection(report, author, step.student, named=step.student in named)
        if why:
            left.append((step.student, why))
        else:
            moved[step.student] = step.after
    done = Proposed(moved, tuple(sorted(left, key=lambda one: one[0])))
    return _hand_in(job, school, done, aim) if write and moved else done


def _listed(job: Job, students: Iterable[str]) -> list[Mirror]:
    settings, sources = read_pinned(job)
    return chosen(job.mirrors(settings), sources, students)


def _read(job: Job) -> School:
    school = load(job.portfolios, job.home / "schema").school
    if school is None or FILE in school.unread:
        raise Trouble(
            Text("настройки школы или sources.yml не прочитаны", "settings or sources.yml unread"),
            Text("посмотрите, что не так: `stupeni check`", "see why: `stupeni check`"),
        )
    return school


def _is_new(known: Known, approved: str | None) -> bool:
    return bool(known.reviewed) and known.reviewed != approved


def _unseen(mirror: Mirror) -> bool:
    known, approved = mirror.known, mirror.source.approved
    return bool(known.newest) and known.newest not in (known.reviewed, approved)


def _objection(report: Report, author: Author, student: str, *, named: bool) -> Text | None:
    """Why a pin may not move; None when it may."""
    cards = [card for card in report.cards if card.student == student]
    here = f"students/{student}"
    found = [
        *(one for card in cards for one in card.findings),
        *(o for o in report.others if f"{o.place.file}/".startswith(f"{here}/")),
    ]
    errors = {one.code for one in found if one.is_error}
    if not author.leads(student):
        return _NOT_OURS
    # What a review itself calls grave is for a person to judge, who then names the student.
    if errors - TOLD if named else errors:
        return _MENDED
    if named:
        return None
    if any(card.waits for card in cards):
        return _WAITING
    decided = any(card.digest and card.state in ("confirmed", "returned") for card in cards)
    return None if decided else _NAMED


def _hand_in(job: Job, school: School, done: Proposed, aim: Aim) -> Proposed:
    sheets = Sheets(job.portfolios)
    put_pins(sheets, school.sources, done.moved, job.by, job.today(school.settings))
    for mirror in chosen(job.mirrors(school.settings), school.sources, done.moved):
        keep(mirror, done.moved[mirror.source.student])
    if not (aim.branch or aim.repository):
        sheets.write()
        return done
    files = dict(_decided(job, school.sources, done)) | {FILE: sheets.changed[FILE]}
    with open_repository(job.portfolios, {}) as (repository, below):
        commit = _commit(repository, below, files, done)
        aim = replace(aim, branch=aim.branch or f"odobreno-{commit[:8]}")
        write_ref(repository.top, repository.environment, f"refs/heads/{aim.branch}", commit)
        request = _request(school.settings.forge, repository, aim, commit)
    return replace(done, branch=aim.branch, request=request)


def _decided(job: Job, sources: Sources, done: Proposed) -> Iterator[tuple[str, bytes]]:
    """The decisions about those who move, which belong to the same change."""
    for one in sources.sources:
        file = f"records/{one.student}/confirmations.yml"
        path = job.portfolios / file
        if one.student in done.moved and path.is_file() and not path.is_symlink():
            yield file, path.read_bytes()


def _commit(repository: Repository, below: str, files: dict[str, bytes], done: Proposed) -> str:
    prefix = f"{below}/" if below else ""
    placed = {f"{prefix}{file}": content for file, content in files.items()}
    top, environment, words = repository.top, repository.environment, ", ".join(sorted(done.moved))
    parent = repository.find("HEAD")
    return write_commit(top, environment, parent, placed, f"{_MESSAGE}{words}")


def _request(forge: Forge | None, repository: Repository, aim: Aim, commit: str) -> str:
    if not aim.repository:
        return ""
    if forge is None or not aim.way.token:
        raise Trouble(
            Text("не сказано, на каком сервере и с каким ключом (token)",
                 "neither a forge nor a token is named"),
            Text("впишите forge в school/school.yml и дайте STUPENI_FORGE_TOKEN",
                 "enter forge in school/school.yml and give STUPENI_FORGE_TOKEN"),
        )  # fmt: skip
    address = f"{forge.address}/{aim.repository}.git"
    pushed = f"{commit}:refs/heads/{aim.branch}"
    where = {k: v for k, v in repository.environment.items() if k in _WHERE}
    if not run_push(repository.top, address, pushed, aim.way, where):
        raise Trouble(
            Text("сервер не принял ветку с предложением", "the forge did not take the branch"),
            Text("проверьте адрес хранилища школы и права ключа; ветка осталась здесь",
                 "look at the school's repository and the token's rights; the branch stayed here"),
        )  # fmt: skip
    # Names of children are in the branch, and not in a title that mails carry about.
    proposal = Proposal(aim.branch, aim.into, "Одобренные портфолио", "stupeni sources propose")
    with understood():
        return open_there(forge, aim.way.token).propose(aim.repository, proposal)
