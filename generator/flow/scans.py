"""Decisions -> the scans they show, light and clean. Which pictures cannot be shown, and why?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.flow.job import Found, Job, in_order
from generator.flow.private import private_room
from generator.media import Means, prepare
from generator.model.edition import Edition
from generator.model.shown import ShownScan
from generator.model.site import Leaves


def with_scans(
    job: Job, found: Found, shown: Iterable[ShownScan], means: Means
) -> tuple[Found, Leaves]:
    """What was found, and what is wrong with the shown scans; the light ones by digest."""
    assert found.school is not None
    cache = private_room(job, found.school.settings) / "cache" / "media"
    prepared = prepare(shown, job.portfolios, cache, job.progress, means)
    whole = sorted({*found.diagnostics, *prepared.diagnostics}, key=in_order)
    return replace(found, diagnostics=tuple(whole)), prepared.leaves


def scans_in(editions: Iterable[Edition]) -> list[ShownScan]:
    """Every scan that these editions show, as often as they do."""
    return [scan for edition in editions for scan in _marked(edition)]


def _marked(edition: Edition) -> Iterator[ShownScan]:
    """The scans of one, with a mark on what it begins with; a family's page shows its first work
    where no cover was chosen."""
    scans = [scan for entry in edition.entries for scan in entry.scans]
    first = scans[0].key if scans and edition.tier == "family" else ""
    cover = edition.cover or first
    return (replace(scan, cover=True) if scan.key == cover else scan for scan in scans)
