"""Hostile files by the thousand; `python -m tests.fuzz` takes a million."""

import time
from pathlib import Path

import pytest

from generator.diagnostic import Text
from generator.source import Document, parse
from generator.trouble import Trouble
from tests.fuzz import MOST_MEMORY, SAMPLE, Result, make_input, run_fuzz

INPUTS = range(2000)


def test_no_hostile_file_breaks_stalls_or_bloats_the_reading() -> None:
    tally = run_fuzz(INPUTS, seed=12, until=time.time() + 60)

    assert tally.found == {}
    assert tally.inputs > 300, "a minute is enough for these even on a busy machine"
    assert tally.documents > tally.inputs // 5, "much of it reaches the models"
    assert tally.diagnostics > tally.inputs


def test_an_input_is_made_of_its_number_alone() -> None:
    made = [make_input(1, number, SAMPLE) for number in range(60)]

    assert made == [make_input(1, number, SAMPLE) for number in range(60)]
    assert len({raw for _, raw in made}) > 55
    assert make_input(2, 0, SAMPLE) != made[0]
    assert {type(parse(*one)) is Document for one in made} == {True, False}


def breaks(_seed: int, number: int, _school: Path) -> Result:
    """Another promise is broken at each of some numbers."""
    if number == 1:
        raise Trouble(Text("нельзя", "no"), Text("никак", "no way"))
    if number == 2:
        raise RecursionError("too deep")
    if number == 4:
        bytearray(2 * MOST_MEMORY)
    while number == 6:
        pass
    return True, number


def test_what_breaks_bloats_or_stalls_is_found_and_the_rest_goes_on() -> None:
    tally = run_fuzz(range(9), seed=1, until=time.time() + 60, trial=breaks)

    assert sorted(tally.found) == [2, 4, 6]
    assert "too deep" in tally.found[2]
    assert "MemoryError" in tally.found[4]
    assert "killed" in tally.found[6]
    assert tally.inputs == 9


def test_a_run_stops_when_its_time_is_over() -> None:
    assert run_fuzz(range(100), seed=1, until=time.time() - 1).inputs == 0


@pytest.mark.parametrize("number", range(20))
def test_noise_and_changed_files_stay_small(number: int) -> None:
    file, raw = make_input(3, number, SAMPLE)

    assert (SAMPLE / file).is_file()
    assert len(raw) <= 32 * 1024
