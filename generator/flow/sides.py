"""Two states in Git, or two folders -> folders of portfolios to compare. What lies in each?"""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from generator.diagnostic import Diagnostic, Place
from generator.flow.concern import Mentions, concerned_by
from generator.flow.job import Job
from generator.flow.marks import owner_of
from generator.flow.policy import read_scans
from generator.load import load
from generator.model.school import School
from generator.review.commits import FileChange, Repository, is_plain, open_repository
from generator.review.shapes import clashing, misshapen
from generator.source import read_digests, read_stamps

NOBODYS = ("school/register.jsonl", "README.md")
"""What says nothing of a portfolio."""


@dataclass(frozen=True)
class Sides:
    """Two folders of portfolios to compare, and what is known of how they differ."""

    before: Path
    after: Path
    names: tuple[str, str]
    touched: frozenset[str]
    """Files that have other bytes, or are in one of the two only."""
    students: frozenset[str] | None
    """Whom the changes concern; None when that may be everybody."""
    shapes: tuple[Diagnostic, ...] = ()
    """What is no plain file of a plain kind."""


def open_folders(job: Job, before: Path, after: Path) -> Sides:
    """Two folders of portfolios."""
    old, new = (_digests(folder) for folder in (before, after))
    touched = frozenset(f for f in old.keys() | new.keys() if old.get(f) != new.get(f))

    def mentions(words: Set[str]) -> Set[str]:
        found = (
            (file.parts[-4], file.read_bytes())
            for folder in (before, after)
            for file in folder.glob("students/*/entries/*/entry.yml")
        )
        return {owner for owner, content in found if _names(content, words)}

    students = _students(job, (before, after), touched, mentions)
    return Sides(before, after, (before.name, after.name), touched, students)


def _students(
    job: Job, folders: tuple[Path, Path], touched: Set[str], mentions: Mentions
) -> frozenset[str] | None:
    """Whose files changed, and whom files of the school concern that did."""
    found = frozenset(owner_of(file) for file in touched if file not in NOBODYS)
    if "" not in found:
        return found
    schools = [_read_school(job, folder) for folder in folders]
    if schools[0] is None or schools[1] is None:
        return None
    concerned = concerned_by(schools[0], schools[1], touched, mentions)
    return None if concerned is None else (found - {""}) | concerned


def _read_school(job: Job, folder: Path) -> School | None:
    """What stands in school/ alone."""
    with TemporaryDirectory(prefix="stupeni-school-") as room:
        if (folder / "school").is_dir():
            copytree(folder / "school", Path(room) / "school", ignore=_left_out)
        return load(Path(room), job.home / "schema").school


def _left_out(_: str, names: list[str]) -> list[str]:
    """Scans say nothing of whom they concern."""
    return [one for one in names if Path(one).suffix not in ("", ".yml")]


def _names(content: bytes, words: Set[str]) -> bool:
    return any(word.encode() in content for word in words)


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    named = [path.relative_to(folder).as_posix() for path in files if ".git" not in path.parts]
    found = read_digests(folder, read_stamps(folder, named), None)
    return {file: one.sha256 for file, one in found.items()}


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
            folders = Path(room) / "before", Path(room) / "after"
            trees = [_files(repository, commit, below) for commit in (old, new)]
            for folder, files in zip(folders, trees, strict=True):
                (folder / "school").mkdir(parents=True)
                repository.write({p: i for p, i in files.items() if not owner_of(p)}, folder)
            mentions = partial(_mentions, repository, trees)
            students = _students(job, folders, touched, mentions)
            for folder, files in zip(folders, trees, strict=True):
                rest = {p: i for p, i in files.items() if owner_of(p) and _is_read(p, students)}
                repository.write(rest, folder)
            names = base.partition("...")[0], head
            yield Sides(*folders, names, touched, students, shapes)


def _files(repository: Repository, commit: str, below: str) -> dict[str, str]:
    """Path below the portfolios -> id of every plain file."""
    prefix = f"{below}/" if below else ""
    listed = repository.files(commit, below).items()
    return {path.removeprefix(prefix): id for path, (mode, id) in listed if is_plain(mode)}


def _mentions(
    repository: Repository, trees: list[dict[str, str]], words: Set[str]
) -> frozenset[str]:
    """Students one of whose entries, in either state, has one of these words."""
    found = set[str]()

    def look(path: str, content: bytes) -> None:
        if _names(content, words):
            found.add(owner_of(path))

    for files in trees:
        repository.read({p: i for p, i in files.items() if p.endswith("/entry.yml")}, look)
    return frozenset(found)


def _shapes(
    repository: Repository, changes: list[FileChange], head: str, below: str
) -> tuple[Diagnostic, ...]:
    found = [*misshapen(changes, below), *clashing(changes, repository.files(head, below))]
    found += read_scans(repository, changes, below)
    prefix = f"{below}/" if below else ""
    files = (one.place.file.removeprefix(prefix) for one in found)
    return tuple(replace(one, place=Place(file)) for one, file in zip(found, files, strict=True))


def _is_read(path: str, students: Set[str] | None) -> bool:
    owner = owner_of(path)
    whole = students is None or owner in ("", *students)
    return whole or not path.startswith("students/") or path.endswith("/portfolio.yml")
