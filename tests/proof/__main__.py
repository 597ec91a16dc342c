"""Command line -> one of the long proofs, its numbers printed. Which, and how large?

python -m tests.proof canaries --students 300 --entries 4 --seed 1
python -m tests.proof incremental --sequences 300 --seed 1
python -m tests.proof kills --kills 200 --seed 1
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.proof.canaries import release
from tests.proof.edits import EDITS, Step, run
from tests.proof.kills import run_kills, set_scene
from tests.town import build_town


def run_proof(arguments: list[str] | None = None) -> int:
    """Runs one proof; 1 when it found something."""
    given = _parse(arguments)
    if given.what == "incremental":
        return _run_incremental(given)
    if given.what == "kills":
        return _run_kills(given)
    with tempfile.TemporaryDirectory(prefix="stupeni-proof-") as folder:
        heard = release(Path(folder), given.students, given.entries, given.seed)
    print(heard)
    for kind, count in heard.flock.kinds.items():
        print(f"  {count:6} {kind}")
    for find in heard.finds[:50]:
        print(f"  FOUND {find.file}: {find.way}")
    return 1 if heard.finds or heard.opened.finds else 0


def _run_incremental(given: argparse.Namespace) -> int:
    chance, found = random.Random(given.seed), 0
    with tempfile.TemporaryDirectory(prefix="stupeni-proof-") as folder:
        town = build_town(Path(folder) / "town")
        for number in range(given.sequences):
            steps = [
                Step(chance.choice(sorted(EDITS)), chance.random() < 0.5, chance.randint(0, 3) // 3)
                for _ in range(chance.randint(1, 7))
            ]
            work = Path(folder) / "work"
            finds = run(town, steps, work)
            shutil.rmtree(work)
            found += bool(finds)
            for find in finds:
                print(f"  FOUND after {[step.edit for step in steps]}: {find}")
            print(f"\r{number + 1} sequences, {found} differ", end="", file=sys.stderr, flush=True)
    print(f"\n{given.sequences} sequences of 1-7 changes, seed {given.seed}: {found} differ")
    return 1 if found else 0


def _run_kills(given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="stupeni-proof-") as folder:
        scene = set_scene(Path(folder))
        print(f"a build touches the disk {len(scene.touches)} times", flush=True)
        toll = run_kills(scene, given.kills, random.Random(given.seed))
    print(f"\n{toll}")
    return 1 if toll.finds else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("what", choices=["canaries", "incremental", "kills"])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--entries", type=int, default=4, help="of every student")
    parser.add_argument("--sequences", type=int, default=300, help="of changes")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(run_proof())
