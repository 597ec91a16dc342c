"""Events -> a screen, a log, a program. Who is told what, and how often?"""

import json
import os
from dataclasses import dataclass, field
from typing import Literal, TextIO

from generator.diagnostic import Lang
from generator.progress import Event, Progress
from generator.progress.words import words_of

Form = Literal["screen", "plain", "events"]
_WIDTH = 80
_ERASE = "\x1b[K"
"""What stands from here to the end of the line goes: the new words are over the old by then."""


def watch(stream: TextIO, lang: Lang, form: Form) -> Progress:
    """Progress told to `stream`: one line a stage that is written over in place, the same in plain
    lines, or a line of JSON for every event."""
    if form == "events":
        return Progress(_Events(stream))
    return Progress(_Screen(stream, lang) if form == "screen" else _Plain(stream, lang))


@dataclass
class _Screen:
    """No colours: there is nothing to be alarmed about, and nothing to switch off."""

    stream: TextIO
    lang: Lang
    every: float = 0.1
    shown: str = field(default="", init=False)

    def tell(self, event: Event) -> None:
        """Over the line before, in one go, so that it never flickers; nothing to do is not said."""
        if not event.total:
            return
        # The last column stays empty: a terminal would go on to the next line.
        words = words_of(event, self.lang, _width(self.stream) - 1)
        over = event.kind in ("ended", "left")
        if words != self.shown or over:
            print(f"\r{words}{_ERASE}", end="\n" * over, file=self.stream, flush=True)
        self.shown = "" if over else words


@dataclass
class _Plain:
    stream: TextIO
    lang: Lang
    every: float = 10.0

    def tell(self, event: Event) -> None:
        """A line when a stage is over, and now and then while it is long."""
        last = event.kind == "done" and event.done == event.total  # the end is told anyway
        if event.total and event.kind != "begun" and not last:
            print(words_of(event, self.lang), file=self.stream, flush=True)


@dataclass
class _Events:
    stream: TextIO
    every: float = 0.5

    def tell(self, event: Event) -> None:
        """An object on a line of its own, with no word for people."""
        told = {
            "event": event.kind,
            "stage": event.stage,
            "done": event.done,
            "total": event.total,
            "seconds": round(event.seconds, 1),
        }
        print(json.dumps(told), file=self.stream, flush=True)


def _width(stream: TextIO) -> int:
    try:
        # A terminal that does not know its own width says 0.
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return _WIDTH
