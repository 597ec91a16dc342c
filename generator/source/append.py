"""A file and one more item -> the file again. Does everything else still say the same?"""

import json
from collections.abc import Mapping
from typing import Any

from generator.diagnostic import Key
from generator.source.compose import Value, as_text, item_of
from generator.source.lines import end_of, line_end, split, with_comments
from generator.source.outline import Node, mappings, outline
from generator.source.refusals import Refused
from generator.source.strict import LINE_BREAK, Tree, build, decode


def append(raw: bytes, keys: Key, item: Value) -> bytes | None:
    """The file with `item` as the last one of the list at `keys`.

    Nothing else is touched, no comment moves. None when that cannot be had.
    """
    text = decode(raw)
    end = line_end(text)
    # A last line without an end would run into the one that comes to stand below it.
    whole = text + ("" if not text or LINE_BREAK.fullmatch(text[-1:]) else end)
    wanted = build(text, None)
    if not isinstance(held := _held(wanted, keys), list):
        return None
    held.append(as_text(item))
    mark = raw[: len(raw) - len(text.encode())]
    made = _placed(whole, keys, item, end)
    return mark + made.encode() if _says(made, wanted) else None


def spell(value: str) -> str:
    """One line of text as a YAML value: plain where that says the same anywhere, else quoted."""
    plain = _says(f"a: {value} # x", {"a": value}) and _says(
        f"a: [{value}, x]", {"a": [value, "x"]}
    )
    return value if plain else json.dumps(value, ensure_ascii=False)


def _held(tree: Any, keys: Key) -> Any:
    """The list at `keys`, put there when there was none."""
    for key in keys[:-1]:
        tree = tree[key]
    return tree.setdefault(keys[-1], [])


def _placed(text: str, keys: Key, item: Value, end: str) -> str:
    top, lines = outline(text), split(text)
    holder = next((one for one in mappings(top) if one.path == keys[:-1]), None)
    if holder is None:
        return text + f"{keys[-1]}:{end}" + _block(item, "  ", end)
    at = next((i for i, name in enumerate(holder.keys) if name.text == keys[-1]), None)
    if at is None:
        return _with_key(text, holder, keys[-1], item)
    value = holder.values[at]
    if value.flow and value.values:
        last = value.values[-1].end.index
        return text[:last] + f", {_flow(item)}" + text[last:]
    if value.values:
        column = value.start.column
        below = with_comments(end_of(value, lines), column, lines)
        return _inserted(lines, below, _block(item, " " * column, end))
    return _into_nothing(text, value, holder.keys[at], item)


def _with_key(text: str, holder: Node, key: str | int, item: Value) -> str:
    """Where the key is not there yet: below all others, of a file at its very end."""
    lines, end = split(text), line_end(text)
    column = holder.start.column
    pad = " " * column
    block = f"{pad}{key}:{end}" + _block(item, pad + "  ", end)
    below = with_comments(end_of(holder, lines), column, lines) if holder.path else len(lines)
    return _inserted(lines, below, block)


def _into_nothing(text: str, value: Node, key: Node, item: Value) -> str:
    """Where the list is written as nothing: `[]`, `null`, or not at all."""
    colon = text.index(":", key.end.index) + 1
    stop = value.end.index if value.start.index < value.end.index else colon
    lines, line = split(text[:colon] + text[stop:]), key.start.line
    return _inserted(lines, line + 1, _block(item, " " * (key.start.column + 2), line_end(text)))


def _inserted(lines: list[str], below: int, block: str) -> str:
    return "".join((*lines[:below], block, *lines[below:]))


def _block(item: Value, pad: str, end: str) -> str:
    if isinstance(item, dict) and all(isinstance(one, str) for one in item.values()):
        pairs = [f"{key}: {spell(str(one))}" for key, one in item.items()]
        return "".join(f"{pad}{'  ' if at else '- '}{pair}{end}" for at, pair in enumerate(pairs))
    return "".join(line + end for line in item_of(item, len(pad)))


def _flow(item: Value) -> str:
    if isinstance(item, dict):
        return f"{{{', '.join(f'{key}: {_flow(one)}' for key, one in item.items())}}}"
    if isinstance(item, list):
        return f"[{', '.join(map(_flow, item))}]"
    return spell(str(as_text(item)))


def _says(text: str, wanted: Mapping[str, Tree]) -> bool:
    try:
        return build(text, None) == wanted
    except Refused:
        return False
