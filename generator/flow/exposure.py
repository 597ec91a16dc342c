"""A school as it is now -> what publishing it would show to whom. Nothing is written."""

from dataclasses import dataclass

from generator.decide import decide
from generator.exposure import Exposure, Record, compare, find_granted
from generator.flow.job import Found, Job, find_mistakes
from generator.model.edition import Decision
from generator.model.school import Level, School, Settings
from generator.publish.register import read_last


@dataclass(frozen=True)
class Foreseen:
    """The mistakes that would stop a build, or what it would change on every level."""

    found: Found
    exposures: tuple[Exposure, ...] = ()


def foresee(job: Job) -> Foreseen:
    """What becomes visible to whom, and what disappears, compared with the last release."""
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return Foreseen(found)
    decisions = (decide(found.school, level, found.today) for level in job.levels)
    return Foreseen(found, tuple(_foresee(job, found.school, decision) for decision in decisions))


def record_of(job: Job, level: Level, settings: Settings) -> Record:
    """What the last release of a level granted, in the private folder."""
    return Record(job.private / settings.site / "granted" / level)


def _foresee(job: Job, school: School, decision: Decision) -> Exposure:
    release = read_last(job.register, decision.level)[0]
    before = record_of(job, decision.level, school.settings).read(release)
    return compare(decision.level, release, before, find_granted(decision))
