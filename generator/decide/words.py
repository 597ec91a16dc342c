"""School -> every private word, for the last sweep. Asks: what must never stand in clear?"""

import re
from collections.abc import Iterator

from generator.model.entry import EntryBase
from generator.model.school import School
from generator.model.site import PrivateWord
from generator.model.student import Student

_SHORT = 3
_SENTENCE = re.compile(r"[.!?…\n]+")


def private_words(school: School) -> tuple[PrivateWord, ...]:
    """Names, ids, titles, sentences and file names of everybody, and where each is written."""
    found: dict[str, str] = {}
    for text, where in _all(school):
        text = text.strip()
        if len(text) >= _SHORT and text not in found:
            found[text] = where
    # The school's own name is public, and may be that of a person who has namesakes in it.
    public = f"{school.settings.name} {school.settings.short_name} {school.settings.site}"
    return tuple(PrivateWord(text, found[text]) for text in sorted(found) if text not in public)


def _all(school: School) -> Iterator[tuple[str, str]]:
    for person in school.staff.people:
        yield person.name, school.staff.file
        yield person.name.split()[0], school.staff.file
    for event in school.events.events:
        yield from _many_words(event.title, school.events.file)
    for student in school.students:
        yield from _student(student)
    for path in school.scans:
        yield from _file_name(path)


def _student(student: Student) -> Iterator[tuple[str, str]]:
    record, portfolio = student.record, student.portfolio
    yield student.id, record.file
    name = record.name
    for part in (name.surname, name.given, name.patronymic, *record.former_surnames):
        yield part or "", record.file
    for surname in (name.surname, *record.former_surnames):
        yield f"{name.given} {surname}", record.file
        yield f"{surname} {name.given}", record.file
    yield portfolio.called or "", portfolio.file
    yield from _many_words(record.came_from, record.file)
    listed = record.state_register
    yield from _many_words(listed.decision if listed else None, record.file)
    for text in (portfolio.about.motto, portfolio.about.text):
        yield from _sentences(text, portfolio.file)
    for statement in [line for goal in portfolio.goals for line in (goal.statement, *goal.steps)]:
        yield from _many_words(statement, portfolio.file)
    yield from _staff_words(student)
    for entry in student.entries:
        yield from _entry(entry)


def _staff_words(student: Student) -> Iterator[tuple[str, str]]:
    for review in student.reviews.reviews:
        yield from _sentences(review.text, student.reviews.file)
        yield from _many_words(review.author, student.reviews.file)
    for consent in student.consents.consents:
        yield from _many_words(consent.given_by.name, student.consents.file)
    for confirmation in student.confirmations.confirmations:
        yield from _sentences(confirmation.note, student.confirmations.file)


def _entry(entry: EntryBase) -> Iterator[tuple[str, str]]:
    yield entry.file.split("/")[-2], entry.file
    for field in ("title", "standing", "role", "product", "technique", "organisation"):
        yield from _many_words(getattr(entry, field, None), entry.file)
    for text in (entry.reflection, entry.why_it_matters):
        yield from _sentences(text, entry.file)
    for scan in entry.scans:
        yield from _many_words(scan.description, entry.file)


def _many_words(text: str | None, where: str) -> Iterator[tuple[str, str]]:
    # A single common word (a title «Школа») says nothing about anybody and stands in our own texts.
    if text and len(text.split()) > 1:
        yield text, where


def _sentences(text: str | None, where: str) -> Iterator[tuple[str, str]]:
    for sentence in _SENTENCE.split(text or ""):
        yield from _many_words(sentence.strip(), where)


def _file_name(path: str) -> Iterator[tuple[str, str]]:
    yield path.rpartition("/")[2], path
