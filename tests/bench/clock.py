"""A command -> its cost. How much work was that?"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cost:
    """What one process and its children took."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds on the clock; other people's work on this machine is in it."""
    memory: float
    """MB at the highest, of the largest single process."""


def run_timed(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Cost:
    """The cost of a command run in `folder`; a failed one ends the bench with its last words."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=said, stderr=said)
        # wait4 knows this very child and whoever it waited for; RUSAGE_CHILDREN would remember
        # the memory of every earlier one.
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)}\nleft with {child.returncode}:\n{words}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself; of the memory the highest."""
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        max(cost.memory for cost in costs),
    )
