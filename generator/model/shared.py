"""School + student -> the student's entries and those of the collectives they belong to (R-021)."""

from collections.abc import Iterator

from generator.model.collective import Achievement, Collective
from generator.model.entry import Companion
from generator.model.kinds import AnyEntry, GroupWork
from generator.model.school import School
from generator.model.student import Student


def entries_of(school: School, student: Student) -> tuple[AnyEntry, ...]:
    """Everything a portfolio may show: the student's own entries, then what was done together."""
    return (*student.entries, *_group_works(school, student))


def collective_of(school: School, work: GroupWork) -> Collective | None:
    """The collective that achieved it."""
    return next(
        (
            one
            for one in school.collectives.collectives
            if any(done.id == work.id for done in one.achievements)
        ),
        None,
    )


def _group_works(school: School, student: Student) -> Iterator[GroupWork]:
    for collective, achievement, role in school.collectives.by_member.get(student.id, ()):
        yield _group_work(student, collective, achievement, role)


def _group_work(
    student: Student, collective: Collective, achievement: Achievement, role: str
) -> GroupWork:
    wish = next((s for s in student.portfolio.shared if s.achievement == achievement.id), None)
    work = GroupWork(
        kind="group",
        id=achievement.id,
        title=achievement.title,
        date=achievement.date,
        event=achievement.event,
        stage=achievement.stage,
        result=achievement.result,
        scans=achievement.scans,
        original=achievement.original,
        people=tuple(_pictured(student, achievement)),
        collective=collective.title,
        role=role,
        authorship=("group",),
        visibility=wish.visibility if wish else "family",
        why_it_matters=wish.why_it_matters if wish else None,
        reflection=wish.reflection if wish else None,
    )
    # Its scans lie beside it, as those of every entry do.
    work._file = f"school/collectives/{achievement.id}/entry.yml"
    return work


def _pictured(student: Student, achievement: Achievement) -> Iterator[Companion]:
    """Who is said to be there, and, where there is a photograph, everybody who took part."""
    yield from achievement.people
    said = {one.student for one in achievement.people} | {student.id}
    if any(scan.document in ("photo", None) for scan in achievement.scans):
        for member in achievement.members:
            if member.student not in said:
                yield Companion(student=member.student, how="pictured")
