"""Homes that children share -> diagnostics. Whom would one card open?"""

from collections.abc import Iterator

from generator.check.consent import students_here
from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.home import children_of
from generator.say import near_or


def home_is_a_student(at: Inspection) -> Iterator[Diagnostic]:
    """A home that children share is named like a student.

    Что это значит: имя общего дома (home) совпадает с id ученика.
    Почему важно: карточка дома и карточка этого ученика звались бы одинаково, и код одной открыл
    бы другую (R-131).
    Не так: home: belova-anna
    А так: home: belovy
    """
    for student in at.asked:
        for index, house in enumerate(student.record.households):
            if house.home in at.students:
                yield Diagnostic(
                    student.record.place("households", index, "home"),
                    "home-is-a-student",
                    Text(
                        f"дом назван {quote(house.home)}, а это id ученика",
                        f"the home is called {quote(house.home)}, which is a student's id",
                    ),
                    Text(
                        "назовите дом иначе, например по фамилии: belovy",
                        "call the home otherwise, e.g. by the surname: belovy",
                    ),
                )


def home_of_one(at: Inspection) -> Iterator[Diagnostic]:
    """A home is there to be shared, and only one child lives in it.

    Что это значит: имя home названо только у одного ребёнка школы.
    Почему важно: одна карточка на братьев и сестёр получается, когда имя у всех одинаково; из-за
    опечатки у каждого будет своя.
    Не так: home: belovi у одного и home: belovy у другого
    А так: home: belovy у обоих
    """
    for student in students_here(at):
        for index, house in enumerate(student.record.households):
            if house.home and len(children_of(at.school, house.home)) == 1:
                yield Diagnostic(
                    student.record.place("households", index, "home"),
                    "home-of-one",
                    Text(
                        f"дом {quote(house.home)} назван только у одного ребёнка",
                        f"only one child lives in the home {quote(house.home)}",
                    ),
                    near_or(
                        house.home,
                        at.school.homes.keys() - {house.home},
                        Text(
                            "напишите то же имя у брата или сестры или уберите home",
                            "write the same name at the brother or sister, or remove home",
                        ),
                    ),
                    "warning",
                )
