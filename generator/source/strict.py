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
    builder = _Builder(journal)
    try:
        parser = parser_of(text)
        while (event := parser.get_event()) is not None:
            # Every other event is a scalar: they are tried first.
            if type(event) is events.ScalarEvent:
                builder.take_scalar(event)
            else:
                builder.take(event)
    except yaml.reader.ReaderError as error:
        before = LINE_BREAK.split(text[: max(text.find(chr(error.character)), 0)])
        raise Refused(
            (len(before) - 1, len(before[-1])),
            "control-character",
            Text("здесь стоит невидимый служебный знак", "here stands an invisible control sign"),
            Text("удалите его и наберите это место заново", "delete it and type this place again"),
        ) from None
    except yaml.MarkedYAMLError as error:
        raise broken(error, LINE_BREAK.split(text)) from None
    return builder.top


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    holds: "dict[str, Tree | None] | list[Tree]"
    step: str | int
    """Its key or index in what holds it."""
    begun: int
    """How long the journal was when it opened."""
    key: str | None = None
    """The key whose value comes next."""


@dataclass(slots=True)
class _Builder:
    """Events in, one tree out; refuses what is not in the subset."""

    journal: list[Spot] | None
    top: dict[str, Tree] = field(default_factory=dict)
    frames: list[_Frame] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            self._node(event)
            self._open(event, {} if kind is events.MappingStartEvent else [])
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            self._close()
        elif kind is events.AliasEvent:
            raise refused(event, ANCHOR)
        elif kind is events.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise refused(event, SEVERAL)

    def _node(self, event: Any) -> None:
        if event.anchor is not None:
            raise refused(event, ANCHOR)
        if event.tag is not None:
            raise refused(event, TAG)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise refused(event, TOO_MANY)

    def take_scalar(self, event: Any) -> None:
        self._node(event)
        text: str = event.value
        plain: bool = event.implicit[0]
        if not self.frames:
            if not plain or text not in NOTHING:
                raise refused(event, NOT_A_MAPPING)
            return
        frame = self.frames[-1]
        if frame.key is None and type(frame.holds) is dict:
            self._key(frame, text, plain, event)
            return
        empty = says_nothing(text, plain)
        if self.journal is not None and not empty:
            self._note(event, on_key=False)
        self._attach(None if empty else text)

    def _key(self, frame: _Frame, text: str, plain: bool, event: Any) -> None:
        if plain and text == "<<":
            raise refused(event, MERGE)
        if not text:
            raise refused(event, KEY_NOT_TEXT)
        if text in frame.holds:
            raise refused(event, KEY_TWICE, text)
        frame.key = text
        if self.journal is not None:
            self._note(event, on_key=True)

    def _open(self, event: Any, holds: "dict[str, Tree | None] | list[Tree]") -> None:
        if not self.frames:
            if type(holds) is list:
                raise refused(event, NOT_A_MAPPING)
        elif len(self.frames) >= MAX_DEPTH:
            raise refused(event, TOO_DEEP)
        elif type(self.frames[-1].holds) is dict and self.frames[-1].key is None:
            raise refused(event, KEY_NOT_TEXT)
        if self.journal is None or not self.frames:
            self.frames.append(_Frame(holds, "", 0))
            return
        begun = len(self.journal)
        self._note(event, on_key=False)
        self.frames.append(_Frame(holds, self._step(), begun))

    def _close(self) -> None:
        frame = self.frames.pop()
        holds: Tree
        if type(frame.holds) is dict:
            holds = {key: value for key, value in frame.holds.items() if value is not None}
        else:
            holds = frame.holds  # type: ignore[assignment]
        if not self.frames:
            self.top = holds  # type: ignore[assignment]
            return
        # Its place goes with it: in a list the next item will bear the same index.
        if not holds and self.journal is not None:
            del self.journal[frame.begun :]
        self._attach(holds or None)

    def _attach(self, value: "Tree | None") -> None:
        frame = self.frames[-1]
        if type(frame.holds) is dict:
            assert frame.key is not None
            frame.holds[frame.key] = value
            frame.key = None
        elif value is not None:
            frame.holds.append(value)  # type: ignore[union-attr]

    def _step(self) -> str | int:
        frame = self.frames[-1]
        return frame.key if frame.key is not None else len(frame.holds)

    def _note(self, event: Any, *, on_key: bool) -> None:
        assert self.journal is not None
        keys = (*(frame.step for frame in self.frames[1:]), self._step())
        start, end = event.start_mark, event.end_mark
        whole = isinstance(event, events.ScalarEvent) and start.line == end.line
        last = end.column if whole else -1
        self.journal.append(Spot(keys, on_key, start.line, start.column, last))
