"""Editions and their works -> what is searched. What can a holder find, and where does it lie?

An index is for a set of readers, as a page is: it holds what stands on the pages that these very
readers open, and nothing else. Every one is a file like those of pictures.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from generator.model.edition import Edition, Holder
from generator.model.site import Spines
from generator.seal.keys import Keys

_TAG = 8
"""Letters of a student's tag: two pages of one student are told from pages of two."""

_ZERO = ord("0")


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
    shown = [spines[edition.path] for edition in editions]
    works = [work for inside in shown for work in inside]
    # By the alphabet titles mostly repeat the one before, and so do their owners; names are told
    # from keys by columns of their own. A level's index is half as long as one page by page.
    rows = sorted(
        (work.title, book, place, work.kind, work.event)
        for book, inside in enumerate(shown)
        for place, work in enumerate(inside)
    )
    titles, books, places, kinds, events = zip(*rows, strict=True) if rows else ((),) * 5
    same = [_common(*pair) for pair in pairwise(("", *titles))]
    steps = [(after - before) % len(shown) for before, after in pairwise((0, *books))]
    index = {
        "pages": [keys.oid("page", edition.path) for edition in editions],
        "tags": [keys.oid("student", edition.student)[:_TAG] for edition in editions],
        "names": [edition.name for edition in editions],
        "classes": [edition.class_title for edition in editions],
        "works": _letters(map(len, shown)),
        "years": _numbered(work.year for work in works),
        "same": _letters(same),
        "rest": [title[count:] for title, count in zip(titles, same, strict=True)],
        "step": _letters(steps),
        "place": _letters(places),
        "kinds": _numbered(kinds),
        "events": _numbered(events),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    if other.startswith(one):
        return len(one)
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _numbered(labels: Iterable[str]) -> list[object]:
    """Every label once, and which it is each time."""
    column = list(labels)
    known = sorted({*column})
    numbers = {label: number for number, label in enumerate(known)}
    return [known, _letters(numbers[label] for label in column)]


def _letters(numbers: Iterable[int]) -> str:
    """A character for every number, from `0` on: gzip makes of them less than of digits."""
    return "".join(chr(_ZERO + number) for number in numbers)
