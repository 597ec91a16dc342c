"""Transition commissions and packages -> diagnostics. Who reads what was put forward?"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.check.consent import students_here
from generator.check.inspection import Inspection, is_appointed
from generator.check.shapes import named_twice, unknown_person
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.kinds import digest_frozen
from generator.model.shared import entries_of
from generator.model.state import digests_of
from generator.model.student import Package, Student


def commission_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two commissions of one level are named for one year.

    Что это значит: в access.yml две комиссии одной ступени на один учебный год.
    Почему важно: карточки получит только первая (003 §5.3).
    Не так: level: primary и year: 2026-27 дважды
    А так: одна комиссия, все её люди в members
    """
    access = at.school.access
    placed = (
        (access.place("commissions", index, "level"), f"{one.level} {one.year}")
        for index, one in enumerate(access.commissions)
    )
    yield from named_twice(
        placed,
        "commission-twice",
        Text("соедините их: впишите всех в members", "make them one: write all into members"),
    )


def commission_member_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A member of a commission is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: карточку комиссии получает только человек, названный приказом (002 §7.3, R-133).
    Не так: members: [orlov]
    А так: members: [orlova]
    """
    for place, member in _members(at):
        yield from unknown_person(at, place, member, "commission-member-unknown")


def commission_member_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """No order names a member of a commission today.

    Что это значит: у человека из комиссии нет приказа или он сегодня не действует.
    Почему важно: без приказа нет карточки (002 §7.3, R-133).
    Не так: members: [orlova], а приказ об Орловой кончился
    А так: в people.yml у Орловой новый приказ
    """
    for place, member in _members(at):
        person = at.people.get(member)
        if person and not is_appointed(person, at.today):
            yield Diagnostic(
                place,
                "commission-member-without-order",
                Text(
                    f"приказа о {quote(member)} сегодня нет: карточки комиссии не будет",
                    f"no order names {quote(member)} today: there will be no card",
                ),
                Text("внесите приказ в people.yml", "enter the order in people.yml"),
                "warning",
            )


def package_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A package was frozen by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: такой пакет комиссия не увидит (003 §5.3, R-060).
    Не так: by: orlov
    А так: by: orlova
    """
    for one in _packages(at):
        yield from unknown_person(at, one.place("by"), one.package.by, "package-by-unknown")


def package_undecided(at: Inspection) -> Iterator[Diagnostic]:
    """A package is frozen, and nobody is named who chose it.

    Что это значит: учитель зафиксировал пакет, а в его decided не сказано, кто и когда выбрал.
    Почему важно: решает ученик вместе с родителями, и это записывают (003 §6, R-031, R-120).
    Не так: пакет без decided
    А так: decided: {by: both, on: 2026-11-10}
    """
    for one in _packages(at):
        if one.package.decided is None:
            yield Diagnostic(
                one.place("entries"),
                "package-undecided",
                Text(
                    "пакет для комиссии зафиксирован, а кто его выбрал, не записано",
                    "the package is frozen, and it is not written who chose it",
                ),
                Text(
                    "спросите ученика и семью и впишите decided в этот пакет",
                    "ask the student and the family, and write decided into this package",
                ),
                "warning",
            )


def package_changed(at: Inspection) -> Iterator[Diagnostic]:
    """An entry of a package is no longer what was put forward.

    Что это значит: запись изменили после дня, когда пакет зафиксировали, или ученик её убрал.
    Почему важно: комиссия видит только то, что выдвинуто; изменённую запись она не увидит (003
    §5.3, R-120, R-121).
    Не так: пакет от 16 ноября, а отзыв о работе дописан 20 ноября
    А так: пакет зафиксирован заново или запись возвращена к прежнему виду
    """
    for one in _packages(at):
        known = {entry.id: entry for entry in entries_of(at.school, one.student)}
        carried = one.student.portfolio.choices.carried
        for index, frozen in enumerate(one.package.entries):
            entry = known.get(frozen.entry) if frozen.entry in carried else None
            digest = digest_frozen(entry, digests_of(at.school, entry)) if entry else ""
            if digest != frozen.digest:
                yield _say_changed(one.place("entries", index, "entry"), frozen.entry, digest)


@dataclass(frozen=True)
class _Found:
    student: Student
    package: Package
    index: int

    def place(self, *keys: str | int) -> Place:
        return self.student.confirmations.place("packages", self.index, *keys)


def _say_changed(place: Place, entry: str, digest: str) -> Diagnostic:
    """`digest` is that of the entry as it is now; empty when the student put it not forward."""
    again = Text(
        f"чтобы выдвинуть её такой, какая она сейчас, впишите новый день и digest: {digest}",
        f"to put it forward as it is now, write the new day and digest: {digest}",
    )
    away = Text(
        "её нет в choices.carried ученика: уберите её из пакета",
        "it is not in the student's choices.carried: take it out of the package",
    )
    return Diagnostic(
        place,
        "package-changed",
        Text(
            f"запись {quote(entry)} не та, что выдвинута: комиссия её не увидит",
            f"the entry {quote(entry)} is not what was put forward: no commission sees it",
        ),
        again if digest else away,
        "warning",
    )


def _members(at: Inspection) -> Iterator[tuple[Place, str]]:
    """Members of the commissions that still work, and where they stand."""
    access = at.school.access
    for index, one in enumerate(access.commissions):
        if at.today <= one.until:
            for number, member in enumerate(one.members):
                yield access.place("commissions", index, "members", number), member


def _packages(at: Inspection) -> Iterator[_Found]:
    """The newest package of this year of everybody who is here."""
    for student in students_here(at):
        listed = enumerate(student.confirmations.packages)
        mine = [_Found(student, one, index) for index, one in listed if one.year == at.year]
        if mine and at.was_read(student.portfolio.file):
            yield mine[-1]
