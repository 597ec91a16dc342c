"""Official facts about students -> diagnostics. Can they be true, and are they still?"""

from collections.abc import Iterator

from generator.check.consent import students_here
from generator.check.inspection import Inspection
from generator.check.shapes import twice
from generator.diagnostic import Diagnostic, Text, quote
from generator.say import plural

_YOUNGEST, _OLDEST = 5, 20


def born_implausible(at: Inspection) -> Iterator[Diagnostic]:
    """A student of a class of this year is too young or too old for a school.

    Что это значит: ученику, который стоит в списке класса, меньше 5 или больше 20 лет.
    Почему важно: по дню рождения решают, подписывает ли согласие и сам ученик (R-142).
    Не так: born: 2061-05-01
    А так: born: 2016-05-01
    """
    for student in students_here(at):
        born = student.record.born
        years = (
            at.today.year - born.year - ((at.today.month, at.today.day) < (born.month, born.day))
        )
        if at.year not in at.school.grades.get(student.id, ()) or _YOUNGEST <= years <= _OLDEST:
            continue
        yield Diagnostic(
            student.record.place("born"),
            "born-implausible",
            _aged(quote(born), years),
            Text("проверьте год рождения", "look at the year of birth again"),
            "warning",
        )


def joined_after_left(at: Inspection) -> Iterator[Diagnostic]:
    """A student came to the school after leaving it.

    Что это значит: день joined позже дня left.
    Почему важно: кто ушёл, того не показывают (R-002); если ученик вернулся, его портфолио
    пропало бы.
    Не так: left: 2025-05-31, joined: 2026-09-01
    А так: joined: 2026-09-01, а left пуст
    """
    for student in at.asked:
        joined, left = student.record.joined, student.record.left
        if joined and left and left < joined:
            yield Diagnostic(
                student.record.place("left"),
                "joined-after-left",
                Text(
                    f"ученик ушёл {quote(left)}, а пришёл {quote(joined)}",
                    f"the student left on {quote(left)} and came on {quote(joined)}",
                ),
                Text(
                    "исправьте день; если ученик вернулся, уберите left",
                    "mend the day; if the student has come back, remove left",
                ),
            )


def household_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two homes of one student bear the same id.

    Что это значит: в households один id у двух домов.
    Почему важно: у двух домов была бы одна карточка: закрыть её одному значит закрыть обоим.
    Не так: id: mama дважды
    А так: id: mama и id: papa
    """
    for student in at.asked:
        ids = [house.id for house in student.record.households]
        yield from twice(ids, student.record.place("households"), "household-twice")


def facts_outdated(at: Inspection) -> Iterator[Diagnostic]:
    """More than a year ago the family last confirmed the facts about the student.

    Что это значит: с дня reviewed в student.yml прошло больше года. Пока reviewed не заполнен,
    об этом не напоминают.
    Почему важно: за тем, что сведения верны и полны, следят каждый год (002 §7.2, R-076).
    Не так: reviewed: 2025-09-02, а на дворе ноябрь 2026 года
    А так: reviewed: 2026-09-02
    """
    for student in students_here(at):
        day = student.record.reviewed
        if day and (at.today.year - 1, at.today.month, at.today.day) > (
            day.year,
            day.month,
            day.day,
        ):
            yield Diagnostic(
                student.record.place("reviewed"),
                "facts-outdated",
                Text(
                    f"семья подтвердила сведения {quote(day)}: больше года назад",
                    f"the family confirmed the facts on {quote(day)}: more than a year ago",
                ),
                Text(
                    "спросите семью, всё ли верно, и впишите новый день в reviewed",
                    "ask the family whether all is true, and write the new day in reviewed",
                ),
                "warning",
            )


def _aged(born: str, years: int) -> Text:
    if years < 0:
        return Text(f"день рождения {born} ещё впереди", f"the day of birth {born} is yet to come")
    word = plural(years, "год", "года", "лет")
    return Text(
        f"день рождения {born}: ученику {years} {word}",
        f"born on {born}: the student is {years} years old",
    )
