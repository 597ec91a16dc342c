"""Last release + files of today -> students who need not be read. What still holds?"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.decide import words_of
from generator.diagnostic import Diagnostic
from generator.flow.exposure import record_of
from generator.flow.job import Found, Job, in_order, read_before
from generator.flow.kept import Filed, Lists, Marks, Part, Shelf, Work, pickled, put_by, words_in
from generator.flow.marks import (
    digest_all,
    mark_context,
    mark_program,
    mark_students,
    owner_of,
)
from generator.flow.pack import Pack, PutBy
from generator.flow.private import private_room
from generator.flow.studio import Studio
from generator.load import Recalled
from generator.model.edition import Share
from generator.model.school import Level, Settings
from generator.model.site import Kept, Laid, PrivateWord, Shell
from generator.model.student import Student
from generator.publish.tree import Tree, read_tree, touched
from generator.seal import NOTHING, Sealed
from generator.source import Digest
from generator.trouble import Trouble


class Worn(NamedTuple):
    """The mark of all that the pages of a level were made with, and their shell."""

    frame: str
    shell: Shell


_OF_TWO = "scan-of-two-students"
_MOST = 100
"""Groups: for each the lists of the whole school are looked at once."""


@dataclass(frozen=True)
class Memory:
    """What earlier builds left of every student. `recall` fills it, once."""

    job: Job
    shelf: Shelf
    frame: str
    """The mark of all that pages are made with today."""
    filling: str
    """The mark of what stands in them between the pieces of a shell."""
    program: str
    """The mark of the program."""
    pack: Pack
    """Where lies what is asked of students when they are not whole any more."""
    context: list[str] = field(default_factory=list)
    """The mark of all that concerns every student."""
    marks: dict[str, Marks] = field(default_factory=dict)
    """Of every student who has files."""
    works: dict[str, Work] = field(default_factory=dict)
    """Of those of whom nothing changed that `check` or `decide` look at; without words."""
    said: dict[str, PutBy] = field(default_factory=dict)
    """The private words of every student."""
    whole: set[str] = field(default_factory=set)
    """Those of them whose sealed files stand in the last release as they should today."""
    made: set[str] = field(default_factory=set)
    """These, and those whose pages would stand there so if only their shell were another one."""
    shells: dict[Level, Worn] = field(default_factory=dict)
    """In which shell a level's pages stand in the last release, where anybody asked."""
    sites: dict[Level, Tree] = field(default_factory=dict)
    """What lies in the last release of a level, where anybody asked; until the next one."""

    def recall(self, settings: Settings, digests: Mapping[str, Digest]) -> Recalled:
        """Those who need not be read, and how the others are."""
        before = read_before(self.job, settings)
        context = mark_context(
            self.job.portfolios,
            digests,
            self.job.today(settings),
            sorted(before.epochs.items()),
            sorted(before.suspended.items()),
        )
        self.context.append(context)
        alike = sharing(digests)
        for student, own in mark_students(digests).items():
            self.marks[student] = self._mark(own)
            work = self.shelf.read_work(student, self.marks[student])
            if work and self._holds(student, work, settings):
                self.said[student] = self.pack.put_by(work.words)
                self.works[student] = replace(work, words=b"")
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
            self.made.discard(student)
        known = {student: work.student for student, work in self.works.items()}
        return Recalled(known, in_groups(self.marks.keys() - known.keys(), alike, self.job.at_once))

    def tell(self, found: Found) -> Found:
        """What was found, and what there is to mend in the files that were not read."""
        said = {one for work in self.works.values() for one in work.said}
        return replace(found, diagnostics=tuple(sorted({*found.diagnostics, *said}, key=in_order)))

    def words(self, students: Iterable[Student]) -> Iterator[PrivateWord]:
        """The private words of every student."""
        for student in students:
            yield from words_in(self.said[student.id].fetch())

    def take(self, students: Iterable[Student]) -> None:
        """Remembers what will be asked of these students when they are not whole any more."""
        self.said.update((one.id, self.pack.put_by(pickled(words_of(one)))) for one in students)

    def write_share(self, share: Share) -> None:
        """Keeps what was granted of a student just now."""
        self.shelf.write_share(share.student, self.marks[share.student], share)

    def read_share(self, student: str) -> Share:
        """What is granted of a student, in full."""
        return self.shelf.read_share(student, self.marks[student])

    def mark_share(self, student: str) -> str:
        """A digest of what is granted of a student."""
        return self.shelf.mark_share(student)

    def last(self, student: str, level: Level) -> Work | None:
        """What the last release has of a student on this level, made of whatever files."""
        work = self.works.get(student)
        work = work or self.shelf.read_older(student, self.marks[student])
        return work if work and work.level == level else None

    def is_made(self, last: Work, mark: str) -> bool:
        """Whether a student's pages of the last release are the very same."""
        same = (last.marks.frame, last.part.mark) == (self.frame, mark)
        return same and self._stand(last, last.part.sealed.files)

    def standing(self, last: Work | None) -> Sealed[Laid]:
        """What was sealed for the last release, if its pictures lie there as they were put."""
        return last.part.sealed if last and self._stand(last, last.part.sealed.assets) else NOTHING

    def _stand(self, work: Work, files: Iterable[Laid]) -> bool:
        return work.level is not None and self.site(work.level).stands(files)

    def mark_lists(self, shop: str, parts: Iterable[Part]) -> Marks:
        """What the lists of a level are made of."""
        own = digest_all((shop, *(part.mark for part in parts)))
        return self._mark(own)

    def _mark(self, own: str) -> Marks:
        return Marks(own, self.context[-1], self.program, self.frame, self.filling)

    def read_lists(self, level: Level, marks: Marks) -> Lists | None:
        """The lists of the last release, if they are what they would be today."""
        lists = self.shelf.read_lists(level, marks)
        whole = lists and self.site(level).stands((*lists.sealed.files, *lists.rings))
        return lists if whole else None

    def keep_lists(self, level: Level, lists: Lists) -> None:
        """Remembers the lists of a release."""
        site = self.job.output / level
        rings = _laid(site, lists.rings)
        kept = replace(lists, sealed=_kept(site, lists.sealed), rings=rings)
        if kept != lists:
            self.shelf.write_lists(level, kept)

    def put_by(self, parts: Iterable[Part | Filed]) -> tuple[Part | Filed, ...]:
        """The same, with those out of memory that are kept when all is handed over."""
        return tuple(
            one if one.student in self.whole else put_by(one.fetch(), self.pack) for one in parts
        )

    def keep(
        self,
        students: Iterable[Student],
        parts: Mapping[Level, tuple[Part | Filed, ...]],
        diagnostics: Iterable[Diagnostic],
    ) -> None:
        """Remembers what was made of every student, for the next build."""
        made = {part.student: (level, part) for level in parts for part in parts[level]}
        said = _by_place(diagnostics)
        for student in students:
            if student.id in self.whole:
                continue
            level, filed = made.get(student.id, (None, _none_of(student)))
            part = filed.fetch()
            if level is None:
                self.shelf.forget_share(student.id)
            self.shelf.write_work(
                student.id,
                Work(
                    marks=self.marks[student.id],
                    student=student,
                    said=frozenset(said[student.id].union(*(said[path] for path in part.common))),
                    words=self.said[student.id].fetch(),
                    level=level,
                    part=self._kept(level, part) if level else part,
                ),
            )
        self.shelf.forget(self.marks)

    def _kept(self, level: Level, part: Part) -> Part:
        return replace(part, sealed=_kept(self.job.output / level, part.sealed))

    def _holds(self, student: str, work: Work, settings: Settings) -> bool:
        if work.level is None:
            self.whole.add(student)
            self.made.add(student)
            return True
        if not record_of(self.job, work.level, settings).knows(student):
            return False
        files = work.part.sealed.files
        if work.marks.frame == self.frame and self.site(work.level).stands(files):
            self.whole.add(student)
            self.made.add(student)
            return True
        if self._wants_a_shell(work, work.level):
            self.made.add(student)
            return True
        return self.shelf.has_share(student, self.marks[student])

    def _wants_a_shell(self, work: Work, level: Level) -> bool:
        """Whether the pages of a work want nothing but another shell, and can be read."""
        worn = self._worn(level)
        if worn.frame != work.marks.frame or self.filling != work.marks.filling:
            return False
        sealed, read = work.part.sealed, self.reader(level)
        # Of an open page the words are looked through as it is made.
        if sealed.open or not self.site(level).stands(sealed.files):
            return False
        with suppress(OSError, Trouble):
            return all(read(page) for page in sealed.pages)
        return False

    def _worn(self, level: Level) -> Worn:
        if level not in self.shells:
            lists = self.shelf.read_older_lists(level, self.program)
            worn = Worn(lists.marks.frame, lists.shell) if lists else Worn("", Shell(()))
            self.shells[level] = worn
        return self.shells[level]

    def site(self, level: Level) -> Tree:
        """What lies in the last release of a level; looked at once, however many ask."""
        if level not in self.sites:
            folder = (self.job.output / level).resolve()
            self.sites[level] = read_tree(folder) if folder.is_dir() else Tree(folder)
        return self.sites[level]

    def reader(self, level: Level) -> Callable[[Laid], bytes]:
        """What gives the bytes of a file of the last release."""

        def read(file: Laid) -> bytes:
            content = (self.job.output / level / file.path).read_bytes()
            if sha256(content).hexdigest() != file.sha256:
                raise touched(file)
            return content

        return read


