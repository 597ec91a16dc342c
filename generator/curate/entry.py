"""Answers about one thing a student did -> a new entry folder. What is written for it?"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.curate.ids import Choose, Ids, ending_of
from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.school import School
from generator.model.student import Student
from generator.say.latin import name_apart, to_latin
from generator.source import Fields, Value, in_order, yaml_of


@dataclass(frozen=True)
class NewScan:
    """A light and clean scan that goes with an entry."""

    content: bytes
    suffix: str
    document: str
    description: str


@dataclass(frozen=True)
class Story:
    """What was said of an entry."""

    student: str
    kind: str
    title: str
    date: dt.date
    event: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What only its kind has."""
    scans: tuple[NewScan, ...] = ()
    is_draft: bool = False


@dataclass(frozen=True)
class NewEntry:
    """An entry's folder as it would be."""

    folder: str
    """POSIX path relative to the portfolios."""
    fields: Fields
    files: Mapping[str, bytes]
    """Name -> content: `entry.yml` and its scans."""


def make_entry(story: Story, school: School, choose: Choose) -> NewEntry:
    """The folder of a new entry; only its family will see it."""
    folders = {ending_of(entry.file.split("/")[-2]) for entry in _entries(school)}
    id = Ids(choose, {*_ids(school)}, frozenset(folders)).new()
    names = _names(story, school)
    scans: list[Value] = [
        {"file": name, "description": scan.description, "document": scan.document}
        for name, scan in zip(names, story.scans, strict=True)
    ]
    said: Fields = {
        "kind": story.kind,
        "id": id,
        "title": story.title,
        "date": story.date,
        **({"event": story.event} if story.event else {}),
        **{key: value for key, value in story.fields.items() if value},
        **({"scans": scans} if scans else {}),
        "visibility": "family",
        **({"draft": True} if story.is_draft else {}),
    }
    fields = in_order(KINDS[story.kind], said)
    stem = to_latin(story.title, 40) or story.kind
    files = {name: scan.content for name, scan in zip(names, story.scans, strict=True)}
    return NewEntry(
        f"students/{story.student}/entries/{stem}-{id}",
        fields,
        {**files, "entry.yml": yaml_of(fields).encode()},
    )


def find_students(students: Iterable[Student], words: str) -> list[Student]:
    """Everybody whose names begin with these words, in any order; of one id, that one."""
    parts = [_folded(part) for part in words.split()]
    found = []
    for student in students:
        if student.id == words.strip():
            return [student]
        name = student.record.name
        own = (name.surname, name.given, name.patronymic or "", student.portfolio.called or "")
        names = {_folded(one) for one in (*own, *student.record.former_surnames) if one}
        if parts and all(any(one.startswith(part) for one in names) for part in parts):
            found.append(student)
    return found


def _names(story: Story, school: School) -> list[str]:
    """A name for each scan by what can be seen on it: `diplom.jpg`, `diplom-2.jpg`."""
    listed, taken = school.vocabularies["documents"], list[str]()
    for scan in story.scans:
        term = listed.term(scan.document)
        stem = to_latin(term.ru if term else scan.document) or "skan"
        taken.append(name_apart(stem, scan.suffix, taken))
    return taken


def _ids(school: School) -> Iterable[str]:
    yield from (entry.id for entry in _entries(school))
    for together in school.collectives.collectives:
        yield from (done.id for done in together.achievements)


def _entries(school: School) -> list[EntryBase]:
    return [entry for student in school.students for entry in student.entries]


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")
