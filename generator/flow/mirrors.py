"""One student's repository -> its mirror in the private folder, and what we know of it. What is in
a commit?"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from generator.diagnostic import Diagnostic, Place, Text
from generator.model.pinned import Source
from generator.review.commits import FileChange, Repository, is_plain, open_repository
from generator.review.shapes import clashing, misshapen
from generator.trouble import Trouble
from generator.whole import make_private, write_whole

_NOTHING, _ZEROS = "000000", "0" * 40
_MOST = 5000
"""So many files a portfolio has at most."""
_LEFT = Text("такой большой файл не получен", "so big a file was not fetched")
_LIGHTER = Text(
    "попросите ученика положить снимок полегче", "ask the student for a lighter picture"
)


@dataclass(frozen=True)
class Known:
    """What was seen of a source when it was last asked, and what a teacher has looked at."""

    tried: str = ""
    """Moment it was last asked, as ISO writes it."""
    reached: str = ""
    """Moment it last answered."""
    trouble: str = ""
    """Why nothing came: `unreachable`, `empty`, `refused`; empty when all is well."""
    newest: str = ""
    """The commit that its branch stood at."""
    reviewed: str = ""
    """The commit that a page was last made of for the teacher."""
    reviewed_on: str = ""


@dataclass(frozen=True)
class Tree:
    """What one commit of a source holds, as it would lie in the folder of portfolios."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Path below the portfolios -> Git's id of the bytes: plain files that are here."""
    shapes: tuple[Diagnostic, ...] = ()
    """What is no plain file of a plain kind and name, or not here."""


@dataclass(frozen=True)
class Mirror:
    """Where a source's commits are kept, apart from all others."""

    source: Source
    folder: Path

    @property
    def is_there(self) -> bool:
        """Whether anything was ever fetched."""
        return (self.folder / "HEAD").is_file()

    @property
    def known(self) -> Known:
        """What is known of it; a damaged note is as good as none."""
        try:
            told = json.loads(self._note.read_bytes())
            return Known(**{name: str(told.get(name, "")) for name in asdict(Known())})
        except (OSError, ValueError, AttributeError):
            return Known()

    def write_known(self, **changed: str) -> Known:
        """The same with something new in it, written down."""
        make_private(self.folder.parent)
        known = replace(self.known, **changed)
        write_whole(self._note, json.dumps(asdict(known)).encode())
        return known

    @contextmanager
    def open(self) -> Iterator[Repository]:
        """Its commits to read."""
        with open_repository(self.folder, {}) as (repository, _):
            yield repository

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        if not self.is_there:
            return False
        with self.open() as repository:
            return repository.has(commit)

    def tree(self, repository: Repository, commit: str) -> Tree:
        """What a commit holds, below `students/<student>/`, and nowhere else."""
        top = f"students/{self.source.student}"
        try:
            listed, missing = repository.files(commit), repository.missing(commit)
        except Trouble:
            listed, missing = {}, None
        if missing is None or len(listed) > _MOST:
            words = Text("в хранилище слишком много файлов", "too many files in the repository")
            fix = Text(f"больше {_MOST} не нужно никому", f"nobody needs more than {_MOST}")
            return Tree(shapes=(Diagnostic(Place(top), "source-too-many-files", words, fix),))
        changes = [
            FileChange(f"{top}/{path}", _NOTHING, mode, _ZEROS, id)
            for path, (mode, id) in listed.items()
        ]
        left = [one for one in changes if is_plain(one.after) and one.new in missing]
        shapes = (
            *misshapen(changes, ""),
            *clashing(changes, [one.path for one in changes]),
            *(Diagnostic(Place(o.path), "source-file-too-big", _LEFT, _LIGHTER) for o in left),
        )
        # What has a name that lies is told and never written: it could be `.git/config`.
        odd = {one.place.file for one in shapes if one.code in ("odd-name", "source-file-too-big")}
        plain = (one for one in changes if is_plain(one.after) and one.path not in odd)
        return Tree({one.path: one.new for one in plain}, shapes)

    @property
    def _note(self) -> Path:
        return self.folder.with_suffix(".json")


def mirror_of(room: Path, source: Source) -> Mirror:
    """The mirror of a source below the folder of a school's mirrors; what children have not shown
    yet is in it. One of another address is another."""
    sign = sha256(f"{source.address} {source.branch}".encode()).hexdigest()[:12]
    return Mirror(source, room / f"{source.student}-{sign}.git")
