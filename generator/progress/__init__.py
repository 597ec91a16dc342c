"""Long work -> what somebody sees of it. How far is it?

Whoever works says `with progress.stage("pages", 41) as done`, and `done()` behind every student;
nobody is told the name of a student or a file, for the log of a build may be public.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

__all__ = ["NOBODY", "Done", "Event", "Progress", "Stage", "Teller"]

Stage = Literal[
    "fetching", "shell", "files", "reading", "checking", "scans", "pages", "sweeping",
    "publishing",
]  # fmt: skip
"""What a run does, in this order; scans are prepared by a build, made light by `shrink`; fetching
is what `sources sync` does."""


@dataclass(frozen=True)
class Event:
    """A stage that began, went on, came to its end, or was left before it."""

    kind: Literal["begun", "done", "ended", "left"]
    stage: Stage
    done: int
    total: int
    """So many are to be done."""
    seconds: float
    """Since the stage began."""
    size: int = 0
    """Bytes done; 0 where nobody counts them."""
    total_size: int = 0


class Teller(Protocol):
    """Whoever shows events to a person or a program."""

    @property
    def every(self) -> float:
        """Seconds that lie at least between two events that only say how far it is."""

    def tell(self, event: Event) -> None:
        """Shows it."""


class Done(Protocol):
    """Says that one more is done, of so many bytes."""

    def __call__(self, size: int = 0) -> None:
        """One more is done."""


@dataclass(frozen=True)
class Progress:
    """Where long work says how far it is; counting costs next to nothing."""

    teller: Teller | None = None
    """None when nobody looks."""
    clock: Callable[[], float] = time.monotonic

    @contextmanager
    def stage(self, stage: Stage, total: int, total_size: int = 0) -> Iterator[Done]:
        """A part of the work, from its begin to its end; call what it gives behind each thing."""
        at = _At(self, stage, total, total_size, self.clock())
        at.tell("begun")
        try:
            yield at
        except BaseException:
            at.tell("left")
            raise
        at.tell("ended")


NOBODY = Progress()
"""Nobody looks."""


@dataclass
class _At:
    """How far one stage is."""

    progress: Progress
    stage: Stage
    total: int
    total_size: int
    began: float
    done: int = 0
    size: int = 0
    told: float = field(init=False)

    def __post_init__(self) -> None:
        self.told = self.began

    def __call__(self, size: int = 0) -> None:
        self.done += 1
        self.size += size
        teller = self.progress.teller
        if teller and self.progress.clock() - self.told >= teller.every:
            self.tell("done")

    def tell(self, kind: Literal["begun", "done", "ended", "left"]) -> None:
        self.told = self.progress.clock()
        seconds = self.told - self.began
        event = Event(kind, self.stage, self.done, self.total, seconds, self.size, self.total_size)
        if self.progress.teller:
            self.progress.teller.tell(event)
