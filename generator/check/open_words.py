"""What is to be shown to everybody -> diagnostics. Does it tell more than we would, or too soon?"""

from collections.abc import Iterator

from generator.check.consent import allowed_by, students_here
from generator.check.inspection import Inspection
from generator.check.named import own_words
from generator.diagnostic import Diagnostic, Key, Text
from generator.model.kinds import Entry
from generator.model.record import FileRecord, Record
from generator.model.state import settle
from generator.model.student import Student
from generator.model.told import OWN_VOICE, told_in


def surname_for_everybody(at: Inspection) -> Iterator[Diagnostic]:
    """What everybody will read bears the student's surname, or that of another student.

    Что это значит: запись или отзыв с visibility: public и согласием видны всем, а в тексте стоит
    фамилия самого ученика или фамилия, которую в школе носит один человек. Полное имя другого —
    ошибка classmate-named.
    Почему важно: на открытой странице от фамилии остаётся одна буква; в тексте она осталась бы
    целиком, и по ней ребёнка легко найти (R-144, R-145).
    Не так: «Меня зовут Анна Белова»
    А так: «Меня зовут Анна»
    """
    for student in _students_for_all(at):
        for record, keys, told in _for_everybody(student):
            if any(_bears_surname(at, student, text) for text in _read_by_all(told)):
                yield Diagnostic(
                    record.place(*keys, "visibility"),
                    "surname-for-everybody",
                    Text(
                        "это увидят все, а здесь стоит фамилия ученика",
                        "everybody will read this, and it bears a student's surname",
                    ),
                    Text(
                        "уберите фамилию из текста или выберите «school»",
                        'take the surname out of the text, or choose "school"',
                    ),
                    "warning",
                )


def public_unconfirmed(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is to be shown to everybody, and no confirmation fits it.

    Что это значит: у записи visibility: public и есть согласие, а учитель её ещё не подтвердил или
    после подтверждения её изменили.
    Почему важно: за то, что школа показывает всем, отвечает и школа: пока учитель не посмотрел
    именно это, всем записи не видно, как бы ни был поставлен unconfirmed в school.yml. Семья,
    класс и школа видят её как обычно (R-070, R-075, R-144).
    Не так: visibility: public, а в confirmations.yml о записи ничего нет
    А так: учитель посмотрел и подтвердил; после правки — ещё раз
    """
    for student in _students_for_all(at):
        for entry in _public_entries(student):
            state, _ = settle(at.school, student, entry)
            if state in ("submitted", "changed"):
                changed = state == "changed"
                yield Diagnostic(
                    entry.place("visibility"),
                    "public-unconfirmed",
                    Text(
                        "просят показать всем, а после подтверждения запись изменили: всем не видно"
                        if changed
                        else "просят показать всем, а учитель не подтвердил: всем не видно",
                        "to be shown to everybody, and changed since it was confirmed: not shown"
                        if changed
                        else "to be shown to everybody, and not confirmed by a teacher: not shown",
                    ),
                    Text(
                        "попросите классного руководителя посмотреть запись и подтвердить её",
                        "ask the class teacher to look at the entry and confirm it",
                    ),
                    "warning",
                )


def public_own_words(at: Inspection) -> Iterator[Diagnostic]:
    """Words about oneself are to be shown to everybody, and nobody confirms such words.

    Что это значит: у слов о себе, цели, интересов, размышлений о годе, взгляда на себя или профиля
    стоит visibility: public.
    Почему важно: записи перед показом всем подтверждает учитель, а этих слов никто не подтверждает,
    и изменить их можно в любой день. Поэтому дальше школы они не идут; девиз, имена и расписание
    остаются внутри (R-144).
    Не так: about: {motto: …, visibility: public}
    А так: visibility: school; а для всех — своя страница (kind: page), её подтверждают
    """
    for student in _students_for_all(at):
        for keys, own in own_words(student):
            if own.visibility == "public":
                yield Diagnostic(
                    student.portfolio.place(*keys, "visibility"),
                    "public-own-words",
                    Text(
                        "слова о себе просят показать всем, а дальше школы они не идут",
                        "words about oneself are to be shown to everybody, and stay in the school",
                    ),
                    Text(
                        "выберите «school»; всем можно показать свою страницу (kind: page)",
                        'choose "school"; a page of one\'s own (kind: page) may be for everybody',
                    ),
                    "warning",
                )


def _students_for_all(at: Inspection) -> Iterator[Student]:
    """Students of whom everybody may see something."""
    if at.school.settings.switches.open_information:
        yield from (one for one in students_here(at) if "public" in allowed_by(one, at))


def _public_entries(student: Student) -> Iterator[Entry]:
    yield from (e for e in student.entries if e.visibility == "public" and not e.draft)


def _for_everybody(student: Student) -> Iterator[tuple[FileRecord, Key, Record]]:
    yield from ((entry, (), entry) for entry in _public_entries(student))
    for index, review in enumerate(student.reviews.reviews):
        if review.visibility == "public" and not review.private:
            yield student.reviews, ("reviews", index), review


def _read_by_all(told: Record) -> Iterator[str]:
    yield from (text for keys, text in told_in(told) if keys[-1] not in OWN_VOICE)


def _bears_surname(at: Inspection, student: Student, text: str) -> bool:
    others = (who.words for who in at.names.find(text) if student.id not in who.ids)
    said = " ".join(others)  # of these `classmate-named` speaks, or their own consent
    return any(surname not in said for surname in at.names.surnames(text, student.id))
