"""Confirmations -> diagnostics. May this person confirm, and is it still what was confirmed?"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.check.inspection import Inspection, is_appointed
from generator.check.shapes import unknown_person
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.kinds import digest_entry
from generator.model.state import digests_of, may_confirm
from generator.model.student import Confirmation, Student
from generator.say import near_or


def confirmation_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is confirmed by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: подтверждать могут только люди, названные приказом (001 §5.3, R-060).
    Не так: by: orlov
    А так: by: orlova
    """
    for one in decisions(at):
        yield from unknown_person(
            at, one.place("by"), one.confirmation.by, "confirmation-by-unknown"
        )


def confirmation_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is confirmed by somebody whom no order named on that day.

    Что это значит: у человека нет приказа или в день подтверждения приказ не действовал.
    Почему важно: такое подтверждение не считается (001 §5.3; 002 §7.3; R-060).
    Не так: on: 2026-08-20, а приказ от 2026-09-01
    А так: on: 2026-09-02
    """
    for one in decisions(at):
        confirmation = one.confirmation
        person = at.people.get(confirmation.by)
        if person and not is_appointed(person, confirmation.on):
            yield Diagnostic(
                one.place("by"),
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


def confirmation_not_by_class_teacher(at: Inspection) -> Iterator[Diagnostic]:
    """The school wants the class teacher's word, and somebody else confirmed.

    Что это значит: в school.yml выбрано confirmed_by: class-teacher, а подтвердил тот, кто
    класса этого ученика не ведёт и не вёл.
    Почему важно: по выбору школы за достоверность отвечает классный руководитель (003 §3.3.3,
    R-060); такое подтверждение не считается, запись показана как неподтверждённая.
    Не так: by: petrova, а класс ведёт orlova
    А так: by: orlova
    """
    counts: dict[tuple[str, str], bool] = {}
    for one in decisions(at):
        confirmation = one.confirmation
        person = at.people.get(confirmation.by)
        # Without an order it is another mistake; with one, the day makes no difference.
        if not person or not is_appointed(person, confirmation.on):
            continue
        pair = (one.student.id, person.id)
        if pair not in counts:
            counts[pair] = may_confirm(at.school, one.student, confirmation)
        if not counts[pair]:
            yield Diagnostic(
                one.place("by"),
                "confirmation-not-by-class-teacher",
                Text(
                    f"{quote(person.id)} не ведёт класс этого ученика, а школе нужно слово того, "
                    "кто ведёт",
                    f"{quote(person.id)} does not lead this student's class, and the school wants "
                    "the word of who does",
                ),
                Text(
                    "пусть запись подтвердит классный руководитель",
                    "let the class teacher confirm the entry",
                ),
                "warning",
            )


def confirmation_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A confirmation is of an entry that the student does not have.

    Что это значит: записи с таким id нет: её убрали или id изменили.
    Почему важно: id записи не меняют; с новым id она перестаёт быть подтверждённой (R-075).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for one in decisions(at):
        confirmation = one.confirmation
        known = at.entry_ids(one.student)
        if known is not None and confirmation.entry not in known:
            yield Diagnostic(
                one.place("entry"),
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

    Что это значит: факты записи, её сканы, прямоугольники на них или люди в people уже не те, что
    видел учитель. Кому показать, свои мысли и место бумаги менять можно.
    Почему важно: подтверждение относится только к тому, что подтвердили (R-075); пока его не
    повторят, запись показана как изменённая.
    Не так: после подтверждения result: participant стал result: winner или убран mask
    А так: учитель посмотрел и подтвердил ещё раз
    """
    for student in at.asked:
        newest = {c.entry: i for i, c in enumerate(student.confirmations.confirmations)}
        for entry in student.entries:
            index = newest.get(entry.id)
            if index is None:
                continue
            confirmation = student.confirmations.confirmations[index]
            scans = digests_of(at.school, entry)
            if confirmation.state != "confirmed" or confirmation.digest == digest_entry(
                entry, scans
            ):
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


@dataclass(frozen=True)
class Decision:
    """A confirmation, whose entry it is about, and where it stands."""

    student: Student
    index: int
    confirmation: Confirmation

    def place(self, *keys: str) -> Place:
        """The place of one of its values."""
        return self.student.confirmations.place("confirmations", self.index, *keys)


def decisions(at: Inspection) -> Iterator[Decision]:
    """Every decision about every student's entries."""
    for student in at.asked:
        for index, confirmation in enumerate(student.confirmations.confirmations):
            yield Decision(student, index, confirmation)
