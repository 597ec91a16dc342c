"""Editions -> what of their works one looks for. By which words is a work found?"""

from collections.abc import Iterator, Sequence
from sys import intern

from generator.diagnostic import Lang
from generator.model.edition import Edition, Share
from generator.model.shown import ShownEntry
from generator.model.site import Spine, Spines
from generator.pages.album import KINDS
from generator.pages.places import in_places


def find_spines(share: Share, language: Lang) -> Spines:
    """The works of every edition but those for everybody: what is open has no key."""
    # Editions of one student mostly show the same works: each is held once.
    known: dict[Spine, Spine] = {}
    return {
        edition.path: tuple(known.setdefault(one, one) for one in _backs(edition, language))
        for edition in share.editions
        if edition.tier != "public"
    }


def in_order(edition: Edition) -> Sequence[ShownEntry]:
    """The works of an edition as they follow each other on its page (`album`, package.html)."""
    if edition.tier == "commission":
        return edition.entries
    placed = in_places(edition.entries, edition)
    if edition.chapters == "year":
        return sorted(placed, key=lambda entry: entry.year, reverse=True)
    return sorted(placed, key=lambda entry: KINDS.index(entry.kind))


def _backs(edition: Edition, language: Lang) -> Iterator[Spine]:
    entries = in_order(edition)
    # A page in chapters by kinds calls a kind by one name (`album`).
    called = {one.kind: one.kind_label.get(language) for one in edition.entries}
    by_year = edition.chapters == "year" or edition.tier == "commission"
    for one in entries:
        yield _spine(one, one.kind_label.get(language) if by_year else called[one.kind], language)


def _spine(entry: ShownEntry, kind: str, language: Lang) -> Spine:
    day = entry.start if entry.lasting else entry.end or entry.start
    event = next((one.words for one in entry.facts if one.field == "event"), None)
    # What many students' works are called, held once for all.
    return Spine(
        kind=intern(kind),
        title=intern(entry.title),
        year=intern(str(day.year)) if day else "",
        event=intern(event.get(language)) if event and event.ru != entry.title else "",
    )
