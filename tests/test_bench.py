"""The bench of a tiny school: every figure is there and is about the right thing."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import run_bench
from tests.bench.clock import run_timed
from tests.bench.report import ROWS
from tests.bench.world import ROOT, changed, written


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results for 12 students, one run of each row."""
    folder = tmp_path_factory.mktemp("bench") / "new"
    run_bench(["--students=12", "--entries=4", "--rounds=1", "--out", str(folder)])
    return folder


@pytest.fixture(scope="module")
def bench(out: Path) -> Any:
    """bench.json of it."""
    return json.loads((out / "bench.json").read_text(encoding="utf-8"))


def test_every_row_is_measured_in_json_and_in_the_table(out: Path, bench: Any) -> None:
    table = (out / "bench.md").read_text(encoding="utf-8")
    assert list(bench["rows"]) == list("abcdefg") == list(ROWS)
    for name, row in bench["rows"].items():
        assert row["cpu"] > 0 and row["wall"] > 0 and row["memory"] > 10, name
        assert f"| {name} | {row['what']} | {row['cpu']:.2f} |" in table
    assert bench["rows"]["g"]["ratio"] == 1


def test_the_rows_differ_by_the_work_that_they_name(bench: Any) -> None:
    engine, scans, student, whole = "shell", "media", "students", "last"
    assert bench["anew"] == {
        "f": [whole, scans, engine, student],
        "a": [whole, engine, student],
        "b": [],
        "c": [whole, student],
        "e": [whole, engine, student],
    }, "by what was made anew, not by the clock: a busy machine is no mistake"


def test_all_of_the_school_was_built(bench: Any) -> None:
    size = bench["size"]
    assert (size["students"], size["entries"], size["plain_pages"]) == (12, 4, 12)
    assert size["scans"] == 30, "as many as the entries of this school name (counted by hand)"
    assert size["sealed_pages"] > 12


def test_a_build_with_nothing_to_do_was_seen_to_write_nothing(bench: Any) -> None:
    assert bench["changes"]["identical"] == []
    assert bench["changes"]["written"] == 0


def test_the_edit_of_an_entry_reaches_its_readers(bench: Any) -> None:
    (paths,) = bench["changes"]["entry"]
    folders = {path.split("/")[1] for path in paths}
    assert {"p", "k"} <= folders, "a page, and the keyrings that pin it"
    assert len({path.split("/")[0] for path in paths}) == 1, "one level only"


def test_every_target_stands_beside_what_was_measured(bench: Any) -> None:
    targets = {(one["id"], one["aim"]): one for one in bench["targets"]}
    ids = [name for name, _ in targets]
    assert ids == ["T1", "T2", "T3", "T4", "T4", "T6", "T8", "T8"]
    most = targets["T8", "≤ 5"]
    assert most["measured"] == str(len(bench["changes"]["entry"][0]))
    assert most["met"] == (int(most["measured"]) <= 5)
    cold = targets["T1", "≤ 1/4"]
    assert cold["met"] == (bench["rows"]["a"]["ratio"] <= 0.25)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of reading 6 students' files."""
    folder = tmp_path_factory.mktemp("bench") / "read"
    small = ["--students=6", "--entries=3", "--rounds=1"]
    run_bench([*small, "--check-only", "--out", str(folder)])
    return folder


def test_reading_is_measured_beside_the_plain_loader(read: Path) -> None:
    figures = json.loads((read / "reading.json").read_text(encoding="utf-8"))
    ours, plain = (figures["costs"][who][0] for who in ("ours", "plain"))
    assert figures["files"] > 6 * 3, "entries, and the records of every student"
    assert figures["students"] == 6
    assert figures["mistakes"] >= 6, "one in every portfolio at least, all found"
    assert figures["ratio"]["cpu"] == pytest.approx(ours["cpu"] / plain["cpu"])
    assert figures["ratio"]["wall"] == pytest.approx(ours["wall"] / plain["wall"])


def test_whether_reading_meets_its_aim_is_said(read: Path) -> None:
    table = (read / "reading.md").read_text(encoding="utf-8")
    ratio = json.loads((read / "reading.json").read_text(encoding="utf-8"))["ratio"]["cpu"]
    assert f"CPU: {ratio:.2f} (aim ≤ 1.5: {'met' if ratio <= 1.5 else '**missed**'})" in table


def test_results_are_not_written_into_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run_bench(["--out", str(ROOT / "docs")])
    assert left.value.code == 2
    assert "do not belong into the repository" in capsys.readouterr().err


def test_the_work_and_memory_of_a_childs_child_count(tmp_path: Path) -> None:
    inner = "x = bytearray(150_000_000); sum(range(4_000_000))"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    idle = run_timed([sys.executable, "-c", ""], tmp_path, os.environ)
    busy = run_timed([sys.executable, "-c", outer], tmp_path, os.environ)
    assert busy.memory > 140
    assert busy.cpu > idle.cpu + 0.03


def test_a_run_that_failed_is_not_a_figure(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="left with 3:\nlast words"):
        run_timed([sys.executable, "-c", "print('last words'); exit(3)"], tmp_path, os.environ)


def test_changes_are_what_came_went_or_differs() -> None:
    assert changed({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"}) == list("acd")


def test_a_file_written_again_with_the_same_bytes_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "a"
    stamps = []
    for moment in (1, 1, 2):
        file.write_text("same")
        os.utime(file, (moment, moment))
        stat = file.stat()
        stamps.append({str(file): (stat.st_ino, stat.st_mtime_ns, stat.st_size)})
    assert written(stamps[0], stamps[1]) == 0
    assert written(stamps[1], stamps[2]) == 1
