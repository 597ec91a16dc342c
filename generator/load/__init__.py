"""Folder -> School. Can it be read?"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.load.folders import Folders, narrowed, read_folders, read_folders_of
from generator.load.mistakes import expected_text, missing_key, mistakes
from generator.load.ours import read_acts, read_labels, read_vocabularies
from generator.model.collective import Collectives
from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.pinned import FILE as SOURCES
from generator.model.pinned import Sources
from generator.model.policy import Access, Consents
from generator.model.portfolio import Portfolio
from generator.model.record import FileRecord
from generator.model.school import ClassList, Events, ScanFile, School, Settings, Staff
from generator.model.student import Confirmations, Results, Reviews, Student, StudentRecord
from generator.model.vocabulary import OwnWords, Vocabularies, Vocabulary
from generator.progress import NOBODY, Done, Progress
from generator.say import choose
from generator.source import (
    Digest,
    Document,
    Listing,
    parse,
    read_bytes,
    read_digests,
    read_document,
    read_listing,
    read_stamps,
)
from generator.trouble import Trouble

__all__ = [
    "Loaded", "Recall", "Recalled", "load", "load_again", "load_in_turn", "load_one",
    "parse_sources", "read_acts", "read_labels", "read_settings", "read_sources",
    "read_vocabularies",
]  # fmt: skip

R = TypeVar("R", bound=FileRecord)


@dataclass(frozen=True)
class Recalled:
    """Who need not be read, and how the others are."""

    students: Mapping[str, Student]
    """Those of whom nothing has changed: their record and consents, without entries."""
    groups: tuple[Set[str], ...]
    """The others, those together who have to be looked at together."""


Students = dict[str, Student | None]
"""By id; None for whose record is wrong."""
Recall = Callable[[Settings, Mapping[str, Digest]], Recalled]
"""Settings and the digest of every file -> what somebody knows already."""


@dataclass(frozen=True)
class Loaded:
    """What could be read, and what is wrong with the rest.

    `school` is None only when school.yml itself cannot be read. The diagnostics know the keys
    of their places, not yet the lines: `source.read_places` finds those.
    """

    school: School | None
    diagnostics: tuple[Diagnostic, ...]
    whole: Set[str] = frozenset()
    bare: Set[str] = frozenset()
    """Students of whom there is only what the rest of a school looks at."""
    without_works: School | None = None
    """The school where there is no more of anybody; with the last of those read in turn."""


def load(
    root: Path,
    schema: Path,
    cache: Path | None = None,
    progress: Progress = NOBODY,
) -> Loaded:
    """Everything below `root`; a file that cannot be read is said and left out.

    `schema` is the folder of our own words and acts, `cache` a file that remembers digests.
    """
    reading = _compare(read_listing(root), cache, progress)
    return _read_all(reading, reading.read_school(schema), progress)


def load_in_turn(
    listing: Listing, schema: Path, cache: Path | None, recall: Recall, progress: Progress = NOBODY
) -> Iterator[Loaded]:
    """The same, one group of students after another: in every school these alone are whole, as the
    works of all of them do not fit into memory; of whom `recall` knows, no file is read."""
    reading = _compare(listing, cache, progress)
    del listing  # of a whole school; what is asked of it from now on, `reading` knows
    school = reading.read_school(schema)
    if school is None:
        yield _read_all(reading, None, progress)
        return
    recalled = recall(school.settings, reading.digests)
    everybody = frozenset(reading.folders.students)
    known: Students = dict(recalled.students)
    groups = recalled.groups or (frozenset(),)
    if len(groups) > 1:
        known |= {one: reading.read_bare(one) for one in everybody - known.keys()}
        school = reading.filled(school, known)  # what it is asked, it is asked once
    with progress.stage("reading", len(everybody - recalled.students.keys())) as done:
        for group in groups[:-1]:
            yield reading.read_group(school, known, everybody & group, done)
        last = reading.read_group(school, known, everybody & groups[-1], done)
        # Only now is nobody left to be read: after every group it would be a walk through all.
        yield replace(last, without_works=reading.filled(school, known))


def load_one(root: Path, schema: Path, student: str) -> Loaded:
    """A school in which only one student is whole: of the others there is what the rest of a school
    looks at, their record, their consents and how they like to be called."""
    listing = read_listing(root)
    folders = narrowed(read_folders(listing), student)
    digests = read_digests(root, {scan: listing.stamps[scan] for scan in folders.scans}, None)
    reading = _begin(root, folders, digests)
    loaded = _read_all(reading, reading.read_school(schema), NOBODY)
    if loaded.school is None:
        return loaded
    students = (one if one.id == student else one.bare for one in loaded.school.students)
    return replace(loaded, school=_changed(loaded.school, students=tuple(students)))


def load_again(root: Path, before: School, student: str) -> Loaded:
    """The same school with the files of one student read anew; all else stands as it was read."""
    folders = read_folders_of(root, student)
    own = (f"records/{student}/", f"students/{student}/")
    unread = {file for file in before.unread if not file.startswith(own)}
    reading = _Reading(root, folders, before.vocabularies, [*folders.diagnostics], unread)
    reading.unread.update(folders.unread)
    digests = read_digests(root, read_stamps(root, folders.scans), None)
    scans = {path: scan for path, scan in before.scans.items() if not path.startswith(own)}
    students = {one.id: one for one in before.students if one.id != student}
    if folders.students and (one := reading.read_student(student)):
        students[student] = one
    school = _changed(
        before,
        students=tuple(students[id] for id in sorted(students)),
        scans=scans | {path: _scan(path, digests[path]) for path in folders.scans},
        unread=frozenset(reading.unread),
    )
    return Loaded(school, tuple(reading.diagnostics))


def _changed(school: School, **fields: Any) -> School:
    # A copy of the model would also copy what was found out about the school before.
    return School(**{name: getattr(school, name) for name in School.model_fields} | fields)


def _compare(listing: Listing, cache: Path | None, progress: Progress) -> "_Reading":
    folders = read_folders(listing)
    stamps = {file: listing.stamps[file] for file in (*folders.documents, *folders.scans)}
    with progress.stage("files", len(stamps)) as done:
        digests = read_digests(listing.root, stamps, cache, done)
    return _begin(listing.root, folders, digests)


def _begin(root: Path, folders: Folders, digests: Mapping[str, Digest]) -> "_Reading":
    diagnostics, unread = list(folders.diagnostics), set(folders.unread)
    return _Reading(root, folders, {}, diagnostics, unread, digests)


def _read_all(reading: "_Reading", school: School | None, progress: Progress) -> Loaded:
    everybody = reading.folders.students
    with progress.stage("reading", len(everybody)) as done:
        students = reading.read_students(everybody, done)
        school = school and reading.filled(school, students)
        return Loaded(school, tuple(reading.diagnostics), frozenset(everybody))


def read_settings(root: Path) -> Settings | None:
    """The school's settings alone; None when they cannot be read, which `load` then tells."""
    document = read_document(root, "school/school.yml")
    try:
        return Settings.model_validate(document.value) if isinstance(document, Document) else None
    except ValidationError:
        return None


