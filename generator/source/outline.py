"""Text -> outline. Where does every key and value stand, the empty ones too?

Only for text that `strict` has accepted: it knows no anchors, tags or second document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import events

from generator.diagnostic import Key
from generator.source.strict import parser_of, says_nothing

MAPPING, LIST, LITERAL, FOLDED = "{", "[", "|", ">"


@dataclass(slots=True)
class Node:
    """A value, or a key. `start` and `end` are libyaml's marks: index, line, column from 0.

    A block list or mapping has no `end` of its own: its last value has.
    """

    start: Any
    end: Any
    path: Key
    """As in the tree that `strict` builds: what is empty does not count in a list."""
    style: str
    """How it is written: `{` a mapping, `[` a list, `|` `>` and quotes; empty for plain text."""
    flow: bool = False
    """Whether it is a list or mapping in brackets."""
    empty: bool = False
    filled: int = 0
    """How many of its values are not empty."""
    text: str = ""
    keys: list["Node"] = field(default_factory=list)
    values: list["Node"] = field(default_factory=list)


def outline(text: str) -> Node | None:
    """The whole text's mapping; None when the text is empty."""
    parser, open_nodes = parser_of(text), list[Node]()
    top: Node | None = None
    while (event := parser.get_event()) is not None:
        if isinstance(event, events.CollectionStartEvent):
            open_nodes.append(_collection(event, open_nodes))
        elif isinstance(event, events.CollectionEndEvent):
            top = _close(open_nodes, event)
        elif isinstance(event, events.ScalarEvent) and open_nodes:
            _take_scalar(open_nodes[-1], event)
    return top


def mappings(node: Node | None) -> Iterator[Node]:
    """Every mapping in a value, inner ones first, in the order of the text."""
    for value in node.values if node else ():
        yield from mappings(value)
    if node and node.style == MAPPING:
        yield node


def _collection(event: Any, open_nodes: list[Node]) -> Node:
    style = MAPPING if isinstance(event, events.MappingStartEvent) else LIST
    path = _next_path(open_nodes[-1]) if open_nodes else ()
    return Node(event.start_mark, event.end_mark, path, style, bool(event.flow_style))


def _close(open_nodes: list[Node], event: Any) -> Node:
    node = open_nodes.pop()
    node.empty = node.filled == 0
    if node.flow:
        node.end = event.end_mark
    if open_nodes:
        _attach(open_nodes[-1], node)
    return node


def _take_scalar(holder: Node, event: Any) -> None:
    is_key = holder.style == MAPPING and len(holder.keys) == len(holder.values)
    path = holder.path if is_key else _next_path(holder)
    node = Node(event.start_mark, event.end_mark, path, event.style or "", text=event.value)
    node.empty = says_nothing(event.value, event.implicit[0])
    if is_key:
        holder.keys.append(node)
    else:
        _attach(holder, node)


def _attach(holder: Node, node: Node) -> None:
    holder.values.append(node)
    holder.filled += not node.empty


def _next_path(holder: Node) -> Key:
    if holder.style == MAPPING:
        return (*holder.path, holder.keys[-1].text)
    return (*holder.path, holder.filled)
