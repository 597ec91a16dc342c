"""Decisions -> the scans they show, light and clean. Which pictures cannot be shown, and why?"""

from collections.abc import Iterable
from dataclasses import replace

from generator.flow.job import Found, Job
from generator.flow.private import private_room
from generator.media import prepare
from generator.model.edition import Decision
from generator.model.shown import ShownScan
from generator.model.site import Leaves


def with_scans(job: Job, found: Found, decisions: Iterable[Decision]) -> tuple[Found, Leaves]:
    """What was found, and what is wrong with the shown scans; the light ones by digest."""
    assert found.school is not None
    cache = private_room(job, found.school) / "cache" / "media"
    prepared = prepare(_scans(decisions), job.portfolios, cache, job.progress)
    whole = sorted((*found.diagnostics, *prepared.diagnostics), key=lambda one: one.place)
    return replace(found, diagnostics=tuple(whole)), prepared.leaves


def _scans(decisions: Iterable[Decision]) -> list[ShownScan]:
    editions = [edition for decision in decisions for edition in decision.editions]
    return [scan for edition in editions for entry in edition.entries for scan in entry.scans]
