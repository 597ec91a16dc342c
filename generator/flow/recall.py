"""Last release + files of today -> students who need not be read. What still holds?"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.decide import words_of
from generator.diagnostic import Diagnostic
from generator.flow.exposure import record_of
from generator.flow.job import Found, Job, in_order, read_before
from generator.flow.kept import Marks, Part, Shelf, Work
from generator.flow.marks import mark_context, mark_students
from generator.flow.private import private_room
from generator.flow.scans import scans_in
from generator.load import owner_of
from generator.model.edition import Share
from generator.model.school import Level, Settings
from generator.model.site import Kept, Laid, PrivateWord
from generator.model.student import Confirmations, Results, Reviews, Student
from generator.seal import Sealed
from generator.source import Digest

_OF_TWO = "scan-of-two-students"


@dataclass(frozen=True)
class Memory:
    """What earlier builds left of every student. `recall` fills it, once."""

    job: Job
    shelf: Shelf
    frame: str
    """The mark of all that pages are made with today."""
    marks: dict[str, Marks] = field(default_factory=dict)
    """Of every student who has files."""
    works: dict[str, Work] = field(default_factory=dict)
    """Of those of whom nothing changed that `check` or `decide` look at."""
    whole: set[str] = field(default_factory=set)
    """Those of them whose sealed files stand in the last release as they should today."""

    def recall(self, settings: Settings, digests: Mapping[str, Digest]) -> Mapping[str, Student]:
        """Those who need not be read."""
        before = read_before(self.job, settings)
        context = mark_context(
            self.job.portfolios,
            digests,
            self.job.home,
            self.job.today(settings),
            sorted(before.epochs.items()),
            sorted(before.suspended.items()),
        )
        alike = _sharing(digests)
        for student, own in mark_students(digests).items():
            self.marks[student] = Marks(own, context, self.frame)
            work = self.shelf.read_work(student, self.marks[student])
            if work and self._holds(student, work, settings):
                self.works[student] = work
        # A paper that two students show is told of both: whoever is read again takes the other
        # along, and so does whoever had such a paper before.
        told = {s for s, work in self.works.items() if any(d.code == _OF_TWO for d in work.said)}
        changed = self.marks.keys() - self.works.keys() | told
        for students in alike:
            if students & changed:
                told |= students
        for student in told:
            self.works.pop(student, None)
            self.whole.discard(student)
        return {student: work.student for student, work in self.works.items()}

    def tell(self, found: Found) -> Found:
        """What was found, and what there is to mend in the files that were not read."""
        said = {one for work in self.works.values() for one in work.said}
        return replace(found, diagnostics=tuple(sorted({*found.diagnostics, *said}, key=in_order)))

    def words(self, students: Iterable[Student]) -> Iterator[PrivateWord]:
        """The private words of every student."""
        for student in students:
            work = self.works.get(student.id)
            yield from work.words if work else words_of(student)

    def write_share(self, share: Share) -> None:
        """Keeps what was granted of a student just now."""
        self.shelf.write_share(share.student, self.marks[share.student], share)

    def read_share(self, student: str) -> Share:
        """What is granted of a student, in full."""
        return self.shelf.read_share(student, self.marks[student])

    def keep(
        self,
        students: Iterable[Student],
        parts: Mapping[Level, tuple[Part, ...]],
        diagnostics: Iterable[Diagnostic],
    ) -> None:
        """Remembers what was made of every student, for the next build."""
        made = {part.share.student: (level, part) for level in parts for part in parts[level]}
        said = _by_place(diagnostics)
        for student in students:
            if student.id in self.whole:
                continue
            level, part = made.get(student.id, (None, _none_of(student)))
            work = self.works.get(student.id)
            self.shelf.write_work(
                student.id,
                Work(
                    marks=self.marks[student.id],
                    student=_bare(student),
                    said=frozenset(said[student.id] | self._of_common(student.id, level, said)),
                    words=work.words if work else tuple(words_of(student)),
                    level=level,
                    part=_kept(self.job.output / level, part) if level else part,
                ),
            )
        self.shelf.forget(self.marks)

    def _of_common(
        self, student: str, level: Level | None, said: Mapping[str, set[Diagnostic]]
    ) -> set[Diagnostic]:
        """What is said of the scans that the student has in common with others."""
        shown = scans_in(self.read_share(student).editions) if level else ()
        return {one for scan in shown for one in said.get(scan.path, ()) if not owner_of(scan.path)}

    def _holds(self, student: str, work: Work, settings: Settings) -> bool:
        if work.level is None:
            self.whole.add(student)
            return True
        if not record_of(self.job, work.level, settings).knows(student):
            return False
        site = self.job.output / work.level
        if work.marks.frame == self.frame and _stands(site, work.part):
            self.whole.add(student)
            return True
        return self.shelf.has_share(student, self.marks[student])


def _stands(site: Path, part: Part) -> bool:
    """Whether the files of a student lie in the release as they were put there."""
    try:
        for file in part.sealed.files:
            if isinstance(file, Kept):
                stat = os.stat(f"{site}/{file.path}")  # noqa: PTH116 twenty thousand times
                if (stat.st_size, stat.st_mtime_ns) != (file.size, file.stamp):
                    return False
    except OSError:
        return False
    return True


def _sharing(digests: Mapping[str, Digest]) -> list[set[str]]:
    """Students who have a file of the same bytes in common."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for file, digest in digests.items():
        if not file.endswith(".yml") and (owner := owner_of(file)):
            owners[digest.sha256].add(owner)
    return [students for students in owners.values() if len(students) > 1]


def _by_place(diagnostics: Iterable[Diagnostic]) -> defaultdict[str, set[Diagnostic]]:
    """By the student whose file it is, or else by the file."""
    found: defaultdict[str, set[Diagnostic]] = defaultdict(set)
    for one in diagnostics:
        found[owner_of(one.place.file) or one.place.file].add(one)
    return found


def _none_of(student: Student) -> Part:
    """Nothing is granted to anybody."""
    return Part(Share(student.id, (), (), ()), {}, Sealed())


def _bare(student: Student) -> Student:
    """What of a student the rest of the school looks at."""
    nothing = {"entries": (), "confirmations": Confirmations(), "reviews": Reviews()}
    return student.model_copy(update={**nothing, "results": Results()})


def _kept(site: Path, part: Part) -> Part:
    """The same, with its files as they lie in the release; an open page stays at hand, for every
    build looks for private words in it."""

    def keep(files: tuple[Laid, ...]) -> tuple[Laid, ...]:
        return tuple(
            file
            if isinstance(file, Kept) or (file.origin == "open" and file.granted)
            else Kept(file.path, file.sha256, file.size, (site / file.path).stat().st_mtime_ns)
            for file in files
        )

    sealed = part.sealed
    laid = replace(
        sealed, pages=keep(sealed.pages), assets=keep(sealed.assets), open=keep(sealed.open)
    )
    return replace(part, sealed=laid)


def open_memory(job: Job, settings: Settings, frame: str) -> Memory:
    """What earlier builds left in the private folder."""
    folder = private_room(job, settings) / "cache" / "students"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Memory(job, Shelf(folder), frame)
