"""What staff read about a class or a student over a time. Facts in order, nothing counted."""

import datetime as dt
from dataclasses import dataclass

from generator.model.shown import ShownEntry, ShownMark


@dataclass(frozen=True)
class StudentSummary:
    """One student in a report: what happened in the period, the earliest first, and the marks."""

    student: str
    name: str
    class_title: str
    entries: tuple[ShownEntry, ...]
    marks: tuple[ShownMark, ...]
    """Of every year, so that one sees how they changed (R-085)."""


@dataclass(frozen=True)
class Summary:
    """A class or one student from a day to a day, both included (R-084)."""

    title: str
    since: dt.date
    until: dt.date
    students: tuple[StudentSummary, ...]
