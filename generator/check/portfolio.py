"""Portfolios and reviews -> diagnostics. Do they refer to entries that exist?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.say import near_or


def highlight_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A chosen work is not among the student's entries.

    Что это значит: в choices.highlights стоит id, которого нет ни у одной записи.
    Почему важно: с этих работ портфолио начинается; одной из них не окажется (R-033).
    Не так: highlights: [x7k]
    А так: highlights: [x7k2]
    """
    for student in at.school.students:
        for index, entry in enumerate(student.portfolio.choices.highlights):
            place = student.portfolio.place("choices", "highlights", index)
            yield from _unknown(at, student.id, entry, place, "highlight-unknown")


def carried_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry to be taken on to the next level is not among the student's entries.

    Что это значит: в choices.carried стоит id, которого нет ни у одной записи.
    Почему важно: эта работа не перейдёт на новую ступень (003 §5.3).
    Не так: carried: [x7k]
    А так: carried: [x7k2]
    """
    for student in at.school.students:
        for index, entry in enumerate(student.portfolio.choices.carried):
            place = student.portfolio.place("choices", "carried", index)
            yield from _unknown(at, student.id, entry, place, "carried-unknown")


def cover_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The cover is not among the student's entries.

    Что это значит: в design.cover стоит id, которого нет ни у одной записи.
    Почему важно: портфолио останется без картинки на обложке.
    Не так: cover: cat.jpg
    А так: cover: x7k2
    """
    for student in at.school.students:
        cover = student.portfolio.design.cover
        if cover:
            place = student.portfolio.place("design", "cover")
            yield from _unknown(at, student.id, cover, place, "cover-unknown")


def goal_evidence_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A goal refers to an entry that the student does not have.

    Что это значит: в evidence стоит id, которого нет ни у одной записи.
    Почему важно: по этой ссылке видно, как достигнута цель (R-035).
    Не так: evidence: [x7k]
    А так: evidence: [x7k2]
    """
    for student in at.school.students:
        for number, goal in enumerate(student.portfolio.goals):
            for index, entry in enumerate(goal.evidence):
                place = student.portfolio.place("goals", number, "evidence", index)
                yield from _unknown(at, student.id, entry, place, "goal-evidence-unknown")


def review_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A review is about an entry that the student does not have.

    Что это значит: в reviews.yml назван id, которого нет ни у одной записи.
    Почему важно: отзыв о работе без работы никто не увидит (R-052).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student in at.school.students:
        for index, review in enumerate(student.reviews.reviews):
            if review.entry:
                place = student.reviews.place("reviews", index, "entry")
                yield from _unknown(at, student.id, review.entry, place, "review-entry-unknown")


def _unknown(
    at: Inspection, student: str, entry: str, place: Place, code: str
) -> Iterator[Diagnostic]:
    known = at.entry_ids(at.students[student])
    if known is None or entry in known:
        return
    yield Diagnostic(
        place,
        code,
        Text(f"записи {quote(entry)} у ученика нет", f"the student has no entry {quote(entry)}"),
        near_or(
            entry,
            known,
            Text(
                "возьмите id из entry.yml нужной записи", "take the id from the entry's entry.yml"
            ),
        ),
    )
