"""Changed files + who changed them -> diagnostics. May this author change that?

Who somebody is, is the number of their account at the forge, as people.yml and student.yml of the
state *before* the change have it. The name and address in a commit are free text.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.pinned import Source, Sources
from generator.model.school import Person, School, SchoolClass, level_of
from generator.review.commits import FileChange
from generator.review.sides import room_of

LEADERS = frozenset({"head", "deputy-head"})
"""Roles of those who answer for portfolios of a whole level."""
_OWN = re.compile(r"(students|records)/([^/]+)/(.+)", re.DOTALL)
_STAFFS = re.compile(
    r"school/(access\.yml|sources\.yml|register\.jsonl|events\.yml|collectives(\.yml|/.+))",
    re.DOTALL,
)
_ASK = Text(
    "попросите об этом классного руководителя или завуча",
    "ask the class teacher or the deputy head for it",
)


@dataclass(frozen=True)
class Author:
    """Somebody at the forge, and who that is at school on a day."""

    school: School
    today: dt.date
    account: str
    id: str = ""
    """Of somebody who works here and needs no account to be known."""

    @cached_property
    def person(self) -> Person | None:
        """The member of staff, if an order in force names them."""
        person = self._named
        return person if person and person.order_on(self.today) else None

    @cached_property
    def children(self) -> frozenset[str]:
        """Ids of the students whose own this account may change."""
        students = self.school.students
        return frozenset(one.id for one in students if self.account in one.record.accounts)

    @cached_property
    def unknown(self) -> Diagnostic | None:
        """Why nothing at all may be changed, if so."""
        if self.person or self.children:
            return None
        if self._named:
            words = Text(
                f"о сотруднике {quote(self._named.id)} сегодня нет действующего приказа",
                f"no order in force names {quote(self._named.id)} today",
            )
            fix = Text("внесите приказ в people.yml", "enter the order in people.yml")
            return Diagnostic(Place("school/people.yml"), "author-without-order", words, fix)
        words = Text(
            f"чей это номер {quote(self.account)}, школа не знает",
            f"the school does not know whose number {quote(self.account)} is",
        )
        fix = Text(
            "внесите его в accounts: сотрудника — в people.yml, ученика — в его student.yml",
            "enter it in accounts: of staff in people.yml, of a student in student.yml",
        )
        return Diagnostic(Place("school/people.yml"), "author-unknown", words, fix)

    @property
    def _named(self) -> Person | None:
        staff = self.school.staff.people
        return next(
            (one for one in staff if self.account in one.accounts or one.id == self.id), None
        )

    def leads(self, student: str) -> bool:
        """Whether this is the class teacher of a student this year, or answers for the level."""
        room = room_of(self.school, student, self.today)
        if self.person is None:
            return False
        return self.is_leader(room) or bool(room and room.teacher == self.person.id)

    def is_leader(self, room: SchoolClass | None = None) -> bool:
        """Whether this is the head or a deputy head, of the level of a class if one is named."""
        if self.person is None or not LEADERS & {*self.person.roles}:
            return False
        return room is None or level_of(room.grade) in self.person.levels


def judge(author: Author, changes: Iterable[FileChange], below: str) -> Iterator[Diagnostic]:
    """Everything in these changes that is not the author's to change; `below` is the folder of
    portfolios in the repository."""
    if author.unknown:
        yield author.unknown
        return
    for change in changes:
        inside = not below or change.path.startswith(f"{below}/")
        path = change.path.removeprefix(f"{below}/") if below else change.path
        found = _refusal(author, path) if inside else _outside(author)
        if found:
            code, message = found
            yield Diagnostic(Place(change.path), code, message, _ASK)


def judge_pins(author: Author, old: Sources, new: Sources) -> Iterator[Diagnostic]:
    """Every line of sources.yml that is not the author's to change: where a repository is, leaders
    say; what is approved, whoever leads the student, and in nobody else's name."""
    if author.person is None or author.is_leader():
        return
    place = Place(new.file or old.file)
    for student in sorted({one.student for one in (*old.sources, *new.sources)}):
        lines, was, now = _of(old, student), old.source(student), new.source(student)
        if lines == _of(new, student):
            continue
        # A second line of one student would count, too.
        twice = len(lines) > 1 or len(_of(new, student)) > 1
        if twice or was is None or now is None or _where(was) != _where(now):
            words = Text(
                f"где хранилище ученика {quote(student)}, решают завуч и директор",
                f"where {quote(student)} has a repository is the deputy head's to say",
            )
            yield Diagnostic(place, "beyond-duty", words, _ASK)
        elif not author.leads(student) or now.approved_by != author.person.id:
            words = Text(
                f"портфолио ученика {quote(student)} одобряет его классный руководитель, от себя",
                f"the portfolio of {quote(student)} is its class teacher's to approve, by name",
            )
            yield Diagnostic(place, "beyond-duty", words, _ASK)


def _of(sources: Sources, student: str) -> list[Source]:
    return [one for one in sources.sources if one.student == student]


def _where(source: Source) -> tuple[str, str]:
    return source.address, source.branch


_Refusal = tuple[str, Text]


def _refusal(author: Author, path: str) -> _Refusal | None:
    own = _OWN.fullmatch(path)
    if own is None:
        return _in_school(author, path)
    top, student, rest = own.groups()
    if top == "students":
        if student in author.children or author.leads(student):
            return None
        words = Text("это папка другого ученика", "this is another student's folder")
        return "foreign-folder", words
    if author.person is None:
        return _staffs()
    if _may_write(author, student, rest):
        return None
    return "beyond-duty", Text(
        "этот файл об ученике ведёт его классный руководитель или завуч",
        "this file about a student is the class teacher's or the deputy head's to write",
    )


def _may_write(author: Author, student: str, file: str) -> bool:
    """Whether a member of staff may write this about a student (R-050, R-060)."""
    appointed = author.school.settings.switches.confirmed_by == "appointed"
    if file == "reviews.yml" or (file == "confirmations.yml" and appointed):
        return True
    return author.leads(student)


def _in_school(author: Author, path: str) -> _Refusal | None:
    if author.person is None:
        return _staffs()
    if author.is_leader() or _STAFFS.fullmatch(path):
        return None
    return "beyond-duty", Text(
        "этот файл меняют завуч и директор", "this file is the deputy head's and the head's"
    )


def _outside(author: Author) -> _Refusal | None:
    """Beside the portfolios stands what runs: checks of the forge, hooks, settings."""
    if author.is_leader():
        return None
    return "forbidden-path", Text(
        "это вне папки портфолио: отсюда меняют, как всё собирается и проверяется",
        "this is outside the portfolios: here stands how all is built and checked",
    )


def _staffs() -> _Refusal:
    return "staff-path", Text("это пишут только сотрудники", "only staff write this")
