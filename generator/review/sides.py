"""Two states of a school, side by side. Who is who in each?"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from generator.model.record import Record
from generator.model.school import School, SchoolClass, year_of
from generator.model.student import Student


@dataclass(frozen=True)
class Pair:
    """A school before and after, looked at on one day."""

    before: School
    after: School
    today: dt.date

    def students(self, id: str) -> tuple[Student | None, Student | None]:
        """A student before and after."""
        return self._before.get(id), self._after.get(id)

    @property
    def ids(self) -> frozenset[str]:
        """Everybody of either state."""
        return frozenset((*self._before, *self._after))

    def room(self, student: str) -> str:
        """Title of a student's class this year; empty when there is none."""
        found = room_of(self.after, student, self.today)
        return found.title if found else ""

    @cached_property
    def _before(self) -> dict[str, Student]:
        return {one.id: one for one in self.before.students}

    @cached_property
    def _after(self) -> dict[str, Student]:
        return {one.id: one for one in self.after.students}


def room_of(school: School, student: str, today: dt.date) -> SchoolClass | None:
    """A student's class in the school year of a day."""
    return next((room for room in rooms_of(school, today) if student in room.students), None)


def rooms_of(school: School, today: dt.date) -> tuple[SchoolClass, ...]:
    """Classes of the school year of a day."""
    now = (years for years in school.years if years.year == year_of(today))
    return tuple(room for years in now for room in years.classes)


def alike(one: Record, other: Record) -> bool:
    """Whether two records say the same: where lines break, an editor may choose."""
    return type(one) is type(other) and _plain(one) == _plain(other)


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return {key: _plain(getattr(value, key)) for key in type(value).model_fields}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value
