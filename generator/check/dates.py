"""Days of entries and achievements -> diagnostics. Can it have been then?"""

import datetime as dt
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.school import year_of

# An event may last: what happened in its later days bears a later date.
LASTS = dt.timedelta(days=14)


def entry_without_date(at: Inspection) -> Iterator[Diagnostic]:
    """An entry has neither a date nor a period.

    Что это значит: не сказано, когда это было. Черновиков это не касается.
    Почему важно: по дате запись попадает в свой учебный год и на свою ступень (R-002).
    Не так: запись без date и без period
    А так: date: 2026-10-14
    """
    for _, entry in at.entries:
        if entry.day is None and not entry.draft:
            yield Diagnostic(
                entry.place("date"),
                "entry-without-date",
                Text("не сказано, когда это было", "it is not said when this was"),
                Text(
                    "добавьте строку «date: год-месяц-день» или «period:» с началом и концом",
                    'add a line "date: year-month-day", or "period:" with start and end',
                ),
            )


def date_and_period(at: Inspection) -> Iterator[Diagnostic]:
    """An entry has both a date and a period.

    Что это значит: названы и день, и промежуток.
    Почему важно: неясно, что из двух верно, а от этого зависит учебный год.
    Не так: и date, и period
    А так: date — для одного дня, period — для того, что длилось
    """
    for _, entry in at.entries:
        if entry.date and entry.period:
            yield Diagnostic(
                entry.place("period", on_key=True),
                "date-and-period",
                Text("здесь и день, и промежуток", "here are both a day and a period"),
                Text("оставьте одно: «date» или «period»", 'keep one: "date" or "period"'),
            )


def period_backwards(at: Inspection) -> Iterator[Diagnostic]:
    """A period ends before it begins.

    Что это значит: конец раньше начала.
    Почему важно: по концу промежутка запись попадает в свой учебный год.
    Не так: start: 2026-05-20, end: 2026-05-02
    А так: start: 2026-05-02, end: 2026-05-20
    """
    for _, entry in at.entries:
        if entry.period and entry.period.end and entry.period.end < entry.period.start:
            yield Diagnostic(
                entry.place("period", "end"),
                "period-backwards",
                Text("конец раньше начала", "the end is before the start"),
                Text("проверьте обе даты", "look at both dates"),
            )


def date_in_future(at: Inspection) -> Iterator[Diagnostic]:
    """An entry or an achievement tells of a day that has not come yet.

    Что это значит: дата позже сегодняшней.
    Почему важно: портфолио рассказывает о том, что было (R-070, достоверность).
    Не так: date: 2062-10-14
    А так: date: 2026-10-14
    """
    for item in at.items:
        start = item.start
        if start and start > at.today:
            spans = item.when().keys[-1] == "period"
            yield Diagnostic(
                item.place("period", "start") if spans else item.when(),
                "date-in-future",
                Text(f"день {quote(start)} ещё не наступил", f"{quote(start)} has not come yet"),
                Text("проверьте год", "look at the year"),
            )


def date_before_school(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is of a year in which the student was in no class here.

    Что это значит: в том учебном году ученика нет ни в одном классе или он ещё не учился.
    Почему важно: ступень записи считается по классу (R-002). Если ученик пришёл из другой
    школы, это пишут в student.yml, и предупреждения больше нет.
    Не так: date: 2016-10-14 у четвероклассника 2026 года
    А так: date: 2026-10-14
    """
    for item in at.items:
        if not item.student or not item.day or _has_left(item.student.record.left, item.start):
            continue
        year = year_of(item.day)
        if not at.was_at_school(item.student, year):
            yield Diagnostic(
                item.when(),
                "date-before-school",
                Text(
                    f"в {quote(year)} учебном году ученика не было в школе",
                    f"the student was not in the school in {quote(year)}",
                ),
                Text(
                    "проверьте год; кто пришёл из другой школы, тому заполняют «came_from»",
                    'look at the year; for those from another school fill "came_from"',
                ),
                "warning",
            )


def date_after_leaving(at: Inspection) -> Iterator[Diagnostic]:
    """An entry is of a day on which the student had already left the school.

    Что это значит: в student.yml стоит день ухода «left», а запись о том, что было позже.
    Почему важно: школа ручается за то, что было при ней (R-070); а если ученик не ушёл или
    вернулся, неверен день ухода.
    Не так: left: 2026-05-31, а у записи date: 2026-10-14
    А так: date: 2025-10-14
    """
    for item in at.items:
        left = item.student.record.left if item.student else None
        if _has_left(left, item.start):
            yield Diagnostic(
                item.when(),
                "date-after-leaving",
                Text(
                    f"это было после ухода ученика из школы: {quote(left)}",
                    f"this was after the student had left the school on {quote(left)}",
                ),
                Text(
                    "проверьте год здесь и «left» в student.yml",
                    'look at the year here, and at "left" in student.yml',
                ),
                "warning",
            )


def event_date_differs(at: Inspection) -> Iterator[Diagnostic]:
    """An entry or an achievement and its event tell different days.

    Что это значит: день записи не совпадает с днём события. Две недели после первого дня
    допускаются: события бывают долгими.
    Почему важно: одна из двух дат неверна, а дату события видят все его участники (R-056).
    Не так: событие 2026-02-14, запись 2025-02-14
    А так: одинаковые даты
    """
    for item in at.items:
        event = at.events.get(item.told.event or "")
        if not event or not item.start or not item.day:
            continue
        if item.start > event.date + LASTS or item.day < event.date:
            yield Diagnostic(
                item.when(),
                "event-date-differs",
                Text(
                    f"событие {quote(event.id)} было {quote(event.date)}",
                    f"the event {quote(event.id)} was on {quote(event.date)}",
                ),
                Text(
                    "исправьте дату здесь или выберите другое событие",
                    "mend the date here, or choose another event",
                ),
                "warning",
            )


def _has_left(left: dt.date | None, start: dt.date | None) -> bool:
    return left is not None and start is not None and start > left
