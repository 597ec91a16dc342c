"""Lines and an outline -> who owns which line. Where does a value end, and whose is a comment?"""

from collections.abc import Sequence
from itertools import pairwise

from generator.source.outline import FOLDED, LITERAL, Node
from generator.source.strict import LINE_BREAK

_ENDS = "\r\n\x85\u2028\u2029"


def split(text: str) -> list[str]:
    """The lines of a text, each with its end; the last one may have none."""
    ends = [0, *(found.end() for found in LINE_BREAK.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def line_end(text: str) -> str:
    """How the lines of a text end; a plain line break where it has none."""
    found = LINE_BREAK.search(text)
    return found[0] if found else "\n"


def is_blank(line: str) -> bool:
    """Whether nothing stands on a line."""
    return not line.strip(" \t" + _ENDS)


def is_comment(line: str) -> bool:
    """Whether nothing but a comment stands on a line."""
    return line.lstrip(" \t").startswith("#")


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def end_of(node: Node, lines: Sequence[str]) -> int:
    """The line after the last one of a value, its comments not counted."""
    if node.values and not node.flow:
        return end_of(node.values[-1], lines)
    if node.style not in (LITERAL, FOLDED):
        return int(node.end.line) + 1
    end: int = node.end.line + (node.end.column > 0)
    keeps = "+" in lines[node.start.line][node.start.column :][:3]
    while not keeps and not lines[end - 1].strip(_ENDS):
        end -= 1  # an empty line below is no part of the text
    return end


def with_comments(end: int, column: int, lines: Sequence[str]) -> int:
    """The line after a value that ends before line `end`, comments deeper than `column` counted."""
    owned = end
    while end < len(lines) and (is_blank(lines[end]) or is_comment(lines[end])):
        end += 1
        if is_comment(lines[end - 1]):
            if indent(lines[end - 1]) <= column:
                break
            owned = end
    return owned


def lead_of(first: int, lines: Sequence[str]) -> int:
    """The first of the lines above line `first` that hold only comments or nothing."""
    while first > 0 and (is_blank(lines[first - 1]) or is_comment(lines[first - 1])):
        first -= 1
    return first
