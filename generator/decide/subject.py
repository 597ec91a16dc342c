"""One student on one day: where they are, what their consents allow, what words mean."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from generator.decide.granted import Granted
from generator.decide.table import TABLE, Thing, may_carry, may_see
from generator.diagnostic import Text
from generator.model.names import Names
from generator.model.policy import Category, Commission
from generator.model.school import Role, School, SchoolClass, year_of
from generator.model.shown import NOTHING, Reason, Tier
from generator.model.student import Student

_DUTIES: Mapping[Role, Text] = {
    "class-teacher": Text("классный руководитель", "class teacher"),
    "subject-teacher": Text("учитель-предметник", "subject teacher"),
    "extra-teacher": Text("педагог дополнительного образования", "extra-curricular teacher"),
    "deputy-head": Text("заместитель директора", "deputy head"),
    "head": Text("директор", "head"),
}
FIRST_LETTER: frozenset[Tier] = frozenset({"level", "public"})
"""Audiences that know a surname by its first letter only, in words and in pictures."""


@dataclass(frozen=True)
class Eyes:
    """One audience before one student: what it may see, asked once for all entries."""

    tier: Tier
    things: frozenset[Thing]
    categories: frozenset[Category]
    """What it sees may hold these."""


@dataclass(frozen=True)
class Subject:
    """One student on one day: where they are, and what their consents allow."""

    school: School
    student: Student
    today: dt.date
    room: SchoolClass
    granted: Granted
    duty: str
    """The order under which staff see portfolios."""
    names: Names
    """Of all students: who may be named in somebody's words."""
    commission: Commission | None = None
    """The transition commission that is at work for this student's grade today."""

    @property
    def year(self) -> str:
        """The school year of the day."""
        return year_of(self.today)

    def may(self, thing: Thing, tier: Tier, category: Category | None = None) -> Reason | None:
        """Why `tier` may see this kind of thing of this student, or None; of a `category` only
        where a consent names it."""
        if category and not self.carries(category, tier):
            return None
        return may_see(thing, tier, self.granted.allowed, self.duty)

    def carries(self, category: Category, tier: Tier) -> bool:
        """Whether what `tier` sees may hold such things of this student (R-143)."""
        return may_carry(category, tier, self.granted.covered)

    def eyes(self, tier: Tier) -> Eyes:
        """Everything that `tier` may see of this student."""
        return Eyes(
            tier,
            frozenset(thing for thing in TABLE if self.may(thing, tier)),
            frozenset(one for one in get_args(Category) if self.carries(one, tier)),
        )

    def grade_on(self, day: dt.date | None) -> int | None:
        """The student's grade that day; counted back where no class list of ours has them."""
        if day is None:
            return None
        year = year_of(day)
        known = self.school.grades.get(self.student.id, {})
        if year in known:
            return known[year]
        counted = self.room.grade - (int(self.year[:4]) - int(year[:4]))
        return counted if 1 <= counted <= 11 else None


def term(school: School, vocabulary: str, code: str) -> Text:
    """The words of a code; the code itself when the list has it not."""
    listed = school.vocabularies.get(vocabulary)
    found = listed.term(code) if listed else None
    return Text(found.ru, found.en) if found else Text(code, code)


def duty_of(school: School, code: str, student: Student) -> Text:
    """In which duty a member of staff speaks of a student: the class teacher's comes first."""
    staff = school.staff.person(code)
    roles = staff.roles if staff else ()
    own = student.id in school.led.get(code, ())
    fitting = [role for role in roles if own or role != "class-teacher"] or [*roles]
    first = "class-teacher" if own and "class-teacher" in roles else next(iter(fitting), None)
    return _DUTIES[first] if first else NOTHING


def find_student(school: School, id: str) -> Student | None:
    """The student with this id; they are sorted by it, and asked for again and again."""
    at = bisect_left(school.students, id, key=lambda one: one.id)
    found = school.students[at] if at < len(school.students) else None
    return found if found and found.id == id else None


def person(school: School, code: str) -> str:
    """The name of a member of staff, or nothing."""
    found = school.staff.person(code)
    return found.name if found else ""
