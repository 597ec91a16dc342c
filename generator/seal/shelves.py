"""Editions and their works -> what is searched. What can a holder find, and where does it lie?

An index is for a set of readers, as a page is: it holds what stands on the pages that these very
readers open, and nothing else. Every one is a file like those of pictures.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from generator.model.edition import Edition, Holder
from generator.model.site import Spine, Spines
from generator.seal.keys import Keys

_TAG = 8
"""Letters of a student's tag: two pages of one student are told from pages of two."""


class Index(NamedTuple):
    """What stands in all editions that the same keys open."""

    readers: tuple[str, ...]
    students: frozenset[str]
    text: bytes
    """JSON (seal-v2 §6)."""


@dataclass(frozen=True)
class Shelf:
    """An index in its file."""

    readers: tuple[str, ...]
    students: frozenset[str]
    reference: str
    """How keyrings name it: its oid and its key."""


def shelve(editions: Iterable[Edition], spines: Spines, keys: Keys) -> Iterable[Index]:
    """An index for every set of readers; what is open to everybody has none."""
    sets: dict[tuple[str, ...], list[Edition]] = {}
    for edition in editions:
        if edition.tier != "public":
            sets.setdefault(tuple(sorted(edition.compartments)), []).append(edition)
    for readers, inside in sets.items():
        students = frozenset(edition.student for edition in inside)
        yield Index(readers, students, _set(inside, spines, keys).encode())


def find_for(holder: Holder, shelved: Mapping[str, Sequence[Shelf]]) -> Sequence[str]:
    """Names of the indexes that a card finds in, in the order of its compartments: an index is
    left out when those before it, which show more, have all its students."""
    names: list[str] = []
    known, seen = set[str](), set[tuple[str, ...]]()
    for name in holder.compartments:
        fresh = [one for one in shelved.get(name, ()) if one.readers not in seen]
        names += [one.reference for one in fresh if not one.students <= known]
        # Two of one compartment may have the same student: no two of them replace each other.
        known |= {student for shelf in fresh for student in shelf.students}
        seen |= {shelf.readers for shelf in fresh}
    return names


def _set(editions: Sequence[Edition], spines: Spines, keys: Keys) -> str:
    works = [work for edition in editions for work in spines[edition.path]]
    kinds, events = _numbered(works, "kind"), _numbered(works, "event")
    books = [
        [
            keys.oid("page", edition.path),
            keys.oid("student", edition.student)[:_TAG],
            edition.name,
            edition.class_title,
            [
                [year, [_row(work, kinds, events) for work in inside]]
                for year, inside in groupby(spines[edition.path], attrgetter("year"))
            ],
        ]
        for edition in editions
    ]
    index = {"kinds": [*kinds], "events": [*events], "books": books}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _numbered(works: Iterable[Spine], field: str) -> Mapping[str, int]:
    found = sorted({getattr(work, field) for work in works} - {""})
    return {words: number for number, words in enumerate(found)}


def _row(work: Spine, kinds: Mapping[str, int], events: Mapping[str, int]) -> list[object]:
    event = [events[work.event]] if work.event else []
    return [kinds[work.kind], work.title, *event]
