"""School + day -> what checks ask for again and again. Who and what can be referred to?"""

import datetime as dt
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.check.written import Written, suspects
from generator.diagnostic import Key, Place
from generator.model.collective import Achievement
from generator.model.entry import EntryBase
from generator.model.kinds import Entry
from generator.model.names import Names
from generator.model.policy import LADDER, Visibility
from generator.model.published import Published, Rings
from generator.model.record import FileRecord
from generator.model.school import Event, Person, School, year_of
from generator.model.student import Confirmation, Student
from generator.model.vocabulary import Group, Term

COLLECTIVES = "school/collectives.yml"


class Item(NamedTuple):
    """An entry or a collective's achievement: what is told, whose, and where its scans lie."""

    record: FileRecord
    keys: Key
    told: Entry | Achievement
    folder: str
    student: Student | None

    def place(self, *keys: str | int) -> Place:
        """The place of a value of what is told."""
        return self.record.place(*self.keys, *keys)

    @property
    def start(self) -> dt.date | None:
        """Its first day."""
        return start_of(self.told) if isinstance(self.told, EntryBase) else self.told.date

    @property
    def day(self) -> dt.date | None:
        """The day that places it in a school year."""
        return self.told.day if isinstance(self.told, EntryBase) else self.told.date

    @property
    def is_draft(self) -> bool:
        """Whether it is not finished: nothing that is still missing is a mistake."""
        return isinstance(self.told, EntryBase) and self.told.draft

    def when(self) -> Place:
        """Where its day stands."""
        spans = isinstance(self.told, EntryBase) and self.told.period and not self.told.date
        return self.place("period" if spans else "date")


class Part(NamedTuple):
    """What of a school is looked at, where students come one group after another."""

    whom: Set[str] | None = None
    """Students whose own files are; None for everybody."""
    commons: bool = True
    """Whether what is no student's own is, too."""


WHOLE = Part()
"""All of it."""


