"""The sample school -> its three published sites, built once for all tests that walk them."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.decide import decide
from generator.flow.cards import cards_of
from generator.flow.job import Job, find_mistakes, read_school
from generator.flow.private import make_key
from generator.flow.sites import Built, build_sites
from generator.model.edition import Decision, Holder
from generator.model.school import LEVELS, School
from generator.model.site import Card
from generator.progress import NOBODY
from tests.opener import Reader
from tests.warm import warm

ROOT = Path(__file__).parents[1]
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Sample:
    """A school on disk, built: how, and what came of it."""

    job: Job
    built: Built
    school: School
    """As people wrote it then."""

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every level."""
        return tuple(decide(self.school, level, TODAY) for level in LEVELS)

    def cards(self) -> Iterator[tuple[Decision, Holder, Card]]:
        """Everybody who holds a card."""
        for decision in self.decisions:
            for holder, card in cards_of(self.job, decision, TODAY):
                yield decision, holder, card

    def card(self, audience: str) -> tuple[Holder, Card]:
        """One audience's card."""
        return next((h, c) for _, h, c in self.cards() if h.audience == audience)

    def reader(self, holder: Holder, card: Card) -> Reader:
        """The holder of a card before the published site."""
        from tests.opener import unb64

        folder = self.job.output / holder.level
        return Reader(folder, self.school.settings.site, holder.level, unb64(card.code))

    def moved(self, folder: Path) -> "Sample":
        """The same school, whose folders were copied below `folder`."""
        job = replace(
            self.job,
            portfolios=folder / "portfolios",
            private=folder / "private",
            output=folder / "site",
        )
        return replace(self, job=job)

    def again(self) -> "Sample":
        """The same school built once more."""
        return _built(self.job)


def build_sample(folder: Path, portfolios: Path = ROOT / "portfolios") -> Sample:
    """A copy of a school below `folder`, its key, its three sites."""
    job = unbuilt(folder, portfolios)
    return _built(job)


def _built(job: Job) -> Sample:
    return Sample(job, build_sites(job), read_school(job)[0])


def unbuilt(folder: Path, portfolios: Path) -> Job:
    """A copy of a school below `folder`, and its key."""
    copy = folder / "portfolios"
    shutil.copytree(portfolios, copy, ignore=shutil.ignore_patterns("register.jsonl"))
    return keyed(folder, copy)


def build_school(folder: Path, portfolios: Path) -> Sample:
    """The school that lies in `portfolios`, with its key and its three sites below `folder`."""
    job = keyed(folder, portfolios)
    return _built(job)


def taken(folder: Path) -> Sample:
    """What `build_sample` made in this folder before."""
    return _built(job_in(folder, folder / "portfolios"))


def keyed(folder: Path, portfolios: Path) -> Job:
    """The school that lies in `portfolios`, its key below `folder`, and warm caches."""
    job = job_in(folder, portfolios)
    mistakes = [d for d in find_mistakes(job).diagnostics if d.is_error]
    assert mistakes == []
    warm(make_key(job).parent)
    return job


def job_in(folder: Path, portfolios: Path) -> Job:
    return Job(
        portfolios=portfolios,
        home=ROOT,
        output=folder / "site",
        private=folder / "private",
        now=dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC),
        date=TODAY,
        by="ci",
        progress=NOBODY,
        tell=lambda _: None,
    )
