"""A file and one more record -> the file again. Does everything else still say the same?"""

import json
from collections.abc import Mapping

from generator.source.lines import end_of, line_end, split, with_comments
from generator.source.outline import Node, outline
from generator.source.refusals import Refused
from generator.source.strict import LINE_BREAK, Tree, build, decode


def append(raw: bytes, key: str, record: Mapping[str, str]) -> bytes | None:
    """The file with `record` as the last item of the list at its key `key`.

    Nothing else is touched, no comment moves. None when that cannot be had.
    """
    text = decode(raw)
    end = line_end(text)
    # A last line without an end would run into the one that comes to stand below it.
    whole = text + ("" if not text or LINE_BREAK.fullmatch(text[-1:]) else end)
    wanted = build(text, None)
    held = wanted.setdefault(key, [])
    if not isinstance(held, list):
        return None
    held.append({**record})
    mark = raw[: len(raw) - len(text.encode())]
    made = _placed(whole, key, record, end)
    return mark + made.encode() if _says(made, wanted) else None


def spell(value: str) -> str:
    """One line of text as a YAML value: plain where that says the same anywhere, else quoted."""
    plain = _says(f"a: {value} # x", {"a": value}) and _says(
        f"a: [{value}, x]", {"a": [value, "x"]}
    )
    return value if plain else json.dumps(value, ensure_ascii=False)


def _placed(text: str, key: str, record: Mapping[str, str], end: str) -> str:
    top, lines = outline(text), split(text)
    at = next((i for i, name in enumerate(top.keys) if name.text == key), None) if top else None
    if top is None or at is None:
        return text + f"{key}:{end}" + _block(record, "  ", end)
    value = top.values[at]
    if value.flow and value.values:
        last = value.values[-1].end.index
        return text[:last] + f", {_flow(record)}" + text[last:]
    if value.values:
        column = value.start.column
        below = with_comments(end_of(value, lines), column, lines)
        return _inserted(lines, below, _block(record, " " * column, end))
    return _into_nothing(text, value, top.keys[at], record)


def _into_nothing(text: str, value: Node, key: Node, record: Mapping[str, str]) -> str:
    """Where the list is written as nothing: `[]`, `null`, or not at all."""
    colon = text.index(":", key.end.index) + 1
    stop = value.end.index if value.start.index < value.end.index else colon
    lines, line = split(text[:colon] + text[stop:]), key.start.line
    return _inserted(lines, line + 1, _block(record, " " * (key.start.column + 2), line_end(text)))


def _inserted(lines: list[str], below: int, block: str) -> str:
    return "".join((*lines[:below], block, *lines[below:]))


def _block(record: Mapping[str, str], pad: str, end: str) -> str:
    pairs = [f"{key}: {spell(value)}" for key, value in record.items()]
    return "".join(f"{pad}{'  ' if index else '- '}{pair}{end}" for index, pair in enumerate(pairs))


def _flow(record: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {spell(value)}' for key, value in record.items())}}}"


def _says(text: str, wanted: Mapping[str, Tree]) -> bool:
    try:
        return build(text, None) == wanted
    except Refused:
        return False
