"""Editions -> summaries for staff. What happened from one day to another? (R-084, R-085)

Made of what duty lets staff see, so that without a family's consent there is nothing here either.
"""

import datetime as dt
from collections.abc import Iterable

from generator.model.edition import Decision, Edition
from generator.model.report import StudentSummary, Summary
from generator.model.shown import ShownEntry


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
