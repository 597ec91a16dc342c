"""Folder of portfolios -> names of the files in it. What lies where, and what has no place here?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.say import among
from generator.source import Listing, not_a_file, read_listing
from generator.trouble import Trouble

SCHOOL_FILES = (
    "school.yml", "people.yml", "events.yml", "collectives.yml", "access.yml", "sources.yml",
)  # fmt: skip
SCHOOL_FOLDERS = ("classes", "vocabulary", "collectives")
RECORD_FILES = ("student.yml", "consent.yml", "confirmations.yml", "reviews.yml", "results.yml")
# Made by staff's tools or by their computers; nothing in them is shown.
IGNORED = frozenset({"README.md", "Thumbs.db", "desktop.ini"})
IGNORED_IN_SCHOOL = frozenset({"register.jsonl"})
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Folders:
    """What lies in a folder of portfolios; paths are POSIX and relative to it."""

    files: frozenset[str]
    """Every YAML file that has a place in the layout."""
    years: tuple[str, ...]
    """Files of class lists."""
    vocabularies: tuple[str, ...]
    """Files of the school's own words."""
    students: tuple[str, ...]
    """Ids with a record."""
    entries: dict[str, tuple[str, ...]]
    """Student's id -> folders of entries that hold an entry.yml."""
    scans: tuple[str, ...]
    """Files beside the entries and beside the collectives' achievements."""
    diagnostics: tuple[Diagnostic, ...]
    unread: tuple[str, ...]
    """Files that should be there and are not."""

    @property
    def documents(self) -> tuple[str, ...]:
        """Every YAML file, those of the entries too."""
        entries = (f"{entry}/entry.yml" for of in self.entries.values() for entry in of)
        return tuple(sorted({*self.files, *entries}))


class _Item(NamedTuple):
    """A file or a folder."""

    name: str
    path: str
    is_folder: bool


@dataclass
class _Walk:
    listing: Listing
    files: set[str] = field(default_factory=set)
    scans: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def items(self, folder: str) -> Iterator[_Item]:
        """Plain files and folders in `folder`, sorted; a link is said and left out."""
        above = f"{folder}/" if folder else ""
        for name in self.listing.names.get(folder, ()):
            if name.startswith(".") or name in IGNORED:
                continue
            path = above + name
            stamp = self.listing.stamps.get(path)
            if stamp is None or stamp.is_plain:
                yield _Item(name, path, stamp is None)
            else:
                self.diagnostics.append(not_a_file(path))

    def only(self, folder: str, files: Iterable[str], folders: Iterable[str] = ()) -> None:
        """Keep the files of `folder` that belong there; say which do not."""
        for item in self.items(folder):
            if item.name not in (folders if item.is_folder else files):
                self.stray(item.path, (*files, *folders))
            elif item.name.endswith(".yml"):  # the register is written by nobody's hand
                self.files.add(item.path)

    def stray(self, path: str, known: Iterable[str]) -> None:
        """Say that what stands at `path` has no place there; `known` is what has."""
        self.diagnostics.append(
            Diagnostic(
                Place(path),
                "unknown-file",
                Text(
                    "этому здесь не место: оно не читается",
                    "this has no place here: it is not read",
                ),
                among(path.rpartition("/")[2], tuple(known)),
            )
        )

    def ids(self, folder: str) -> list[str]:
        """Folders in `folder` that bear an id."""
        found = []
        for item in self.items(folder):
            if not item.is_folder:
                self.stray(item.path, ())
            elif not ID.fullmatch(item.name) or len(item.name) > 80:
                self.diagnostics.append(_wrong_folder_name(item.path))
            else:
                found.append(item.name)
        return found

    def missing(self, file: str, code: str, message: Text, fix: Text) -> None:
        """Say that `file` should be there."""
        self.unread.append(file)
        self.diagnostics.append(Diagnostic(Place(file), code, message, fix))

    def entry(self, folder: str) -> bool:
        """Whether `folder` holds an entry; the files beside it are kept as scans."""
        found, stack = False, [folder]
        before = len(self.scans)
        while stack:
            for item in self.items(stack.pop()):
                if item.is_folder:
                    stack.append(item.path)
                elif item.path == f"{folder}/entry.yml":
                    found = True
                else:
                    self.scans.append(item.path)
        if not found and len(self.scans) > before:
            del self.scans[before:]
            self.missing(
                f"{folder}/entry.yml",
                "missing-file",
                Text("в папке записи нет файла entry.yml", "the entry's folder has no entry.yml"),
                Text(
                    "добавьте entry.yml или перенесите файлы к другой записи",
                    "add entry.yml, or move the files to another entry",
                ),
            )
        return found


