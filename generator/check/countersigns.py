"""Second signatures -> diagnostics. Did somebody sign who may, and after the teacher?"""

from collections.abc import Iterator

from generator.check.confirmations import Decision, decisions
from generator.check.inspection import Inspection, is_appointed
from generator.check.people import LEADERS
from generator.check.shapes import unknown_person
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.kinds import Entry
from generator.model.state import settle
from generator.model.student import Countersign, Student


def countersign_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The second signature is of somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: вторую подпись ставит заместитель директора или директор (003 §3.3.5, R-058).
    Не так: countersigned: {by: lebedev, on: 2026-10-25}
    А так: countersigned: {by: lebedeva, on: 2026-10-25}
    """
    for place, _, sign in _signed(at):
        yield from unknown_person(at, place, sign.by, "countersign-by-unknown")


def countersign_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """The second signature is of somebody whom no order named on that day.

    Что это значит: у человека нет приказа или в день подписи приказ не действовал.
    Почему важно: проверяют только люди, названные приказом (001 §5.3; 002 §7.3; R-060).
    Не так: on: 2026-08-20, а приказ от 2026-09-01
    А так: on: 2026-09-02
    """
    for place, _, sign in _signed(at):
        person = at.people.get(sign.by)
        if person and not is_appointed(person, sign.on):
            yield Diagnostic(
                place,
                "countersign-without-order",
                Text(
                    f"приказа о {quote(sign.by)} на {quote(sign.on)} нет",
                    f"no order names {quote(sign.by)} on {quote(sign.on)}",
                ),
                Text(
                    "внесите приказ в people.yml или подпишите запись заново",
                    "enter the order in people.yml, or sign the entry again",
                ),
            )


def countersign_not_deputy(at: Inspection) -> Iterator[Diagnostic]:
    """The second signature is not of a head or deputy head.

    Что это значит: у человека нет роли deputy-head или head.
    Почему важно: за достоверность сведений отвечает заместитель директора (003 §3.3.5, R-058).
    Не так: второй раз подписал классный руководитель
    А так: второй раз подписал заместитель директора
    """
    for place, _, sign in _signed(at):
        person = at.people.get(sign.by)
        if person and not LEADERS & set(person.roles):
            yield Diagnostic(
                place,
                "countersign-not-deputy",
                Text(
                    f"{quote(sign.by)} не директор и не заместитель",
                    f"{quote(sign.by)} is neither head nor deputy head",
                ),
                Text(
                    "пусть подпишет заместитель, или исправьте roles в people.yml",
                    "let the deputy head sign, or mend roles in people.yml",
                ),
            )


def countersigned_before_confirmed(at: Inspection) -> Iterator[Diagnostic]:
    """The second signature is older than the first.

    Что это значит: день второй подписи раньше дня подтверждения.
    Почему важно: заместитель подписывает то, что учитель уже проверил (003 §3.3.5, R-058).
    Не так: on: 2026-10-20, а во второй подписи on: 2026-10-12
    А так: on: 2026-10-20, а во второй подписи on: 2026-10-25
    """
    for place, decision, sign in _signed(at):
        first = decision.confirmation.on
        if sign.on < first:
            yield Diagnostic(
                Place(place.file, keys=(*place.keys[:-1], "on")),
                "countersigned-before-confirmed",
                Text(
                    f"вторая подпись {quote(sign.on)}, а первая только {quote(first)}",
                    f"the second signature is of {quote(sign.on)}, the first only of "
                    f"{quote(first)}",
                ),
                Text("исправьте один из двух дней", "mend one of the two days"),
                "warning",
            )


def countersign_missing(at: Inspection) -> Iterator[Diagnostic]:
    """A confirmed entry still waits for the second signature that the school wants.

    Что это значит: в school.yml выбрано countersign: results (записи с результатом) или all
    (все записи), а второй подписи нет.
    Почему важно: школа решила, что подтверждает и заместитель директора (003 §3.3.5, R-058).
    Не так: state: confirmed без countersigned
    А так: countersigned: {by: lebedeva, on: 2026-10-25}
    """
    wanted = at.school.settings.switches.countersign
    for student in at.asked if wanted != "none" else ():
        waiting = [
            entry.id
            for entry in student.entries
            if (wanted == "all" or _has_result(entry)) and _waits(at, student, entry)
        ]
        if waiting:
            yield _waiting(student, waiting)


def _waits(at: Inspection, student: Student, entry: Entry) -> bool:
    state, decision = settle(at.school, student, entry)
    return state == "confirmed" and decision is not None and not decision.countersigned


def _waiting(student: Student, entries: list[str]) -> Diagnostic:
    names = ", ".join(map(quote, entries))
    return Diagnostic(
        student.confirmations.place("confirmations"),
        "countersign-missing",
        Text(f"ждут второй подписи: {names}", f"waiting for the second signature: {names}"),
        Text(
            "когда заместитель проверит, добавьте countersigned с by и on",
            "once the deputy head has looked, add countersigned with by and on",
        ),
        "warning",
    )


def _has_result(entry: Entry) -> bool:
    return getattr(entry, "result", None) is not None


def _signed(at: Inspection) -> Iterator[tuple[Place, Decision, Countersign]]:
    """Every second signature, with the place of its name and the decision it is under."""
    for decision in decisions(at):
        sign = decision.confirmation.countersigned
        if sign:
            yield decision.place("countersigned", "by"), decision, sign
