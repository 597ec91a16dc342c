"""One student, saved again and again -> pages as every audience would see them. What would it be?

Nothing is sealed, published or written: the pages live in memory, and only what media keeps of
scans lies in the private folder.
"""

from collections.abc import Callable, Set
from pathlib import Path
from threading import Lock

from generator.check import check
from generator.decide import begin_level, decide_student, find_floor, renew
from generator.decide.audiences import Floor
from generator.diagnostic import Diagnostic, Text, quote
from generator.flow.job import Found, Job, in_order, read_before
from generator.flow.marks import owner_of
from generator.flow.pinned import lay_or_stop
from generator.flow.plain import read_waiting
from generator.flow.private import private_room
from generator.flow.scans import scans_in
from generator.load import load_again, load_one
from generator.media import Prepared, prepare
from generator.model.edition import Decision, Share
from generator.model.school import LEVELS, Level, School, year_of
from generator.model.shown import ShownScan
from generator.model.site import Shells
from generator.pages import Templates, read_templates
from generator.pages.preview import LIST, READERS, Sitting
from generator.say import among, near_or
from generator.serve import Answer
from generator.serve.live import read_live
from generator.shell import build as build_shells
from generator.source import read_places
from generator.trouble import Trouble

_OF_OTHERS = ("student.yml", "consent.yml", "portfolio.yml")
"""What of another student may change the pages of this one."""


