"""Models and words -> what a family is asked about a file. Which fields, and how is each filled in?

One description for every editor. What is not asked stays in the file as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import TypeAdapter

from generator.model.entry import Companion, EntryBase, Scan
from generator.model.kinds import KINDS, Project
from generator.model.portfolio import Goal, Portfolio
from generator.model.record import Record, records_in
from generator.model.schemas import Wording
from generator.model.vocabulary import Term, chosen

Widget = Literal[
    "line", "prose", "day", "number", "flag", "word", "words", "lines", "scan",
    "record", "records", "entry", "entries", "fixed", "new-id", "kept",
]  # fmt: skip
"""How a value is filled in. `fixed` and `new-id` fill themselves in; `kept` is not shown."""
KEPT: Mapping[type[Record], frozenset[str]] = {
    EntryBase: frozenset({"programme", "event", "original"}),
    Project: frozenset({"mentor"}),
}
"""Single values that a family is not asked: ids of the school's things, a shelf of the school."""
LEFT: Mapping[type[Record], frozenset[str]] = {
    Scan: frozenset({"zoom", "download", "mask"}),
    Companion: frozenset({"student", "consent", "masked"}),
    Portfolio: frozenset({"requests", "shared"}),
}
"""Keys no editor knows of: hundredths of a page, others' ids, where a paper lies in the school."""
_MAKES_ID: Mapping[type[Record], frozenset[str]] = {
    EntryBase: frozenset({"id"}),
    Goal: frozenset({"id"}),
}
_OF_ENTRIES = frozenset({"works", "entries", "evidence", "highlights", "carried", "cover"})
"""Keys that name entries of one's own by their ids."""
_LINE = ("^.{1,300}$", "Одна строка, не больше 300 знаков.")
_SAID_OF = {
    r"^20\d\d-\d\d$": "Учебный год, например 2026-27.",
    r"^[0-9]{1,6}([.,][0-9]{1,3})?$": "Число, можно с запятой, например 41,5.",
}
_Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One thing that is asked."""

    key: str
    widget: Widget
    label: str = ""
    hint: str = ""
    """A sentence below; empty where the widget says it all."""
    is_needed: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Of a word: what is written, and what is read."""
    pattern: tuple[str, str] = ("", "")
    """Of a line: a regular expression for the whole of it, and what is said of any other."""
    bounds: tuple[int, int] = (0, 0)
    """Of a number: the least and the greatest."""
    one: str = ""
    """Of a record: what it is called."""
    inside: tuple["Field", ...] = ()
    """Of a record: its own fields."""


def entry_fields(words: Wording) -> dict[str, tuple[Field, ...]]:
    """Kind -> the fields of an entry of that kind, in the order in which files have them."""
    return {kind: fields_of(model, words) for kind, model in KINDS.items()}


def portfolio_fields(words: Wording) -> tuple[Field, ...]:
    """The fields of portfolio.yml."""
    return fields_of(Portfolio, words)


def fields_of(model: type[Record], words: Wording) -> tuple[Field, ...]:
    """What is asked of a record, in the order of its keys."""
    plain = TypeAdapter(model).json_schema()
    made = plain.get("properties") or plain["$defs"][model.__name__]["properties"]
    keys = [key for key in model.key_order() if not _is_among(model, key, LEFT)]
    keys.sort(key=lambda key: key != "kind")  # as `stupeni fmt` puts them
    return tuple(_field(model, key, made[key], words) for key in keys)


def _field(model: type[Record], key: str, made: _Schema, words: Wording) -> Field:
    info, label = model.model_fields[key], words.labels.field(model, key)
    value = made["anyOf"][0] if "anyOf" in made else made
    several = value.get("type") == "array"
    value = value["items"] if several else value
    default = info.default if isinstance(info.default, str) else ""
    needed = info.is_required() or bool(default)  # else an editor offers an empty choice as well
    field = Field(key, "line", label.title, is_needed=needed, default=default)
    if _is_among(model, key, KEPT):
        return replace(field, widget="kept")
    if _is_among(model, key, _MAKES_ID):
        return replace(field, widget="new-id")
    if key in _OF_ENTRIES:
        field = replace(field, widget="entries" if several else "entry")
    elif "$ref" in value:
        record = next(records_in(info.annotation))
        widget: Widget = "records" if several else "record"
        one = words.labels.record(record).title
        field = replace(field, widget=widget, one=one, inside=fields_of(record, words))
    elif choices := _choices(value, chosen(model).get(key), words):
        field = replace(field, widget="words" if several else "word", choices=choices)
    else:
        field = _plain(field, value, several)
    # What is said of files and of `true` is for those who write the file themselves.
    told = "" if "`" in label.description or field.widget == "day" else label.description
    return replace(field, hint=told)


def _plain(field: Field, value: _Schema, several: bool) -> Field:
    """A field of one's own words, of a day, a number, a yes or a scan."""
    if "const" in value:
        return replace(field, widget="fixed", default=value["const"])
    if value["type"] == "boolean":
        return replace(field, widget="flag")
    if value["type"] == "integer":
        return replace(field, widget="number", bounds=(value["minimum"], value["maximum"]))
    if value.get("format") == "date":
        return replace(field, widget="day")
    if value.get("maxLength", 0) > 1000:
        return replace(field, widget="prose")
    if field.key == "file":
        return replace(field, widget="scan")
    said = _SAID_OF.get(value["pattern"])
    pattern = (value["pattern"], said) if said else _LINE
    return replace(field, widget="lines" if several else "line", pattern=pattern)


def _choices(value: _Schema, listed: str | None, words: Wording) -> tuple[tuple[str, str], ...]:
    """Words to choose from; the old ones too: an editor would throw away what it cannot offer."""
    if listed:
        terms = words.vocabularies[listed].terms
        return tuple((term.code, _until(term)) for term in terms)
    titles = words.labels.choice(value["enum"]) if "enum" in value else {}
    return tuple((code, titles[code]) for code in value.get("enum", ()))


def _until(term: Term) -> str:
    return f"{term.ru} (по {term.until:%d.%m.%Y})" if term.until else term.ru


def _is_among(model: type[Record], key: str, listed: Mapping[type[Record], frozenset[str]]) -> bool:
    return any(key in keys for record, keys in listed.items() if issubclass(model, record))
