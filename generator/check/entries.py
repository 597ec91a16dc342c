"""Entries -> diagnostics. Is each one named once, and is all it refers to there?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection, folder_of
from generator.check.shapes import named_twice, not_among, unknown_entry, unknown_person
from generator.diagnostic import Diagnostic, Key, Text, quote
from generator.model.kinds import Project, Reward, Series
from generator.model.record import FileRecord
from generator.model.student import Student
from generator.say import near_or


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
    for student in at.asked:
        first = {entry.id: entry for entry in reversed(student.entries)}
        for entry in student.entries:
            if first[entry.id] is entry:
                continue
            folder = quote(folder_of(first[entry.id]).rpartition("/")[2])
            yield Diagnostic(
                entry.place("id"),
                "entry-id-twice",
                Text(
                    f"id {quote(entry.id)} уже есть у записи {folder}",
                    f"the id {quote(entry.id)} already belongs to {folder}",
                ),
                Text(
                    "дайте более новой записи другой id и такое же окончание её папке",
                    "give the newer entry another id, and its folder the same ending",
                ),
            )


def event_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """An entry or an achievement names an event that is not in the register of events.

    Что это значит: такого id нет в school/events.yml.
    Почему важно: название, уровень и день события пишут один раз, записи на него ссылаются (R-056).
    Не так: event: olimpiada
    А так: event: olimpiada-2026
    """
    if not at.was_read("school/events.yml"):
        return
    for item in at.items:
        event = item.told.event
        if event and event not in at.events:
            yield Diagnostic(
                item.place("event"),
                "event-unknown",
                Text(
                    f"события {quote(event)} нет в school/events.yml",
                    f"the event {quote(event)} is not in school/events.yml",
                ),
                near_or(
                    event,
                    at.events,
                    Text(
                        "попросите учителя внести событие или уберите эту строку",
                        "ask a teacher to enter the event, or take this line out",
                    ),
                ),
            )


def mentor_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A project names a mentor who is not among the staff.

    Что это значит: такого id нет в school/people.yml.
    Почему важно: вместо имени учителя на странице было бы пусто.
    Не так: mentor: Орлова М. И.
    А так: mentor: orlova
    """
    for _, entry in at.entries:
        if isinstance(entry, Project) and entry.mentor:
            yield from unknown_person(at, entry.place("mentor"), entry.mentor, "mentor-unknown")


def series_work_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A series names a work that is not among the student's own entries.

    Что это значит: в works стоит id, которого нет ни у одной своей записи.
    Почему важно: серия показывает, как менялись работы; одной из них не окажется (002 §2, R-022).
    Не так: works: [x7k, p3mw]
    А так: works: [x7k2, p3mw]
    """
    for student, entry in at.entries:
        for index, work in enumerate(entry.works if isinstance(entry, Series) else ()):
            own = at.entry_ids(student)
            others = own and own - {entry.id}
            yield from not_among(others, entry.place("works", index), work, "series-work-unknown")


def reward_entry_unknown(at: Inspection) -> Iterator[Diagnostic]:
    """A reward was given for an entry that the student does not have.

    Что это значит: в entries стоит id, которого нет ни у одной записи.
    Почему важно: по этой ссылке видно, за что дали поощрение (001 §3.3, R-018).
    Не так: entries: [x7k]
    А так: entries: [x7k2]
    """
    for student, entry in at.entries:
        for index, one in enumerate(entry.entries if isinstance(entry, Reward) else ()):
            place = entry.place("entries", index)
            yield from unknown_entry(at, place, one, student, "reward-entry-unknown")


def entry_named_twice(at: Inspection) -> Iterator[Diagnostic]:
    """A list of entries names one of them twice, or an order of sections one section.

    Что это значит: в одном списке (highlights, carried, works, entries, evidence) дважды стоит
    один id, или в sections — один раздел.
    Почему важно: одна и та же работа встала бы на страницу два раза.
    Не так: highlights: [x7k2, p3mw, x7k2]
    А так: highlights: [x7k2, p3mw]
    """
    fix = Text("уберите повтор", "remove the repeat")
    for student in at.asked:
        for record, keys, ids in _lists(student):
            placed = ((record.place(*keys, index), one) for index, one in enumerate(ids))
            yield from named_twice(placed, "entry-named-twice", fix)


def _lists(student: Student) -> Iterator[tuple[FileRecord, Key, tuple[str, ...]]]:
    """Every list of entries that a student wrote: its file, its keys, the ids."""
    portfolio, choices = student.portfolio, student.portfolio.choices
    yield portfolio, ("choices", "highlights"), choices.highlights
    yield portfolio, ("choices", "carried"), choices.carried
    yield portfolio, ("design", "sections"), portfolio.design.sections
    for number, goal in enumerate(portfolio.goals):
        yield portfolio, ("goals", number, "evidence"), goal.evidence
    for entry in student.entries:
        if isinstance(entry, Series):
            yield entry, ("works",), entry.works
        elif isinstance(entry, Reward):
            yield entry, ("entries",), entry.entries
