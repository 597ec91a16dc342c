"""Home + editions -> shelves. What are they busy with on this level, beside works? (003 §3.1)"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import ShownEntry
from generator.pages.duty import Whose
from generator.pages.outline import shelve

_ORDER = ("profile", "research", "practice", "activity")


@dataclass(frozen=True)
class Row:
    """A profile, a project, a course: what it is called, where it is, and whose."""

    title: str
    where: str
    students: tuple[Whose, ...]


@dataclass(frozen=True)
class Shelf:
    """Rows of one kind, by the alphabet."""

    name: str
    rows: tuple[Row, ...]


def put_up(home: Home, editions: Mapping[str, Edition], language: Lang) -> tuple[Shelf, ...]:
    """The shelves of a class or level; what several go to is one row."""
    rows: dict[str, dict[tuple[str, str], Row]] = {name: {} for name in _ORDER}
    for edition in (editions[path] for path in home.editions if path in editions):
        for name, row in _rows(edition, language):
            key = (row.title, row.where)
            before = rows[name].get(key)
            both = (*before.students, *row.students) if before else row.students
            rows[name][key] = replace(row, students=tuple(dict.fromkeys(both)))
    return tuple(
        Shelf(name, tuple(sorted(found.values(), key=lambda row: (row.title, row.where))))
        for name, found in rows.items()
        if found
    )


def _rows(edition: Edition, language: Lang) -> Iterator[tuple[str, Row]]:
    if edition.tier in ("class", "level") and edition.profile:
        whose = (Whose(edition.name, f"{edition.path}#profile"),)
        yield "profile", Row(edition.profile.title, "", whose)
    for name, entries in shelve(edition).items():
        for entry in entries:
            whose = (Whose(edition.name, f"{edition.path}#{entry.id}"),)
            yield name, Row(entry.title, _where(entry, language), whose)


def _where(entry: ShownEntry, language: Lang) -> str:
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    return told.get("organisation", "")