def read_sources(root: Path) -> Sources | None:
    """The pinned sources alone, none where there is no such file; None when they cannot be read,
    which `load` then tells."""
    if not (root / SOURCES).exists():
        return Sources()
    raw = read_bytes(root, SOURCES)
    return parse_sources(raw) if isinstance(raw, bytes) else None


def parse_sources(raw: bytes) -> Sources | None:
    """The pinned sources in the bytes of their file; None when they cannot be read."""
    document = parse(SOURCES, raw)
    try:
        return Sources.model_validate(document.value) if isinstance(document, Document) else None
    except ValidationError:
        return None


def _moving(file: str) -> Trouble:
    return Trouble(
        Text(
            f"файл `{file}` кто-то меняет прямо сейчас",
            f"somebody is changing `{file}` right now",
        ),
        Text("сохраните его и повторите команду", "save it, and try again"),
    )


def _extended(ours: Vocabularies, own: Mapping[str, OwnWords]) -> dict[str, Vocabulary]:
    return {
        name: vocabulary.with_words(own[name]) if name in own else vocabulary
        for name, vocabulary in ours.items()
    }


@dataclass
class _Reading:
    """One walk through the files: what was wrong is kept, what was right is returned."""

    root: Path
    folders: Folders
    vocabularies: Vocabularies
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    digests: Mapping[str, Digest] = field(default_factory=dict)
    """Of the files as they were when we began."""

    def read(self, file: str, model: type[R]) -> R | None:
        """The record in `file`, or None when there is none or it is wrong."""
        if file not in self.folders.files:
            return None
        document = self.document(file)
        return self.fit(document, model) if document else None

    def read_or_empty(self, file: str, model: type[R]) -> R:
        """The record in `file`, or an empty one that knows its file."""
        record = self.read(file, model)
        if record is None:
            record = model()
            record._file = file
        return record

    def read_lists(self) -> dict[str, Any]:
        """What concerns everybody, by the names of the school's fields."""
        years = [self.read(file, ClassList) for file in self.folders.years]
        known = (year for year in years if year is not None)
        return {
            "staff": self.read_or_empty("school/people.yml", Staff),
            "years": tuple(sorted(known, key=lambda year: year.year)),
            "events": self.read_or_empty("school/events.yml", Events),
            "collectives": self.read_or_empty("school/collectives.yml", Collectives),
            "access": self.read_or_empty("school/access.yml", Access),
            "sources": self.read_or_empty(SOURCES, Sources),
        }

    def read_own_words(self) -> dict[str, OwnWords]:
        """The school's own words by the name of the list they are added to."""
        read = ((file, self.read(file, OwnWords)) for file in self.folders.vocabularies)
        return {file.rpartition("/")[2].removesuffix(".yml"): own for file, own in read if own}

    def read_school(self, schema: Path) -> School | None:
        """The school without students; None when its settings are wrong."""
        own_words = self.read_own_words()
        self.vocabularies = _extended(read_vocabularies(schema / "vocabulary"), own_words)
        settings, lists = self.read("school/school.yml", Settings), self.read_lists()
        if settings is None:
            return None
        return School(
            settings=settings,
            **lists,
            vocabularies=self.vocabularies,
            own_words=own_words,
            acts=read_acts(schema),
            scans={path: _scan(path, self.digests[path]) for path in self.folders.scans},
        )

    def filled(self, school: School, students: Students) -> School:
        """The school with these students, in order; there are others in it, or nobody yet."""
        listed = (students.get(one) for one in self.folders.students)
        known, unread = tuple(one for one in listed if one), frozenset(self.unread)
        if school.students:
            return school.with_whole(known, unread)
        return _changed(school, students=known, unread=unread)

    def read_group(self, school: School, known: Students, group: Set[str], done: Done) -> Loaded:
        """The school with a group that is whole; it is `known` as all others are from now on."""
        read = self.read_students(sorted(group), done)
        whole = self.filled(school, known | read)
        known |= {id: one and one.bare for id, one in read.items()}
        others = known.keys() - group
        return Loaded(whole, tuple(self.diagnostics), group, others)

    def read_students(self, students: Iterable[str], done: Done) -> Students:
        """Everything about these; None for whose record is wrong."""
        read = {}
        for one in students:
            read[one] = self.read_student(one)
            done()
        return read

    def read_bare(self, student: str) -> Student | None:
        """As much of one student as the rest of a school looks at."""
        here, own = f"records/{student}", f"students/{student}"
        record = self.read(f"{here}/student.yml", StudentRecord)
        if record is None:
            return None
        portfolio = self.read_or_empty(f"{own}/portfolio.yml", Portfolio)
        consents = self.read_or_empty(f"{here}/consent.yml", Consents)
        return Student(id=student, record=record, portfolio=portfolio, consents=consents).bare

    def read_student(self, student: str) -> Student | None:
        """Everything about one student; None when the student's record is wrong."""
        here, own = f"records/{student}", f"students/{student}"
        record = self.read(f"{here}/student.yml", StudentRecord)
        entries = [self.read_entry(entry) for entry in self.folders.entries.get(student, ())]
        parts = {
            "portfolio": self.read_or_empty(f"{own}/portfolio.yml", Portfolio),
            "consents": self.read_or_empty(f"{here}/consent.yml", Consents),
            "confirmations": self.read_or_empty(f"{here}/confirmations.yml", Confirmations),
            "reviews": self.read_or_empty(f"{here}/reviews.yml", Reviews),
            "results": self.read_or_empty(f"{here}/results.yml", Results),
            "entries": tuple(entry for entry in entries if entry is not None),
        }
        if record is None:
            return None
        return Student.model_validate({"id": student, "record": record, **parts})

    def read_entry(self, folder: str) -> EntryBase | None:
        """The entry in `folder`, of the kind it says it is."""
        document = self.document(f"{folder}/entry.yml")
        if document is None:
            return None
        kind = document.value.get("kind")
        model = KINDS.get(kind) if isinstance(kind, str) else None
        if model is not None:
            return self.fit(document, model)
        place = Place(document.file, keys=("kind",))
        if kind is None:
            self.refuse(Diagnostic(place, *missing_key("kind")))
        elif not isinstance(kind, str):
            self.refuse(Diagnostic(place, *expected_text()))
        else:
            message = Text(
                f"такого вида записи нет: {quote(kind)}",
                f"there is no such kind of entry: {quote(kind)}",
            )
            self.refuse(Diagnostic(place, "unknown-kind", message, self.kind_for(kind)))
        return None

    def kind_for(self, word: str) -> Text:
        """What to write instead of a word that is no kind of entry."""
        known = self.vocabularies["kinds"].choices
        return choose(word, [one for one in known if one[0] in KINDS])

    def document(self, file: str) -> Document | None:
        """The YAML in `file`; None, and said why, when it cannot be read."""
        raw = read_bytes(self.root, file)
        known = self.digests.get(file)
        if isinstance(raw, bytes) and known and hashlib.sha256(raw).hexdigest() != known.sha256:
            # What is made of it would be kept as made of what lay there before.
            raise _moving(file)
        document = raw if isinstance(raw, Diagnostic) else parse(file, raw)
        if isinstance(document, Document):
            return document
        self.refuse(document)
        return None

    def fit(self, document: Document, model: type[R]) -> R | None:
        """The document as a record; None, and said why, when it does not fit."""
        try:
            record = model.model_validate(document.value)
        except ValidationError as error:
            self.diagnostics += mistakes(document.file, model, error, self.vocabularies)
            self.unread.add(document.file)
            return None
        record._file = document.file
        return record

    def refuse(self, diagnostic: Diagnostic) -> None:
        """Keep why a whole file was not read."""
        self.diagnostics.append(diagnostic)
        self.unread.add(diagnostic.place.file)


def _scan(path: str, digest: Digest) -> ScanFile:
    return ScanFile(path=path, size=digest.size, digest=digest.sha256)
