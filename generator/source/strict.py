"""Text -> tree of text. Is it in our subset of YAML, and what does it say?

Read as libyaml events, never as YAML's own types: every value arrives as text and the models
decide what it means. Nesting is held in a list, so no file can exhaust the stack.
"""

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml import events

from generator.diagnostic import Key, Text
from generator.source.refusals import (
    ANCHOR,
    HIDDEN,
    KEY_NOT_TEXT,
    KEY_TWICE,
    MERGE,
    NOT_A_MAPPING,
    SEVERAL,
    TAG,
    TOO_DEEP,
    TOO_MANY,
    Refused,
    broken,
    refused,
)
from generator.trouble import Trouble

try:
    from yaml._yaml import CParser
except ImportError:  # a PyYAML built without libyaml
    CParser = None  # type: ignore[assignment, misc]

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

MAX_DEPTH = 16
MAX_NODES = 100_000
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What cannot be seen and steers a screen, turns letters round or hides a word from a search. Soft
# hyphens only let a word be parted; joiners belong into emoji and some scripts, not among ours.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb]|(?<=[0-9A-Za-zА-яЁё])[\u200c\u200d]"
)
# Only a value in double quotes can hold a sign that does not stand in the file itself.
_ESCAPE = re.compile(r"\\[0abefvxuU]")
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Spot:
    """Where a key or a value stands, from 0; `end` is -1 when it goes on below the line."""

    keys: Key
    on_key: bool
    line: int
    column: int
    end: int


def decode(raw: bytes) -> str:
    """The text of a file, or Refused when it is not UTF-8."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = LINE_BREAK.split(raw[: error.start].decode("utf-8", "replace"))
        raise Refused(
            (len(before) - 1, len(before[-1])),
            "not-utf8",
            Text("эти буквы не в кодировке UTF-8", "these letters are not in UTF-8"),
            Text("сохраните файл в кодировке UTF-8", "save the file as UTF-8"),
        ) from None


def says_nothing(text: str, plain: bool) -> bool:
    """Whether a value is one of the ways to write nothing; `plain` is one without quotes."""
    return text in NOTHING if plain else not text or text.isspace()


def parser_of(text: str) -> Any:
    """libyaml, about to read a text; Trouble where there is none."""
    if CParser is None:
        raise Trouble(
            Text("PyYAML установлен без библиотеки libyaml", "PyYAML is installed without libyaml"),
            Text("поставьте готовую сборку PyYAML", "install a ready-made build of PyYAML"),
        )
    return CParser(text)


def build(text: str, journal: list[Spot] | None) -> dict[str, Tree]:
    """The tree of a file, or Refused; places of keys and values go to `journal` if there is one."""
    if unseen := UNSEEN.search(text):
        raise _hidden(text, unseen.start())
    builder = _Builder(journal, escapes=_ESCAPE.search(text) is not None)
    try:
        parser = parser_of(text)
        while (event := parser.get_event()) is not None:
            # Most events are scalars inside something: the short way is theirs.
            if type(event) is events.ScalarEvent and builder.frames:
                builder.take_scalar(event)
            else:
                builder.take(event)
    except yaml.reader.ReaderError as error:
        raise _hidden(text, max(text.find(chr(error.character)), 0)) from None
    except yaml.MarkedYAMLError as error:
        raise broken(error, LINE_BREAK.split(text)) from None
    return builder.top


_Holder: TypeAlias = "dict[str, Tree | None] | list[Tree]"


@dataclass(slots=True)
class _Builder:
    """Events in, one tree out; refuses what is not in the subset."""

    journal: list[Spot] | None
    escapes: bool
    """Whether a value may hold signs that are written as a backslash and letters."""
    top: dict[str, Tree] = field(default_factory=dict)
    holds: Any = None
    """The innermost list or mapping that is still open."""
    key: str | None = None
    """Its key whose value comes next."""
    frames: list[tuple[Any, str | None, int]] = field(default_factory=list)
    """For all that is open: what was `holds` and `key` before, and how long the journal was."""
    nodes: int = 0
    documents: int = 0

    def take_scalar(self, event: Any) -> None:
        # Everything in one place: for a school this runs a million times, and a call is felt.
        self.nodes += 1
        if event.anchor is not None or event.tag is not None or self.nodes > MAX_NODES:
            raise _refused_node(event)
        if self.escapes and UNSEEN.search(event.value):
            raise refused(event, HIDDEN)
        text: str | None = event.value
        key, holds = self.key, self.holds
        on_key = key is None and type(holds) is dict
        if on_key:
            if not text or text in holds or (text == "<<" and event.implicit[0]):
                raise _refused_key(event)
            self.key = text
        elif text in NOTHING if event.implicit[0] else not text or text.isspace():
            text = None
        if self.journal is not None and text is not None:
            self._note(event, on_key)
        if key is not None:
            holds[key], self.key = text, None
        elif text is not None and not on_key:
            holds.append(text)

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            self._close()
        elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            self._open(event, {} if kind is events.MappingStartEvent else [])
        elif kind is events.AliasEvent:
            raise refused(event, ANCHOR)
        elif kind is events.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise refused(event, SEVERAL)
        elif kind is events.ScalarEvent:
            self._take_only(event)

    def _take_only(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            raise _refused_node(event)
        if not event.implicit[0] or event.value not in NOTHING:
            raise refused(event, NOT_A_MAPPING)

    def _open(self, event: Any, holds: _Holder) -> None:
        self.nodes += 1
        if event.anchor is not None or event.tag is not None or self.nodes > MAX_NODES:
            raise _refused_node(event)
        if not self.frames and type(holds) is list:
            raise refused(event, NOT_A_MAPPING)
        if len(self.frames) >= MAX_DEPTH:
            raise refused(event, TOO_DEEP)
        if self.key is None and type(self.holds) is dict:
            raise refused(event, KEY_NOT_TEXT)
        begun = len(self.journal or ())
        if self.journal is not None and self.frames:
            self._note(event, on_key=False)
        self.frames.append((self.holds, self.key, begun))
        self.holds, self.key = holds, None

    def _close(self) -> None:
        value = self.holds
        if type(value) is dict and None in value.values():
            value = {key: inner for key, inner in value.items() if inner is not None}
        self.holds, key, begun = self.frames.pop()
        if not self.frames:
            self.top = value
            return
        # Its place goes with it: in a list the next item will bear the same index.
        if not value and self.journal is not None:
            del self.journal[begun:]
        if key is not None:
            self.holds[key] = value or None
        elif value:
            self.holds.append(value)

    def _note(self, event: Any, on_key: bool) -> None:
        assert self.journal is not None
        steps = [(holds, key) for holds, key, _ in self.frames[1:]] + [(self.holds, self.key)]
        keys = tuple(len(holds) if key is None else key for holds, key in steps)
        start, end = event.start_mark, event.end_mark
        whole = isinstance(event, events.ScalarEvent) and start.line == end.line
        last = end.column if whole else -1
        self.journal.append(Spot(keys, on_key, start.line, start.column, last))


def _hidden(text: str, at: int) -> Refused:
    before = LINE_BREAK.split(text[:at])
    return Refused((len(before) - 1, len(before[-1])), *HIDDEN)


def _refused_node(event: Any) -> Refused:
    if event.anchor is not None:
        return refused(event, ANCHOR)
    return refused(event, TAG if event.tag is not None else TOO_MANY)


def _refused_key(event: Any) -> Refused:
    if event.implicit[0] and event.value == "<<":
        return refused(event, MERGE)
    return refused(event, KEY_TWICE, event.value) if event.value else refused(event, KEY_NOT_TEXT)
