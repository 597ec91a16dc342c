"""Words for others -> diagnostics. Do they name a student who has not consented to it?"""

from collections.abc import Iterator
from typing import NamedTuple

from generator.check.companions import BEFORE, consents
from generator.check.consent import allowed_by, covered_by, students_here
from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.entry import Companion
from generator.model.names import Mention
from generator.model.policy import LADDER, Visibility
from generator.model.portfolio import (
    About,
    Goal,
    Interest,
    Profile,
    SelfAssessment,
    YearReflection,
)
from generator.model.record import FileRecord, Record
from generator.model.student import Student
from generator.model.told import BREAK, OWN_VOICE, WORDS, joined, members_in, named_by, told_in

OwnWords = About | Profile | Interest | Goal | YearReflection | SelfAssessment


class _Told(NamedTuple):
    """A record that others are to read: where it stands, whose words, how far they are to go."""

    record: FileRecord
    keys: Key
    told: Record
    student: Student | None
    wanted: Visibility
    said: frozenset[str] = frozenset()
    """Who is said to be named in it: `companion-without-consent` speaks of them."""
    members: frozenset[str] = frozenset()
    """Who took part in it."""
    has_people: bool = False
    """Whether there is a place to say who is named."""


def classmate_named(at: Inspection) -> Iterator[Diagnostic]:
    """Words for others name another student, and nothing says that this student has consented.

    Что это значит: в записи, словах о себе, цели, отзыве, названии события или общем достижении,
    которые просят показать другим, стоит имя и фамилия другого ученика школы — в любом падеже,
    с отчеством или одной буквой имени. В people его нет, и согласия назвать его этому кругу
    программа не знает.
    Почему важно: каждый решает за себя. Дальше семьи и тех, кто отвечает за портфолио, это не
    пойдёт (R-131, R-143). Если иначе это прочла бы вся ступень или все, это ошибка: показанное уже
    не вернуть. Если только класс, — предупреждение: там и так знают друг друга, но и показать
    классу можно только с согласия.
    Не так: «Мы с Глебом Соколовым заняли первое место»
    А так: «Мы с другом заняли первое место»; или people: [{student: sokolov-gleb, how: named}],
    и в его согласии отмечено surname. Если это другой человек, помогает отчество.
    """
    for told in _told_to_others(at):
        for keys, text in told_in(told.told, told.keys):
            for who in at.names.find(text):
                missing = [r for r in _rungs(at, told, keys) if not _is_fine(at, told, who, r)]
                if missing:
                    yield _named(told, keys, who, missing)


def _named(told: _Told, keys: Key, who: Mention, missing: list[Visibility]) -> Diagnostic:
    before = BEFORE[missing[-1]]
    how = (
        Text(
            "если его семья согласна, впишите его в people (how: named); если нет, расскажите без "
            "имени; если это другой человек, добавьте отчество",
            "if their family consents, put them into people (how: named); if not, tell it without "
            "the name; if it is somebody else, add the patronymic",
        )
        if told.has_people
        else Text(
            "расскажите без имени; если это другой человек, добавьте отчество",
            "tell it without the name; if it is somebody else, add the patronymic",
        )
    )
    return Diagnostic(
        told.record.place(*keys),
        "classmate-named",
        Text(
            f"{quote(who.words)} — так зовут другого ученика, а согласия назвать его "
            f"{before.ru} нет",
            f"{quote(who.words)} is the name of another student, and there is no consent to name "
            f"them before {before.en}",
        ),
        how,
        "warning" if missing == ["class"] else "error",
    )


def _is_fine(at: Inspection, told: _Told, who: Mention, rung: Visibility) -> bool:
    """As the room `decide` takes it; a test holds the two to the same answers."""
    if (told.student and told.student.id in who.ids) or who.ids & told.said:
        return True
    took_part = (Companion(student=one, how="named") for one in who.ids & told.members)
    return any(consents(at, one, "surname", rung) for one in took_part)


def _rungs(at: Inspection, told: _Told, keys: Key) -> tuple[Visibility, ...]:
    """Who would read this text, from the nearest to the farthest."""
    rungs = LADDER[1 : LADDER.index(told.wanted) + 1]
    open_to_all = at.school.settings.switches.open_information
    # What a family says of itself is for nobody outside: no confirmation speaks for it.
    own = told.student is not None and told.record is told.student.portfolio
    inside = own or keys[-1] in OWN_VOICE or not open_to_all
    allowed = set(rungs) - {"public"} if inside else set(rungs)
    if told.student:
        allowed &= allowed_by(told.student, at)
        if own or keys[-1] in WORDS:
            allowed &= covered_by(told.student, at, "words")
        if told.record is told.student.reviews:
            allowed &= covered_by(told.student, at, "reviews")
    return tuple(rung for rung in rungs if rung in allowed)


def _told_to_others(at: Inspection) -> Iterator[_Told]:
    """Whatever others are to read and may hold a name of ours; most of it holds none."""
    for student in students_here(at):
        if at.names.may_stand(BREAK.join(_at_first_sight(student))):
            yield from (one for one in _of_student(at, student) if one.wanted != "family")
    if at.part.commons:
        yield from _of_collectives(at)
        for index, event in enumerate(at.school.events.events):
            yield _Told(at.school.events, ("events", index), event, None, "school")


def _at_first_sight(student: Student) -> Iterator[str]:
    """All words of a student that others may read: a school has too many to look at each."""
    for entry in student.entries:
        if entry.visibility != "family":
            yield joined(entry)
    yield joined(student.portfolio)
    yield joined(student.reviews)


def _of_student(at: Inspection, student: Student) -> Iterator[_Told]:
    for entry in student.entries:
        if not entry.draft:
            said = named_by(entry)
            yield _Told(entry, (), entry, student, entry.visibility, said, has_people=True)
    for keys, own in own_words(student):
        yield _Told(student.portfolio, keys, own, student, own.visibility)
    for index, wish in enumerate(student.portfolio.shared):
        if done := at.done.get(wish.achievement):
            at_wish, named = ("shared", index), (named_by(done), members_in(done))
            yield _Told(student.portfolio, at_wish, wish, student, wish.visibility, *named)
    for index, review in enumerate(student.reviews.reviews):
        if not review.private:
            yield _Told(student.reviews, ("reviews", index), review, student, review.visibility)


def own_words(student: Student) -> Iterator[tuple[Key, OwnWords]]:
    """What a student says about themself in portfolio.yml, each with the keys where it stands."""
    portfolio = student.portfolio
    yield ("about",), portfolio.about
    if portfolio.profile:
        yield ("profile",), portfolio.profile
    for key in ("interests", "goals", "reflections", "self_assessments"):
        yield from (((key, index), own) for index, own in enumerate(getattr(portfolio, key)))


def _of_collectives(at: Inspection) -> Iterator[_Told]:
    record = at.school.collectives
    for number, together in enumerate(record.collectives):
        widest: Visibility = "family"
        for index, done in enumerate(together.achievements):
            wanted = at.wanted.get(done.id, "family")
            widest = max(widest, wanted, key=LADDER.index)
            keys = ("collectives", number, "achievements", index)
            named = named_by(done), members_in(done)
            yield _Told(record, keys, done, None, wanted, *named, has_people=True)
        yield _Told(record, ("collectives", number), together, None, widest)
