"""A command -> its cost. How much work was that?"""

import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
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
    """MB at the highest, of the largest single process."""
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
        main = _wait(child, start + limit)
        # wait4 knows this very child and whoever it waited for; RUSAGE_CHILDREN would remember
        # the memory of every earlier one.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)[:500]}\nleft with {child.returncode}:\n{words}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, main)


def _wait(child: subprocess.Popen[bytes], until: float) -> float:
    """MB of the process itself at its highest, when it has left."""
    end = os.pidfd_open(child.pid)
    left, peak = select.poll(), 0.0
    left.register(end, select.POLLIN)
    try:
        while not left.poll(_LOOK):
            peak = max(peak, _read_peak(child.pid))
            if time.perf_counter() > until:
                child.kill()
    finally:
        os.close(end)
    return peak


def _read_peak(pid: int) -> float:
    # The program's own record, begun anew by exec: what rusage says holds its starter's memory too.
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
