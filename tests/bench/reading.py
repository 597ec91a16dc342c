"""A generated school -> what reading and checking costs beside PyYAML's CSafeLoader."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench import readers
from tests.bench.clock import Cost, middle, run_timed
from tests.bench.report import machine
from tests.bench.world import DAY, World

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
        f"Medians, fresh processes by turns. {machine()}.\n"
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
