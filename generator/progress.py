"""Work done so far -> something to look at. How much longer?"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, Protocol, TextIO

from generator.diagnostic import Diagnostic, Lang, Text

_MB = 1_000_000
_EVERY = 5.0

_SCANS = Text("Сканы", "Scans")
_REFUSED = Text("Не взяты сканы", "Scans not taken")
_OF = Text(
    "{done} из {files}, {mb} из {all_mb} МБ{left}", "{done} of {files}, {mb} of {all_mb} MB{left}"
)
_LEFT = Text(", осталось {minutes}:{seconds:02}", ", {minutes}:{seconds:02} left")


class Watcher(Protocol):
    """Whoever watches long work: told the whole first, then every file done, then the end."""

    def start(self, total_files: int, total_bytes: int) -> None:
        """So much is to be done."""

    def advance(self, path_bytes: int) -> None:
        """One more file of so many bytes is done."""

    def finish(self) -> None:
        """Nothing more will come, for whatever reason."""


def count_reasons(diagnostics: Iterable[Diagnostic], lang: Lang) -> str:
    """How many scans were not taken, by reason; empty when all were."""
    codes = (one.code for one in diagnostics if one.is_error and one.code.startswith("scan-"))
    reasons = Counter(codes).most_common()
    counted = ", ".join(f"{code} {count}" for code, count in reasons)
    return f"{_REFUSED.get(lang)}: {counted}. stupeni explain {reasons[0][0]}" if reasons else ""


Shown = Literal["auto", "json", "none"]


def watch(
    stream: TextIO,
    lang: Lang = "ru",
    shown: Shown = "auto",
    clock: Callable[[], float] = time.monotonic,
) -> Watcher:
    """A bar on a terminal and a plain line every five seconds elsewhere; JSON events, or nothing.

    File names are never shown: the log of a build may be public.
    """
    if shown == "none":
        return _Silence()
    if shown == "json":
        return _Events(stream, lang, clock)
    return _Bar(stream, lang, clock) if stream.isatty() else _Lines(stream, lang, clock)


class _Silence:
    def start(self, total_files: int, total_bytes: int) -> None:
        pass

    def advance(self, path_bytes: int) -> None:
        pass

    def finish(self) -> None:
        pass


class _Count:
    """What is done of what, and since when."""

    def __init__(self, lang: Lang, clock: Callable[[], float]) -> None:
        self.lang, self.clock = lang, clock

    def start(self, total_files: int, total_bytes: int) -> None:
        self.files, self.bytes = total_files, total_bytes
        self.done, self.done_bytes = 0, 0
        self.began = self.clock()

    def advance(self, path_bytes: int) -> None:
        self.done += 1
        self.done_bytes += path_bytes

    def words(self) -> str:
        """Files, megabytes and the time left, judged by the bytes read so far."""
        return _OF.get(self.lang).format(
            done=self.done,
            files=self.files,
            mb=self.done_bytes // _MB,
            all_mb=self.bytes // _MB,
            left=self._left(),
        )

    def _left(self) -> str:
        if not self.done_bytes or self.done == self.files:
            return ""
        spent = self.clock() - self.began
        left = round(spent * (self.bytes - self.done_bytes) / self.done_bytes)
        return _LEFT.get(self.lang).format(minutes=left // 60, seconds=left % 60)


class _Events(_Count):
    """A line of JSON for every event, for programs that show their own bar."""

    def __init__(self, stream: TextIO, lang: Lang, clock: Callable[[], float]) -> None:
        super().__init__(lang, clock)
        self.stream = stream

    def start(self, total_files: int, total_bytes: int) -> None:
        super().start(total_files, total_bytes)
        self._say("start")

    def advance(self, path_bytes: int) -> None:
        super().advance(path_bytes)
        self._say("advance")

    def finish(self) -> None:
        self._say("finish")

    def _say(self, event: str) -> None:
        whole = {"files": self.files, "bytes": self.bytes}
        done = {"done_files": self.done, "done_bytes": self.done_bytes}
        seconds = round(self.clock() - self.began, 1)
        line = {"event": event, **whole, **done, "seconds": seconds}
        print(json.dumps(line), file=self.stream, flush=True)


class _Lines(_Count):
    def __init__(self, stream: TextIO, lang: Lang, clock: Callable[[], float]) -> None:
        super().__init__(lang, clock)
        self.stream = stream

    def start(self, total_files: int, total_bytes: int) -> None:
        super().start(total_files, total_bytes)
        self.said = self.began

    def advance(self, path_bytes: int) -> None:
        super().advance(path_bytes)
        if self.clock() - self.said >= _EVERY or self.done == self.files:
            self.said = self.clock()
            self._say()

    def finish(self) -> None:
        if self.done < self.files:
            self._say()

    def _say(self) -> None:
        print(f"{_SCANS.get(self.lang)}: {self.words()}", file=self.stream, flush=True)


class _Bar(_Count):
    def __init__(self, stream: TextIO, lang: Lang, clock: Callable[[], float]) -> None:
        super().__init__(lang, clock)
        self.stream = stream

    def start(self, total_files: int, total_bytes: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        super().start(total_files, total_bytes)
        # No thread that redraws it: workers are forked while it is shown.
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[words]}"),
            console=Console(file=self.stream),
            auto_refresh=False,
        )
        total = max(1, total_bytes)
        self.task = self.bar.add_task(_SCANS.get(self.lang), total=total, words=self.words())
        self.bar.start()
        self.bar.refresh()

    def advance(self, path_bytes: int) -> None:
        super().advance(path_bytes)
        self.bar.update(self.task, completed=self.done_bytes, words=self.words(), refresh=True)

    def finish(self) -> None:
        self.bar.stop()
