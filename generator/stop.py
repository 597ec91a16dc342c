"""Ctrl-C or SIGTERM -> an end at once, or as soon as a step is whole. May we stop here?"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from types import FrameType

from generator.diagnostic import Text

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 2.0
"""Seconds in which asking again changes nothing: a terminal and a program around us both ask."""


class Stopped(KeyboardInterrupt):
    """Somebody wants the run to end. `exit` is what a shell expects; `left` says what remains."""

    def __init__(self, asked: int) -> None:
        super().__init__()
        self.exit = 128 + asked
        self.left: Text | None = None


@dataclass
class _Wish:
    """Whether somebody has asked us to stop, and whether we may."""

    held: bool = False
    asked: int = 0
    """The signal that waits for the end of a step."""
    raised: float = -inf

    def hear(self, asked: int, _frame: FrameType | None) -> None:
        if self.held:
            self.asked = self.asked or asked
            return
        now = time.monotonic()
        if now - self.raised >= _PATIENCE:
            self.raised = now
            raise Stopped(asked)

    def answer(self) -> None:
        if self.asked and not self.held:
            asked, self.asked = self.asked, 0
            self.raised = time.monotonic()
            raise Stopped(asked)


_WISH = _Wish()


def listen() -> None:
    """From here on both signals raise `Stopped`, unless whoever started us wants them ignored."""
    for one in _SIGNALS:
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, _WISH.hear)


def listen_no_more() -> None:
    """The run is ending: nothing that is asked now changes that."""
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)


@contextmanager
def to_the_end() -> Iterator[None]:
    """What stands inside is done to its end; whoever wants to stop waits for that."""
    before = _WISH.held
    _WISH.held = True
    try:
        yield
    finally:
        _WISH.held = before
        _WISH.answer()


@contextmanager
def may_stop() -> Iterator[None]:
    """Inside something whole, a part after which nothing has happened yet."""
    before = _WISH.held
    _WISH.held = False
    try:
        _WISH.answer()
        yield
    finally:
        _WISH.held = before
