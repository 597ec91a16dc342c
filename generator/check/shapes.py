"""Mistakes of one shape -> diagnostics. Who is not known, and what stands twice?"""

from collections.abc import Iterator, Sequence

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Place, Text, quote
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
        near_or(person, at.people, Text("добавьте его туда", "add this person there")),
    )


def twice(ids: Sequence[str], place: Place, code: str) -> Iterator[Diagnostic]:
    """Says of every id in the list at `place` that already stands above."""
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            yield Diagnostic(
                Place(place.file, keys=(*place.keys, index, "id")),
                code,
                Text(f"id {quote(one)} уже занят выше", f"the id {quote(one)} is taken above"),
                Text("дайте другой id или уберите повтор", "give another id, or remove the repeat"),
            )
        seen.add(one)


def fold(words: str) -> str:
    """Words as people compare them: case, ё or е, and spaces make no difference."""
    return " ".join(words.casefold().replace("ё", "е").split())
