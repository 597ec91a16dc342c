"""Measured parts <-> JSON files of a folder. What is known so far?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.bench.clock import Cost, middle


@dataclass
class Part:
    """One subject at one size: what was run, how often, and what it cost."""

    name: str
    """`ours`, `mkdocs`, `hugo-one` …"""
    students: int
    entries: int = 25
    mark: str = ""
    """Of what was measured: figures of another program are no figures of this one."""
    when: str = ""
    load: float = 0.0
    """How many others were at work on the machine when it was last run."""
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    """Row -> every single run."""
    numbers: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    """Why there are no figures."""

    @property
    def rounds(self) -> int:
        """How often its main row was run."""
        return max((len(runs) for runs in self.costs.values()), default=0)

    def add(self, row: str, cost: Cost) -> None:
        """One more run of a row."""
        self.costs.setdefault(row, []).append(cost)

    def raise_to(self, name: str, number: float) -> None:
        """The highest of a number over all rounds."""
        self.numbers[name] = max(self.numbers.get(name, 0), number)


@dataclass(frozen=True)
class Store:
    """A folder with a JSON file for each part."""

    folder: Path

    def read(self) -> "Figures":
        """Everything measured so far."""
        files = sorted(self.folder.glob("*.json"))
        return Figures([_part(json.loads(file.read_text(encoding="utf-8"))) for file in files])

    def write(self, part: Part) -> None:
        """Keeps a part; whoever is interrupted then loses nothing of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{part.students:05}-{part.name}.json"
        fresh = file.with_suffix(".part")
        fresh.write_text(json.dumps(asdict(part), ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(file)


def _part(found: dict[str, object]) -> Part:
    part = Part(**found)  # type: ignore[arg-type]  # written by `write` alone
    runs: Mapping[str, Iterable[dict[str, float]]] = part.costs  # type: ignore[assignment]
    part.costs = {row: [Cost(**run) for run in each] for row, each in runs.items()}
    return part


class Figures:
    """All parts that were measured."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = {(part.students, part.name): part for part in parts}

    @property
    def sizes(self) -> list[int]:
        """Numbers of students, the smallest first."""
        return sorted({students for students, _ in self.parts if students})

    def part(self, students: int, name: str) -> Part | None:
        """A part, if it was measured or at least tried."""
        return self.parts.get((students, name))

    def cost(self, students: int, name: str, row: str = "cold") -> Cost | None:
        """The median of a row; None when there is none."""
        part = self.part(students, name)
        return middle(part.costs[row]) if part and part.costs.get(row) else None

    def cpu(self, students: int, name: str, row: str = "cold") -> float | None:
        """Its CPU seconds."""
        cost = self.cost(students, name, row)
        return cost.cpu if cost else None

    def number(self, students: int, name: str, what: str) -> float | None:
        """A number that is no time."""
        part = self.part(students, name)
        return part.numbers.get(what) if part else None

    def why(self, students: int, name: str) -> str:
        """Why there is no figure."""
        part = self.part(students, name)
        return part.missing if part and part.missing else "не измерено"

    def __iter__(self) -> Iterator[Part]:
        return iter(sorted(self.parts.values(), key=lambda part: (part.students, part.name)))
