"""What a portfolio refers to -> diagnostics. Are the works, people and achievements there?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import named_twice, unknown_entry, unknown_person
from generator.diagnostic import Diagnostic, Text, quote
from generator.say import near_or

FEWEST, MOST = 3, 7


def highlight_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A chosen work is not among the student's entries.

    Что это значит: в choices.highlights стоит id, которого нет ни у одной записи.
    Почему важно: с этих работ портфолио начинается; одной из них не окажется (R-033).
    Не так: highlights: [x7k]
    А так: highlights: [x7k2]
    """
    for student in at.asked:
        for index, entry in enumerate(student.portfolio.choices.highlights):
            place = student.portfolio.place("choices", "highlights", index)
            yield from unknown_entry(at, place, entry, student, "highlight-unknown")


def highlights_few_or_many(at: Inspection) -> Iterator[Diagnostic]:
    """A portfolio begins with fewer than three or more than seven works.

    Что это значит: в choices.highlights меньше трёх или больше семи работ. Пусто — тоже можно, и
    если записей меньше трёх, ничего не нужно.
    Почему важно: несколько главных работ запоминаются лучше одной и лучше всех сразу
    (003 §5, R-033).
    Не так: highlights: [x7k2]
    А так: highlights: [x7k2, p3mw, t6hq]
    """
    for student in at.asked:
        chosen = len(set(student.portfolio.choices.highlights))
        known = at.shown_ids(student)
        few = 0 < chosen < FEWEST and known is not None and len(known) >= FEWEST
        if few or chosen > MOST:
            yield Diagnostic(
                student.portfolio.place("choices", "highlights"),
                "highlights-few-or-many",
                Text(
                    f"главных работ {chosen}, а лучше всего смотрятся от {FEWEST} до {MOST}",
                    f"{chosen} works stand first, and {FEWEST} to {MOST} look best",
                ),
                Text("добавьте ещё одну-две из своих работ", "add one or two more of your works")
                if few
                else Text(
                    "оставьте самые важные: остальные никуда не денутся",
                    "keep those that matter most: the others stay in the portfolio",
                ),
                "warning",
            )


def carried_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry to be taken on to the next level is not among the student's entries.

    Что это значит: в choices.carried стоит id, которого нет ни у одной записи.
    Почему важно: эта работа не перейдёт на новую ступень (003 §5.3).
    Не так: carried: [x7k]
    А так: carried: [x7k2]
    """
    for student in at.asked:
        for index, entry in enumerate(student.portfolio.choices.carried):
            place = student.portfolio.place("choices", "carried", index)
            yield from unknown_entry(at, place, entry, student, "carried-unknown")


def cover_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """The cover is not among the student's entries.

    Что это значит: в design.cover стоит id, которого нет ни у одной записи.
    Почему важно: портфолио останется без картинки на обложке.
    Не так: cover: cat.jpg
    А так: cover: x7k2
    """
    for student in at.asked:
        cover = student.portfolio.design.cover
        if cover:
            place = student.portfolio.place("design", "cover")
            yield from unknown_entry(at, place, cover, student, "cover-unknown")


def cover_has_no_scan(at: Inspection) -> Iterator[Diagnostic]:
    """The entry chosen for the cover has no scan.

    Что это значит: на обложку идёт первый скан выбранной записи, а у неё сканов нет.
    Почему важно: портфолио останется без картинки на обложке (003 §5.1, R-032).
    Не так: cover: x7k2, а у записи x7k2 scans пуст
    А так: cover: p3mw, у которой есть рисунок
    """
    bare = {(i.student.id, i.told.id) for i in at.items if i.student and not i.told.scans}
    bare_together = {item.told.id for item in at.achievements if not item.told.scans}
    for student in at.asked:
        cover = student.portfolio.design.cover
        together = at.together(student)
        if (student.id, cover) in bare or cover in bare_together & together:
            yield Diagnostic(
                student.portfolio.place("design", "cover"),
                "cover-has-no-scan",
                Text(
                    f"у записи {quote(cover)} нет ни одного скана",
                    f"the entry {quote(cover)} has no scan",
                ),
                Text(
                    "выберите для обложки запись с картинкой",
                    "choose an entry with a picture for the cover",
                ),
                "warning",
            )


def goal_evidence_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A goal refers to an entry that the student does not have.

    Что это значит: в evidence стоит id, которого нет ни у одной записи.
    Почему важно: по этой ссылке видно, как достигнута цель (R-035).
    Не так: evidence: [x7k]
    А так: evidence: [x7k2]
    """
    for student in at.asked:
        for number, goal in enumerate(student.portfolio.goals):
            for index, entry in enumerate(goal.evidence):
                place = student.portfolio.place("goals", number, "evidence", index)
                yield from unknown_entry(at, place, entry, student, "goal-evidence-unknown")


