"""Editions -> summaries for staff; the register -> one child's part. What happened? (R-084, R-132)

A summary is made of what duty lets staff see: without a family's consent there is nothing in it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from zoneinfo import ZoneInfo

from generator.model.edition import Decision, Edition
from generator.model.event import Event
from generator.model.report import Happening, StudentSummary, Summary
from generator.model.shown import ShownEntry

_TOLD = ("class", "level", "teacher", "staff", "commission", "school", "student")
"""Audiences that are told to a family by their kind; of families it is told of its own only."""


def summarise(
    decisions: Iterable[Decision], whom: str, since: dt.date, until: dt.date
) -> Summary | None:
    """The students of class or student `whom` from `since` to `until`; None when there is none."""
    editions = [
        edition
        for decision in decisions
        for edition in decision.editions
        if edition.tier == "teacher" and whom in (edition.class_id, edition.student)
    ]
    if not editions:
        return None
    first = editions[0]
    alone = whom == first.student
    return Summary(
        title=f"{first.name}, {first.class_title}" if alone else first.class_title,
        since=since,
        until=until,
        students=tuple(_student(edition, since, until) for edition in editions),
    )


def follow(
    events: Iterable[Event], student: str, names: Mapping[str, str], zone: ZoneInfo
) -> tuple[Happening, ...]:
    """What happened to the words of one child, the earliest first; `names` are words for ids."""
    mine = (_happening(one, student, names, zone) for one in events if student in one.about)
    return _of_one_day(_in_one(tuple(row)) for _, row in groupby(mine, _alike))


def _of_one_day(told: Iterable[Happening]) -> tuple[Happening, ...]:
    """What one hand did in one way on one day is a row, for all whom it concerned; releases are
    one only if they showed the same to the same."""
    rows: dict[object, Happening] = {}
    for one in told:
        is_release = one.what == "release"
        alike = _alike(one) if is_release else (*sorted(one.details.items()), one.by)
        key: object = (one.since, one.what, alike) if one.since == one.until else object()
        first = rows.get(key)
        rows[key] = _with(first, one) if first else one
    return tuple(rows.values())


def _with(first: Happening, other: Happening) -> Happening:
    again = first.what == "release"
    return replace(first, whom=_joined(first.whom + other.whom), again=again)


def _joined(
    whom: tuple[tuple[tuple[str, ...], str], ...],
) -> tuple[tuple[tuple[str, ...], str], ...]:
    kinds: dict[str, dict[str, None]] = {}
    for names, ground in whom:
        kinds.setdefault(ground, {}).update(dict.fromkeys(names))
    return tuple((tuple(names), ground) for ground, names in kinds.items())


def _alike(one: Happening) -> object:
    """Releases in a row that showed the same to the same are told once, however many days."""
    released = one.what == "release"
    return (one.details.get("level"), one.whom, one.by) if released else id(one)


def _in_one(row: tuple[Happening, ...]) -> Happening:
    return replace(row[0], until=row[-1].since, again=row[0] is not row[-1])


def _happening(event: Event, student: str, names: Mapping[str, str], zone: ZoneInfo) -> Happening:
    day = dt.datetime.fromisoformat(event.at).astimezone(zone).date()
    whom = tuple(_whom(event, student, names))
    by = names.get(event.by, event.by)
    return Happening(day, day, event.what, event.details, whom, by)


def _whom(
    event: Event, student: str, names: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Whom of those that concern this child, and on what ground; other children's are left out."""
    own = (
        *(names[one] for one in event.audiences if one in names),
        *sorted({kind for one in event.audiences if (kind := one.partition(":")[0]) in _TOLD}),
    )
    if own and not event.basis:
        yield own, ""
    for part in event.basis.split():
        kinds, _, ground = part.rpartition("@")
        if not ground.startswith("consent:") or _is_of(ground, student):
            yield tuple(kinds.split(",")) if kinds else own, names.get(ground, ground)


def _is_of(name: str, student: str) -> bool:
    return name.partition(":")[2].partition("/")[0] == student


def _student(edition: Edition, since: dt.date, until: dt.date) -> StudentSummary:
    entries = (entry for entry in edition.entries if _within(entry, since, until))
    return StudentSummary(
        student=edition.student,
        name=edition.name,
        class_title=edition.class_title,
        entries=tuple(sorted(entries, key=lambda entry: (entry.start or since, entry.id))),
        marks=tuple(sorted(edition.marks, key=lambda mark: (mark.subject, mark.year))),
    )


def _within(entry: ShownEntry, since: dt.date, until: dt.date) -> bool:
    if entry.start is None:
        return False
    last = until if entry.lasting else entry.end or entry.start
    return entry.start <= until and last >= since
