"""Decisions that staff wrote down -> diagnostics. About what, by whom, and do they still hold?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import not_among, unknown_entry, unknown_person
from generator.diagnostic import Diagnostic, Text
from generator.model.kinds import External


def inclusion_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """It is written who decided to show an entry, and the student has no such entry.

    Что это значит: в inclusions файла consent.yml стоит id, которого нет ни у одной записи ученика.
    Почему важно: кто решил показать запись, рядом с ней не появится (003 §6, R-031).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student in at.asked:
        for index, one in enumerate(student.consents.inclusions):
            place = student.consents.place("inclusions", index, "entry")
            yield from unknown_entry(at, place, one.entry, student, "inclusion-entry-unknown")


def recognition_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The school credits what is no result from elsewhere of this student.

    Что это значит: в recognitions файла confirmations.yml стоит id, которого нет ни у одной записи
    вида external.
    Почему важно: зачёт ни у какой записи не появится (001 §5.2, R-123).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student in at.asked:
        known = {one.id for one in student.entries if isinstance(one, External)}
        read = at.entry_ids(student) is not None
        for index, one in enumerate(student.confirmations.recognitions):
            place = student.confirmations.place("recognitions", index, "entry")
            among = frozenset(known) if read else None
            yield from not_among(among, place, one.entry, "recognition-entry-unknown")


def recognition_without_decision(at: Inspection) -> Iterator[Diagnostic]:
    """A result from elsewhere is said to be credited or refused, and no decision is named.

    Что это значит: зачли результат или отказали, а номера и дня решения нет.
    Почему важно: зачёт — это решение школы по её порядку (001 §5.2, R-123).
    Не так: state: credited без decision
    А так: state: credited, decision: {number: 12-з, date: 2026-10-05}
    """
    for student in at.asked:
        for index, one in enumerate(student.confirmations.recognitions):
            if one.state != "requested" and not one.decision:
                yield Diagnostic(
                    student.confirmations.place("recognitions", index, "state"),
                    "recognition-without-decision",
                    Text("решение школы не названо", "the school's decision is not named"),
                    Text(
                        "добавьте «decision:» с номером и днём; "
                        "пока решения нет, «state: requested»",
                        'add "decision:" with number and date; '
                        'until there is one, "state: requested"',
                    ),
                    "warning",
                )


def arranged_with_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The order of the works was found with somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: рядом с порядком работ стоят оба имени: ученика и учителя (003 §3.3.3, R-034).
    Не так: by: orlov
    А так: by: orlova
    """
    for student in at.asked:
        if together := student.confirmations.arranged:
            place = student.confirmations.place("arranged", "by")
            yield from unknown_person(at, place, together.by, "arranged-with-unknown")


def arranged_changed(at: Inspection) -> Iterator[Diagnostic]:
    """The student begins with other works than those whose order was found with the teacher.

    Что это значит: порядок в arranged файла confirmations.yml уже не тот, что в choices.highlights.
    Почему важно: имя учителя стоит только рядом с порядком, который нашли вместе (003 §3.3.3,
    R-034); новый порядок ученик выбрал сам, и это тоже хорошо.
    Не так: нашли вместе [x7k2, p3mw], потом стало [p3mw, x7k2]
    А так: учитель посмотрел новый порядок и вписал его или убрал arranged
    """
    for student in at.asked:
        together, portfolio = student.confirmations.arranged, student.portfolio
        if not together or not at.was_read(portfolio.file):
            continue
        if together.highlights != portfolio.choices.highlights:
            yield Diagnostic(
                student.confirmations.place("arranged", "highlights"),
                "arranged-changed",
                Text(
                    "порядок работ с тех пор другой: учитель рядом с ним не назван",
                    "the order of works is another one by now: no teacher is named beside it",
                ),
                Text(
                    "посмотрите его вместе и впишите новый день и порядок из choices.highlights "
                    "или уберите arranged",
                    "look at it together, and write the new day and the order from "
                    "choices.highlights, or take arranged away",
                ),
                "warning",
            )
