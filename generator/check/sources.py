"""Pinned sources -> diagnostics. Whose repository is it, and who approved what is shown of it?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import unknown_person, unknown_student
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.pinned import Source


def source_student_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A pinned source is of a student of whom the school has no record.

    Что это значит: в sources.yml стоит id, а папки с таким именем в records нет.
    Почему важно: чьё это хранилище, неизвестно, и собирать из него нечего.
    Не так: student: belova-ana
    А так: student: belova-anna
    """
    for index, one in _sources(at):
        place = _place(at, index, "student")
        yield from unknown_student(at, place, one.student, "source-student-unknown")


def source_twice(at: Inspection) -> Iterator[Diagnostic]:
    """A student has two sources, or two students have one.

    Что это значит: в sources.yml дважды стоит один ученик или один адрес.
    Почему важно: неясно, какое состояние одобрено; записи одного ребёнка показали бы у другого.
    Не так: один address у двух учеников
    А так: у каждого ученика своё хранилище
    """
    students: set[str] = set()
    addresses: set[str] = set()
    for index, one in _sources(at):
        address = one.address.removesuffix("/").removesuffix(".git").casefold()
        for key, value, seen in (("student", one.student, students),
                                 ("address", address, addresses)):  # fmt: skip
            if value in seen:
                yield Diagnostic(
                    _place(at, index, key),
                    "source-twice",
                    Text(f"{quote(value)} уже стоит выше", f"{quote(value)} already stands above"),
                    Text("оставьте один источник на ученика", "leave one source for a student"),
                )
            seen.add(value)


def source_approved_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """Somebody approved a state who is not among the staff, or nobody is named.

    Что это значит: у approved не сказано, кто и когда одобрил, или такого id нет в people.yml.
    Почему важно: за то, что показано, отвечает человек, названный приказом (R-060).
    Не так: approved без approved_by
    А так: approved_by: orlova и approved_on: 2026-11-20
    """
    code = "source-approved-by-unknown"
    for index, one in _sources(at):
        if one.approved and not (one.approved_by and one.approved_on):
            words = Text("не сказано, кто и когда это одобрил", "it is not said who approved, when")
            fix = Text(
                "одобрите заново: `stupeni sources propose`",
                "approve it again: `stupeni sources propose`",
            )
            yield Diagnostic(_place(at, index, "approved"), code, words, fix)
        elif one.approved and one.approved_by:
            yield from unknown_person(at, _place(at, index, "approved_by"), one.approved_by, code)


def source_approved_without_order(at: Inspection) -> Iterator[Diagnostic]:
    """A state was approved by somebody whom no order named on that day.

    Что это значит: у человека нет приказа или в день одобрения приказ не действовал.
    Почему важно: такое одобрение не считается (001 §5.3; 002 §7.3; R-060).
    Не так: approved_on: 2026-08-20, а приказ от 2026-09-01
    А так: approved_on: 2026-09-02
    """
    for index, one in _sources(at):
        person = at.people.get(one.approved_by or "")
        if one.approved and person and one.approved_on and not person.order_on(one.approved_on):
            yield Diagnostic(
                _place(at, index, "approved_by"),
                "source-approved-without-order",
                Text(
                    f"приказа о {quote(person.id)} на {quote(one.approved_on)} нет",
                    f"no order names {quote(person.id)} on {quote(one.approved_on)}",
                ),
                Text(
                    "внесите приказ в people.yml или одобрите заново",
                    "enter the order in people.yml, or approve it again",
                ),
            )


def source_approved_in_future(at: Inspection) -> Iterator[Diagnostic]:
    """A state was approved on a day that has not come.

    Что это значит: approved_on позже сегодняшнего дня.
    Почему важно: одобрить заранее нельзя: ещё неизвестно, что там будет.
    Не так: approved_on: 2062-11-20
    А так: approved_on: 2026-11-20
    """
    for index, one in _sources(at):
        if one.approved and one.approved_on and one.approved_on > at.today:
            words = Text("этот день ещё не наступил", "this day has not come yet")
            fix = Text("исправьте день", "mend the day")
            place = _place(at, index, "approved_on")
            yield Diagnostic(place, "source-approved-in-future", words, fix)


def _sources(at: Inspection) -> Iterator[tuple[int, Source]]:
    yield from enumerate(at.school.sources.sources)


def _place(at: Inspection, index: int, key: str) -> Place:
    return at.school.sources.place("sources", index, key)
