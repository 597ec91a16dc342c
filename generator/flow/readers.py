"""Students' repositories at a forge -> who is let in there and is not named here. Does anybody
else's child read it?"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.diagnostic import Diagnostic, Place, Text
from generator.flow.job import Job, in_order, read_school
from generator.flow.provision import numbers
from generator.flow.sources import chosen, read_pinned
from generator.forge import Forge, understood
from generator.model.pinned import FILE, ForgeKind
from generator.model.school import School
from generator.review.policy import LEADERS
from generator.review.sides import room_of
from generator.source import read_places

_CLOSE = Text(
    "уберите этот доступ на сервере, а если он нужен, впишите accounts: сотрудника — в people.yml",
    "take this access away at the forge; if it is needed, enter accounts of staff in people.yml",
)
_PUBLIC = Text("хранилище открыто всем", "the repository is open to everybody")
_SHUT = Text("закройте его на сервере сейчас", "close it at the forge now")
_GONE = Text("на сервере такого хранилища нет", "the forge has no such repository")
_WHERE = Text(
    "проверьте forge в school/school.yml и имя: оно — id ученика",
    "look at forge in school/school.yml and at the name: it is the student's id",
)


class _Told(NamedTuple):
    code: str
    message: Text
    fix: Text


def find_strangers(job: Job, forge: Forge, students: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
    """Of each source what the forge says of its readers that the school does not; nothing is
    changed there. Owners of the whole organisation read everything: they belong in people.yml."""
    settings, sources = read_pinned(job)
    school, _ = read_school(job)
    at = {one.student: index for index, one in enumerate(sources.sources)}
    kind: ForgeKind = settings.forge.kind if settings.forge else "forgejo"
    found = [
        Diagnostic(Place(FILE, keys=("sources", at[student], "student")), *told, severity="warning")
        for student in (
            one.source.student for one in chosen(job.mirrors(settings), sources, students)
        )
        for told in _of(forge, student, _named(job, school, student, kind))
    ]
    return tuple(sorted(read_places(job.portfolios, found), key=in_order))


def _of(forge: Forge, student: str, named: set[int]) -> Iterator[_Told]:
    with understood():
        there = forge.find(student)
        held = forge.readers(student) if there else {}
    if there is None:
        yield _Told("source-unreachable", _GONE, _WHERE)
    elif not there.private:
        yield _Told("source-open-to-others", _PUBLIC, _SHUT)
    for account, writes in sorted(held.items()):
        if account not in named:
            does = ("пишет", "writes") if writes else ("читает", "reads")
            words = Text(
                f"учётная запись № {account} здесь {does[0]}, а чья она, школа не знает",
                f"account {account} {does[1]} here, and nobody knows whose it is",
            )
            yield _Told("source-open-to-others", words, _CLOSE)


def _named(job: Job, school: School, student: str, kind: ForgeKind) -> set[int]:
    """Numbers at this forge of the student, the class teacher, and whoever leads the school."""
    mine = next((one.record.accounts for one in school.students if one.id == student), ())
    room = room_of(school, student, job.today(school.settings))
    staff = (
        account
        for person in school.staff.people
        if (room and person.id == room.teacher) or LEADERS & {*person.roles}
        for account in person.accounts
    )
    return {*numbers(mine, kind), *numbers(staff, kind)}