def review_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A review is about an entry that the student does not have.

    Что это значит: в reviews.yml назван id, которого нет ни у одной записи.
    Почему важно: отзыв о работе без работы никто не увидит (R-052).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student in at.asked:
        for index, review in enumerate(student.reviews.reviews):
            if review.entry:
                place = student.reviews.place("reviews", index, "entry")
                yield from unknown_entry(at, place, review.entry, student, "review-entry-unknown")


def request_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A request to a teacher is about an entry that the student does not have.

    Что это значит: в requests назван id, которого нет ни у одной записи.
    Почему важно: учитель не поймёт, о какой работе его просят (003 §3.3.3, R-054).
    Не так: entry: x7k
    А так: entry: x7k2
    """
    for student in at.asked:
        for index, request in enumerate(student.portfolio.requests):
            if request.entry:
                place = student.portfolio.place("requests", index, "entry")
                yield from unknown_entry(at, place, request.entry, student, "request-entry-unknown")


def request_to_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A request is to somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: просьбу никто не получит (003 §3.3.3, R-054).
    Не так: to: orlov
    А так: to: orlova
    """
    for student in at.asked:
        for index, request in enumerate(student.portfolio.requests):
            place = student.portfolio.place("requests", index, "to")
            yield from unknown_person(at, place, request.to, "request-to-unknown")


def shared_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A portfolio shares a collective's achievement in which the student had no part.

    Что это значит: в shared стоит id, которого нет в school/collectives.yml, или среди участников
    этого достижения ученика нет.
    Почему важно: показать можно только то, в чём участвовал сам (004 §3.5, R-021).
    Не так: achievement: t6h
    А так: achievement: t6hq
    """
    if not at.was_read(at.school.collectives.file):
        return
    known = {item.told.id for item in at.achievements}
    for student in at.asked:
        own = at.together(student)
        for index, shared in enumerate(student.portfolio.shared):
            one = shared.achievement
            if one in own:
                continue
            yield Diagnostic(
                student.portfolio.place("shared", index, "achievement"),
                "shared-unknown",
                Text(
                    f"среди участников достижения {quote(one)} этого ученика нет",
                    f"this student is not among the members of the achievement {quote(one)}",
                )
                if one in known
                else Text(
                    f"достижения {quote(one)} нет в school/collectives.yml",
                    f"there is no achievement {quote(one)} in school/collectives.yml",
                ),
                near_or(
                    one,
                    own,
                    Text(
                        "попросите учителя внести вас в участники или уберите эту строку",
                        "ask a teacher to enter you as a member, or take this out",
                    ),
                ),
            )


def shared_twice(at: Inspection) -> Iterator[Diagnostic]:
    """A portfolio shares one achievement twice.

    Что это значит: в shared один id стоит дважды.
    Почему важно: действует только первый выбор, кому показать; второй не значит ничего (R-031).
    Не так: t6hq для class и ниже t6hq для family
    А так: t6hq один раз, с тем выбором, который нужен
    """
    fix = Text("оставьте одно, с тем выбором, который нужен", "keep the one with the right choice")
    for student in at.asked:
        placed = (
            (student.portfolio.place("shared", index, "achievement"), shared.achievement)
            for index, shared in enumerate(student.portfolio.shared)
        )
        yield from named_twice(placed, "shared-twice", fix)
