"""Edition + works -> what only pages of a level have. Which way did the student go?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.edition import Edition
from generator.pages.works import ShownWork

ROUTE = frozenset({"course", "activity", "training", "practice", "project", "study", "external"})
"""Kinds of entries a route leads through; events have their chapters (003 §3.1.3)."""
_WHERE = ("organisation", "event")


@dataclass(frozen=True)
class Milestone:
    """An entry on the student's way: when, what, where."""

    anchor: str
    when: str
    title: str
    where: str


def walk_route(
    edition: Edition, works: tuple[ShownWork, ...], language: Lang
) -> Iterator[Milestone]:
    """In grades 10-11, the individual route in order of time (R-045); what bears no date last."""
    if edition.level == "senior":
        for work in sorted(works, key=lambda work: work.entry.start or dt.date.max):
            if work.entry.kind in ROUTE:
                where = _where(work, language)
                yield Milestone(work.entry.id, work.when, work.entry.title, where)


def _where(work: ShownWork, language: Lang) -> str:
    told = {fact.field: fact.words.get(language) for fact in work.entry.facts}
    return next((told[field] for field in _WHERE if field in told), "")
