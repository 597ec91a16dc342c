"""Entry -> its place on the student's page. What hangs large, and what lies in the folder?

Asked is whether the student chose it, and whether there is something to look at or to read: what
came of it is not asked. A certificate of taking part lies beside a winner's diploma.
"""

from collections.abc import Iterable
from typing import Literal

from generator.model.edition import Edition
from generator.model.shown import ShownEntry

Place = Literal["lead", "work", "paper"]
PLACES: tuple[Place, ...] = ("lead", "work", "paper")
"""In the order in which they follow each other in a chapter."""
_FEW = 4
"""As many entries fill a page without a folder: all of them hang."""


def place_of(entry: ShownEntry, edition: Edition) -> Place:
    """Where an entry stands in its chapter."""
    if edition.tier == "commission" or entry.id in edition.highlights:
        return "lead"
    if entry.kind == "series" or entry.measures:
        return "lead"
    told = entry.why_it_matters or any(fact.field == "text" for fact in entry.said)
    seen = any(not scan.copy for scan in entry.scans)
    return "work" if told or seen or len(edition.entries) <= _FEW else "paper"


def in_places(entries: Iterable[ShownEntry], edition: Edition) -> list[ShownEntry]:
    """The entries of one chapter in the order in which they stand there."""
    return sorted(entries, key=lambda entry: PLACES.index(place_of(entry, edition)))
