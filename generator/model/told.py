"""Record -> the words in it that others may read. What of it could name somebody?"""

from collections.abc import Iterator
from functools import cache
from typing import get_type_hints

from generator.diagnostic import Key
from generator.model.collective import Achievement
from generator.model.kinds import AnyEntry, Entry, GroupWork
from generator.model.record import Record, records_in
from generator.model.school import School
from generator.model.written import text_fields

OWN_VOICE = frozenset({"reflection", "why_it_matters"})
"""The child's own words about an entry: no confirmation speaks for them, and they stay inside."""
WORDS = OWN_VOICE | {"text", "outcome", "change"}
"""What of an entry is shown only where a consent names `words`."""
_UNTOLD = frozenset(
    {
        "id",
        "file",
        "people",
        "achievements",
        "original",
        "application",
        "recognition",
        "decided",
        "basis",
    }
)
"""Fields that only the family and staff read."""
BREAK = " | "
"""Parts two texts so that no name stands in both."""
_OF_PAPER = frozenset({"title"})
"""What others read of a paper."""


def told_in(record: Record, keys: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every text of a record that others may come to read, with its keys."""
    texts, records = _fields(type(record))
    values = record.__dict__
    for name in texts:
        value = values[name]
        if type(value) is str:
            yield (*keys, name), value
        elif value:
            yield from (((*keys, name, index), one) for index, one in enumerate(value))
    for name in records:
        value = values[name]
        if type(value) is tuple:
            for index, one in enumerate(value):
                yield from told_in(one, (*keys, name, index))
        elif value is not None:
            yield from told_in(value, (*keys, name))


def joined(record: Record) -> str:
    """All these texts in one, for a first look."""
    texts, records = _fields(type(record))
    values = record.__dict__
    found = [value if type(value) is str else BREAK.join(value) for name in texts
             if (value := values[name])]  # fmt: skip
    for name in records:
        if value := values[name]:
            found += map(joined, value if type(value) is tuple else (value,))
    return BREAK.join(found)


def named_by(told: Entry | GroupWork | Achievement) -> frozenset[str]:
    """Students who are said to be named in it."""
    return frozenset(one.student for one in told.people if one.student and one.how != "pictured")


def members_in(done: Achievement) -> frozenset[str]:
    """Students who took part."""
    return frozenset(member.student for member in done.members)


def members_of(school: School, entry: AnyEntry) -> frozenset[str]:
    """Who took part in a collective's achievement; of an entry of one's own nobody."""
    if not isinstance(entry, GroupWork):
        return frozenset()
    done = (one for each in school.collectives.collectives for one in each.achievements)
    return frozenset(who for one in done if one.id == entry.id for who in members_in(one))


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fields with texts, and fields with records that have some."""
    hints, texts = get_type_hints(model, include_extras=True), text_fields(model)
    told = [name for name in model.model_fields if name not in _UNTOLD]
    if model.__name__ == "Paper":
        told = [name for name in told if name in _OF_PAPER]
    records = (name for name in told if any(map(_has_texts, records_in(hints[name]))))
    return tuple(name for name in told if name in texts), tuple(records)


def _has_texts(model: type[Record]) -> bool:
    return any(_fields(model))
