"""Student <-> what was made of them for the last release. What need not be made again?"""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostic import Diagnostic, Text
from generator.model.edition import Share
from generator.model.school import Level
from generator.model.site import Laid, Leaves, PrivateWord, Spines
from generator.model.student import Student
from generator.seal import Sealed
from generator.trouble import Trouble


@dataclass(frozen=True)
class Marks:
    """Digests of everything that something was made of: equal marks, equal bytes."""

    own: str
    """The student's own files."""
    context: str
    """Everything else that `check` and `decide` look at: the school, others' consents, the day."""
    frame: str = ""
    """Everything else that pages and sealing look at: theme, engine, keys, codecs."""


@dataclass(frozen=True)
class Part:
    """One student on a level, made: as much as the rest of the level needs to know."""

    share: Share
    """An outline: neither words nor works."""
    leaves: Leaves
    """Of the pictures in lists."""
    sealed: Sealed[Laid]
    """The student's files."""
    spines: Spines
    """As much of the works as is searched."""


@dataclass(frozen=True)
class Work:
    """One student in the last release."""

    marks: Marks
    student: Student
    """Record, consents and portfolio; no entries."""
    said: frozenset[Diagnostic]
    """What there is to mend in the student's files and in the scans shown; no errors."""
    words: tuple[PrivateWord, ...]
    level: Level | None
    """None for a student of whom nothing is shown."""
    part: Part
    """With the files as they lie in the release."""


@dataclass(frozen=True)
class Shelf:
    """A private folder with a work and a share of every student.

    Pickled: only we write here, where the master key lies too. A file that was damaged, or that
    another version of the program wrote, is as good as none: the marks hold the program's own.
    """

    folder: Path

    def read_work(self, student: str, marks: Marks) -> Work | None:
        """The work, if it was made of these very files on this very day."""
        found = _read(self.folder / f"{student}.work", marks)
        return found if isinstance(found, Work) else None

    def has_share(self, student: str, marks: Marks) -> bool:
        """Whether what was granted of this student is kept in full."""
        return _read_raw(self.folder / f"{student}.share", marks) is not None

    def read_share(self, student: str, marks: Marks) -> Share:
        """What was granted of this student, in full."""
        found = _read(self.folder / f"{student}.share", marks)
        if isinstance(found, Share):
            return found
        raise Trouble(
            Text(f"в кэше `{self.folder}` пропал файл, пока собирались сайты",
                 f"a file of the cache `{self.folder}` went while the sites were being built"),
            Text("соберите ещё раз", "build again"),
        )  # fmt: skip

    def write_share(self, student: str, marks: Marks, share: Share) -> None:
        """Keeps what is granted of this student, in full."""
        _write(self.folder / f"{student}.share", marks, share)

    def write_work(self, student: str, work: Work) -> None:
        """Keeps the work of a release."""
        _write(self.folder / f"{student}.work", work.marks, work)

    def forget(self, students: Mapping[str, object]) -> None:
        """Nothing is kept of anybody but these."""
        for file in self.folder.glob("*.*"):
            if file.stem not in students:
                file.unlink()


def _read(file: Path, marks: Marks) -> Any:
    raw = _read_raw(file, marks)
    try:
        return None if raw is None else pickle.loads(raw)
    # Whole by its digest, and yet unreadable: there is no list of what pickle may raise then.
    except Exception:
        return None


def _read_raw(file: Path, marks: Marks) -> bytes | None:
    try:
        head, _, raw = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return raw if head == _head(marks, raw) else None


def _write(file: Path, marks: Marks, noun: object) -> None:
    raw = pickle.dumps(noun, protocol=5)
    part = file.with_name(f".{file.name}.part")
    part.touch(mode=0o600)
    part.write_bytes(_head(marks, raw) + b"\n" + raw)
    part.replace(file)


def _head(marks: Marks, raw: bytes) -> bytes:
    return f"{marks.own} {marks.context} {hashlib.sha256(raw).hexdigest()}".encode()
