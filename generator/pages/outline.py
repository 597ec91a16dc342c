"""Share + pictures -> outline. As much of a student as pages show that list many."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from generator.diagnostic import Text
from generator.model.edition import Edition, Share
from generator.model.shown import (
    NOTHING,
    Coverage,
    Fact,
    Level,
    Reason,
    ShownEntry,
    ShownScan,
    Tier,
)
from generator.model.site import Leaves
from generator.pages.works import find_cover

_LISTED = frozenset({
    "path", "tier", "level", "compartments", "student", "name", "year", "class_id", "class_title",
    "grade", "motto", "about", "palette", "chapters", "cover", "highlights", "people", "waiting",
    "exhibits", "honours", "coverage", "reason",
})  # fmt: skip
"""What of an edition is needed to list it; all else is left out of its outline."""
_SHELVES: Mapping[Level, Mapping[str, tuple[str, ...]]] = {
    "primary": {},
    "basic": {
        "activity": ("activity", "course", "sport", "gto", "volunteering", "government", "group"),
    },
    "senior": {
        "research": ("project",),
        "practice": ("practice", "course", "training"),
    },
}  # fmt: skip
"""What the lists of a level tell of beside works: name of the shelf -> kinds (003 §3.1)."""
_Known = dict[Hashable, Any]
"""What was met already, by itself."""
_UNTOLD = Reason("own", "")
"""No list says why a work is shown."""
_OF_ONE: Mapping[Tier, int] = {"class": 6, "level": 3}
"""As many of one student's entries stand on one shelf: there is room for everybody."""
_UNDER_A_WORK = ("technique", "authorship")
_ON_A_SHELF = ("organisation",)
CALLED_FOR = ("collective", "result", "champion", "sign")
"""What is told of an entry for which the school thanks."""


def outline(share: Share, leaves: Leaves) -> Share:
    """As much of a share as lists of students show of it."""
    # The outlines of a whole level are in memory at once: what several editions show is held once.
    known: _Known = {}
    return replace(
        share,
        editions=tuple(_outline(edition, leaves, known) for edition in share.editions),
        seen=tuple(replace(one, watchers=(), things=(), consents=()) for one in share.seen),
        homes=(),
    )


def pictures_in(listed: Share) -> Iterator[str]:
    """Keys of the scans whose first page an outline shows."""
    for edition in listed.editions:
        yield from (edition.cover, *works_of(edition))


def works_of(edition: Edition) -> frozenset[str]:
    """Keys of the scans of an edition that hang in an exhibition."""
    return frozenset(key for one in edition.exhibits for key in one.scans)


def shelve(edition: Edition) -> Mapping[str, tuple[ShownEntry, ...]]:
    """The newest entries of this student on each shelf of the level's lists."""
    most = _OF_ONE.get(edition.tier)
    if most is None:
        return {}
    found = {
        name: tuple(one for one in edition.entries if one.kind in kinds)[:most]
        for name, kinds in _SHELVES[edition.level].items()
    }
    return {name: entries for name, entries in found.items() if entries}


def _outline(edition: Edition, leaves: Leaves, known: _Known) -> Edition:
    bare = Edition(**{one.name: getattr(edition, one.name) for one in fields(Edition)
                      if one.name in _LISTED})  # fmt: skip
    near, told = edition.tier == "family", edition.tier in ("class", "level")
    profile = edition.profile and replace(edition.profile, subjects=(), seen_by=())
    return replace(
        bare,
        cover=find_cover(edition, leaves),
        about="",
        highlights=(),
        entries=tuple(known.setdefault(one, one) for one in _entries(edition)),
        coverage=edition.coverage and _coverage(edition.coverage),
        waiting=tuple(known.setdefault(one, one) for one in edition.waiting),
        profile=profile if told else None,
        missing=edition.missing if near else (),
        quiet_since=edition.quiet_since if near else None,
    )


def _coverage(coverage: Coverage) -> Coverage:
    return replace(coverage, results=tuple(map(_once, coverage.results)))


def _entries(edition: Edition) -> Iterator[ShownEntry]:
    waiting, works = {one.entry for one in edition.waiting}, works_of(edition)
    hung = {one.entry for one in edition.exhibits}
    thanked = {one.entry for one in edition.honours}
    shelved = {one.id for shelf in shelve(edition).values() for one in shelf}
    for one in edition.entries:
        if one.id in hung:
            scans = tuple(scan for scan in one.scans if scan.key in works)
            yield _label_of(one, scans)
        elif one.id in shelved | thanked:
            yield replace(_title_of(one), facts=_facts(one, (*_ON_A_SHELF, *CALLED_FOR)))
        elif one.id in waiting or edition.tier == "commission":
            yield _title_of(one)


def _title_of(entry: ShownEntry) -> ShownEntry:
    """As much of an entry as stands in a queue."""
    return replace(
        entry, facts=(), said=(), links=(), tags=(), scans=(), reflection="", why_it_matters="",
        confirmed=None, note="", held=(), unpictured=(), seen_by=(), decided=NOTHING,
        reason=_UNTOLD, kind_label=_once(entry.kind_label),
    )  # fmt: skip


@cache
def _once(label: Text) -> Text:
    """The same words of a list of ours, in memory once for all students."""
    return label


def _label_of(entry: ShownEntry, scans: tuple[ShownScan, ...]) -> ShownEntry:
    """As much of an entry as hangs in an exhibition."""
    return replace(
        _title_of(entry),
        facts=_facts(entry, (*_UNDER_A_WORK, *_ON_A_SHELF, *CALLED_FOR)),
        said=tuple(fact for fact in entry.said if fact.field == "text"),
        links=entry.links if entry.kind == "series" else (),
        scans=scans,
        why_it_matters=own_words(entry),
    )


def own_words(entry: ShownEntry) -> str:
    """What the author says of a work on a wall."""
    return entry.why_it_matters or entry.reflection


def _facts(entry: ShownEntry, wanted: tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in entry.facts if fact.field in wanted)
