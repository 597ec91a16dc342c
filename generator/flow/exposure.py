"""A school as it is now -> what publishing it would show to whom. Nothing is written."""

from dataclasses import dataclass
from pathlib import Path

from generator.decide import decide
from generator.exposure import Exposure, compare, find_granted, read_granted, write_granted
from generator.flow.job import Found, Job, find_mistakes
from generator.model.edition import Decision
from generator.model.school import LEVELS
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
    decisions = (decide(found.school, level, found.today) for level in LEVELS)
    return Foreseen(found, tuple(_foresee(job, decision) for decision in decisions))


def remember_granted(job: Job, decision: Decision, release: str) -> None:
    """What a release granted is kept in the private folder, for the next one."""
    write_granted(_file(job, decision), release, find_granted(decision))


def _foresee(job: Job, decision: Decision) -> Exposure:
    register = job.portfolios / "school" / "register.jsonl"
    release = read_last(register, decision.level)[0]
    before = read_granted(_file(job, decision), release)
    return compare(decision.level, release, before, find_granted(decision))


def _file(job: Job, decision: Decision) -> Path:
    return job.private / decision.site / "granted" / f"{decision.level}.json"
