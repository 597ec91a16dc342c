"""A school -> where the time of one cold build goes: by room, and by function."""

import json
import os
import pstats
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import rooms
from tests.bench.clock import run_timed
from tests.bench.world import DAY, World

_SHOWN = 25

Key = tuple[str, int, str]
"""File, line and name of a function."""


@dataclass(frozen=True)
class Function:
    """Seconds of one function with the C code it called, and with all it called."""

    where: str
    calls: int
    own: float
    whole: float


@dataclass(frozen=True)
class Breakdown:
    """Seconds of CPU by room, and the functions that took most themselves."""

    rooms: dict[str, float]
    functions: tuple[Function, ...]


def read_breakdown(world: World, profile: bool) -> Breakdown:
    """One more cold build with known scans, timed by room; with `profile` one under cProfile."""
    world.forget()
    target = world.folder / "rooms.json"
    places = [str(place) for place in (world.school, world.output, world.private, target)]
    # -P: the folder of the script must not stand before the product on the path
    command = [sys.executable, "-P", str(Path(rooms.__file__)), *places, DAY]
    run_timed(command, world.home, world.env() | {"PYTHONPATH": str(world.home)})
    found = json.loads(target.read_text())
    if not profile:
        return Breakdown(found, ())
    world.forget()
    stats = world.folder / "build.pstats"
    world.run("build", before=("-m", "cProfile", "-o", str(stats)))
    return Breakdown(found, _read_functions(stats, world.home))


def _read_functions(profile: Path, home: Path) -> tuple[Function, ...]:
    found: dict[Key, Any] = vars(pstats.Stats(str(profile)))["stats"]
    own: defaultdict[Key, float] = defaultdict(float)
    for key, (_, _, spent, _, callers) in found.items():
        if _is_builtin(key):
            # C code has no line to mend: its time stands with whoever called it
            for caller, figures in callers.items():
                own[caller] += figures[2]
        else:
            own[key] += spent
    return tuple(
        Function(_place(*key, home), found[key][1], spent, found[key][3])
        for key, spent in sorted(own.items(), key=lambda pair: -pair[1])[:_SHOWN]
        if not _is_builtin(key)
    )


def _is_builtin(key: Key) -> bool:
    return key[0] == "~"


def _place(file: str, line: int, name: str, home: Path) -> str:
    path = file.removeprefix(f"{home}{os.sep}").rpartition("site-packages/")[2]
    return f"{path}:{line} {name}"
