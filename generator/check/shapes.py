"""Mistakes of one shape -> diagnostics. Who or what is not known, and what stands twice?"""

from collections.abc import Iterable, Iterator, Sequence

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.student import Student
from generator.say import near_or


def unknown_person(at: Inspection, place: Place, person: str, code: str) -> Iterator[Diagnostic]:
    """Says that nobody of the staff bears this id; nothing when people.yml could not be read."""
    if person in at.people or not at.was_read("school/people.yml"):
        return
    yield Diagnostic(
        place,
        code,
        Text(
            f"человека {quote(person)} нет в school/people.yml",
            f"{quote(person)} is not in school/people.yml",
        ),
        near_or(
            person,
            at.people,
            Text("проверьте id или добавьте его туда", "look at the id, or add this person there"),
        ),
    )


def unknown_student(at: Inspection, place: Place, student: str, code: str) -> Iterator[Diagnostic]:
    """Says that the school has no record of this student; nothing when it could not be read."""
    if student in at.students or not at.was_read(f"records/{student}/student.yml"):
        return
    message = Text(
        f"об ученике {quote(student)} нет папки в records",
        f"records has no folder of the student {quote(student)}",
    )
    otherwise = Text(
        "добавьте папку ученика или уберите его из списка",
        "add the student's folder, or take the student off the list",
    )
    yield Diagnostic(place, code, message, near_or(student, at.students, otherwise))


def unknown_entry(
    at: Inspection, place: Place, entry: str, student: Student, code: str
) -> Iterator[Diagnostic]:
    """Says that the student has no such entry, alone or together with others."""
    yield from not_among(at.shown_ids(student), place, entry, code)


def not_among(
    known: frozenset[str] | None, place: Place, entry: str, code: str
) -> Iterator[Diagnostic]:
    """Says that an entry is none of the `known`; nothing when those are not all known."""
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


def twice(ids: Sequence[str], place: Place, code: str) -> Iterator[Diagnostic]:
    """Says of every id in the list at `place` that already stands above."""
    inside = (Place(place.file, keys=(*place.keys, index, "id")) for index in range(len(ids)))
    yield from taken(zip(inside, ids, strict=True), code)


def taken(placed: Iterable[tuple[Place, str]], code: str) -> Iterator[Diagnostic]:
    """Says of every id that already is another thing's."""
    for place, one in _again(placed):
        yield Diagnostic(
            place,
            code,
            Text(f"id {quote(one)} уже занят выше", f"the id {quote(one)} is taken above"),
            Text("дайте другой id или уберите повтор", "give another id, or remove the repeat"),
        )


def named_twice(placed: Iterable[tuple[Place, str]], code: str, fix: Text) -> Iterator[Diagnostic]:
    """Says of every name that already stands above in the same list."""
    for place, one in _again(placed):
        message = Text(f"{quote(one)} здесь уже есть выше", f"{quote(one)} already stands above")
        yield Diagnostic(place, code, message, fix, "warning")


def fold(words: str) -> str:
    """Words as people compare them: case, ё or е, and spaces make no difference."""
    return " ".join(words.casefold().replace("ё", "е").split())


def _again(placed: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, one in placed:
        if one in seen:
            yield place, one
        seen.add(one)
