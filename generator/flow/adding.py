"""Scans and answers -> a new entry in a school. Is it light, and does it make sense?"""

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check import check
from generator.curate.entry import NewEntry, NewScan, Story, make_entry
from generator.curate.hints import NO_HINTS, Hints, hints_in
from generator.curate.ids import Choose
from generator.curate.sheets import put_folder
from generator.diagnostic import Diagnostic, Text, quote
from generator.flow.job import Job
from generator.flow.roster import Desk
from generator.load import read_labels
from generator.media.intake import Light, make_light, read_size
from generator.media.ocr import find_turn, run_reader
from generator.media.refusals import Refused, diagnose
from generator.model.entry import EntryBase
from generator.model.kinds import ENTRY
from generator.model.label import Labels
from generator.model.school import ScanFile, School
from generator.model.student import Student
from generator.source import as_text
from generator.trouble import Trouble


@dataclass(frozen=True)
class Taken:
    """A scan made light, and what it weighed before."""

    path: Path
    before: int
    content: bytes
    suffix: str

    def told(self, document: str, description: str) -> NewScan:
        """The same, with what can be seen on it."""
        return NewScan(self.content, self.suffix, document, description)


def read_words(job: Job) -> Labels:
    """What keys are called."""
    return read_labels(job.home / "schema" / "labels")


def take_scans(job: Job, paths: Sequence[Path]) -> list[Taken]:
    """Every file light, straight and without metadata, in the same order; Trouble about the first
    that is no scan."""
    taken: dict[Path, Taken] = {}
    for folder in dict.fromkeys(path.parent for path in paths):
        names = [path.name for path in paths if path.parent == folder]
        with closing(make_light(folder.resolve(), names, job.progress)) as answers:
            for name, light in answers:
                path = folder / name
                if isinstance(light, Refused):
                    raise _refused(path, diagnose(name, light))
                taken[path] = _taken(path, light)
    return [taken[path] for path in paths]


def read_hints(desk: Desk, scans: Sequence[Taken]) -> Hints:
    """What the first page says, where this computer has a program that reads print."""
    text = run_reader(scans[0].content) if scans else ""
    return hints_in(text, desk.school, desk.today) if text.strip() else NO_HINTS


def find_turns(scans: Sequence[Taken]) -> list[int]:
    """For each scan the degrees clockwise that set its print upright; 0 where it stands, or where
    this computer has nothing that could tell (R-040)."""
    return [find_turn(scan.content) for scan in scans]


def plan_entries(desk: Desk, stories: Sequence[Story], choose: Choose) -> list[NewEntry]:
    """A folder for each story, with ids that nothing else bears."""
    made: list[NewEntry] = []
    school = desk.school
    _refuse_pinned(school, stories)
    for story in stories:
        made.append(make_entry(story, school, choose))
        school = _with(school, made[-1])
    return made


def _refuse_pinned(school: School, stories: Sequence[Story]) -> None:
    """Trouble when somebody keeps a repository of their own: what is written here would be lost."""
    for story in stories:
        if school.sources.source(story.student):
            student = quote(story.student)
            raise Trouble(
                Text(f"у {student} своё хранилище: записи вносят там",
                     f"{student} has a repository of their own: entries are made there"),
                Text("внесите запись в хранилище ученика, потом `stupeni sources sync`",
                     "make the entry in that repository, then `stupeni sources sync`"),
            )  # fmt: skip


def find_nonsense(desk: Desk, entries: Sequence[NewEntry]) -> list[Diagnostic]:
    """What `check` would say is wrong with these entries, were they written."""
    school = desk.school
    for entry in entries:
        school = _with(school, entry)
    files = tuple(f"{entry.folder}/" for entry in entries)
    found = check(school, desk.today)
    return [one for one in found if one.is_error and one.place.file.startswith(files)]


def write_entry(desk: Desk, entry: NewEntry) -> None:
    """The entry's folder, there with all of its files or not at all."""
    put_folder(desk.sheets.root, entry.folder, entry.files)


def with_entry(desk: Desk, entry: NewEntry) -> Desk:
    """The desk with an entry that was written."""
    return replace(desk, school=_with(desk.school, entry))


def _with(school: School, entry: NewEntry) -> School:
    """The school as it would be."""
    record = ENTRY.validate_python(as_text(entry.fields))
    record._file = f"{entry.folder}/entry.yml"
    owner = entry.folder.split("/")[1]
    students = tuple(_owning(one, record) if one.id == owner else one for one in school.students)
    scans = {
        path: ScanFile(path=path, size=len(raw), digest=hashlib.sha256(raw).hexdigest())
        for name, raw in entry.files.items()
        if (path := f"{entry.folder}/{name}") != record._file
    }
    return school.model_copy(update={"students": students, "scans": {**school.scans, **scans}})


def _owning(student: Student, record: EntryBase) -> Student:
    return student.model_copy(update={"entries": (*student.entries, record)})


def _taken(path: Path, light: Light | None) -> Taken:
    before = read_size(path)
    if light:
        return Taken(path, before, light.clean.content, light.clean.suffix)
    suffix = path.suffix[1:].lower().replace("jpeg", "jpg")
    return Taken(path, before, path.read_bytes(), suffix)


def _refused(path: Path, why: Diagnostic) -> Trouble:
    name = quote(path)
    return Trouble(Text(f"{name}: {why.message.ru}", f"{name}: {why.message.en}"), why.fix)
