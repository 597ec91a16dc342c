"""Command line -> a school on disk. Which school, where?"""

import argparse
import hashlib
import multiprocessing
import shutil
from pathlib import Path

from tests.school.crowd import shape_crowd
from tests.school.scans.draw import write_scan
from tests.school.shape import Shaped, shape_sample
from tests.school.write import write_texts


def run_school(arguments: list[str] | None = None) -> None:
    """A sample or generated school below the folder OUT."""
    parser = argparse.ArgumentParser(prog="python -m tests.school")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--students", type=int, help="a generated school of this size")
    parser.add_argument("--entries", type=int, default=25, help="per student of a generated school")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--no-scans", action="store_true", help="entries without scans")
    parser.add_argument("--only", default="", help="draw again only scans whose path has this")
    given = parser.parse_args(arguments)
    scans = not given.no_scans
    if given.students:
        shaped = shape_crowd(given.students, given.entries, given.seed, scans)
    else:
        shaped = shape_sample(given.seed, scans)
    write_school(given.out, shaped, given.seed, given.only)


def write_school(out: Path, shaped: Shaped, seed: int, only: str = "") -> None:
    """The school on disk; with `only`, other scans that are already there are kept."""
    _write_away_strangers(out, shaped)
    scans = [
        (out / path, wanted, seed)
        for path, wanted in shaped.wanted.items()
        if not only or only in f"{path} {wanted}" or not (out / path).exists()
    ]
    if len(scans) < 100:
        for scan in scans:
            write_scan(*scan)
    else:
        with multiprocessing.Pool() as pool:
            pool.starmap(write_scan, scans, chunksize=4)
    write_texts(out, shaped.all_texts(read_digests(out, shaped)))


def read_digests(out: Path, shaped: Shaped) -> dict[str, str]:
    """SHA-256 of every scan by its path."""
    return {path: hashlib.sha256((out / path).read_bytes()).hexdigest() for path in shaped.wanted}


def _write_away_strangers(out: Path, shaped: Shaped) -> None:
    """Files of a former run that this school does not have are removed; nothing else is."""
    known = {*shaped.texts, *shaped.wanted}
    known |= {str(Path(path).parent) for path in known}
    for entry in (*out.glob("students/*/entries/*"), *out.glob("school/collectives/*")):
        if str(entry.relative_to(out)) not in known:
            shutil.rmtree(entry)


if __name__ == "__main__":
    run_school()
