"""Figures -> Markdown and JSON. What was aimed at, and what is true?"""

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from tests.bench.breakdown import Breakdown
from tests.bench.clock import Cost, middle

PLAIN = "g"
ROWS = {
    "a": "ours, cold, scans known (checks and sealing included)",
    "b": "ours, nothing changed",
    "c": "ours, one entry changed",
    "d": "ours, `stupeni check` only",
    "e": "ours, theme changed",
    "f": "ours, all cold: (a) and every scan made light",
    "g": "plain `mkdocs build`, Material, navigation.prune, search ru; no pictures copied",
}


@dataclass(frozen=True)
class Size:
    """What was built."""

    students: int
    entries: int
    scans: int
    files: int
    sealed_pages: int
    megabytes: float
    plain_pages: int


@dataclass(frozen=True)
class Changes:
    """What a build changed in what is served, and what it touched on the disk at all."""

    entry: tuple[tuple[str, ...], ...]
    """For every edit of one entry the paths that changed."""
    identical: tuple[str, ...]
    written: int
    """Files and folders touched by a build with nothing to do."""


@dataclass(frozen=True)
class Target:
    """One line of build.md beside what was measured."""

    id: str
    what: str
    aim: str
    measured: str
    met: bool


@dataclass(frozen=True)
class Report:
    """All of one bench."""

    size: Size
    costs: dict[str, tuple[Cost, ...]]
    changes: Changes
    anew: dict[str, tuple[str, ...]]
    """For every row that builds, the caches into which it wrote."""
    breakdown: Breakdown | None

    def cpu(self, row: str) -> float:
        """The median CPU of a row."""
        return middle(self.costs[row]).cpu

    def ratio(self, row: str) -> float:
        """A row's CPU as a part of plain MkDocs'."""
        return self.cpu(row) / self.cpu(PLAIN)


def targets(report: Report) -> Iterator[Target]:
    """The targets of this bench, met or not."""
    yield _ratio(report, "T1", "a", "cold ÷ mkdocs", 4)
    if report.breakdown:
        seal = report.breakdown.rooms["seal"]
        bare = (report.cpu("a") - seal) / report.cpu(PLAIN)
        yield Target("T1", "… without sealing", "≤ 1/5", _part(bare), bare <= 1 / 5)
    yield _ratio(report, "T2", "e", "theme changed ÷ mkdocs", 9)
    yield _ratio(report, "T3", "c", "one entry changed ÷ mkdocs", 40)
    yield _ratio(report, "T4", "b", "nothing changed ÷ mkdocs", 60)
    written = report.changes.written
    yield Target("T4", "files and folders touched then", "0", str(written), written == 0)
    memory = middle(report.costs["a"]).memory
    yield Target("T6", "memory of (a), MB", "≤ 120", f"{memory:.0f}", memory <= 120)
    most = max(len(paths) for paths in report.changes.entry)
    yield Target("T8", "files changed by one entry's edit", "≤ 5", str(most), most <= 5)
    same = len(report.changes.identical)
    yield Target("T8", "files changed by an identical rebuild", "0", str(same), same == 0)


def to_markdown(report: Report) -> str:
    """The tables for people."""
    return "\n".join((*_head(report.size), *_rows(report), *_targets(report), *_parts(report)))


def to_json(report: Report) -> str:
    """The same for programs, with every single run."""
    rows = {
        row: asdict(middle(costs))
        | {"what": ROWS[row], "ratio": report.ratio(row), "runs": [asdict(cost) for cost in costs]}
        for row, costs in report.costs.items()
    }
    whole = {
        "machine": machine(),
        "size": asdict(report.size),
        "rows": rows,
        "changes": asdict(report.changes),
        "anew": report.anew,
        "targets": [asdict(target) for target in targets(report)],
        "breakdown": asdict(report.breakdown) if report.breakdown else None,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def machine() -> str:
    """What the figures were measured on."""
    return f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}"


def _head(size: Size) -> Iterator[str]:
    yield f"# Bench: {size.students} students\n"
    yield (
        f"{size.entries} entries each, {size.scans} scans, all different. Ours: "
        f"{size.sealed_pages} sealed pages in three sites, {size.files} files, "
        f"{size.megabytes:.0f} MB. Plain MkDocs: {size.plain_pages} pages of the same students.\n"
    )
    yield (
        "CPU seconds (user and system, children included) and wall seconds, median; every run a "
        "fresh process; memory is that of the largest single process. "
        f"{machine()}. Ratios within this table hold, times between machines do not.\n"
    )


def _rows(report: Report) -> Iterator[str]:
    yield "| | what | CPU | wall | memory, MB | runs | CPU ÷ (g) |"
    yield "| --- | --- | --: | --: | --: | --: | --: |"
    for row, costs in report.costs.items():
        cost = middle(costs)
        yield (
            f"| {row} | {ROWS[row]} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.memory:.0f} "
            f"| {len(costs)} | {_part(report.ratio(row))} |"
        )
    media = report.cpu("f") - report.cpu("a")
    each = 1000 * media / max(1, report.size.scans)
    yield f"\nScans alone, (f) - (a): {media:.2f} CPU seconds, {each:.1f} ms each.\n"


def _targets(report: Report) -> Iterator[str]:
    yield "| target (set for 1,200 students) | what | aim | measured | |"
    yield "| --- | --- | --- | --- | --- |"
    for one in targets(report):
        met = "met" if one.met else "**missed**"
        yield f"| {one.id} | {one.what} | {one.aim} | {one.measured} | {met} |"
    yield "\nNot measured here: Hugo in T3, T5, T7, T9-T12.\n"
    yield "Files changed by editing the title and the words of one entry, by folder:\n"
    for paths in report.changes.entry:
        folders = [path.split("/")[1] for path in paths]
        counts = ", ".join(f"{name}/ {folders.count(name)}" for name in sorted(set(folders)))
        yield f"- {len(paths)}: {counts}"
    yield ""


def _parts(report: Report) -> Iterator[str]:
    if report.breakdown is None:
        return
    whole = sum(report.breakdown.rooms.values())
    yield "| room, one run of (a) | CPU | part |\n| --- | --: | --: |"
    for room, spent in report.breakdown.rooms.items():
        yield f"| {room} | {spent:.2f} | {spent / whole:.0%} |"
    yield f"| all | {whole:.2f} | 100% |\n"
    yield "Functions that took most, C code they call included (cProfile: by the clock, waiting "
    yield "included, and small ones look heavier than they are):\n"
    yield "| function | calls | own | with callees |\n| --- | --: | --: | --: |"
    for one in report.breakdown.functions:
        yield f"| `{one.where}` | {one.calls} | {one.own:.2f} | {one.whole:.2f} |"
    yield ""


def _ratio(report: Report, name: str, row: str, what: str, aim: int) -> Target:
    ratio = report.ratio(row)
    return Target(name, what, f"≤ 1/{aim}", _part(ratio), ratio <= 1 / aim)


def _part(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f}"
