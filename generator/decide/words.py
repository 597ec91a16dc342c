"""School -> every private word, for the last sweep. Asks: what must never stand in clear?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pydantic import BaseModel

from generator.model.record import FileRecord
from generator.model.school import OfficialList, School
from generator.model.site import PrivateWord
from generator.model.student import Student, StudentRecord
from generator.model.written import texts_of

PUBLIC: Mapping[tuple[type[BaseModel], str], str] = {
    (OfficialList, "titles"): "printed in an order that anybody may read; it names no child",
}
"""The only texts of people that are not private, each with its reason."""

_SHORT = 3
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_LONGEST_LINE = 300


def private_words(school: School) -> tuple[PrivateWord, ...]:
    """Names, ids, file names and every text of everybody, and where each is written."""
    students = (words_of(student) for student in school.students)
    return gather(school, (word for words in students for word in words))


def words_of(student: Student) -> tuple[PrivateWord, ...]:
    """Names, ids, file names and every text of one student."""
    return tuple(_plain(_student(student)))


def gather(school: School, words: Iterable[PrivateWord]) -> tuple[PrivateWord, ...]:
    """The words of students, and those of the staff and the school's lists; each once, sorted."""
    found: dict[str, PrivateWord] = {}
    for word in chain(_plain(_school(school)), words):
        found.setdefault(word.text, word)
    # The school's own name is public, and may be that of a person who has namesakes in it.
    public = f"{school.settings.name} {school.settings.short_name} {school.settings.site}"
    return tuple(found[text] for text in sorted(found) if text not in public)


def _plain(found: Iterable[tuple[str, str]]) -> Iterator[PrivateWord]:
    for text, where in found:
        text = text.strip()
        # Signs alone («+ +», «^_^») say nothing about anybody, and chance writes them.
        if len(text) >= _SHORT and any(map(str.isalnum, text)):
            yield PrivateWord(text, where)


def _school(school: School) -> Iterator[tuple[str, str]]:
    for person in school.staff.people:
        yield person.name, school.staff.file
        yield person.name.split()[0], school.staff.file
    for listed in (school.events, school.collectives, school.access):
        yield from _file(listed)
    for path in school.scans:
        yield path.rpartition("/")[2], path


def _student(student: Student) -> Iterator[tuple[str, str]]:
    record, portfolio = student.record, student.portfolio
    yield student.id, record.file
    yield from ((part, record.file) for part in _names(record))
    yield portfolio.called or "", portfolio.file
    for entry in student.entries:
        yield entry.file.rpartition("/")[0].rpartition("/")[2], entry.file
    theirs = (student.consents, student.confirmations, student.reviews, student.results)
    for file in (record, portfolio, *theirs, *student.entries):
        yield from _file(file)


def _names(record: StudentRecord) -> Iterator[str]:
    """A name is private even when it is a single word."""
    name = record.name
    yield from (name.surname, name.given, name.patronymic or "", *record.former_surnames)
    for surname in (name.surname, *record.former_surnames):
        yield f"{name.given} {surname}"
        yield f"{surname} {name.given}"


def _file(record: FileRecord) -> Iterator[tuple[str, str]]:
    for model, field, text in texts_of(record):
        if (model, field) not in PUBLIC:
            yield from ((words, record.file) for words in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """The whole line, and every sentence.

    A single common word (a title «Школа») says nothing about anybody and stands in our own texts.
    """
    whole = () if "\n" in text or len(text) > _LONGEST_LINE else (text,)
    for piece in (*whole, *_SENTENCE.split(text)):
        if len(piece.split()) > 1:
            yield piece
