"""Values -> YAML text. How does a record look when a person wrote it?"""

import datetime as dt
import json
import re
import textwrap
from collections.abc import Callable

from generator.model.record import Record, records_in
from generator.source.refusals import Refused
from generator.source.strict import Tree, build

Plain = str | int | bool | dt.date
Value = Plain | list["Value"] | dict[str, "Value"]
Fields = dict[str, Value]

_SAFE = re.compile(r"[0-9A-Za-zА-Яа-яЁё«/](?:(?!: | #)[^\n])*")
# Editors that read numbers would write 007 as 7 and 1e3 as 1000; a plain whole number stays one.
_NUMBER = re.compile(r"0[ox][0-9A-Fa-f]+|[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_NOTHING = {"null", "Null", "NULL", "~", ""}
_WIDTH = 100
_Scalar = Callable[[str, Plain, int], list[str]]


def yaml_of(fields: Fields, head: str = "") -> str:
    """The record as YAML in the order of its fields, below an optional comment; what no person
    would have to quote is not quoted, as long as it says the same."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    plain = comment + "\n".join(_mapping(fields, 0, _scalar)) + "\n"
    if _says(plain, fields):
        return plain
    return comment + "\n".join(_mapping(fields, 0, _exact)) + "\n"


def item_of(value: Value, indent: int) -> list[str]:
    """The lines of one more item of a list that begins at a column."""
    lines = _item(value, indent, _scalar)
    held: Fields = {"a": [value]}
    same = _says("a:\n" + "\n".join(_item(value, 2, _scalar)) + "\n", held)
    return lines if same else _item(value, indent, _exact)


def in_order(model: type[Record], fields: Fields) -> Fields:
    """The same fields as `stupeni fmt` puts them, at every depth; the kind of an entry first."""
    ordered: Fields = {}
    for key in sorted(model.key_order(), key=lambda key: key != "kind"):
        if key in fields:
            inner = next(records_in(model.model_fields[key].annotation), None)
            ordered[key] = _ordered(inner, fields[key]) if inner else fields[key]
    return ordered


def as_text(value: Value) -> Tree:
    """The value as a reader of the file gets it: text, and nothing where there is nothing."""
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := as_text(one))}
    if isinstance(value, list):
        return [inner for one in value if (inner := as_text(one))]
    return ("false", "true")[value] if isinstance(value, bool) else str(value)


def _says(text: str, fields: Fields) -> bool:
    try:
        return _trimmed(build(text, None)) == _trimmed(as_text(fields))
    except Refused:
        return False


def _trimmed(tree: Tree) -> Tree:
    """Without the last line end of a text, which means nothing."""
    if isinstance(tree, dict):
        return {key: _trimmed(one) for key, one in tree.items()}
    return [_trimmed(one) for one in tree] if isinstance(tree, list) else tree.rstrip("\n")


def _ordered(model: type[Record], value: Value) -> Value:
    if isinstance(value, list):
        return [_ordered(model, one) for one in value]
    return in_order(model, value) if isinstance(value, dict) else value


def _mapping(fields: Fields, indent: int, scalar: _Scalar) -> list[str]:
    lines: list[str] = []
    for key, value in fields.items():
        lines += _pair(" " * indent + key + ":", value, indent, scalar)
    return lines


def _pair(key: str, value: Value, indent: int, scalar: _Scalar) -> list[str]:
    if isinstance(value, dict):
        return [key, *_mapping(value, indent + 2, scalar)] if value else [key + " {}"]
    if isinstance(value, list):
        return _sequence(key, value, indent, scalar)
    return scalar(key, value, indent + 2)


def _sequence(key: str, values: list[Value], indent: int, scalar: _Scalar) -> list[str]:
    if not values:
        return [key + " []"]
    plain = [value for value in values if isinstance(value, str)]
    if len(plain) == len(values) and all(re.fullmatch(r"[a-z0-9-]+", one) for one in plain):
        short = f"{key} [{', '.join(plain)}]"
        if len(short) <= _WIDTH:
            return [short]
    lines = [key]
    for value in values:
        lines += _item(value, indent + 2, scalar)
    return lines


def _item(value: Value, indent: int, scalar: _Scalar) -> list[str]:
    dash = " " * indent + "-"
    if isinstance(value, dict):
        first, *rest = _mapping(value, indent + 2, scalar)
        return [dash + " " + first.lstrip(), *rest]
    return _pair(dash, value, indent, scalar)


def _scalar(key: str, value: Plain, indent: int) -> list[str]:
    if isinstance(value, bool):
        return [f"{key} {'true' if value else 'false'}"]
    if not isinstance(value, str):
        return [f"{key} {value}"]
    if "\n" in value:
        return [f"{key} |", *(" " * indent + line if line else "" for line in value.splitlines())]
    text = value if _SAFE.fullmatch(value) and value not in _NOTHING else _quoted(value)
    if text.endswith(":") or (_NUMBER.fullmatch(value) and not _WHOLE.fullmatch(value)):
        text = _quoted(value)
    if len(key) + len(text) < _WIDTH:
        return [f"{key} {text}"]
    folded = textwrap.wrap(value, 96 - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{key} >-", *(" " * indent + line for line in folded)]


def _exact(key: str, value: Plain, _indent: int) -> list[str]:
    """In double quotes: less pretty, and never another text."""
    return [f"{key} {json.dumps(as_text(value), ensure_ascii=False)}"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
