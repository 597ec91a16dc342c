"""Text and an order of keys -> the text in that order. Which lines change places?

Lines are moved, never written anew, so that quotes, indents, spaces and line ends stay as people
wrote them. A comment goes with the key below it; one indented deeper, with the key above it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostic import Key
from generator.source.lines import (
    end_of,
    indent,
    is_blank,
    lead_of,
    split,
    with_comments,
)
from generator.source.outline import Node, mappings, outline

Order = Mapping[Key, Sequence[str]]

_DASHES = re.compile(r" *(- +)*")
_SEPARATOR = re.compile(r"[\s,]*")
_COLON = re.compile(r"[ \t]*: ?")
_FOR_A_TOOL = re.compile(r"# *(yaml-language-server:|vim:|-\*-)")


def arrange(text: str, order: Order) -> str:
    """The text with the keys of every mapping in `order`: the known ones first, then the rest.

    `order` says for the path of a mapping which keys it may have. Ends with a line break.
    """
    top = outline(text)
    pieces, done = [], 0
    for node in _outermost_flows(top):
        pieces += [text[done : node.start.index], _spell(node, text, order)]
        done = node.end.index
    return _arrange_lines("".join(pieces) + text[done:], order)


def end_of_pair(key: Node, value: Node, text: str) -> int:
    """Where a key with its value ends inside brackets."""
    if value.start.index < value.end.index:
        return int(value.end.index)
    colon = _COLON.match(text, key.end.index)
    return colon.end() if colon else int(key.end.index)


def _turn(node: Node, order: Order) -> list[int]:
    """Which of the mapping's keys comes first, second …"""
    place = {key: at for at, key in enumerate(order.get(node.path, ()))}
    ranks = [place.get(key.text, len(place)) for key in node.keys]
    return sorted(range(len(ranks)), key=ranks.__getitem__)


def _outermost_flows(node: Node | None) -> Iterator[Node]:
    if node and node.flow:
        yield node
    else:
        for value in node.values if node else ():
            yield from _outermost_flows(value)


def _spell(node: Node, text: str, order: Order) -> str:
    """A value's text, in order if it is in brackets; commas and spaces between stay in place."""
    if not node.flow:
        return text[node.start.index : node.end.index]
    slots, words = [], []
    for at, value in enumerate(node.values):
        start, end = value.start.index, value.end.index
        if node.keys:
            start, end = node.keys[at].start.index, end_of_pair(node.keys[at], value, text)
        slots.append((start, end))
        here = min(value.start.index, end)  # a value that is not there stands further on
        words.append(text[start:here] + (_spell(value, text, order) if here < end else ""))
    begins = [node.start.index, *(end for _, end in slots)]
    ends = [*(start for start, _ in slots), node.end.index]
    gaps = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    turn = _turn(node, order)
    # With a comment or a question mark between them nobody can tell what belongs to which key.
    if node.keys and all(_SEPARATOR.fullmatch(gap) for gap in (gaps[0][1:], *gaps[1:-1])):
        words = [words[at] for at in turn]
    return "".join(gap + word for gap, word in zip(gaps, [*words, ""], strict=True))


def _arrange_lines(text: str, order: Order) -> str:
    lines = split(text)
    made = lines.copy()
    for node in mappings(outline(text)):
        turn = [] if node.flow else _turn(node, order)
        if turn != sorted(turn) and _stands_alone(node, lines):
            _move(node, turn, lines, made)
    return "".join(made)


def _stands_alone(node: Node, lines: Sequence[str]) -> bool:
    """Whether every key begins a line of its own, the first one perhaps behind a hyphen."""
    column = node.start.column
    before = [lines[key.start.line][: key.start.column] for key in node.keys]
    return bool(_DASHES.fullmatch(before[0])) and all(b == " " * column for b in before[1:])


def _move(node: Node, turn: Sequence[int], lines: Sequence[str], made: list[str]) -> None:
    """Puts the lines of a mapping in order; their number, and so every other place, stays."""
    first, column = node.keys[0].start.line, node.start.column
    opening = lines[first][:column]
    ends = [with_comments(end_of(value, lines), column, lines) for value in node.values]
    top = first if "-" in opening else _below_head(node, lead_of(first, lines), lines)
    leads, bodies = [], []
    for key, begin, end in zip(node.keys, [top, *ends], ends, strict=False):
        at = key.start.line
        leads.append([_settled(line, column) for line in lines[begin:at]])
        bodies.append([" " * column + made[at][column:], *made[at + 1 : end]])
    _swap_blanks(leads, 0, turn[0])
    if "-" in opening:
        # What is said of the first key of an item is said of the item.
        leads[turn[0]] = [_settled(line, indent(opening)) for line in leads[turn[0]]]
    bodies[turn[0]][0] = opening + bodies[turn[0]][0][column:]
    made[top : ends[-1]] = [line for at in turn for line in (*leads[at], *bodies[at])]


def _below_head(node: Node, top: int, lines: Sequence[str]) -> int:
    """The line where the comment of a mapping's first key begins: a file's head is not its own."""
    first = node.keys[0].start.line
    if node.path:
        return top
    blanks = [at for at in range(top, first) if is_blank(lines[at])]
    while not blanks and top < first and _FOR_A_TOOL.match(lines[top]):
        top += 1
    return blanks[-1] + 1 if blanks else top


def _settled(line: str, column: int) -> str:
    """A comment or empty line that no text above it can swallow."""
    return " " * min(indent(line), column) + line.lstrip(" \t")


def _swap_blanks(leads: list[list[str]], one: int, other: int) -> None:
    """Empty lines set keys apart: above each of the two there are as many as above the other."""
    (blanks, rest), (others, others_rest) = (
        _blanks_and_rest(leads[one]),
        _blanks_and_rest(leads[other]),
    )
    leads[one], leads[other] = others + rest, blanks + others_rest


def _blanks_and_rest(lead: list[str]) -> tuple[list[str], list[str]]:
    count = next((at for at, line in enumerate(lead) if not is_blank(line)), len(lead))
    return lead[:count], lead[count:]