def read_folders(listing: Listing) -> Folders:
    """What lies there, and diagnostics for what has no place there."""
    refuse_nowhere(listing.root)
    walk = _Walk(listing)
    walk.only("", (), ("school", "records", "students"))
    _read_school(walk)
    years, vocabularies = _listed(walk, "school/classes"), _listed(walk, "school/vocabulary")
    _read_collectives(walk)
    students = [student for student in walk.ids("records") if _read_record(walk, student)]
    entries = {student: _read_student(walk, student) for student in walk.ids("students")}
    return _found(walk, students, entries, years, vocabularies)


def refuse_nowhere(root: Path) -> None:
    """Raises `Trouble` where no portfolios lie."""
    if not (root / "school").is_dir():
        raise Trouble(
            Text(f"в папке {root} нет папки school", f"there is no folder school in {root}"),
            Text(
                "укажите папку с портфолио: в ней лежат school, records и students",
                "name the folder of portfolios: it holds school, records and students",
            ),
        )


def read_folders_of(root: Path, student: str) -> Folders:
    """What lies below `root` of one student alone."""
    walk = _Walk(read_listing(root, f"records/{student}", f"students/{student}"))
    students = [student] if _read_record(walk, student) else []
    here = (root / "students" / student).is_dir()
    return _found(walk, students, {student: _read_student(walk, student)} if here else {})


def narrowed(folders: Folders, student: str) -> Folders:
    """The same, with all of one student, and of the others only what the rest looks at."""
    kept = ("student.yml", "consent.yml", "portfolio.yml")
    common = ("school/", f"records/{student}/", f"students/{student}/")
    return replace(
        folders,
        files=frozenset(f for f in folders.files if f.startswith(common) or f.endswith(kept)),
        entries={student: folders.entries.get(student, ())},
        scans=tuple(scan for scan in folders.scans if scan.startswith(common)),
    )


def _found(
    walk: _Walk,
    students: Iterable[str],
    entries: dict[str, tuple[str, ...]],
    years: tuple[str, ...] = (),
    vocabularies: tuple[str, ...] = (),
) -> Folders:
    return Folders(
        files=frozenset(walk.files),
        years=years,
        vocabularies=vocabularies,
        students=tuple(students),
        entries=entries,
        scans=tuple(sorted(walk.scans)),
        diagnostics=tuple(walk.diagnostics),
        unread=tuple(walk.unread),
    )


def _read_school(walk: _Walk) -> None:
    walk.only("school", (*SCHOOL_FILES, *IGNORED_IN_SCHOOL), SCHOOL_FOLDERS)
    if "school/school.yml" not in walk.files:
        walk.missing(
            "school/school.yml",
            "missing-file",
            Text("нет файла с настройками школы", "the file with the school's settings is missing"),
            Text("добавьте его: без него ничего не собрать", "add it: nothing can be made without"),
        )


def _listed(walk: _Walk, folder: str) -> tuple[str, ...]:
    """Every YAML file of a folder that holds nothing else."""
    found = []
    for item in walk.items(folder):
        if not item.is_folder and item.name.endswith(".yml"):
            found.append(item.path)
            walk.files.add(item.path)
        else:
            walk.stray(item.path, ())
    return tuple(found)


def _read_collectives(walk: _Walk) -> None:
    for achievement in walk.ids("school/collectives"):
        for item in walk.items(f"school/collectives/{achievement}"):
            if item.is_folder:
                walk.stray(item.path, ())
            else:
                walk.scans.append(item.path)


def _read_record(walk: _Walk, student: str) -> bool:
    folder = f"records/{student}"
    before = len(walk.files)
    walk.only(folder, RECORD_FILES)
    if f"{folder}/student.yml" in walk.files:
        return True
    if len(walk.files) > before:
        walk.missing(
            f"{folder}/student.yml",
            "missing-file",
            Text(
                "нет файла с именем и датой рождения", "the file with name and birthday is missing"
            ),
            Text("добавьте его или уберите папку", "add it, or take the folder away"),
        )
    return False


def _read_student(walk: _Walk, student: str) -> tuple[str, ...]:
    folder = f"students/{student}"
    walk.only(folder, ("portfolio.yml",), ("entries",))
    entries = []
    for item in walk.items(f"{folder}/entries"):
        if not item.is_folder:
            walk.stray(item.path, ())
        elif walk.entry(item.path):
            entries.append(item.path)
    record = f"records/{student}/student.yml"
    if record not in walk.files and record not in walk.unread:
        walk.missing(
            record,
            "student-without-record",
            Text(
                f"у папки {quote(folder)} нет записи школы", f"{quote(folder)} has no school record"
            ),
            Text(
                "заведите student.yml или исправьте имя папки",
                "add student.yml, or mend the folder's name",
            ),
        )
    return tuple(entries)


def _wrong_folder_name(path: str) -> Diagnostic:
    return Diagnostic(
        Place(path),
        "wrong-id",
        Text(
            "в имени папки не только маленькие латинские буквы, цифры и дефис",
            "the folder's name holds more than small Latin letters, digits and hyphens",
        ),
        Text("переименуйте её, например: belova-anna", "rename it, for example: belova-anna"),
    )
