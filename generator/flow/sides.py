"""Two states in Git, or two folders -> folders of portfolios to compare. What lies in each?"""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.diagnostic import Diagnostic, Place
from generator.flow.job import Job
from generator.flow.marks import owner_of
from generator.flow.policy import read_scans
from generator.review.commits import FileChange, Repository, is_plain, open_repository
from generator.review.shapes import clashing, misshapen
from generator.source import read_digests

_NOBODYS = ("school/register.jsonl", "README.md")
"""What says nothing of a portfolio."""


@dataclass(frozen=True)
class Sides:
    """Two folders of portfolios to compare, and what is known of how they differ."""

    before: Path
    after: Path
    names: tuple[str, str]
    touched: frozenset[str]
    """Files that have other bytes, or are in one of the two only."""
    shapes: tuple[Diagnostic, ...] = ()
    """What is no plain file of a plain kind."""

    @property
    def students(self) -> frozenset[str] | None:
        """Whose files changed; None when a file of the school did, which may concern everybody."""
        found = frozenset(owner_of(file) for file in self.touched if file not in _NOBODYS)
        return None if "" in found else found


def open_folders(before: Path, after: Path) -> Sides:
    """Two folders of portfolios."""
    old, new = (_digests(folder) for folder in (before, after))
    touched = {file for file in old.keys() | new.keys() if old.get(file) != new.get(file)}
    return Sides(before, after, (before.name, after.name), frozenset(touched))


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    named = [path.relative_to(folder).as_posix() for path in files if ".git" not in path.parts]
    return {file: one.sha256 for file, one in read_digests(folder, named, None).items()}


@contextmanager
def open_commits(job: Job, base: str, head: str, theirs: Mapping[str, str]) -> Iterator[Sides]:
    """Two states of the repository around the portfolios, written as files for a while."""
    with open_repository(job.portfolios, theirs) as (repository, below):
        old, new = repository.find(base), repository.find(head)
        prefix = f"{below}/" if below else ""
        changes = [c for c in repository.changes(old, new) if c.path.startswith(prefix)]
        shapes = _shapes(repository, changes, new, below)
        touched = frozenset(change.path.removeprefix(prefix) for change in changes)
        with TemporaryDirectory(prefix="stupeni-review-") as room:
            sides = Sides(
                Path(room) / "before", Path(room) / "after", (base, head), touched, shapes
            )
            for folder, commit in ((sides.before, old), (sides.after, new)):
                _export(repository, (commit, below), folder, sides.students)
            yield sides


def _shapes(
    repository: Repository, changes: list[FileChange], head: str, below: str
) -> tuple[Diagnostic, ...]:
    found = [*misshapen(changes, below), *clashing(changes, repository.files(head, below))]
    found += read_scans(repository, changes, below)
    prefix = f"{below}/" if below else ""
    files = (one.place.file.removeprefix(prefix) for one in found)
    return tuple(replace(one, place=Place(file)) for one, file in zip(found, files, strict=True))


def _export(
    repository: Repository, tree: tuple[str, str], folder: Path, students: Set[str] | None
) -> None:
    """A state as files: all of the students who changed, and of others what the rest looks at."""
    commit, below = tree
    prefix = f"{below}/" if below else ""
    listed = repository.files(commit, below).items()
    files = {path.removeprefix(prefix): id for path, (mode, id) in listed if is_plain(mode)}
    (folder / "school").mkdir(parents=True)
    repository.write({p: i for p, i in files.items() if _is_read(p, students)}, folder)


def _is_read(path: str, students: Set[str] | None) -> bool:
    owner = owner_of(path)
    whole = students is None or owner in ("", *students)
    return whole or not path.startswith("students/") or path.endswith("/portfolio.yml")
