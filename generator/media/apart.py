"""Scans to be read -> answers, from a process of its own. What if the caller has threads, sockets?

`reader` forks a worker for every scan, and a fork takes along whatever is open: on a machine of a
cluster that would hand a hostile file the cluster's connections. So there a fresh process, which
has nothing open, does the forking.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from os import environ
from pathlib import Path

from generator.media.answer import to_bytes
from generator.media.reader import Job, read_answers
from generator.media.recipe import Recipe

_PACKAGES = Path(__file__).parents[2]


def run_batch(jobs: Sequence[Job], root: Path, recipe: Recipe) -> list[tuple[str, bytes]]:
    """Key and answer (as `answer` writes it) of every job."""
    asked = pickle.dumps((jobs, root, recipe))
    command = [sys.executable, "-m", "generator.media.apart"]
    said = subprocess.run(
        command, input=asked, stdout=subprocess.PIPE, check=True,
        env={**environ, "PYTHONPATH": str(_PACKAGES)},
    )  # fmt: skip
    # Of our own process, which knows of a scan no more than the checked answers of its workers.
    answers: list[tuple[str, bytes]] = pickle.loads(said.stdout)
    return answers


def _live() -> None:
    """The whole life of that process; one scan at a time, for the cluster has counted the cores."""
    jobs, root, recipe = pickle.load(sys.stdin.buffer)
    answers = [(key, to_bytes(one)) for key, one in read_answers(jobs, root, recipe, at_once=1)]
    sys.stdout.buffer.write(pickle.dumps(answers))


if __name__ == "__main__":
    _live()
