"""Entries -> diagnostics. Is each one told where and when it happened, once?"""

import datetime as dt
from collections.abc import Iterator

from generator.check.inspection import Inspection, folder_of
from generator.diagnostic import Diagnostic, Text, quote
from generator.model.kinds import Contest, Entry, Project, Sport
from generator.model.school import year_of
from generator.model.student import Student
from generator.say import near_or

# An event may last: what happened in its later days bears a later date.
LASTS = dt.timedelta(days=14)


def entry_id_not_in_folder(at: Inspection) -> Iterator[Diagnostic]:
    """An entry's folder does not end with the entry's id.

    Что это значит: id в entry.yml и имя папки говорят о разных записях.
    Почему важно: по id запись находят подтверждение и ссылки; id не меняется никогда, а папку
    можно назвать заново, лишь бы в конце остался id.
    Не так: папка olimpiada-2026, в ней id: x7k2
    А так: папка olimpiada-2026-x7k2, в ней id: x7k2
    """
    for _, entry in at.entries:
        folder = folder_of(entry).rpartition("/")[2]
        if folder != entry.id and not folder.endswith(f"-{entry.id}"):
            renamed = quote(f"{folder}-{entry.id}")
            yield Diagnostic(
                entry.place("id"),
                "entry-id-not-in-folder",
                Text(
                    f"папка {quote(folder)} не кончается на {quote('-' + entry.id)}",
                    f"the folder {quote(folder)} does not end with {quote('-' + entry.id)}",
                ),
                Text(f"назовите папку {renamed}", f"name the folder {renamed}"),
            )


def entry_id_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two entries of one student bear the same id.

    Что это значит: папку записи скопировали вместе с её id.
    Почему важно: подтверждение одной записи досталось бы и другой (R-075).
    Не так: id: x7k2 в двух папках
    А так: id: x7k2 в одной, id: p3mw в другой
    """
    for student in at.school.students:
        seen: dict[str, str] = {}
        for entry in student.entries:
            first = seen.setdefault(entry.id, folder_of(entry).rpartition("/")[2])
            if first != folder_of(entry).rpartition("/")[2]:
                yield Diagnostic(
                    entry.place("id"),
                    "entry-id-twice",
                    Text(
                        f"id {quote(entry.id)} уже есть у записи {quote(first)}",
                        f"the id {quote(entry.id)} already belongs to {quote(first)}",
                    ),
                    Text(
                        "дайте более новой записи другой id и такое же окончание её папке",
                        "give the newer entry another id, and its folder the same ending",
                    ),
                )


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
    """An entry tells of a day that has not come yet.

    Что это значит: дата позже сегодняшней.
    Почему важно: портфолио рассказывает о том, что было (R-070, достоверность).
    Не так: date: 2062-10-14
    А так: date: 2026-10-14
    """
    for _, entry in at.entries:
        start = entry.period.start if entry.period else entry.date
        if start and start > at.today:
            keys = ("period", "start") if entry.period else ("date",)
            yield Diagnostic(
                entry.place(*keys),
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
    for student, entry in at.entries:
        if entry.day and not _was_at_school(at, student, entry.day):
            yield Diagnostic(
                entry.place("date") if entry.date else entry.place("period"),
                "date-before-school",
                Text(
                    f"в {quote(year_of(entry.day))} учебном году ученика не было в школе",
                    f"the student was not in the school in {quote(year_of(entry.day))}",
                ),
                Text(
                    "проверьте год; кто пришёл из другой школы, тому заполняют «came_from»",
                    'look at the year; for those from another school fill "came_from"',
                ),
                "warning",
            )


def event_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry names an event that is not in the register of events.

    Что это значит: такого id нет в school/events.yml.
    Почему важно: название, уровень и день события пишут один раз, записи на него ссылаются (R-056).
    Не так: event: olimpiada
    А так: event: olimpiada-2026
    """
    if not at.was_read("school/events.yml"):
        return
    for _, entry in at.entries:
        if entry.event and entry.event not in at.events:
            yield Diagnostic(
                entry.place("event"),
                "event-unknown",
                Text(
                    f"события {quote(entry.event)} нет в school/events.yml",
                    f"the event {quote(entry.event)} is not in school/events.yml",
                ),
                near_or(
                    entry.event,
                    at.events,
                    Text(
                        "попросите учителя внести событие или уберите эту строку",
                        "ask a teacher to enter the event, or take this line out",
                    ),
                ),
            )


