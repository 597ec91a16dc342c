"""Folders -> the files that somebody has just saved. What has to be looked at again?"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from queue import Empty, SimpleQueue
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

QUIET = 0.1
"""Seconds without a further change: an editor saves in several steps, Git many files at once."""
LONGEST = 2.0
"""So many seconds after the first change we look all the same."""
_ROUND = 2.0
"""Seconds between two looks where the system does not tell of changes."""
_TOLD: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileDeletedEvent, FileMovedEvent,
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
]  # fmt: skip
_REGISTER = "register.jsonl"


class Changes(Protocol):
    """Whoever tells what was saved."""

    def wait(self, seconds: float) -> frozenset[str]:
        """Absolute paths of what was saved since the last answer; none when nothing was."""


class Saved(FileSystemEventHandler):
    """What was saved, gathered until nothing more comes."""

    def __init__(self, tops: Iterable[Path], clock: Callable[[], float] = time.monotonic) -> None:
        self._tops, self._clock = tuple(tops), clock
        self._queue: SimpleQueue[str] = SimpleQueue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Takes note of both names of whatever was renamed: many editors save so."""
        for path in (event.src_path, event.dest_path):
            here = next((top for top in self._tops if Path(str(path)).is_relative_to(top)), None)
            if path and here and is_ours(PurePath(str(path)).relative_to(here)):
                self._queue.put(str(path))

    def wait(self, seconds: float) -> frozenset[str]:
        """Absolute paths of what was saved since the last answer; none when nothing was."""
        try:
            found = {self._queue.get(timeout=seconds)}
        except Empty:
            return frozenset()
        end = self._clock() + LONGEST
        while self._clock() < end:
            try:
                found.add(self._queue.get(timeout=QUIET))
            except Empty:
                break
        return frozenset(found)


def is_ours(path: PurePath) -> bool:
    """Whether a change of this file can change a page: hidden and half-written files of editors
    and Git cannot, nor can the register, into which every release writes."""
    name = path.name
    hidden = any(part.startswith(".") for part in path.parts)
    return not (hidden or name.endswith("~") or name.startswith("#") or name == _REGISTER)


@contextmanager
def watching(folders: Iterable[Path]) -> Iterator[Changes]:
    """Tells of every file saved below these folders from now on.

    Where the system cannot watch so many folders, we look ourselves, every two seconds.
    """
    tops = [folder.absolute() for folder in folders]
    saved = Saved(tops)
    observer = Observer()
    try:
        try:
            for folder in tops:
                observer.schedule(saved, str(folder), recursive=True, event_filter=_TOLD)
            observer.start()
        except OSError:
            observer = PollingObserver(timeout=_ROUND)
            for folder in tops:
                observer.schedule(saved, str(folder), recursive=True, event_filter=_TOLD)
            observer.start()
        yield saved
    finally:
        if observer.is_alive():
            observer.stop()
            observer.join()
