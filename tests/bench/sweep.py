"""Files made to break decoders -> what `stupeni check` says of each. Does any of them break us?

`python -m tests.bench.sweep`: every picture of Pillow's source distribution and every PDF of
pikepdf's, in the versions installed here, laid into the portfolio of a child who does not exist and
read by the true command. pip fetches them into .cache/; they are never committed. A traceback, a
dead run, a file that takes longer than half a minute ends it with 1.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from tests.bench.world import ROOT
from tests.world import world

_CACHE = ROOT / ".cache" / "sweep"
_WANTED = {
    "pillow": re.compile(r"/Tests/images/.*\.\w+$"),
    "pikepdf": re.compile(r"/tests/resources/.*\.pdf$"),
}
_IN_AN_ENTRY = 20
_LONGEST = 30
_ENTRIES = "students/belova-anna/entries"
_ENTRY = "id: {id}\nkind: creative\nform: drawing\ntitle: Лист {id}\ndate: 2026-10-01\nscans:\n"


@dataclass(frozen=True)
class Told:
    """What the command said: how it left, a code by scan, its last words, its longest silence."""

    left: int
    codes: Mapping[str, str]
    words: str
    silence: float


def run_sweep(arguments: Sequence[str] | None = None) -> int:
    """Prints how many were taken and why the others were not; 0 when each has its answer."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sweep", description=__doc__)
    parser.add_argument("--files", type=Path, help="read these instead; nothing is fetched")
    given = parser.parse_args(arguments)
    files = _own(given.files) if given.files else _fetched()
    if not files:
        print("the files cannot be fetched here: left out", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="stupeni-sweep-") as name:
        scans = _write_school(Path(name) / "portfolios", files)
        began = time.monotonic()
        told = _check(Path(name))
        spent = time.monotonic() - began
    print(to_table(told, scans, spent))
    return 0 if is_sound(told) else 1


def is_sound(told: Told) -> bool:
    """Whether it said what is wrong with the files, and nothing is wrong with itself."""
    return told.left in (0, 1) and "Traceback" not in told.words and told.silence <= _LONGEST


def to_table(told: Told, scans: Mapping[str, str], spent: float) -> str:
    """What became of the scans, given the files they were."""
    reasons = Counter(told.codes.get(scan, "taken") for scan in scans)
    lines = [f"# Sweep: {len(scans)} files in {spent:.0f} s, left with {told.left}", ""]
    lines += [f"Longest silence: {told.silence:.1f} s.", "", "| answer | files |", "| --- | --: |"]
    lines += [f"| {reason} | {count} |" for reason, count in reasons.most_common()]
    costly = sorted(name for scan, name in scans.items() if told.codes.get(scan) == "scan-costly")
    return "\n".join([*lines, "", *(f"too costly: {name}" for name in costly), told.words])


def _fetched() -> dict[str, bytes]:
    files = {}
    for package, wanted in _WANTED.items():
        archive = _CACHE / f"{package}-{version(package)}.tar.gz"
        if not archive.exists() and not _fetch(package):
            return {}
        with tarfile.open(archive) as packed:
            for member in packed:
                if member.isfile() and wanted.search(member.name):
                    content = packed.extractfile(member)
                    assert content
                    files[member.name.partition("/")[2]] = content.read()
    return files


def _fetch(package: str) -> bool:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"]
    pip += ["--no-deps", "--no-binary", ":all:", "-d", str(_CACHE)]
    command = [*pip, f"{package}=={version(package)}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _own(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _write_school(root: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """A school of one child with all of the files; their names by the scans they became."""
    scans, laid = {}, dict[str, str | bytes | None]()
    names = sorted(files)
    for start in range(0, len(names), _IN_AN_ENTRY):
        entry = f"z{start:04}"
        text = _ENTRY.format(id=entry)
        for number, name in enumerate(names[start : start + _IN_AN_ENTRY]):
            scan = f"{number:02}.{name.rpartition('.')[2].lower()}"
            text += f"  - {{file: {scan}, document: drawing}}\n"
            path = f"{_ENTRIES}/list-{entry}/{scan}"
            laid[path], scans[path] = files[name], name
        laid[f"{_ENTRIES}/list-{entry}/entry.yml"] = text
    world(root, laid)
    return scans


def _check(folder: Path) -> Told:
    command = [sys.executable, "-m", "generator", "check", "--json", "--date=2026-11-22"]
    command += ["--private", "private"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CI": ""}
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=3600, check=False
    )
    events = [json.loads(line) for line in done.stdout.splitlines()]
    times = [float(event["seconds"]) for event in events if event.get("stage") == "scans"]
    silence = max((b - a for a, b in pairwise(times)), default=0.0)
    codes = {
        event["file"].partition("/")[2]: event["code"]
        for event in events
        if event.get("severity") == "error"
    }
    return Told(done.returncode, codes, done.stderr.rstrip("\n"), silence)


if __name__ == "__main__":
    sys.exit(run_sweep())