class Preview:
    """Pages of one student for whoever sits at this computer."""

    def __init__(self, job: Callable[[], Job], student: str) -> None:
        self._job_now, self.student = job, student
        self._job = job()
        self._school: School | None = None
        self._said: tuple[Diagnostic, ...] = ()
        self._common: tuple[Diagnostic, ...] = ()
        self._frame: tuple[Shells, Templates] | None = None
        self._floor: tuple[Floor, Decision] | None = None
        self._scans: tuple[list[ShownScan], Prepared] | None = None
        self._sitting: Sitting | None = None
        self._made: dict[str, str] = {}
        self._version = 0
        self.is_behind = False
        """Whether the pages are from before, because the files of now cannot be shown."""
        self._lock = Lock()

    @property
    def version(self) -> str:
        """Another one whenever any page is."""
        return str(self._version)

    def look(self, changed: Set[str] = frozenset()) -> bool:
        """Makes the pages anew after these files were saved, all when none is named; whether any
        of them concerns this student. While files cannot be read, the pages from before stand."""
        before, self._job = self._job, self._job_now()
        files = {self._below(path) for path in changed}
        if files and not any(self._concerns(file) for file in files):
            return False
        self._school = self._read(before, files)
        if self._school is None or any(one.is_error for one in self._said):
            self.is_behind = True
        else:
            self.is_behind = not self._sit(self._school)
        return True

    def find_mistakes(self) -> Found:
        """What there is to mend in the student's files and the school's, with its lines."""
        said, school, today = [*self._said], self._school, self._job.now.date()
        if school:
            today = self._job.today(school.settings)
            said += self._mine(check(school, today, read_before(self._job, school.settings)))
        placed = sorted({*read_places(self._job.portfolios, said)}, key=in_order)
        alone = _alone(school, self.student) if school else None
        return Found(alone, tuple(placed), today)

    def find(self, path: str) -> Answer | None:
        """What a browser gets at a path; all of it from memory but for pictures."""
        folder, _, name = path.rpartition("/")
        if path in ("", "index.html"):
            return Answer(moved=f"p/{LIST}.html")
        if live := read_live(self._job.home / "theme", path):
            return Answer(*live)
        with self._lock:
            sitting, version = self._sitting, self.version
            if sitting is None:
                waiting = read_waiting(self._job) if folder == "p" else ""
                return Answer(waiting.encode(), version=version) if waiting else None
            if folder == "p" and name.endswith(".html"):
                html = self._page(sitting, name.removesuffix(".html"))
                return Answer(html.encode(), version=version) if html else None
        if folder == "a":
            picture = sitting.picture(name)
            return Answer(picture.path.read_bytes(), _type(name)) if picture else None
        content = next((one.content for one in sitting.shells.files if one.path == path), None)
        return None if content is None else Answer(content, _type(name))

    def _page(self, sitting: Sitting, name: str) -> str | None:
        if name not in self._made and (html := sitting.compose(name)):
            self._made[name] = html
        return self._made.get(name)

    def _below(self, path: str) -> str:
        """The path below the portfolios; as it is for a file of the program."""
        top = self._job.portfolios.absolute()
        return Path(path).relative_to(top).as_posix() if Path(path).is_relative_to(top) else path

    def _concerns(self, file: str) -> bool:
        owner = owner_of(file)
        return owner in ("", self.student) or file.endswith(_OF_OTHERS) or file.count("/") == 1

    def _read(self, before: Job, files: Set[str]) -> School | None:
        """The school, of whose students this one is whole; of what cannot be read it is said."""
        job, school = self._job, self._school
        own = bool(files) and all(owner_of(file) == self.student for file in files)
        if school and own and job.today(school.settings) == before.today(school.settings):
            if any(file.endswith(_OF_OTHERS) or "." not in file for file in files):
                self._floor = None
            loaded = load_again(job.portfolios, school, self.student)
            self._said = (*self._common, *self._mine(loaded.diagnostics))
            return loaded.school
        self._frame = self._floor = self._scans = None
        lay_or_stop(job.portfolios, job.private)
        loaded = load_one(job.portfolios, job.home / "schema", self.student)
        if loaded.school and self._sitting is None:
            _refuse_unknown(loaded.school, self.student)
        self._said = self._mine(loaded.diagnostics)
        self._common = tuple(one for one in self._said if not owner_of(one.place.file))
        return loaded.school

    def _mine(self, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
        """What is said of this student's files, and what in the school's stops a build."""
        own = (one for one in found if owner_of(one.place.file) in ("", self.student))
        return tuple(one for one in own if one.is_error or owner_of(one.place.file))

    def _sit(self, school: School) -> bool:
        """Makes everything that pages are made of; whether that could be done."""
        try:
            sitting, said = self._decide(school)
        except Trouble:
            raise
        except Exception:
            # Of a school that `check` refuses nothing is promised; of any other it is our bug.
            if not any(one.is_error for one in self.find_mistakes().diagnostics):
                raise
            return False
        self._said += self._mine(said)
        with self._lock:
            if sitting != self._sitting:
                self._sitting, self._made = sitting, {}
                self._version += 1
        return True

    def _decide(self, school: School) -> tuple[Sitting, tuple[Diagnostic, ...]]:
        job, settings = self._job, school.settings
        self._floor = self._stand(school)
        floor, decision = self._floor
        mine = (one for one in floor.subjects if one.student.id == self.student)
        share = next((decide_student(floor, one) for one in mine), _nothing(self.student))
        scans, cache = scans_in(share.editions), private_room(job, settings) / "cache"
        if self._scans is None or self._scans[0] != scans:
            made = prepare(scans, job.portfolios, cache / "media", job.progress)
            self._scans = scans, made
        self._frame = self._frame or (
            build_shells(job.home, cache / "shell", settings.language),
            read_templates(job.home / "theme", settings.language),
        )
        prepared = self._scans[1]
        return Sitting(share, decision, prepared.leaves, *self._frame), prepared.diagnostics

    def _stand(self, school: School) -> tuple[Floor, Decision]:
        """The level as it is now; all but the student as it was, where nobody else is concerned."""
        if self._floor:
            return renew(self._floor[0], school, self.student), self._floor[1]
        today = self._job.today(school.settings)
        floor = find_floor(school, _level_of(school, self.student, year_of(today)), today)
        return floor, begin_level(floor)


def path_of(audience: str | None) -> str:
    """The path of the page that an audience reads, or of the list; Trouble for no such."""
    if audience is None:
        return f"p/{LIST}.html"
    if audience not in READERS:
        raise Trouble(
            Text(f"нет читателя {quote(audience)}", f"there is no reader {quote(audience)}"),
            among(audience, READERS),
        )
    return f"p/{audience}.html"


def _alone(school: School, student: str) -> School:
    """The school with this student alone, for whoever counts."""
    alone = tuple(one for one in school.students if one.id == student)
    return school.model_copy(update={"students": alone})


def _level_of(school: School, student: str, year: str) -> Level:
    rooms = (room for years in school.years if years.year == year for room in years.classes)
    return next((room.level for room in rooms if student in room.students), LEVELS[0])


def _nothing(student: str) -> Share:
    return Share(student, (), (), ())


def _refuse_unknown(school: School, student: str) -> None:
    known = {one.id for one in school.students}
    if student not in known and f"records/{student}/student.yml" not in school.unread:
        otherwise = Text("назовите папку ученика из records", "name a student's folder in records")
        raise Trouble(
            Text(f"нет ученика {quote(student)}", f"there is no student {quote(student)}"),
            near_or(student, sorted(known), otherwise),
        )


def _type(name: str) -> str:
    from mimetypes import guess_type

    return guess_type(name)[0] or "application/octet-stream"
