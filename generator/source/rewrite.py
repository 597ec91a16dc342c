"""A file, a wanted order, new values -> the file again. Does it still say the same?"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from generator.diagnostic import Key
from generator.source.append import spell
from generator.source.arrange import Order, arrange, end_of_pair
from generator.source.lines import end_of, line_end, split, with_comments
from generator.source.outline import Node, mappings, outline
from generator.source.refusals import Refused
from generator.source.strict import LINE_BREAK, Tree, build, decode

_Edit = tuple[int, int, str]


def rewrite(raw: bytes, order: Order, values: Mapping[Key, str]) -> bytes:
    """The file with its keys in order and `values` filled in where they belong.

    `order` gives for the path of a mapping the keys it may have; a value is one line. What cannot
    be had without changing what else the file says is not done: then the bytes are those that
    came in.
    """
    text = decode(raw)
    # A last line without an end would run into the one that comes to stand below it.
    added = "" if LINE_BREAK.fullmatch(text[-1:]) else line_end(text)
    made = arrange(_fill(text + added, values), order)
    if made == text + added:
        return raw
    wanted = _with(build(text, None), values)
    mark = raw[: len(raw) - len(text.encode())]
    fitting = (one for one in (made.removesuffix(added), made) if _tree(one) == wanted)
    return next((mark + one.encode() for one in fitting), raw)


def _fill(text: str, values: Mapping[Key, str]) -> str:
    """The text with each value at its key; a key that was not there stands last in its mapping."""
    new: dict[Key, dict[str, str]] = {}
    for keys, value in values.items():
        new.setdefault(keys[:-1], {})[str(keys[-1])] = spell(value)
    edits = list(_edits(text, new)) if new else []
    # From the end, so that earlier places stay true; at one place the inner mapping comes first.
    for start, end, words in sorted(edits, key=lambda edit: edit[0])[::-1]:
        text = text[:start] + words + text[end:]
    return text


def _edits(text: str, new: Mapping[Key, Mapping[str, str]]) -> Iterator[_Edit]:
    lines = split(text)
    starts = [0, *accumulate(len(line) for line in lines)]
    for node in mappings(outline(text)):
        for key, value in new.get(node.path, {}).items() if not node.empty else ():
            old = {name.text: one for name, one in zip(node.keys, node.values, strict=True)}
            if key in old:
                yield _in_place_of(old[key], value, text)
            elif node.flow:
                end = end_of_pair(node.keys[-1], node.values[-1], text)
                yield end, end, f", {key}: {value}"
            else:
                column = node.start.column
                below = with_comments(end_of(node, lines), column, lines)
                line = " " * column + f"{key}: {value}" + line_end(lines[below - 1])
                yield starts[below], starts[below], line


def _in_place_of(old: Node, value: str, text: str) -> _Edit:
    start = old.start.index
    return start, old.end.index, f" {value}" if text[start - 1] == ":" else value


def _with(tree: Any, values: Mapping[Key, str]) -> Tree:
    for keys, value in values.items():
        holder = tree
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = value
    return tree  # type: ignore[no-any-return]


def _tree(text: str) -> "Tree | None":
    try:
        return build(text, None)
    except Refused:
        return None
