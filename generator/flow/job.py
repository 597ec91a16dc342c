"""What the door hands in -> what people wrote, and every mistake in it. What is there?"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.check import check, check_keys
from generator.decide import find_rings
from generator.diagnostic import Diagnostic, Place, Text
from generator.flow.marks import owner_of
from generator.flow.pinned import lay_sources
from generator.load import Recall, load
from generator.model.published import Published, Rings
from generator.model.school import LEVELS, Level, School, Settings
from generator.progress import Progress
from generator.publish.published import read_published
from generator.review.signature import find_unsigned
from generator.seal.cipher import is_of
from generator.source import read_places
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


@dataclass(frozen=True)
class Found:
    """What people wrote, and every mistake in it, with its line."""

    school: School | None
    diagnostics: tuple[Diagnostic, ...]
    today: dt.date
    """The day in the school's time zone."""
    recalled: frozenset[str] = frozenset()
    """Students who were not read again."""
    rings: tuple[Rings, ...] = ()
    """Who holds which key on every level; none when there is something to mend."""

    @property
    def students(self) -> int:
        """How many students were read."""
        return len(self.school.students) if self.school else 0

    @property
    def is_fine(self) -> bool:
        """Whether it may be published."""
        return self.school is not None and not any(d.is_error for d in self.diagnostics)


def find_mistakes(job: Job, recall: Recall | None = None) -> Found:
    """Everything there is to mend, sorted by place; nothing about students who were recalled."""
    laid = lay_sources(job.portfolios, job.private)
    loaded = load(job.portfolios, job.home / "schema", job.digests, recall, job.progress)
    mistakes, today = [*laid, *loaded.diagnostics], job.now.date()
    rings: tuple[Rings, ...] = ()
    if school := loaded.school:
        today, before = job.today(school.settings), read_before(job, school.settings)
        mistakes += check(school, today, before, job.progress)
        mistakes += find_unsigned(school, is_of)
        mistakes = [one for one in mistakes if owner_of(one.place.file) not in loaded.recalled]
        if not any(one.is_error for one in mistakes):
            rings = tuple(find_rings(school, level, today) for level in LEVELS)
            mistakes += check_keys(school, today, before, rings)
    placed = tuple(sorted(read_places(job.portfolios, mistakes), key=in_order))
    return Found(loaded.school, placed, today, loaded.recalled, rings)


def in_order(diagnostic: Diagnostic) -> tuple[Place, str, str]:
    """The key that sorts diagnostics by place."""
    return diagnostic.place, diagnostic.code, diagnostic.message.ru


def read_before(job: Job, settings: Settings) -> Published:
    """What earlier releases and commands left behind: numbers that may not go back."""
    return read_published(job.register, job.memory(settings))


def read_school(job: Job) -> tuple[School, dt.date]:
    """The school and the day everything is decided for, whatever there is to mend."""
    found = find_mistakes(job)
    if found.school is None:
        raise Trouble(
            Text("school/school.yml не прочитан", "school/school.yml could not be read"),
            Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
        )
    return found.school, found.today
