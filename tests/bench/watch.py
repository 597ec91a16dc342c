"""Whoever watches, and an edit -> milliseconds of CPU. Is a save felt?

Two watch: `preview`, which makes the page one looks at, and `serve --watch`, which builds the sites
once more. The server is measured from outside only: started as a teacher would, an entry is edited,
and what the process spent is read until the site has changed.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench import saves
from tests.bench.store import Part
from tests.bench.world import DAY, World

_LONGEST = 60
_SETTLE = 1.0


def run_watch(world: World, part: Part, rounds: int) -> None:
    """The medians over so many edits; of the server, what idle watching costs taken off."""
    world.run("build")
    entry = next(world.shown_entries())
    # -P: the folder of the script must not stand before the product on the path
    command = [sys.executable, "-P", str(Path(saves.__file__)), str(world.school)]
    command += [str(world.private), DAY, str(entry), str(rounds)]
    env = world.env() | {"PYTHONPATH": str(world.home)}
    said = subprocess.run(command, cwd=world.home, env=env, stdout=subprocess.PIPE, check=True)
    part.numbers["page ms"] = median(json.loads(said.stdout))
    places = [f"--output={world.output}", f"--private={world.private}", f"--date={DAY}"]
    command = [sys.executable, "-m", "generator", "serve", str(world.school), "--watch", "--port=0"]
    command += places
    server = subprocess.Popen(
        command, cwd=world.home, env=world.env(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _measure(world, server, part, rounds)
    finally:
        server.terminate()
        server.wait(30)


def _measure(world: World, server: subprocess.Popen[bytes], part: Part, rounds: int) -> None:
    time.sleep(10)
    began = _spent(server.pid)
    time.sleep(5)
    idle = (_spent(server.pid) - began) / 5
    spent = []
    for number in range(rounds + 1):
        before, state, start = _spent(server.pid), _state(world), time.monotonic()
        world.change_entry(world.serial())
        while _state(world) == state:
            if time.monotonic() - start > _LONGEST or server.poll() is not None:
                part.missing = f"за {_LONGEST} с сайт не изменился"
                return
            time.sleep(0.02)
        time.sleep(_SETTLE)
        passed = time.monotonic() - start
        if number:  # the first edit pays for what is read once
            spent.append(1000 * (_spent(server.pid) - before - idle * passed))
    part.numbers |= {"cpu ms": median(spent), "idle ms a second": 1000 * idle, "edits": rounds}


def _state(world: World) -> tuple[str, ...]:
    """Which releases are shown: a link for each level."""
    levels = sorted(path for path in world.output.iterdir() if path.is_symlink())
    return tuple(str(path.readlink()) for path in levels)


def _spent(pid: int) -> float:
    """CPU seconds of a process and of those of its children that have ended."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
