"""What staff read about a class or a student over a time. Facts in order, nothing counted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.event import What
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


@dataclass(frozen=True)
class Happening:
    """One thing that happened to the words of one child; releases alike in a row are one."""

    since: dt.date
    until: dt.date
    what: What
    details: Mapping[str, str | int]
    """Those of the first of them, as the register has them."""
    whom: tuple[tuple[tuple[str, ...], str], ...]
    """Kinds of audiences (`family`, `class`) or households in words, each with its ground."""
    by: str
    """A name, or the id of a machine."""
    again: bool = False
    """Whether it happened more than once from the one day to the other."""


@dataclass(frozen=True)
class Extract:
    """What the register holds about one child, the earliest first (R-132)."""

    name: str
    day: dt.date
    """When it was made."""
    happenings: tuple[Happening, ...]
    lines: int
    """How many lines the whole register has."""
    last: str
    """Digest of its last line."""
    broken: int
    """The first line of it that does not fit, or 0."""
