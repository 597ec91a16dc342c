"""School + day -> what checks ask for again and again. Who and what can be referred to?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.check.written import Written, suspects
from generator.model.kinds import Entry
from generator.model.record import FileRecord
from generator.model.school import Event, Person, School, SchoolClass, year_of
from generator.model.student import Student


@dataclass
class Inspection:
    """A school on a day, with its things by name. Made once, then only asked."""

    school: School
    today: dt.date

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
    def classes(self) -> dict[tuple[str, str], list[SchoolClass]]:
        """Year and student's id -> classes the student is in."""
        found = defaultdict(list)
        for listed in self.school.years:
            for room in listed.classes:
                for student in room.students:
                    found[listed.year, student].append(room)
        return dict(found)

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """Vocabulary -> its words."""
        lists = self.school.vocabularies.items()
        codes = {name: frozenset(term.code for term in words.terms) for name, words in lists}
        return codes | {"acts": frozenset(self.school.acts)}

    @property
    def records(self) -> Iterator[FileRecord]:
        """Every record that was read from a file of its own."""
        school = self.school
        yield from (school.settings, school.staff, *school.years, school.events)
        yield from (school.collectives, school.access)
        for one in school.students:
            yield from (one.record, one.portfolio, *one.entries)
            yield from (one.consents, one.confirmations, one.reviews, one.results)

    @cached_property
    def suspects(self) -> tuple[Written, ...]:
        """Texts that may hold a paper's number or something about health, found in one pass."""
        return tuple(suspects(self.records))

    @cached_property
    def files_in(self) -> dict[str, list[str]]:
        """Entry's folder -> files in it, relative to the folder."""
        found = defaultdict(list)
        for path in self.school.scans:
            # students/<student>/entries/<entry>/… or school/collectives/<achievement>/…
            depth = 4 if path.startswith("students/") else 3
            parts = path.split("/", depth)
            found["/".join(parts[:depth])].append(parts[depth])
        return dict(found)

    @property
    def entries(self) -> Iterator[tuple[Student, Entry]]:
        """Every entry with its student."""
        return ((student, entry) for student in self.school.students for entry in student.entries)

    def was_read(self, file: str) -> bool:
        """Whether a file said all it has to say: what is not in an unread one is not known."""
        return file not in self.school.unread

    def entry_ids(self, student: Student) -> set[str] | None:
        """Ids of a student's entries; None when one of the entries could not be read."""
        folder = f"students/{student.id}/"
        if any(file.startswith(folder) for file in self.school.unread):
            return None
        return {entry.id for entry in student.entries}


def folder_of(record: FileRecord) -> str:
    """The folder a file lies in."""
    return record.file.rpartition("/")[0]


def is_appointed(person: Person, day: dt.date) -> bool:
    """Whether an order that names this person was in force on a day (R-060, R-133)."""
    return person.order_on(day) is not None
