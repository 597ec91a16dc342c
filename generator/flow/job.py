"""What the door hands in -> what people wrote, and every mistake in it. What is there?"""

import datetime as dt
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.check import NEW, check, check_keys
from generator.check.inspection import Part
from generator.decide import find_rings
from generator.diagnostic import Diagnostic, Text
from generator.flow.marks import owner_of
from generator.flow.pinned import lay_sources
from generator.load import Loaded, Recall, load, load_in_turn, read_settings
from generator.model.published import Published, Rings
from generator.model.school import LEVELS, Level, School, Settings
from generator.progress import NOBODY, Progress
from generator.publish.published import read_published
from generator.review.signature import find_unsigned
from generator.seal.cipher import is_of
from generator.source import Listing, read_places
from generator.trouble import Trouble


@dataclass(frozen=True)
class Job:
    """What a door hands in: folders, the day and the moment, whoever watches."""

    portfolios: Path
    home: Path
    """Where theme/, schema/ and mkdocs.yml lie."""
    output: Path
    private: Path
    """Secrets, cards and caches of all schools; a folder below it for each."""
    now: dt.datetime
    """With its time zone; for the register, and for the day when `date` is None."""
    date: dt.date | None
    """The day everything is decided for."""
    by: str
    """Who does it: a person of people.yml, `login:<name>` of a machine, or `ci`."""
    progress: Progress
    tell: Callable[[Text], None]
    levels: tuple[Level, ...] = LEVELS
    """Those that a build makes; the others stay as they are."""
    cache: str = ""
    """The address of a cache shared with other machines, in the words of fsspec; empty for none."""
    executor: str = ""
    """Who makes scans and levels: `dask:ADDRESS`; empty for this machine."""
    at_once: int = 100
    """So many students a build has in memory with all their works."""

    @property
    def register(self) -> Path:
        """Where the school keeps its register."""
        return self.portfolios / "school" / "register.jsonl"

    @property
    def digests(self) -> Path:
        """Where it is remembered which bytes every file has. Files of two schools bear one name, so
        every folder of portfolios has its own; a school's number is not known yet."""
        name = sha256(f"{self.portfolios.resolve()}".encode()).hexdigest()[:16]
        return self.private / "digests" / name

    def mirrors(self, settings: Settings) -> Path:
        """Where the private folder keeps what was fetched of students' own repositories."""
        return self.private / settings.site / "sources"

    def memory(self, settings: Settings) -> Path:
        """Where the private folder keeps what was published of access."""
        return self.private / settings.site / "published.json"

    def today(self, settings: Settings) -> dt.date:
        """The day everything is decided for, in the school's time zone."""
        return self.date or self.now.astimezone(ZoneInfo(settings.time_zone)).date()


Take = Callable[[School, Set[str]], None]
"""What is done with a school in which these students are whole."""


@dataclass(frozen=True)
class Found:
    """What people wrote, and every mistake in it, with its line."""

    school: School | None
    diagnostics: tuple[Diagnostic, ...]
    today: dt.date
    """The day in the school's time zone."""
    rings: tuple[Rings, ...] = ()
    """Who holds which key on every level; none when there is something to mend."""

    @property
    def students(self) -> int:
        """How many students were read."""
        return len(self.school.students) if self.school else 0

    @property
    def is_fine(self) -> bool:
        """Whether it may be published."""
        return self.school is not None and not _errs(self.diagnostics)


def find_mistakes(job: Job) -> Found:
    """Everything there is to mend, sorted by place."""
    told = {*read_places(job.portfolios, lay_sources(job.portfolios, job.private))}
    loaded = load(job.portfolios, job.home / "schema", job.digests, job.progress)
    return _found(job, loaded.school, told.union(_mistakes_in(job, loaded, job.progress)))


def find_in_turn(job: Job, listing: Listing, recall: Recall, take: Take) -> Found:
    """The same where a few students at a time are whole, and in the school that is found nobody is:
    `take` is given them while there is nothing to mend. Of whom `recall` knows, nothing is told;
    `listing` is of the portfolios."""
    told = {*read_places(job.portfolios, lay_sources(job.portfolios, job.private))}
    school = None
    schema, commons = job.home / "schema", True
    for loaded in load_in_turn(listing, schema, job.digests, recall, job.progress):
        told.update(_mistakes_in(job, loaded, NOBODY, commons))
        commons = False  # of every group they are the same
        if loaded.school and not _errs(told):
            take(loaded.school, loaded.whole)
        school = loaded.without_works
        del loaded  # before the next ones are read
    return _found(job, school, told)


def _mistakes_in(
    job: Job, loaded: Loaded, progress: Progress, commons: bool = True
) -> list[Diagnostic]:
    """What there is to mend in the files of those who are whole, and with `commons` in what is
    nobody's; with its places, by which two of one kind are told apart."""
    found = [*loaded.diagnostics]
    if school := loaded.school:
        before = read_before(job, school.settings) if commons else NEW  # it is no student's own
        found += check(
            school, job.today(school.settings), before, progress, Part(loaded.whole, commons)
        )
        found += find_unsigned(school, is_of)
    mine = (one for one in found if owner_of(one.place.file) not in loaded.bare)
    return read_places(job.portfolios, mine)


def _found(job: Job, school: School | None, told: set[Diagnostic]) -> Found:
    """All of it in order; and who holds which key, when it may be published."""
    today, rings = job.now.date(), tuple[Rings, ...]()
    if school:
        today = job.today(school.settings)
        if not _errs(told):
            rings = tuple(find_rings(school, level, today) for level in LEVELS)
            lost = check_keys(school, today, read_before(job, school.settings), rings)
            told.update(read_places(job.portfolios, lost))
    return Found(school, tuple(sorted(told, key=in_order)), today, rings)


def _errs(told: Iterable[Diagnostic]) -> bool:
    return any(one.is_error for one in told)


Order = tuple[str, int, int, int, str, str]
"""By what diagnostics are sorted."""


def in_order(diagnostic: Diagnostic) -> Order:
    """The key that sorts diagnostics by place."""
    at = diagnostic.place
    # As places are compared, but by no code of Python: a school has thousands of remarks.
    return at.file, at.line, at.column, at.width, diagnostic.code, diagnostic.message.ru


def read_before(job: Job, settings: Settings) -> Published:
    """What earlier releases and commands left behind: numbers that may not go back."""
    return read_published(job.register, job.memory(settings))


def read_school(job: Job) -> tuple[School, dt.date]:
    """The school and the day everything is decided for, whatever there is to mend."""
    found = find_mistakes(job)
    if found.school is None:
        raise _unread()
    return found.school, found.today


def settings_of(job: Job) -> Settings:
    """The school's settings alone: many a command needs nothing else, and a school may be large."""
    settings = read_settings(job.portfolios)
    if settings is None:
        raise _unread()
    return settings


def _unread() -> Trouble:
    return Trouble(
        Text("school/school.yml не прочитан", "school/school.yml could not be read"),
        Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
    )