def sharing(digests: Mapping[str, Digest]) -> list[set[str]]:
    """Students who have a file of the same bytes in common."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for file, digest in digests.items():
        if not file.endswith(".yml") and (owner := owner_of(file)):
            owners[digest.sha256].add(owner)
    return [students for students in owners.values() if len(students) > 1]


def in_groups(students: Set[str], alike: Iterable[Set[str]], at_once: int) -> tuple[Set[str], ...]:
    """Students to be read one group after another, those who have a file in common in one."""
    together = {student: {student} for student in students}
    for first, *others in (sorted(sharing & students) for sharing in alike if sharing & students):
        for other in others:
            if together[other] is not together[first]:
                small, large = sorted((together[other], together[first]), key=len)
                large |= small
                together |= dict.fromkeys(small, large)
    size = max(at_once, len(students) // _MOST)
    groups, seen = [set[str]()], set[str]()
    for student in sorted(students):
        if student not in seen:
            seen |= together[student]
            groups[-1] |= together[student]
            if len(groups[-1]) >= size:
                groups.append(set())
    return tuple(group for group in groups if group)


def _by_place(diagnostics: Iterable[Diagnostic]) -> defaultdict[str, set[Diagnostic]]:
    """By the student whose file it is, or else by the file."""
    found: defaultdict[str, set[Diagnostic]] = defaultdict(set)
    for one in diagnostics:
        found[owner_of(one.place.file) or one.place.file].add(one)
    return found


def _none_of(student: Student) -> Part:
    """Nothing is granted to anybody."""
    return Part(Share(student.id, (), (), ()), {}, Sealed(), {})


def _kept(site: Path, sealed: Sealed[Laid]) -> Sealed[Laid]:
    """The same, with its files as they lie in the release."""
    return replace(
        sealed,
        pages=_laid(site, sealed.pages),
        assets=_laid(site, sealed.assets),
        open=_laid(site, sealed.open),
    )


def _laid(site: Path, files: tuple[Laid, ...]) -> tuple[Laid, ...]:
    """Files as they lie in the release; an open page stays at hand, for every build looks for
    private words in it."""
    return tuple(
        file
        if isinstance(file, Kept) or (file.origin == "open" and file.granted)
        else Kept(file.path, file.sha256, file.size, os.stat(f"{site}/{file.path}").st_mtime_ns)  # noqa: PTH116 twenty thousand times
        for file in files
    )


def open_memory(job: Job, settings: Settings, studio: Studio) -> Memory:
    """What earlier builds left in the private folder."""
    folder = private_room(job, settings) / "cache" / "students"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    program = mark_program(job.home)
    return Memory(job, Shelf(folder), studio.mark, studio.filling, program, studio.pack)
