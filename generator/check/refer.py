"""Names that stand in files -> diagnostics. Is there such a thing, and is it named once?

Rules of one shape ask here, so that the same mistake has the same words wherever it stands.
"""

from collections.abc import Iterable, Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.student import Student
from generator.say import near_or

_LOOK_AT_THE_ID = Text("проверьте id: он стоит в school/people.yml", "look the id up in people.yml")


def no_person(
    at: Inspection, code: str, place: Place, person: str, otherwise: Text = _LOOK_AT_THE_ID
) -> Iterator[Diagnostic]:
    """What to say when nobody of the staff bears this id."""
    if person in at.people or not at.was_read("school/people.yml"):
        return
    message = Text(
        f"человека {quote(person)} нет в school/people.yml",
        f"{quote(person)} is not in school/people.yml",
    )
    yield Diagnostic(place, code, message, near_or(person, at.people, otherwise))


def no_entry(
    at: Inspection, code: str, place: Place, entry: str, student: Student
) -> Iterator[Diagnostic]:
    """What to say when the student has no such entry, alone or together with others."""
    yield from not_among(at.shown_ids(student), code, place, entry)


def not_among(
    known: frozenset[str] | None, code: str, place: Place, entry: str
) -> Iterator[Diagnostic]:
    """What to say when an entry is none of the `known`; nothing when those are not all known."""
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


def taken(code: str, placed: Iterable[tuple[Place, str]]) -> Iterator[Diagnostic]:
    """What to say of every id that another thing above already bears."""
    for place, one in _again(placed):
        yield Diagnostic(
            place,
            code,
            Text(f"id {quote(one)} уже занят выше", f"the id {quote(one)} is taken above"),
            Text("дайте другой id или уберите повтор", "give another id, or remove the repeat"),
        )


def repeated(code: str, placed: Iterable[tuple[Place, str]]) -> Iterator[Diagnostic]:
    """What to say of every name that stands twice in one list."""
    for place, one in _again(placed):
        yield Diagnostic(
            place,
            code,
            Text(f"{quote(one)} здесь уже есть выше", f"{quote(one)} already stands above"),
            Text("уберите повтор", "remove the repeat"),
            "warning",
        )


def _again(placed: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, one in placed:
        if one in seen:
            yield place, one
        seen.add(one)
