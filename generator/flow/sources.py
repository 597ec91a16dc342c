"""Students' own repositories -> what came, and how each source stands. Is there anything to look
at?"""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostic import Diagnostic, Place, Severity, Text
from generator.flow.job import Job, in_order
from generator.flow.mirrors import Mirror, mirror_of
from generator.load import read_settings, read_sources
from generator.model.pinned import FILE, Source, Sources
from generator.model.school import Settings
from generator.review.commits import Repository
from generator.source import Document, read_document, read_places
from generator.source.fetch import KEPT, NEWEST, Way, make_mirror, run_ask, run_fetch
from generator.source.git import ALONE, run_git
from generator.trouble import Trouble
from generator.whole import locked, make_private

_AT_ONCE = 8


@dataclass(frozen=True)
class Standing:
    """How one source stands, as of when it was last asked."""

    source: Source
    newest: str
    """The commit its branch was at; empty when nothing ever came."""
    ahead: int
    """Commits since the approved one."""
    tried: str
    reached: str
    trouble: str
    rewritten: bool
    """Whether the approved commit is no part of what stands there now."""
    here: bool
    """Whether the approved commit is in the mirror."""
    decided: str
    """Day of the last decision about an entry of this student; empty when there is none."""
    age: int | None
    """Days since the approval."""

    @property
    def waits(self) -> bool:
        """Whether there is something that nobody approved yet."""
        return bool(self.newest) and self.newest != self.source.approved


@dataclass(frozen=True)
class Audit:
    """How all sources stand, and what has to be looked into."""

    standings: tuple[Standing, ...]
    diagnostics: tuple[Diagnostic, ...]


