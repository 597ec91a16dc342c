"""What the door hands in -> what people wrote, and every mistake in it. What is there?"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.check import check, check_keys
from generator.decide import find_rings
from generator.diagnostic import Diagnostic, Text
from generator.load import load
from generator.media import Progress
from generator.model.published import Published, Rings
from generator.model.school import LEVELS, School
from generator.publish.published import read_published
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

    @property
    def register(self) -> Path:
        """Where the school keeps its register."""
        return self.portfolios / "school" / "register.jsonl"

    def memory(self, school: School) -> Path:
        """Where the private folder keeps what was published of access."""
        return self.private / school.settings.site / "published.json"


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
        return self.school is not None and not any(d.is_error for d in self.diagnostics)


def find_mistakes(job: Job) -> Found:
    """Everything there is to mend, sorted by place."""
    loaded = load(job.portfolios, job.home / "schema", job.private / "digests.json")
    mistakes, today = [*loaded.diagnostics], job.date or job.now.date()
    rings: tuple[Rings, ...] = ()
    if school := loaded.school:
        today = job.date or job.now.astimezone(ZoneInfo(school.settings.time_zone)).date()
        before = read_before(job, school)
        mistakes += check(school, today, before)
        if not any(one.is_error for one in mistakes):
            rings = tuple(find_rings(school, level, today) for level in LEVELS)
            mistakes += check_keys(school, today, before, rings)
    return Found(loaded.school, tuple(read_places(job.portfolios, mistakes)), today, rings)


def read_before(job: Job, school: School) -> Published:
    """What earlier releases and commands left behind: numbers that may not go back."""
    return read_published(job.register, job.memory(school))


def read_school(job: Job) -> tuple[School, dt.date]:
    """The school and the day everything is decided for, whatever there is to mend."""
    found = find_mistakes(job)
    if found.school is None:
        raise Trouble(
            Text("school/school.yml не прочитан", "school/school.yml could not be read"),
            Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
        )
    return found.school, found.today
