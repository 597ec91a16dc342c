"""Long work watched: what a terminal, a log and a program are told."""

import io
import json
import os
import pty
import re
import termios

import pytest

from generator.progress import Event, Progress, Stage
from generator.progress.tellers import _Events, _Plain, _Screen, watch
from generator.progress.words import seconds_left, words_of

MB = 1_000_000


class Clock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def work(progress: Progress, clock: Clock, seconds: float, stage: Stage = "reading") -> None:
    """Six things, each of 10 MB and taking so many seconds."""
    with progress.stage(stage, 6, 60 * MB if stage == "scans" else 0) as done:
        for _ in range(6):
            clock.now += seconds
            done(10 * MB)


def plainly(seconds: float, stage: Stage = "reading") -> list[str]:
    """The lines of a log of that work."""
    log, clock = io.StringIO(), Clock()
    work(Progress(_Plain(log, "ru"), clock), clock, seconds, stage)
    return log.getvalue().splitlines()


def test_a_log_gets_one_line_at_the_end_of_a_stage() -> None:
    assert plainly(0.1) == ["Читаю портфолио: 6 из 6"]
    assert plainly(1) == ["Читаю портфолио: 6 из 6, за 6 с"]


def test_a_log_of_a_long_stage_gets_a_line_every_ten_seconds() -> None:
    assert plainly(4, "scans") == [
        "Готовлю сканы: 3 из 6, осталось около 15 с, 30 из 60 МБ",
        "Готовлю сканы: 6 из 6, за 24 с, 60 из 60 МБ",
    ]


def test_programs_get_an_object_a_line_and_no_words() -> None:
    log, clock = io.StringIO(), Clock()
    work(Progress(_Events(log), clock), clock, 1, "scans")
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [one["event"] for one in told] == ["begun", *["done"] * 6, "ended"]
    assert [one["done"] for one in told] == [0, 1, 2, 3, 4, 5, 6, 6]
    assert told[-1] == {"event": "ended", "stage": "scans", "done": 6, "total": 6, "seconds": 6.0}


def test_work_that_is_left_says_how_far_it_came() -> None:
    log = io.StringIO()
    with pytest.raises(KeyboardInterrupt), watch(log, "en", "plain").stage("pages", 3) as done:
        done()
        raise KeyboardInterrupt
    assert log.getvalue() == "Sealing portfolios: 1 of 3\n"


def test_a_stage_with_nothing_to_do_is_told_to_programs_only() -> None:
    said = {}
    for form in ("screen", "plain", "events"):
        said[form] = io.StringIO()
        with watch(said[form], "ru", form).stage("pages", 0):
            pass
    assert said["screen"].getvalue() == said["plain"].getvalue() == ""
    assert len(said["events"].getvalue().splitlines()) == 2


def test_a_terminal_is_redrawn_ten_times_a_second_at_most() -> None:
    screen, clock = io.StringIO(), Clock()
    with Progress(_Screen(screen, "ru"), clock).stage("files", 1000) as done:
        for _ in range(1000):
            clock.now += 0.001
            done()
    assert 5 <= screen.getvalue().count("\r") <= 12


def test_a_terminal_line_is_written_over_in_one_go_and_never_wiped_first() -> None:
    screen, clock = io.StringIO(), Clock()
    work(Progress(_Screen(screen, "ru"), clock), clock, 1)
    assert re.fullmatch("(\r[^\r\n\x1b]+\x1b\\[K)+\n", screen.getvalue())
    assert screen.getvalue().endswith("\rЧитаю портфолио: 6 из 6, за 6 с\x1b[K\n")


def test_a_terminal_never_gets_a_line_as_wide_as_itself() -> None:
    for columns in (80, 40, 25, 8):
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        with os.fdopen(theirs, "w") as screen, os.fdopen(ours, "rb", buffering=0) as seen:
            clock = Clock()
            work(Progress(_Screen(screen, "ru"), clock), clock, 9, "scans")
            lines = re.split("\x1b\\[K|\r|\n", seen.read(9999).decode())
        assert 0 < max(map(len, lines)) < columns


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (80, "Готовлю сканы: 4 из 9, осталось около 2 мин, 40 из 90 МБ"),
        (50, "Готовлю сканы: 4 из 9, осталось около 2 мин"),
        (40, "Готовлю сканы: 4 из 9"),
        (15, "Готовлю сканы:…"),
    ],
)
def test_in_a_narrow_window_what_matters_least_goes_first(width: int, said: str) -> None:
    event = Event("done", "scans", 4, 9, 80, 40 * MB, 90 * MB)
    assert words_of(event, "ru", width) == said
    assert len(said) <= width


def test_no_time_is_promised_before_anybody_can_know() -> None:
    def left(stage: Stage, done: int, seconds: float, size: int = 0) -> float | None:
        return seconds_left(Event("done", stage, done, 10, seconds, size, 100 if size else 0))

    assert left("reading", 5, 10) == 10
    assert left("reading", 5, 1) is None  # too early
    assert left("reading", 2, 60) is None  # too few
    assert left("reading", 10, 60) is None  # nothing is left
    assert left("checking", 5, 60) is None  # things of very different size
    assert left("scans", 5, 60, 75) == 20  # judged by bytes, where they are known
    assert seconds_left(Event("ended", "reading", 5, 10, 60)) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(2, "5 s"), (31, "35 s"), (56, "1 min"), (61, "2 min"), (3500, "59 min"), (3600, "1 h")],
)
def test_time_is_rounded_up_so_that_it_stands_still(seconds: float, said: str) -> None:
    event = Event("done", "reading", 50, 100, seconds)
    assert words_of(event, "en") == f"Reading portfolios: 50 of 100, about {said} left"


def test_counting_asks_nothing_of_the_machine_but_the_time() -> None:
    with Progress().stage("files", 5) as done:
        for _ in range(5):
            done()
