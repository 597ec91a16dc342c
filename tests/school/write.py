"""Values -> YAML text and files. How does a record look when a person wrote it?"""

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from generator.model.record import Record, records_in

Plain = str | int | bool | dt.date
Value = Plain | list["Value"] | dict[str, "Value"]
Fields = dict[str, Value]

_SAFE = re.compile(r"[0-9A-Za-zА-Яа-яЁё«/](?:(?!: | #)[^\n])*")
_NOTHING = {"null", "Null", "NULL", "~", ""}


def yaml_of(fields: Fields, head: str = "") -> str:
    """The record as YAML in the order of its fields, below an optional comment."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    return comment + "\n".join(_mapping(fields, 0)) + "\n"


def in_order(model: type[Record], fields: Fields) -> Fields:
    """The same fields as `stupeni fmt` puts them, at every depth; the kind of an entry first."""
    ordered: Fields = {}
    for key in sorted(model.key_order(), key=lambda key: key != "kind"):
        if key in fields:
            inner = next(records_in(model.model_fields[key].annotation), None)
            ordered[key] = _ordered(inner, fields[key]) if inner else fields[key]
    return ordered


def _ordered(model: type[Record], value: Value) -> Value:
    if isinstance(value, list):
        return [_ordered(model, one) for one in value]
    return in_order(model, value) if isinstance(value, dict) else value


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Every text in its file below the folder."""
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _mapping(fields: Fields, indent: int) -> list[str]:
    lines: list[str] = []
    for key, value in fields.items():
        lines += _pair(" " * indent + key + ":", value, indent)
    return lines


def _pair(key: str, value: Value, indent: int) -> list[str]:
    if isinstance(value, dict):
        return [key, *_mapping(value, indent + 2)] if value else [key + " {}"]
    if isinstance(value, list):
        return _sequence(key, value, indent)
    return _scalar(key, value, indent + 2)


def _sequence(key: str, values: list[Value], indent: int) -> list[str]:
    if not values:
        return [key + " []"]
    plain = [value for value in values if isinstance(value, str)]
    if len(plain) == len(values) and all(re.fullmatch(r"[a-z0-9-]+", one) for one in plain):
        short = f"{key} [{', '.join(plain)}]"
        if len(short) <= 100:
            return [short]
    lines = [key]
    for value in values:
        lines += _item(value, indent + 2)
    return lines


def _item(value: Value, indent: int) -> list[str]:
    dash = " " * indent + "-"
    if isinstance(value, dict):
        first, *rest = _mapping(value, indent + 2)
        return [dash + " " + first.lstrip(), *rest]
    return _pair(dash, value, indent)


def _scalar(key: str, value: Plain, indent: int) -> list[str]:
    if isinstance(value, bool):
        return [f"{key} {'true' if value else 'false'}"]
    if not isinstance(value, str):
        return [f"{key} {value}"]
    if "\n" in value:
        return [f"{key} |", *(" " * indent + line if line else "" for line in value.splitlines())]
    text = value if _SAFE.fullmatch(value) and value not in _NOTHING else _quoted(value)
    if text.endswith(":"):
        text = _quoted(value)
    if len(key) + len(text) < 100:
        return [f"{key} {text}"]
    folded = textwrap.wrap(value, 96 - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{key} >-", *(" " * indent + line for line in folded)]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