def sync_sources(job: Job, way: Way, students: Iterable[str] = ()) -> Audit:
    """Asks every source for what is new; nothing of it is shown anywhere by that."""
    settings, sources = read_pinned(job)
    room = job.mirrors(settings)
    mirrors = chosen(room, sources, students)
    make_private(room)
    with (
        locked(room / ".lock"),
        job.progress.stage("fetching", len(mirrors)) as done,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        moment = job.now.isoformat(timespec="seconds")
        for _ in pool.map(lambda one: _sync(one, way, moment), mirrors):
            done()
    return audit_sources(job, students)


def audit_sources(job: Job, students: Iterable[str] = ()) -> Audit:
    """How sources stand by what was last heard; nothing is asked from elsewhere."""
    settings, sources = read_pinned(job)
    today = job.today(settings)
    standings = tuple(
        _standing(one, job.portfolios, today)
        for one in chosen(job.mirrors(settings), sources, students)
    )
    at = {one.student: index for index, one in enumerate(sources.sources)}
    found = [one for each in standings for one in _findings(each, at[each.source.student])]
    return Audit(standings, tuple(sorted(read_places(job.portfolios, found), key=in_order)))


def read_pinned(job: Job) -> tuple[Settings, Sources]:
    """The school's settings and sources; Trouble when they cannot be read, or there are none."""
    settings, sources = read_settings(job.portfolios), read_sources(job.portfolios)
    if settings is None or sources is None:
        raise Trouble(
            Text("school/school.yml или school/sources.yml не прочитан",
                 "school/school.yml or school/sources.yml could not be read"),
            Text("посмотрите, что не так: `stupeni check`", "see why: `stupeni check`"),
        )  # fmt: skip
    if not sources.sources:
        raise Trouble(
            Text("закреплённых источников нет: school/sources.yml пуст",
                 "there are no pinned sources: school/sources.yml is empty"),
            Text("заведите хранилища учеников: `stupeni sources provision`",
                 "make the students' repositories: `stupeni sources provision`"),
        )  # fmt: skip
    return settings, sources


def chosen(room: Path, sources: Sources, students: Iterable[str]) -> list[Mirror]:
    """The mirrors of these students, or of all; Trouble about one who has no source."""
    wanted = {*students}
    known = {one.student for one in sources.sources}
    if unknown := wanted - known:
        named = ", ".join(f"`{one}`" for one in sorted(unknown))
        raise Trouble(
            Text(f"в school/sources.yml нет: {named}", f"school/sources.yml has no {named}"),
            Text("назовите id ученика, у которого есть хранилище",
                 "name the id of a student who has a repository"),
        )  # fmt: skip
    listed = (sources.source(one) for one in sorted(wanted or known))
    return [mirror_of(room, one) for one in listed if one]


def _sync(mirror: Mirror, way: Way, moment: str) -> None:
    source = mirror.source
    make_mirror(mirror.folder)
    branch = f"+refs/heads/{source.branch}:{NEWEST}"
    if not run_fetch(mirror.folder, source.address, [branch], way):
        there = run_ask(mirror.folder, source.address, source.branch, way)
        why = "unreachable" if there is None else "refused" if there else "empty"
        mirror.write_known(tried=moment, trouble=why)
        return
    with mirror.open() as repository:
        newest = repository.find(NEWEST)
        here = source.approved is None or repository.has(source.approved)
    if source.approved:
        # After history was rewritten what was approved may still be had by its number.
        if not here:
            run_fetch(mirror.folder, source.address, [source.approved], way)
        keep(mirror, source.approved)
    mirror.write_known(tried=moment, reached=moment, trouble="", newest=newest)


def keep(mirror: Mirror, commit: str) -> None:
    """What was approved stays here, whatever becomes of it there."""
    environment = {**ALONE, "GIT_DIR": f"{mirror.folder}"}
    run_git(mirror.folder, environment, "update-ref", f"{KEPT}{commit}", commit)


def _standing(mirror: Mirror, portfolios: Path, today: dt.date) -> Standing:
    known, source = mirror.known, mirror.source
    ahead, rewritten, here = 0, False, False
    if mirror.is_there:
        with mirror.open() as repository:
            here = bool(source.approved) and repository.has(source.approved or "")
            ahead, rewritten = _way_between(repository, source.approved, known.newest)
    return Standing(
        source=source,
        newest=known.newest,
        ahead=ahead,
        tried=known.tried,
        reached=known.reached,
        trouble=known.trouble,
        rewritten=rewritten,
        here=here,
        decided=_last_decision(portfolios, source.student),
        age=(today - source.approved_on).days if source.approved_on else None,
    )


def _last_decision(portfolios: Path, student: str) -> str:
    read = read_document(portfolios, f"records/{student}/confirmations.yml")
    found: Any = read.value.get("confirmations") if isinstance(read, Document) else None
    rows = found if isinstance(found, list) else []
    return max((f"{one.get('on', '')}" for one in rows if isinstance(one, dict)), default="")


def _way_between(repository: Repository, approved: str | None, newest: str) -> tuple[int, bool]:
    """Commits since the approved one, and whether it is not among those before the newest."""
    if not newest or not repository.has(newest):
        return 0, False
    if approved is None:
        return repository.count_all(newest), False
    if not repository.has(approved):
        return 0, True
    return repository.count(approved, newest), not repository.follows(approved, newest)


def _findings(one: Standing, index: int) -> Iterable[Diagnostic]:
    def found(code: str, key: str, severity: Severity) -> Diagnostic:
        words, fix = _WORDS[code]
        return Diagnostic(Place(FILE, keys=("sources", index, key)), code, words, fix, severity)

    if one.trouble:
        yield found(f"source-{one.trouble}", "address", "warning")
    if not one.tried:
        yield found("source-never-asked", "address", "warning")
    elif one.source.approved and not one.here:
        yield found("source-not-here", "approved", "error")
    if one.rewritten:
        yield found("source-rewritten", "approved", "warning")


_WORDS = {
    "source-unreachable": (
        Text("хранилище не отвечает", "the repository does not answer"),
        Text(
            "проверьте адрес, доступ и ключ сервера (http:// и file:// спрашивают только с "
            "`--allow`); на сайтах остаётся одобренное",
            "look at the address, the access and the token (http:// and file:// need "
            "`--allow`); the sites keep what was approved",
        ),
    ),
    "source-empty": (
        Text("в хранилище ещё ничего нет: такой ветки нет",
             "nothing is in the repository yet: there is no such branch"),
        Text("дождитесь ученика или исправьте branch", "wait for the student, or mend branch"),
    ),
    "source-refused": (
        Text("содержимое не принято: оно повреждено, слишком велико или шло слишком долго",
             "what came was not taken: damaged, too big, or too slow"),
        Text("посмотрите хранилище на сервере; на сайтах остаётся одобренное",
             "look at the repository on the server; the sites keep what was approved"),
    ),
    "source-never-asked": (
        Text("хранилище ещё ни разу не спрашивали", "the repository was never asked"),
        Text("спросите: `stupeni sources sync`", "ask it: `stupeni sources sync`"),
    ),
    "source-not-here": (
        Text("одобренного состояния нет ни здесь, ни в хранилище ученика",
             "the approved state is neither here nor in the student's repository"),
        Text("посмотрите, что там теперь, и одобрите заново: `stupeni sources review`",
             "look at what is there now and approve anew: `stupeni sources review`"),
    ),
    "source-rewritten": (
        Text("история переписана: одобренного среди нового нет",
             "history was rewritten: what was approved is no part of what is new"),
        Text("на сайтах остаётся одобренное; спросите ученика и посмотрите всё заново",
             "the sites keep what was approved; ask the student, and look at all of it anew"),
    ),
}  # fmt: skip
