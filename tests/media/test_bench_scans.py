"""The bench of scans measures what it says, and puts a target beside each figure."""

import pytest

from tests.bench.clock import Cost
from tests.bench.scans import FLOOR, OURS, OURS_4, SIGAL, VIPS, run_scans, to_table


def test_ours_and_the_floor_are_measured_on_the_same_files(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_scans(["--files=2", "--rounds=1", "--no-peers", "--known=60"])
    table = capsys.readouterr().out
    assert "# Bench: 2 scans" in table
    for row in (FLOOR, OURS, OURS_4):
        assert f"| {row} |" in table
    assert f"| {OURS} ÷ {FLOOR} | ≤ 1.6 |" in table
    assert VIPS not in table
    assert "| 60 known scans, nothing to do, CPU s | ≤ 1 | " in table


def test_a_missed_target_is_called_missed() -> None:
    spent = {FLOOR: 1.0, OURS: 1.5, OURS_4: 2.0, VIPS: 3.0, SIGAL: 9.0}
    table = to_table({row: [Cost(cpu, 0, 90)] for row, cpu in spent.items()}, 10, 1)
    assert f"| {OURS} ÷ {VIPS} | ≤ 0.45 | 0.50 | **missed** |" in table
    assert f"| {OURS} ÷ {SIGAL} | ≤ 0.45 | 0.17 | met |" in table
    assert "| memory of a worker, MB | ≤ 130 | 90 | met |" in table
