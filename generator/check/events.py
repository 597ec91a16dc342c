"""Register of events -> diagnostics. Is every event entered once, by somebody, on one list?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.check.shapes import twice, unknown_person
from generator.diagnostic import Diagnostic, Text, quote


def event_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two events bear the same id.

    Что это значит: в events.yml один id у двух событий.
    Почему важно: записи об одном событии показали бы другое (R-056).
    Не так: id: olimpiada дважды
    А так: id: olimpiada-2025 и id: olimpiada-2026
    """
    ids = [event.id for event in at.school.events.events]
    yield from twice(ids, at.school.events.place("events"), "event-twice")


def event_announced_by_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An event was announced by somebody who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: события, результаты которых войдут в портфолио, объявляют учителя школы
    (003 §3.3.4, R-056).
    Не так: announced_by: orlov
    А так: announced_by: orlova
    """
    events = at.school.events
    for index, event in enumerate(events.events):
        if event.announced_by:
            place = events.place("events", index, "announced_by")
            yield from unknown_person(at, place, event.announced_by, "event-announced-by-unknown")


def official_list_twice(at: Inspection) -> Iterator[Diagnostic]:
    """Two official lists of olympiads and contests are of one school year.

    Что это значит: в lists два перечня одного учебного года.
    Почему важно: у события указали бы приказ то одного, то другого (000 §3.2.2, R-073).
    Не так: year: 2026-27 в двух перечнях
    А так: один перечень на год; дополнения внесены в него же
    """
    events, seen = at.school.events, set()
    for index, listed in enumerate(events.lists):
        if listed.year in seen:
            yield Diagnostic(
                events.place("lists", index, "year"),
                "official-list-twice",
                Text(
                    f"перечень на {quote(listed.year)} уже есть выше",
                    f"there already is a list for {quote(listed.year)} above",
                ),
                Text(
                    "исправьте год или соедините два перечня в один",
                    "mend the year, or make one list of the two",
                ),
                "warning",
            )
        seen.add(listed.year)
