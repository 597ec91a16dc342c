"""Commits of students' own repositories -> folders to compare. What would a school be with them?

The school's own files are those of today; of a student who is looked at, both states lie side by
side as an approval would lay them, and whatever is no plain file is told.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.diagnostic import Diagnostic, Place, Text
from generator.flow.job import Job
from generator.flow.marks import owner_of
from generator.flow.mirrors import Mirror, Tree, mirror_of
from generator.flow.pinned import not_here, write_tree
from generator.flow.policy import read_scans
from generator.flow.sides import NOBODYS, Sides
from generator.flow.sources import read_pinned
from generator.load import read_settings, read_sources
from generator.model.pinned import FILE, Source, Sources
from generator.review.commits import FileChange, Repository

_PLAIN, _GONE, _ZEROS = "100644", "000000", "0" * 40
_REWRITTEN = (
    Text("прежние изменения отсюда пропали: история переписана",
         "earlier changes are gone from here: history was rewritten"),
    Text("посмотрите, чего не стало, и спросите ученика", "see what is gone, and ask the student"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A student's source and two commits of it; none where nothing was approved."""

    mirror: Mirror
    before: str | None
    after: str | None

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.mirror.source.student


@contextmanager
def open_steps(job: Job, steps: Iterable[Step]) -> Iterator[Sides]:
    """The school of today before and after these steps, written as files for a while."""
    steps = tuple(steps)
    with TemporaryDirectory(prefix="stupeni-review-") as room:
        folders = Path(room) / "before", Path(room) / "after"
        for folder in folders:
            _copy(job.portfolios, folder, {one.student for one in steps})
        touched, shapes = _lay(steps, folders)
        students = frozenset(one.student for one in steps)
        yield Sides(*folders, ("approved", "newest"), frozenset(touched), students, shapes)


@contextmanager
def open_reviewed(job: Job) -> Iterator[Sides]:
    """What was last put before a teacher of students with a repository of their own, and of others
    only what the rest looks at."""
    settings, sources = read_pinned(job)
    mirrors = (mirror_of(job.mirrors(settings), one) for one in sources.sources)
    steps = [Step(one, None, one.known.reviewed) for one in mirrors if one.known.reviewed]
    with open_steps(job, steps) as sides:
        yield sides


@contextmanager
def with_pins(job: Job, sides: Sides) -> Iterator[Sides]:
    """Two states of a school's repository, with what each of them has approved."""
    settings = read_settings(sides.after)
    old, new = (read_sources(one) or Sources() for one in (sides.before, sides.after))
    if settings is None or not (old.sources or new.sources):
        yield sides
        return
    room = job.mirrors(settings)
    steps = [
        Step(mirror_of(room, one), *(pins.get(one.student) for pins in (old.pins, new.pins)))
        for one in _all(old, new)
    ]
    touched, laid = _lay(steps, (sides.before, sides.after))
    shapes = tuple(_beside(one) for one in laid)
    kept = sides.touched - ({FILE} if _unpinned(old) == _unpinned(new) else set())
    owners = frozenset(owner_of(file) for file in kept | touched) - {""}
    of_school = any(not owner_of(file) and file not in NOBODYS for file in kept)
    known = None if sides.students is None else sides.students | owners
    students = known if of_school else owners
    whole = frozenset(kept | touched)
    yield replace(sides, touched=whole, students=students, shapes=(*sides.shapes, *shapes))


def _beside(found: Diagnostic) -> Diagnostic:
    """A forge has no mirrors: what a pin lets in was looked at where they are, and who moves one
    is asked by `policy`."""
    return replace(found, severity="warning") if found.code == "source-not-here" else found


def _all(old: Sources, new: Sources) -> Iterator[Source]:
    for student in sorted({*old.pins, *new.pins}):
        if found := new.source(student) or old.source(student):
            yield found


def _unpinned(sources: Sources) -> list[Source]:
    """The same without what is approved."""
    none = {"approved": None, "approved_by": None, "approved_on": None}
    return [one.model_copy(update=none) for one in sources.sources]


def _lay(
    steps: Iterable[Step], folders: tuple[Path, Path]
) -> tuple[set[str], tuple[Diagnostic, ...]]:
    """Both states of every source put where they belong; files that differ, and what is odd."""
    touched, shapes = set[str](), list[Diagnostic]()
    for step in steps:
        place = Place(f"students/{step.student}")
        if not all(step.mirror.has(one) for one in (step.before, step.after) if one):
            shapes.append(not_here(place))
            continue
        with step.mirror.open() as repository:
            old, new = (_tree(step, repository, one) for one in (step.before, step.after))
            ends = zip(folders, (step.before, step.after), (old, new), strict=True)
            for folder, commit, tree in ends:
                if commit:
                    write_tree(repository, tree, folder, step.student)
            changes = _changes(old.files, new.files)
            touched |= {one.path for one in changes}
            shapes += [*new.shapes, *read_scans(repository, changes, "")]
            if step.before and step.after and not repository.follows(step.before, step.after):
                shapes.append(Diagnostic(place, "history-rewritten", *_REWRITTEN, "warning"))
    touched |= {one.place.file for one in shapes if owner_of(one.place.file)}
    return touched, tuple(shapes)


def _tree(step: Step, repository: Repository, commit: str | None) -> Tree:
    return step.mirror.tree(repository, commit) if commit else Tree()


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[FileChange]:
    modes = {True: _PLAIN, False: _GONE}
    return [
        FileChange(
            path, modes[path in old], modes[path in new],
            old.get(path, _ZEROS), new.get(path, _ZEROS),
        )
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    ]  # fmt: skip


def _copy(portfolios: Path, folder: Path, students: set[str]) -> None:
    """The school's files; of students who are not looked at only what the rest looks at."""
    for name in ("school", "records"):
        if (portfolios / name).is_dir():
            shutil.copytree(portfolios / name, folder / name, symlinks=True)
    for file in sorted(portfolios.glob("students/*/portfolio.yml")):
        student = file.parent.name
        if student not in students and not file.is_symlink():
            (folder / "students" / student).mkdir(parents=True)
            shutil.copy(file, folder / "students" / student / file.name)
