"""Approved commits -> students' folders. Is what lies there what a teacher approved?

A student who has a source has no other folder than the one that is laid here. What somebody changed
in it by hand is told and never written over: it belongs into the student's repository.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from typing import NamedTuple

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.flow.mirrors import Mirror, Tree, mirror_of
from generator.load import read_settings, read_sources
from generator.load.folders import IGNORED
from generator.model.pinned import FILE, Source, Sources
from generator.review.commits import Repository
from generator.source import not_a_file
from generator.stop import to_the_end
from generator.trouble import Trouble
from generator.whole import write_whole, writing

_NOT_HERE = (
    Text("одобренного состояния здесь нет", "the approved state is not here"),
    Text(
        "получите его: `stupeni sources sync`; если там его больше нет, одобрите новое",
        "fetch it: `stupeni sources sync`; if it is gone there, approve a new one",
    ),
)
_EDITED = (
    Text(
        "у ученика своё хранилище, а папка здесь не такая, как одобрено",
        "the student has a repository, and the folder here is not as approved",
    ),
    Text(
        "перенесите нужное в его хранилище, уберите эту папку и повторите",
        "bring what is needed into that repository, move the folder away, and try again",
    ),
)


class _Note(NamedTuple):
    """What was laid of a student: a commit, how the files look, whether nothing was left out."""

    commit: str
    stamp: str
    whole: bool


def lay_sources(portfolios: Path, private: Path) -> tuple[Diagnostic, ...]:
    """Every student's folder as the approved commit has it; what keeps it from that.

    Nothing is asked from elsewhere, and nothing that is not approved is looked at.
    """
    settings, sources = read_settings(portfolios), read_sources(portfolios)
    if settings is None or sources is None:  # which `load` tells
        return ()
    room = private / settings.site / "sources"
    if not sources.sources and not room.is_dir():
        return ()
    top = portfolios / "students"
    if top.is_symlink():
        return (not_a_file("students"),)
    here = sha256(f"{portfolios.resolve()}".encode()).hexdigest()[:16]
    with to_the_end():
        return tuple(_Laying(portfolios, room, room / f"laid-{here}.json").lay(sources))


def lay_or_stop(portfolios: Path, private: Path) -> None:
    """Every student's folder as approved; Trouble with the first thing that keeps it from that."""
    for one in lay_sources(portfolios, private):
        where = quote(one.place.file)
        told = Text(f"{where}: {one.message.ru}", f"{where}: {one.message.en}")
        raise Trouble(told, one.fix)


@dataclass
class _Laying:
    portfolios: Path
    room: Path
    file: Path

    def lay(self, sources: Sources) -> Iterator[Diagnostic]:
        """Folder after folder."""
        before = self._read()
        notes = dict(before)
        self.notes = notes
        pinned = {one.student for one in sources.sources if one.approved}
        known = {one.student for one in sources.sources}
        for student in sorted({*notes, *known} - pinned):
            yield from self._take_away(student)
        for index, one in enumerate(sources.sources):
            if one.approved:
                yield from self._put(one, one.approved, index)
        if notes != before:
            self.room.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.file, json.dumps(notes).encode())

    def _put(self, source: Source, commit: str, index: int) -> Iterator[Diagnostic]:
        student, folder = source.student, self._folder(source.student)
        if self.notes.get(student) == (commit, _stamp(folder), True):
            return
        mirror = mirror_of(self.room, source)
        if not mirror.has(commit):
            place = Place(FILE, keys=("sources", index, "approved"))
            yield not_here(place)
            return
        with mirror.open() as repository:
            tree = mirror.tree(repository, commit)
            if not self._is_as(tree, student):
                if not self._is_ours(mirror, repository, student):
                    yield _edited(student)
                    return
                write_tree(repository, tree, self.portfolios, student)
        self.notes[student] = _Note(commit, _stamp(folder), not tree.shapes)
        yield from tree.shapes

    def _take_away(self, student: str) -> Iterator[Diagnostic]:
        """A folder whose source is gone, or has nothing approved."""
        folder = self._folder(student)
        note = self.notes.get(student)
        if folder.is_dir() and (note is None or note.stamp != _stamp(folder)):
            yield _edited(student)
            return
        if note:
            with writing(folder):
                shutil.rmtree(folder, ignore_errors=True)
            del self.notes[student]

    def _is_ours(self, mirror: Mirror, repository: Repository, student: str) -> bool:
        """Whether a folder is as an earlier run laid it, or not there."""
        folder, note = self._folder(student), self.notes.get(student)
        if not os.path.lexists(folder):
            return True
        if note is None or folder.is_symlink():
            return False
        return note.stamp == _stamp(folder) or (
            repository.has(note.commit)
            and self._is_as(mirror.tree(repository, note.commit), student)
        )

    def _is_as(self, tree: Tree, student: str) -> bool:
        folder = self._folder(student)
        if not folder.is_dir() or folder.is_symlink():
            return False
        there = {
            f"students/{student}/{path.relative_to(folder).as_posix()}": _blob(path)
            for path in seen_files(folder)
        }
        return there == tree.files

    def _folder(self, student: str) -> Path:
        return self.portfolios / "students" / student

    def _read(self) -> dict[str, _Note]:
        with suppress(OSError, ValueError, TypeError, AttributeError):
            return {name: _Note(*note) for name, note in json.loads(self.file.read_bytes()).items()}
        return {}


def write_tree(repository: Repository, tree: Tree, root: Path, student: str) -> None:
    """A student's folder as a commit has it, there as a whole or as it was before."""
    target = root / "students" / student
    draft, old = (target.with_name(f".{student}.{word}") for word in ("new", "old"))
    with writing(target):
        for one in (draft, old):
            shutil.rmtree(one, ignore_errors=True)
        (draft / "students" / student).mkdir(parents=True)
        repository.write(tree.files, draft)
        if target.exists():
            target.rename(old)
        (draft / "students" / student).rename(target)
        for one in (draft, old):
            shutil.rmtree(one, ignore_errors=True)


def not_here(place: Place) -> Diagnostic:
    """That a state named there is not on this computer."""
    return Diagnostic(place, "source-not-here", *_NOT_HERE)


def _edited(student: str) -> Diagnostic:
    return Diagnostic(Place(f"students/{student}"), "source-edited", *_EDITED)


def seen_files(folder: Path) -> Iterator[Path]:
    """What a reader of the folder would see."""
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        unseen = any(name.startswith(".") or name in IGNORED - {"README.md"} for name in names)
        if not unseen and (path.is_symlink() or not path.is_dir()):
            yield path


def _stamp(folder: Path) -> str:
    """How the files of a folder look from outside."""
    lines = []
    for path in seen_files(folder) if folder.is_dir() and not folder.is_symlink() else ():
        stat = path.lstat()
        lines.append(f"{path} {stat.st_mode} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}")
    return sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()


def _blob(path: Path) -> str:
    """Git's id of a file's bytes; of what is no plain file none."""
    if path.is_symlink() or not path.is_file():
        return ""
    content = path.read_bytes()
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
