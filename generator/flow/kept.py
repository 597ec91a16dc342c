"""Student <-> what was made of them for the last release. What need not be made again?"""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.diagnostic import Diagnostic, Text
from generator.flow.pack import Pack, PutBy
from generator.model.edition import Share
from generator.model.school import Level
from generator.model.site import Laid, Leaves, PrivateWord, Shell, Spines
from generator.model.student import Student
from generator.seal import NOTHING, Sealed
from generator.trouble import Trouble
from generator.whole import write_whole


@dataclass(frozen=True)
class Marks:
    """Digests of everything that something was made of: equal marks, equal bytes."""

    own: str
    """The student's own files."""
    context: str
    """Everything else that `check` and `decide` look at: the school, others' consents, the day."""
    program: str = ""
    """The program itself."""
    frame: str = ""
    """Everything else that pages and sealing look at: theme, engine, keys, codecs."""
    filling: str = ""
    """Of that, what stands between the pieces of a shell; the same in another shell."""


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
    common: frozenset[str] = frozenset()
    """Paths of scans shown that lie in no student's folder."""
    mark: str = ""
    """Of all that is particular about these pages: the same words and pictures, granted to the
    same readers, are the same pages on another day."""

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.share.student

    def fetch(self) -> "Part":
        """Itself."""
        return self


@dataclass(frozen=True, slots=True)
class Filed:
    """A part that is put by until it is kept: those of a whole school do not fit into memory."""

    student: str
    sealed: Sealed[Laid]
    """It stays at hand, as its files are put by already."""
    rest: PutBy

    def fetch(self) -> Part:
        """The part."""
        part: Part = pickle.loads(self.rest.fetch())
        return replace(part, sealed=self.sealed)


def put_by(part: Part, pack: Pack) -> Filed:
    """The part, out of memory."""
    rest = pickle.dumps(replace(part, sealed=NOTHING), protocol=5)
    return Filed(part.student, part.sealed, pack.put_by(rest))


@dataclass(frozen=True)
class Lists:
    """What a level has beside its students: pages that list many of them, and keyrings."""

    marks: Marks
    """Of the level: `own` is made of the marks of its parts."""
    sealed: Sealed[Laid]
    count: int
    """The number that stands in the keyrings."""
    rings: tuple[Laid, ...]
    shell: Shell
    """In which the pages of the level stand."""


@dataclass(frozen=True)
class Work:
    """One student in the last release."""

    marks: Marks
    student: Student
    """Record, consents and portfolio; no entries."""
    said: frozenset[Diagnostic]
    """What there is to mend in the student's files and in the scans shown; no errors."""
    words: bytes
    """The private words, pickled: they are as much as all the rest, and are asked for once."""
    level: Level | None
    """None for a student of whom nothing is shown."""
    part: Part
    """With the files as they lie in the release."""


@dataclass(frozen=True)
class Shelf:
    """A private folder with a work and a share of every student, and the lists of every level.

    Pickled: only we write here, where the master key lies too. A file that was damaged, or that
    another version of the program wrote, is as good as none: the marks hold the program's own.
    """

    folder: Path

    def read_work(self, student: str, marks: Marks) -> Work | None:
        """The work, if it was made of these very files on this very day."""
        found = _read(self.folder / f"{student}.work", *_marks(marks))
        return found if isinstance(found, Work) else None

    def read_older(self, student: str, marks: Marks) -> Work | None:
        """The last work, of whatever files and day."""
        found = _read(self.folder / f"{student}.work", marks.program)
        return found if isinstance(found, Work) else None

    def read_lists(self, level: Level, marks: Marks) -> Lists | None:
        """The lists of a level, if all that they are made of is as it was."""
        found = _read(self._lists(level), *_marks(marks))
        return found if isinstance(found, Lists) and found.marks == marks else None

    def read_older_lists(self, level: Level, program: str) -> Lists | None:
        """The last lists of a level, whatever they were made of."""
        found = _read(self._lists(level), program)
        return found if isinstance(found, Lists) else None

    def has_share(self, student: str, marks: Marks) -> bool:
        """Whether what was granted of this student is kept in full."""
        return _read_raw(self.folder / f"{student}.share", *_marks(marks)) is not None

    def mark_share(self, student: str) -> str:
        """A digest of what is kept of a student."""
        with (self.folder / f"{student}.share").open("rb") as file:
            return file.readline().rpartition(b" ")[2].decode()

    def read_share(self, student: str, marks: Marks) -> Share:
        """What was granted of this student, in full."""
        found = _read(self.folder / f"{student}.share", *_marks(marks))
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

    def forget_share(self, student: str) -> None:
        """What was granted once of a student of whom nothing is now."""
        (self.folder / f"{student}.share").unlink(missing_ok=True)

    def write_work(self, student: str, work: Work) -> None:
        """Keeps the work of a release."""
        _write(self.folder / f"{student}.work", work.marks, work)

    def write_lists(self, level: Level, lists: Lists) -> None:
        """Keeps the lists of a release."""
        _write(self._lists(level), lists.marks, lists)

    def forget(self, students: Mapping[str, object]) -> None:
        """Nothing is kept of anybody but these."""
        for file in self.folder.glob("*.*"):
            if file.stem not in students and file.suffix != ".lists":
                file.unlink()

    def _lists(self, level: Level) -> Path:
        return self.folder / f"{level}.lists"


def pickled(words: tuple[PrivateWord, ...]) -> bytes:
    """Words as `words_in` takes them."""
    return pickle.dumps(words, protocol=5)


def words_in(raw: bytes) -> tuple[PrivateWord, ...]:
    """The words that were pickled."""
    words: tuple[PrivateWord, ...] = pickle.loads(raw)
    return words


def _marks(marks: Marks) -> tuple[str, str, str]:
    return marks.program, marks.own, marks.context


def _read(file: Path, *marks: str) -> Any:
    raw = _read_raw(file, *marks)
    try:
        return None if raw is None else pickle.loads(raw)
    # Whole by its digest, and yet unreadable: there is no list of what pickle may raise then.
    except Exception:
        return None


def _read_raw(file: Path, *marks: str) -> bytes | None:
    """What the file holds, if it is whole and was made of these marks."""
    try:
        head, _, raw = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    *bears, digest = head.decode("ascii", "replace").split(" ")
    is_whole = digest == hashlib.sha256(raw).hexdigest()
    return raw if is_whole and tuple(bears[: len(marks)]) == marks else None


def _write(file: Path, marks: Marks, noun: object) -> None:
    raw = pickle.dumps(noun, protocol=5)
    write_whole(file, _head(marks, raw) + b"\n" + raw)


def _head(marks: Marks, raw: bytes) -> bytes:
    return " ".join((*_marks(marks), hashlib.sha256(raw).hexdigest())).encode()
