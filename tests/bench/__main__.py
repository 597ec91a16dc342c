"""Command line -> bench.md and bench.json. How fast are we beside plain MkDocs?"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import reading
from tests.bench.breakdown import read_breakdown
from tests.bench.clock import Cost
from tests.bench.plain import run_plain, write_plain
from tests.bench.report import ROWS, Changes, Report, Size, to_json, to_markdown
from tests.bench.world import ROOT, World, changed, make_world, written


@dataclass
class Bench:
    """A school under measurement."""

    world: World
    costs: defaultdict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))
    entry: list[tuple[str, ...]] = field(default_factory=list)
    identical: tuple[str, ...] = ()
    touched: int = 0
    anew: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For every row that builds, the caches into which it wrote."""

    def run(self, row: str, run: Callable[[], Cost]) -> None:
        """One more run of a row."""
        _tell(f"({row}) {ROWS[row]}")
        cost = run()
        _tell(f"    {cost.cpu:.2f} CPU, {cost.wall:.2f} wall, {cost.memory:.0f} MB")
        self.costs[row].append(cost)

    def build(self, row: str) -> None:
        """One more run of a row that builds."""
        before = self.world.caches()
        self.run(row, lambda: self.world.run("build"))
        after = self.world.caches()
        self.anew[row] = tuple(sorted(it for it in after if after[it] != before.get(it)))

    def run_round(self, number: int) -> None:
        """Every repeatable row once, so that a busy minute of the machine hits all of them."""
        self.world.forget()
        self.build("a")
        self._run_idle()
        self.run("d", lambda: self.world.run("check"))
        before = self.world.served()
        self.world.change_entry(number)
        self.build("c")
        self.entry.append(tuple(changed(before, self.world.served())))
        self.world.change_theme(number)
        self.build("e")
        self.run("g", lambda: run_plain(self.world))

    def _run_idle(self) -> None:
        served, stamps = self.world.served(), self.world.stamps()
        self.build("b")
        self.identical = tuple(changed(served, self.world.served()))
        self.touched = max(self.touched, written(stamps, self.world.stamps()))


def run_bench(arguments: list[str] | None = None) -> None:
    """Measures, prints the tables, writes them into the folder `--out`."""
    given = _parse(arguments)
    out: Path = given.out or Path(tempfile.mkdtemp(prefix="stupeni-bench-"))
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-work-") as folder:
        if given.check_only:
            read = _measure_reading(Path(folder), given)
            _write(out, "reading", reading.to_markdown(read), reading.to_json(read))
        else:
            report = _measure(Path(folder), given)
            _write(out, "bench", to_markdown(report), to_json(report))


def _write(out: Path, name: str, table: str, figures: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.md").write_text(table, encoding="utf-8")
    (out / f"{name}.json").write_text(figures, encoding="utf-8")
    print(f"{table}\n{out / name}.md\n{out / name}.json")


def _measure_reading(folder: Path, given: argparse.Namespace) -> reading.Reading:
    world = make_world(folder, [*_wanted(given), "--no-scans"])
    return reading.measure_reading(world, given.rounds, _tell)


def _wanted(given: argparse.Namespace) -> list[str]:
    _tell(f"a school of {given.students} students")
    return [f"--students={given.students}", f"--entries={given.entries}", f"--seed={given.seed}"]


def _measure(folder: Path, given: argparse.Namespace) -> Report:
    world = make_world(folder, _wanted(given) + ["--no-scans"] * given.no_scans)
    bench, pages = Bench(world), write_plain(world)
    world.forget(media=True)
    bench.build("f")
    for number in range(given.rounds):
        bench.run_round(number)
    breakdown = None
    if given.profile:
        _tell("two more cold builds, for the breakdown")
        breakdown = read_breakdown(world)
    costs = {row: tuple(bench.costs[row]) for row in ROWS}
    changes = Changes(tuple(bench.entry), bench.identical, bench.touched)
    return Report(_size(world, given, pages), costs, changes, bench.anew, breakdown)


def _size(world: World, given: argparse.Namespace, plain_pages: int) -> Size:
    served = world.served()
    return Size(
        students=given.students,
        entries=given.entries,
        scans=len(world.scans()),
        files=len(served),
        sealed_pages=sum(1 for path in served if path.split("/")[1] == "p"),
        megabytes=sum((world.output / path).stat().st_size for path in served) / 1e6,
        plain_pages=plain_pages,
    )


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--entries", type=int, default=25, help="of every student")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--no-scans", action="store_true", help="words only: a large school sooner")
    words = "reading and checking alone, beside PyYAML's loader"
    parser.add_argument("--check-only", action="store_true", help=words)
    parser.add_argument("--rounds", type=int, default=3, help="runs of every repeatable row")
    parser.add_argument("--profile", action="store_true", help="break (a) down by room")
    parser.add_argument("--out", type=Path, help="folder outside the repository")
    given = parser.parse_args(arguments)
    if given.out and given.out.resolve().is_relative_to(ROOT):
        parser.error("--out: results of one machine do not belong into the repository")
    return given


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    run_bench()
