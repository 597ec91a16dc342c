"""`python -m tests.reference` writes the reference and the schemas anew.

With `--last-run FILE`, which `make test` leaves in .pytest_cache, it prints the page of the
regulations with how each test ended.
"""

import argparse
import os
from pathlib import Path

from tests.reference import write_all
from tests.reference.regulation import read_results, regulation

if __name__ == "__main__":
    door = argparse.ArgumentParser(prog="python -m tests.reference")
    door.add_argument("--last-run", type=Path, metavar="FILE")
    asked = door.parse_args()
    for name in ("STUPENI_PRIVATE", "STUPENI_BY"):
        os.environ.pop(name, None)
    if asked.last_run:
        print(regulation(read_results(asked.last_run)))
    else:
        write_all()