def event_date_differs(at: Inspection) -> Iterator[Diagnostic]:
    """An entry and its event tell different days.

    Что это значит: день записи не совпадает с днём события. Две недели после первого дня
    допускаются: события бывают долгими.
    Почему важно: одна из двух дат неверна, а дату события видят все его участники (R-056).
    Не так: событие 2026-02-14, запись 2025-02-14
    А так: одинаковые даты
    """
    for _, entry in at.entries:
        event = at.events.get(entry.event or "")
        start = entry.period.start if entry.period else entry.date
        if not event or not start or not entry.day:
            continue
        if start > event.date + LASTS or entry.day < event.date:
            yield Diagnostic(
                entry.place("date") if entry.date else entry.place("period"),
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


def mentor_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A project names a mentor who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: вместо имени учителя на странице было бы пусто.
    Не так: mentor: Орлова М. И.
    А так: mentor: orlova
    """
    if not at.was_read("school/people.yml"):
        return
    for _, entry in at.entries:
        if isinstance(entry, Project) and entry.mentor and entry.mentor not in at.people:
            yield Diagnostic(
                entry.place("mentor"),
                "mentor-unknown",
                Text(
                    f"человека {quote(entry.mentor)} нет в school/people.yml",
                    f"{quote(entry.mentor)} is not in school/people.yml",
                ),
                near_or(
                    entry.mentor,
                    at.people,
                    Text("проверьте id учителя", "look at the teacher's id"),
                ),
            )


def result_without_document(at: Inspection) -> Iterator[Diagnostic]:
    """An entry claims a result and shows no document.

    Что это значит: результат назван, а скана нет и учитель запись не подтвердил.
    Почему важно: результат подтверждают документом (003 §3.2, R-071). Школа выбирает в
    school.yml, показать такую запись как неподтверждённую или придержать.
    Не так: result: winner, и ни одного скана
    А так: result: winner и скан диплома в scans
    """
    for student, entry in at.entries:
        if not isinstance(entry, Contest | Sport) or not entry.result:
            continue
        if entry.scans or entry.draft or _is_confirmed(student, entry):
            continue
        held = at.school.settings.switches.unconfirmed == "hold"
        yield Diagnostic(
            entry.place("result"),
            "result-without-document",
            Text(
                "результат без документа: другие его не увидят"
                if held
                else "результат без документа: он будет показан как неподтверждённый",
                "a result without a document: others will not see it"
                if held
                else "a result without a document: it will be shown as unconfirmed",
            ),
            Text(
                "добавьте скан диплома или протокола в «scans»",
                'add a scan of the diploma or the protocol to "scans"',
            ),
            "warning",
        )


def _was_at_school(at: Inspection, student: Student, day: dt.date) -> bool:
    if (
        student.record.came_from
        or student.record.joined
        or (year_of(day), student.id) in at.classes
    ):
        return True
    known = [
        (year, rooms[0].grade) for (year, one), rooms in at.classes.items() if one == student.id
    ]
    listed = any(years.year == year_of(day) for years in at.school.years)
    if listed or not known:
        return not listed
    year, grade = min(known)
    return grade - (int(year[:4]) - int(year_of(day)[:4])) >= 1


def _is_confirmed(student: Student, entry: Entry) -> bool:
    decisions = [c for c in student.confirmations.confirmations if c.entry == entry.id]
    return bool(decisions) and decisions[-1].state == "confirmed"
