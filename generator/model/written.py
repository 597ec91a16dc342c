"""Record -> what a person wrote in it. Which words are nobody's but theirs?"""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from generator.model.record import Line, Prose

_WORDS = frozenset(get_args(form)[1] for form in (Line, Prose))


def texts_of(record: BaseModel) -> Iterator[tuple[type[BaseModel], str, str]]:
    """Every line and every text of a record, at any depth: its model, its field, the words."""
    for name, is_text in _places(type(record)):
        for value in _flat(getattr(record, name)):
            if isinstance(value, BaseModel):
                yield from texts_of(value)
            elif is_text and isinstance(value, str):
                yield type(record), name, value


@cache
def text_fields(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold a Line or a Prose, one or several."""
    hints = get_type_hints(model, include_extras=True)
    return frozenset(name for name in model.model_fields if _holds_words(hints[name]))


@cache
def _places(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields worth a look: those with words, and those with records that may have some."""
    hints = get_type_hints(model, include_extras=True)
    texts = text_fields(model)
    return tuple(
        (name, name in texts)
        for name in model.model_fields
        if name in texts or _holds_records(hints[name])
    )


def _holds_words(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any(mark in _WORDS for mark in marks if mark.__hash__) or any(
        _holds_words(part) for part in get_args(hint)
    )


def _holds_records(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return True
    return any(_holds_records(part) for part in get_args(hint))


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from _flat(one)
    else:
        yield value
