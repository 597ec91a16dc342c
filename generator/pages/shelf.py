"""Home + editions -> shelves. What are they busy with on this level, beside works? (003 §3.1)

On the page of a level by what it is, for several go to the same; in a class child by child.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from generator.diagnostic import Lang
from generator.model.edition import Edition, Home
from generator.model.shown import ShownEntry
from generator.pages.catalogue import Texts
from generator.pages.duty import Whose
from generator.pages.outline import shelve

_ORDER = ("profile", "research", "practice", "activity")
_IN_SIGHT = 3
"""As many rows of everybody, however much there is; the others wait in a fold below."""


@dataclass(frozen=True)
class Row:
    """A profile, a project, a course: what it is called, where it is, and whose."""

    title: str
    where: str
    students: tuple[Whose, ...]
    kind: str = ""
    """What it is, in a word or two."""
    when: str = ""
    """The years it took."""


@dataclass(frozen=True)
class Shelf:
    """Rows of one kind, by the alphabet."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Busy:
    """Somebody of a class, with what they are busy with: something of each kind comes first."""

    name: str
    path: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    """What waits in the fold."""


def put_up(
    home: Home, editions: Mapping[str, Edition], texts: Texts, language: Lang
) -> tuple[Shelf, ...]:
    """The shelves of a level; what several go to is one row."""
    rows: dict[str, dict[tuple[str, str], Row]] = {name: {} for name in _ORDER}
    for edition in _listed(home, editions):
        for name, row in _rows(edition, texts, language) if home.tier == "level" else ():
            key = (row.title, row.where)
            before = rows[name].get(key)
            both = (*before.students, *row.students) if before else row.students
            rows[name][key] = replace(row, students=tuple(dict.fromkeys(both)))
    return tuple(
        Shelf(name, tuple(sorted(found.values(), key=lambda row: (row.title, row.where))))
        for name, found in rows.items()
        if found
    )


def go_round(
    home: Home, editions: Mapping[str, Edition], texts: Texts, language: Lang
) -> tuple[Busy, ...]:
    """Everybody of a class who is busy with something, in the order of its list."""
    if home.tier != "class":
        return ()
    everybody = (_busy(edition, texts, language) for edition in _listed(home, editions))
    return tuple(one for one in everybody if one.rows)


def _listed(home: Home, editions: Mapping[str, Edition]) -> Iterator[Edition]:
    return (editions[path] for path in home.editions if path in editions)


def _busy(edition: Edition, texts: Texts, language: Lang) -> Busy:
    found: dict[str, list[Row]] = {name: [] for name in _ORDER}
    for name, row in _rows(edition, texts, language):
        found[name].append(row)
    in_turn = chain.from_iterable(zip_longest(*found.values()))
    mine = tuple(row for row in in_turn if row)
    return Busy(edition.name, edition.path, mine[:_IN_SIGHT], mine[_IN_SIGHT:])


def _rows(edition: Edition, texts: Texts, language: Lang) -> Iterator[tuple[str, Row]]:
    if edition.tier in ("class", "level") and edition.profile:
        whose = (Whose(edition.name, f"{edition.path}#profile"),)
        yield "profile", Row(edition.profile.title, "", whose, texts["shelf-profile"])
    for name, entries in shelve(edition).items():
        for entry in entries:
            whose = (Whose(edition.name, f"{edition.path}#{entry.id}"),)
            kind = entry.kind_label.get(language)
            yield name, Row(entry.title, _where(entry, language), whose, kind, _when(entry, texts))


def _where(entry: ShownEntry, language: Lang) -> str:
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    return told.get("organisation", "")


def _when(entry: ShownEntry, texts: Texts) -> str:
    """2026, 2025–2026, «с 2025»; empty when nobody said."""
    years = [str(day.year) for day in (entry.start, entry.end) if day]
    if entry.lasting and years:
        return texts["lasting"].replace("{day}", years[0])
    return "–".join(dict.fromkeys(years))
