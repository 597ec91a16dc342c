"""A command -> its cost. How much work was that?"""

import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_LOOK = 20
"""Milliseconds between two looks at the memory of a running process."""
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.M)


@dataclass(frozen=True)
class Cost:
    """What one process and its children took."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds on the clock; other people's work on this machine is in it."""
    memory: float
    """MB at the highest, of the largest single process that lived longer than a blink."""
    main: float = 0.0
    """MB at the highest, of the process itself; 0 when it was gone before anybody looked."""


def run_timed(
    command: Sequence[str], folder: Path, env: Mapping[str, str], limit: float = 7200
) -> Cost:
    """The cost of a command run in `folder`; a failed one, or one that takes more than `limit`
    seconds, ends the bench with its last words."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=said, stderr=said)
        peaks = _wait(child, start + limit)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)[:500]}\nleft with {child.returncode}:\n{words}")
    main, largest = peaks.get(child.pid, 0.0), max(peaks.values(), default=0.0)
    return Cost(usage.ru_utime + usage.ru_stime, wall, largest, main)


def _wait(child: subprocess.Popen[bytes], until: float) -> dict[int, float]:
    """MB at the highest of the process and of everybody it started, when it has left."""
    end = os.pidfd_open(child.pid)
    left, peaks = select.poll(), dict[int, float]()
    left.register(end, select.POLLIN)
    try:
        while not left.poll(_LOOK):
            for pid in _tree(child.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), _read_peak(pid))
            if time.perf_counter() > until:
                child.kill()
    finally:
        os.close(end)
    return peaks


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _read_peak(pid: int) -> float:
    # The program's own record, begun anew by exec: what rusage says holds the memory of whoever
    # started it, too, and that is a bench with a whole school in its hands.
    with suppress(OSError):
        if found := _PEAK.search(Path(f"/proc/{pid}/status").read_text()):
            return int(found[1]) / 1024
    return 0.0


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself; of the memory the highest."""
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
        max(cost.main for cost in costs),
    )


def total(costs: Sequence[Cost]) -> Cost:
    """One piece of work that was done by several processes, one after another."""
    return Cost(
        sum(cost.cpu for cost in costs),
        sum(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
        max(cost.main for cost in costs),
    )
