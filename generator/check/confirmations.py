"""Confirmations -> diagnostics. May this person confirm, and is it still what was confirmed?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection, folder_of, is_appointed
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.kinds import Entry, digest_entry
from generator.model.school import School
from generator.model.student import Confirmation, Student
from generator.say import near_or


def confirmation_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is confirmed by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: подтверждать могут только люди, названные приказом (001 §5.3, R-060).
    Не так: by: orlov
    А так: by: orlova
    """
    if not at.was_read("school/people.yml"):
        return
    for student, index, confirmation in _all(at):
        if confirmation.by not in at.people:
            yield Diagnostic(
                student.confirmations.place("confirmations", index, "by"),
                "confirmation-by-unknown",
                Text(
                    f"человека {quote(confirmation.by)} нет в school/people.yml",
                    f"{quote(confirmation.by)} is not in school/people.yml",
                ),
                near_or(
                    confirmation.by,
                    at.people,
                    Text("внесите этого человека и его приказ", "enter this person and the order"),
                ),
            )


def confirmation_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is confirmed by somebody whom no order named on that day.

    Что это значит: у человека нет приказа или в день подтверждения приказ не действовал.
    Почему важно: такое подтверждение не считается (001 §5.3; 002 §7.3; R-060).
    Не так: on: 2026-08-20, а приказ от 2026-09-01
    А так: on: 2026-09-02
    """
    for student, index, confirmation in _all(at):
        person = at.people.get(confirmation.by)
        if person and not is_appointed(person, confirmation.on):
            yield Diagnostic(
                student.confirmations.place("confirmations", index, "by"),
                "confirmation-without-order",
                Text(
                    f"приказа о {quote(person.id)} на {quote(confirmation.on)} нет",
                    f"no order names {quote(person.id)} on {quote(confirmation.on)}",
                ),
                Text(
                    "внесите приказ в people.yml или подтвердите запись заново",
                    "enter the order in people.yml, or confirm the entry again",
                ),
            )


def confirmation_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A confirmation is of an entry that the student does not have.

    Что это значит: записи с таким id нет: её убрали или id изменили.
    Почему важно: id записи не меняют; с новым id она перестаёт быть подтверждённой (R-075).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student, index, confirmation in _all(at):
        known = at.entry_ids(student)
        if known is not None and confirmation.entry not in known:
            yield Diagnostic(
                student.confirmations.place("confirmations", index, "entry"),
                "confirmation-entry-unknown",
                Text(
                    f"записи {quote(confirmation.entry)} у ученика нет",
                    f"the student has no entry {quote(confirmation.entry)}",
                ),
                near_or(
                    confirmation.entry,
                    known,
                    Text(
                        "верните записи её id или уберите подтверждение",
                        "give the entry its id back, or remove this",
                    ),
                ),
            )


def confirmation_outdated(at: Inspection) -> Iterator[Diagnostic]:
    """An entry was changed after it had been confirmed.

    Что это значит: факты записи или её сканы уже не те, что видел учитель.
    Почему важно: подтверждение относится только к тому, что подтвердили (R-075); пока его не
    повторят, запись показана как изменённая.
    Не так: после подтверждения result: participant стал result: winner
    А так: учитель посмотрел и подтвердил ещё раз
    """
    for student in at.school.students:
        newest = {c.entry: i for i, c in enumerate(student.confirmations.confirmations)}
        for entry in student.entries:
            index = newest.get(entry.id)
            if index is None:
                continue
            confirmation = student.confirmations.confirmations[index]
            if confirmation.state != "confirmed" or _fits(at.school, entry, confirmation):
                continue
            yield Diagnostic(
                student.confirmations.place("confirmations", index, "digest"),
                "confirmation-outdated",
                Text(
                    f"запись {quote(entry.id)} изменилась после подтверждения",
                    f"the entry {quote(entry.id)} has changed since it was confirmed",
                ),
                Text("пусть учитель подтвердит её ещё раз", "let the teacher confirm it again"),
                "warning",
            )


def _all(at: Inspection) -> Iterator[tuple[Student, int, Confirmation]]:
    for student in at.school.students:
        for index, confirmation in enumerate(student.confirmations.confirmations):
            yield student, index, confirmation


def _fits(school: School, entry: Entry, confirmation: Confirmation) -> bool:
    folder = folder_of(entry)
    scans = {scan.file: school.scans.get(f"{folder}/{scan.file}") for scan in entry.scans}
    digests = {name: file.digest for name, file in scans.items() if file}
    return confirmation.digest == digest_entry(entry, digests)
