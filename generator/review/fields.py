"""Entry -> its fields in words, one by one. What does it say, as the page would say it?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic.fields import FieldInfo

from generator.diagnostic import Text
from generator.model.entry import Scan
from generator.model.kinds import Entry
from generator.model.label import Labels
from generator.model.record import From, Record
from generator.model.reviewed import Line
from generator.model.school import School
from generator.model.shown import NOTHING
from generator.model.spoken import join, same, say_day
from generator.model.student import Student

_APART = frozenset({"id", "scans", "kind"})
"""Told in another place of a card."""
_EMPTY: tuple[object, ...] = (None, (), False, "")
_YES, _NO = Text("да", "yes"), Text("нет", "no")


def told_fields(before: Entry | None, after: Entry | None, words: "Words") -> tuple[Line, ...]:
    """Every field that either says, in the order in which people read them."""
    old, new = (dict(words.fields(one)) if one else {} for one in (before, after))
    first = after or before
    assert first
    known = [*type(first).key_order(), *old]
    keys = [key for key in dict.fromkeys(known) if key in old or key in new]
    return tuple(
        Line(key, words.label(first, key), old.get(key, NOTHING), new.get(key, NOTHING))
        for key in keys
    )


class Words:
    """What keys and codes of one school are called."""

    def __init__(self, school: School, labels: Labels) -> None:
        self.school, self.labels = school, labels
        students = {one.id: _full(one) for one in school.students}
        staff = {one.id: same(one.name) for one in school.staff.people}
        events = {one.id: same(one.title) for one in school.events.events}
        self._ids = {"event": events, "mentor": staff, "student": students}

    def label(self, record: Record, key: str) -> Text:
        """What a key is called."""
        english = key.replace("_", " ")
        try:
            return Text(self.labels.field(type(record), key).title, english)
        except (KeyError, StopIteration):
            return Text(english, english)

    def fields(self, record: Record) -> Iterator[tuple[str, Text]]:
        """Key and words of everything a record says."""
        for key, field in type(record).model_fields.items():
            value = getattr(record, key)
            if key not in _APART and value not in _EMPTY:
                yield key, self._say(value, self._names(key, field))

    def kind(self, entry: Entry) -> Text:
        """What this kind of entry is called."""
        return self._listed("kinds").get(entry.kind, same(entry.kind))

    def document(self, scan: Scan) -> Text:
        """What kind of document a scan is of."""
        return self._listed("documents").get(scan.document or "", NOTHING)

    def _say(self, value: object, names: Mapping[str, Text]) -> Text:
        if isinstance(value, bool):
            return _YES if value else _NO
        if isinstance(value, dt.date):
            return say_day(value)
        if isinstance(value, tuple):
            return join(tuple(self._say(one, names) for one in value), "; ")
        if isinstance(value, Record):
            told = ((self.label(value, key), words) for key, words in self.fields(value))
            return join(tuple(Text(f"{a.ru.lower()}: {b.ru}", f"{a.en}: {b.en}") for a, b in told))
        said = " ".join(f"{value}".split())
        return names.get(said, same(said))

    def _names(self, key: str, field: FieldInfo) -> Mapping[str, Text]:
        """Code -> its words, for a field that is written in codes."""
        if key in self._ids:
            return self._ids[key]
        lists = [one.vocabulary for one in _marks(field) if isinstance(one, From)]
        if lists:
            return self._listed(lists[0])
        values = [one for one in get_args(field.annotation) if isinstance(one, str)]
        try:
            return {code: Text(ru, code) for code, ru in self.labels.choice(values).items()}
        except StopIteration:
            return {}

    def _listed(self, vocabulary: str) -> Mapping[str, Text]:
        listed = self.school.vocabularies.get(vocabulary)
        return {one.code: Text(one.ru, one.en) for one in listed.terms} if listed else {}


def _full(student: Student) -> Text:
    return same(f"{student.record.name.surname} {student.record.name.given}")


def _marks(field: FieldInfo) -> Iterator[Any]:
    """Everything that is said of a field's type, and of what it is made of."""
    yield from field.metadata
    todo = [field.annotation]
    while todo:
        one = todo.pop()
        yield from getattr(one, "__metadata__", ())
        todo += [*get_args(one)] if not isinstance(one, str) else []
