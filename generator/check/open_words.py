"""What is to be shown to everybody -> diagnostics. Does it tell more than we would?"""

import re
from collections.abc import Iterator

from generator.check.consent import allowed_by, students_here
from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text
from generator.model.written import texts_of


def surname_for_everybody(at: Inspection) -> Iterator[Diagnostic]:
    """An entry that everybody will read bears the student's surname.

    Что это значит: запись с visibility: public и согласием видна всем, а в её тексте стоит фамилия
    ученика.
    Почему важно: на открытой странице от фамилии остаётся одна буква; в тексте она осталась бы
    целиком, и по ней ребёнка легко найти (R-144, R-145).
    Не так: «Меня зовут Анна Белова»
    А так: «Меня зовут Анна»
    """
    if not at.school.settings.switches.open_information:
        return
    for student in students_here(at):
        if "public" not in allowed_by(student, at):
            continue
        surname = re.compile(rf"\b{re.escape(student.record.name.surname)}\b")
        for entry in student.entries:
            shown = entry.visibility == "public" and not entry.draft
            if shown and any(surname.search(text) for _, _, text in texts_of(entry)):
                yield Diagnostic(
                    entry.place("visibility"),
                    "surname-for-everybody",
                    Text(
                        "запись увидят все, а в ней стоит фамилия ученика",
                        "everybody will read this, and it bears the student's surname",
                    ),
                    Text(
                        "уберите фамилию из текста или выберите «school»",
                        'take the surname out of the text, or choose "school"',
                    ),
                    "warning",
                )