@dataclass
class Inspection:
    """A school on a day, with its things by name. Made once, then only asked."""

    school: School
    today: dt.date
    published: Published = field(default_factory=Published)
    rings: tuple[Rings, ...] = ()
    """Who holds which key today, of every level; none until all else makes sense."""
    part: Part = WHOLE
    """What of it is looked at."""

    @cached_property
    def year(self) -> str:
        """The school year of today."""
        return year_of(self.today)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Staff by id."""
        return {person.id: person for person in self.school.staff.people}

    @cached_property
    def events(self) -> dict[str, Event]:
        """Events by id."""
        return {event.id: event for event in self.school.events.events}

    @cached_property
    def students(self) -> dict[str, Student]:
        """Students by id."""
        return {student.id: student for student in self.school.students}

    @cached_property
    def asked(self) -> tuple[Student, ...]:
        """Those whose own files are looked at; what others may refer to is everybody's."""
        every, whom = self.school.students, self.part.whom
        return every if whom is None else tuple(one for one in every if one.id in whom)

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """Vocabulary -> its words."""
        lists = self.school.vocabularies.items()
        codes = {name: frozenset(term.code for term in words.terms) for name, words in lists}
        return codes | {"acts": frozenset(self.school.acts)}

    @cached_property
    def limited(self) -> dict[str, dict[str, Term]]:
        """Vocabulary -> those of its words that may be used on some days only, by code."""
        found = {
            name: {term.code: term for term in listed.terms if term.since or term.until}
            for name, listed in self.school.vocabularies.items()
        }
        return {name: terms for name, terms in found.items() if terms}

    @cached_property
    def prompt_groups(self) -> dict[str, Group]:
        """Question of a look back on a year -> the level it is meant for."""
        prompts = self.school.vocabularies.get("prompts")
        ways = prompts.groupings if prompts else ()
        groups = [group for way in ways if way.version == "level" for group in way.groups]
        return {word: group for group in groups for word in group.words}

    @property
    def records(self) -> Iterator[FileRecord]:
        """Every record that was read from a file of its own, and is looked at."""
        school = self.school
        if self.part.commons:
            yield from (school.settings, school.staff, *school.years, school.events)
            yield from (school.collectives, school.access)
        for one in self.asked:
            yield from (one.record, one.portfolio, *one.entries)
            yield from (one.consents, one.confirmations, one.reviews, one.results)

    @cached_property
    def suspects(self) -> tuple[Written, ...]:
        """Texts that may hold a paper's number or something about health, found in one pass."""
        return tuple(suspects(self.records))

    @cached_property
    def files_in(self) -> dict[str, list[str]]:
        """Entry's folder -> files in it, relative to the folder."""
        files, (whom, commons) = self.school.files, self.part
        owners = {*files} if whom is None else whom & files.keys()
        if commons:
            # A folder of somebody whom the school does not know is no student's.
            owners |= files.keys() - self.students.keys()
        return {folder: there for one in sorted(owners) for folder, there in files[one].items()}

    @property
    def entries(self) -> Iterator[tuple[Student, Entry]]:
        """Every entry with its student."""
        return ((student, entry) for student in self.asked for entry in student.entries)

    @cached_property
    def achievements(self) -> tuple[Item, ...]:
        """Every achievement of every collective."""
        record = self.school.collectives
        return tuple(
            Item(
                record,
                ("collectives", number, "achievements", index),
                achievement,
                f"school/collectives/{achievement.id}",
                None,
            )
            for number, collective in enumerate(record.collectives)
            for index, achievement in enumerate(collective.achievements)
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every entry, then every achievement of a collective."""
        own = (Item(entry, (), entry, folder_of(entry), student) for student, entry in self.entries)
        return (*own, *(self.achievements if self.part.commons else ()))

    @cached_property
    def done(self) -> dict[str, Achievement]:
        """Achievements of collectives by id."""
        told = (item.told for item in self.achievements)
        return {one.id: one for one in told if isinstance(one, Achievement)}

    @cached_property
    def wanted(self) -> dict[str, Visibility]:
        """Achievement's id -> the widest audience for which anybody still here wants it."""
        found: dict[str, Visibility] = {}
        for one in self.school.students:
            if one.record.left is None or one.record.left > self.today:
                for wish in one.portfolio.shared:
                    before = found.get(wish.achievement, "family")
                    found[wish.achievement] = max(before, wish.visibility, key=LADDER.index)
        return found

    @property
    def names(self) -> Names:
        """Names of all students."""
        return self.school.names

    @cached_property
    def newest(self) -> dict[tuple[str, str], Confirmation]:
        """Student's id and entry's id -> the newest decision about the entry."""
        return {
            (student.id, decision.entry): decision
            for student in self.asked
            for decision in student.confirmations.confirmations
        }

    @cached_property
    def _half_read(self) -> frozenset[str]:
        """Students of whom not every entry could be read."""
        parts = (file.split("/") for file in self.school.unread)
        return frozenset(part[1] for part in parts if part[0] == "students")

    @cached_property
    def _own_ids(self) -> dict[str, frozenset[str]]:
        return {one.id: frozenset(e.id for e in one.entries) for one in self.asked}

    def was_read(self, file: str) -> bool:
        """Whether a file said all it has to say: what is not in an unread one is not known."""
        return file not in self.school.unread

    def entry_ids(self, student: Student) -> frozenset[str] | None:
        """Ids of a student's entries; None when one of the entries could not be read, or when they
        are not looked at."""
        return None if student.id in self._half_read else self._own_ids.get(student.id)

    def shown_ids(self, student: Student) -> frozenset[str] | None:
        """The same, and ids of what the student achieved together with others (R-021)."""
        own = self.entry_ids(student)
        if own is None or not self.was_read(COLLECTIVES):
            return None
        return own | self.together(student)

    def together(self, student: Student) -> frozenset[str]:
        """Ids of the collectives' achievements a student took part in."""
        parts = self.school.collectives.by_member.get(student.id, ())
        return frozenset(part.done.id for part in parts)

    def was_at_school(self, student: Student, year: str) -> bool:
        """Whether a student may have been in the school that year, as far as class lists tell."""
        if student.record.came_from or student.record.joined:
            return True
        known = self.school.grades.get(student.id, {})
        listed = any(years.year == year for years in self.school.years)
        if year in known or listed or not known:
            return year in known or not listed
        first = min(known)
        return known[first] - (int(first[:4]) - int(year[:4])) >= 1


def start_of(entry: EntryBase) -> dt.date | None:
    """The first day of an entry."""
    return entry.period.start if entry.period else entry.date


def folder_of(record: FileRecord) -> str:
    """The folder a file lies in."""
    return record.file.rpartition("/")[0]


def is_appointed(person: Person, day: dt.date) -> bool:
    """Whether an order that names this person was in force on a day (R-060, R-133)."""
    return person.order_on(day) is not None
