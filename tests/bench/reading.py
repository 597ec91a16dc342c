"""A generated school -> what reading and checking costs beside PyYAML's CSafeLoader.

`python -m tests.bench.reading --students 1500`, without scans; the figures go to `--out`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from tests.bench import readers
from tests.bench.clock import Cost, middle, run_timed
from tests.bench.machine import machine
from tests.bench.world import DAY, World, make_world

MOST = 1.5
READERS = {
    "plain": "PyYAML's CSafeLoader over every file: no places, no models, no checks",
    "ours": "ours: strict, into models, checked, the place of every mistake found",
}


@dataclass(frozen=True)
class Reading:
    """Both readers' costs; runs took turns."""

    students: int
    files: int
    mistakes: int
    costs: dict[str, tuple[Cost, ...]]

    def ratio(self, figure: str) -> float:
        """Our median as a multiple of the plain one: `cpu` or `wall`."""
        ours, plain = (middle(self.costs[who]) for who in ("ours", "plain"))
        return float(getattr(ours, figure) / getattr(plain, figure))


def run_reading(arguments: list[str] | None = None) -> None:
    """Measures, prints the table, writes it and every single run into the folder `--out`."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--entries", type=int, default=25, help="of every student")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stupeni-bench-") as folder:
        wanted = [f"--students={given.students}", f"--entries={given.entries}", "--no-scans"]
        world = make_world(Path(folder) / "school", wanted)
        read = measure_reading(world, given.rounds, partial(print, file=sys.stderr))
    print(table := to_markdown(read))
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "reading.md").write_text(table, encoding="utf-8")
        (given.out / "reading.json").write_text(to_json(read), encoding="utf-8")


def measure_reading(world: World, rounds: int, tell: Callable[[str], None]) -> Reading:
    """Both readers by turns, on a school with one mistake in every portfolio."""
    students = write_slips(world.school)
    costs: dict[str, list[Cost]] = {who: [] for who in READERS}
    counts = {}
    for _ in range(rounds):
        for who in READERS:
            cost, counts[who] = _run(world, who)
            tell(f"{who}: {cost.cpu:.2f} CPU, {cost.wall:.2f} wall, {cost.memory:.0f} MB")
            costs[who].append(cost)
    whole = {who: tuple(found) for who, found in costs.items()}
    return Reading(students, counts["plain"], counts["ours"], whole)


def write_slips(school: Path) -> int:
    """How many portfolios got a key with a slip in it, in the last of their entries."""
    folders = sorted((school / "students").iterdir())
    for folder in folders:
        last = max(folder.glob("entries/*/entry.yml"))
        last.write_text(last.read_text(encoding="utf-8") + "reflektion: так\n", encoding="utf-8")
    return len(folders)


def to_markdown(reading: Reading) -> str:
    """The table for people."""
    return "\n".join(_lines(reading)) + "\n"


def to_json(reading: Reading) -> str:
    """The same for programs, with every single run."""
    ratios = {figure: reading.ratio(figure) for figure in ("cpu", "wall")}
    whole = {"machine": machine(), "ratio": ratios, **asdict(reading)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _lines(reading: Reading) -> Iterator[str]:
    yield f"# Bench: reading {reading.students} portfolios\n"
    yield (
        f"{reading.files} YAML files, {reading.mistakes} mistakes found, each with its line. "
        f"Medians, fresh processes by turns. {'; '.join(machine().values())}.\n"
    )
    yield "| what | CPU | wall | memory, MB | runs |\n| --- | --: | --: | --: | --: |"
    for who, costs in reading.costs.items():
        cost = middle(costs)
        yield (
            f"| {READERS[who]} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.memory:.0f} "
            f"| {len(costs)} |"
        )
    met = "met" if reading.ratio("cpu") <= MOST else "**missed**"
    yield f"\nOurs ÷ plain, CPU: {reading.ratio('cpu'):.2f} (aim ≤ {MOST}: {met}); "
    yield f"wall: {reading.ratio('wall'):.2f}."


def _run(world: World, who: str) -> tuple[Cost, int]:
    target = world.folder / "count.txt"
    places = [str(world.school), str(world.private), DAY, str(target)]
    # -P: the folder of the script must not stand before the product on the path
    command = [sys.executable, "-P", str(Path(readers.__file__)), who, *places]
    cost = run_timed(command, world.home, world.env() | {"PYTHONPATH": str(world.home)})
    return cost, int(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    run_reading()
