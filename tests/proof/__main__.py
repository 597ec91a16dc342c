"""Command line -> one of the long proofs, its numbers printed. Which, and how large?

python -m tests.proof canaries --students 300 --entries 4 --seed 1
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.proof.canaries import release


def run_proof(arguments: list[str] | None = None) -> int:
    """Runs one proof; 1 when it found something."""
    given = _parse(arguments)
    with tempfile.TemporaryDirectory(prefix="stupeni-proof-") as folder:
        heard = release(Path(folder), given.students, given.entries, given.seed)
    print(heard)
    for kind, count in heard.flock.kinds.items():
        print(f"  {count:6} {kind}")
    for find in heard.finds[:50]:
        print(f"  FOUND {find.file}: {find.way}")
    return 1 if heard.finds or heard.opened.finds else 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("what", choices=["canaries"])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--entries", type=int, default=4, help="of every student")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(run_proof())
