"""A portfolio -> what was put forward at a transition. What does the commission read?

Only entries that the student took on to the next level, and only as they stood on the day when
the package was frozen: what was changed since is not what was put forward (003 §5.3).
"""

from collections.abc import Iterator

from generator.decide.entries import Settled
from generator.decide.facts import say_decided
from generator.decide.subject import Subject, duty_of, person
from generator.model.kinds import digest_frozen
from generator.model.shown import ShownPackage, Signed, Tier
from generator.model.state import digests_of
from generator.model.student import Package

LAST_GRADES = (4, 9)
"""After these a level is finished."""


def find_put_forward(subject: Subject, settled: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """The entries of this year's package, in the student's order."""
    package = _package(subject)
    if package is None:
        return ()
    frozen = {one.entry: one.digest for one in package.entries}
    known = {one.entry.id: one for one in settled if _stands(subject, one, frozen)}
    carried = subject.student.portfolio.choices.carried
    return tuple(known[id] for id in dict.fromkeys(carried) if id in known)


def show_package(
    subject: Subject, put_forward: tuple[Settled, ...], tier: Tier
) -> ShownPackage | None:
    """What the package is, for those who may know that there is one."""
    package, reason = _package(subject), subject.may("package", tier)
    if package is None or reason is None or not put_forward:
        return None
    return ShownPackage(
        entries=tuple(one.entry.id for one in put_forward),
        grade=subject.room.grade + 1,
        year=package.year,
        frozen=Signed(
            person(subject.school, package.by),
            package.on,
            duty_of(subject.school, package.by, subject.student),
        ),
        decided=say_decided(package.decided),
        until=subject.commission.until if subject.commission else None,
        reason=reason,
    )


def _package(subject: Subject) -> Package | None:
    if subject.room.grade not in LAST_GRADES:
        return None
    return next(_frozen(subject), None)


def _frozen(subject: Subject) -> Iterator[Package]:
    """Packages of this year, the newest first; one frozen by somebody without an order is none."""
    appointed = {person.id: person for person in subject.school.staff.people}
    for package in reversed(subject.student.confirmations.packages):
        by = appointed.get(package.by)
        now = package.year == subject.year and package.on <= subject.today
        if now and by and by.order_on(package.on):
            yield package


def _stands(subject: Subject, one: Settled, frozen: dict[str, str]) -> bool:
    entry = one.entry
    if entry.id not in frozen or one.thing in ("draft", "unsettled"):
        return False
    return frozen[entry.id] == digest_frozen(entry, digests_of(subject.school, entry))
