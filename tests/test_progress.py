"""Long work watched: what a terminal, a log and a quiet run show."""

import io
import json
import re

from generator.progress import Watcher, watch

MB = 1_000_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def four_files(watcher: Watcher, clock: Clock, seconds: float, done: int = 4) -> None:
    """Four files of 10 MB, each taking so many seconds."""
    watcher.start(4, 40 * MB)
    for _ in range(done):
        clock.now += seconds
        watcher.advance(10 * MB)
    watcher.finish()


def test_a_log_gets_a_line_every_five_seconds_and_the_last() -> None:
    log, clock = io.StringIO(), Clock()
    four_files(watch(log, "ru", clock=clock), clock, seconds=3)
    assert log.getvalue().splitlines() == [
        "Сканы: 2 из 4, 20 из 40 МБ, осталось 0:06",
        "Сканы: 4 из 4, 40 из 40 МБ",
    ]


def test_quick_work_leaves_one_line() -> None:
    log, clock = io.StringIO(), Clock()
    four_files(watch(log, "en", clock=clock), clock, seconds=0.1)
    assert log.getvalue() == "Scans: 4 of 4, 40 of 40 MB\n"


def test_interrupted_work_says_how_far_it_came() -> None:
    log, clock = io.StringIO(), Clock()
    four_files(watch(log, "en", clock=clock), clock, seconds=40, done=1)
    assert log.getvalue().splitlines()[-1] == "Scans: 1 of 4, 10 of 40 MB, 2:00 left"


def test_work_without_bytes_promises_no_time() -> None:
    log, clock = io.StringIO(), Clock()
    watcher = watch(log, "en", clock=clock)
    watcher.start(2, 0)
    clock.now += 6
    watcher.advance(0)
    assert log.getvalue() == "Scans: 1 of 2, 0 of 0 MB\n"


def test_a_terminal_gets_a_bar_that_reaches_the_end() -> None:
    screen, clock = Terminal(), Clock()
    four_files(watch(screen, "ru", clock=clock), clock, seconds=3)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen.getvalue())
    assert "2 из 4, 20 из 40 МБ, осталось 0:06" in shown
    assert "4 из 4, 40 из 40 МБ" in shown
    assert "━" in shown


def test_a_silent_run_writes_nothing_even_on_a_terminal() -> None:
    screen, clock = Terminal(), Clock()
    four_files(watch(screen, shown="none", clock=clock), clock, seconds=9)
    assert screen.getvalue() == ""


def test_programs_get_an_event_a_line_and_no_words() -> None:
    log, clock = io.StringIO(), Clock()
    four_files(watch(log, "ru", "json", clock), clock, seconds=2)
    events = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["start", *["advance"] * 4, "finish"]
    assert [event["done_bytes"] // MB for event in events] == [0, 10, 20, 30, 40, 40]
    assert events[-1] == {
        "event": "finish", "files": 4, "bytes": 40 * MB, "done_files": 4, "done_bytes": 40 * MB,
        "seconds": 8.0,
    }  # fmt: skip
