"""Many known scans -> a cache that knows them. What does a build cost that has nothing to do?"""

import hashlib
import json
import shutil
import sys
from collections import defaultdict
from pathlib import Path

from generator.media.alike import _key
from generator.media.recipe import STANDARD, read_fingerprint
from generator.media.store import INDEX
from tests.bench.clock import Cost, run_timed
from tests.bench.world import ROOT

_EACH = 25
_KNOWN = """
import sys
from pathlib import Path
from generator.diagnostic import Text
from generator.media import prepare
from generator.model.shown import ShownScan
from generator.progress import NOBODY
cache = Path(sys.argv[1])
nothing = Text("", "")
lines = (cache / "scans.txt").read_text().splitlines()
scans = [ShownScan(path, digest, "", nothing) for path, digest in map(str.split, lines)]
if len(sys.argv) == 2:
    found = prepare(scans, Path("nowhere"), cache, NOBODY)
    assert len(found.leaves) == len(scans)
"""


def measure_known(folder: Path, scans: int) -> Cost:
    """What is spent on so many scans, 25 a student, that were all made before, duplicates looked
    for; reading their list is not counted."""
    known = folder / read_fingerprint(STANDARD)
    if not known.exists():
        shutil.rmtree(folder, ignore_errors=True)  # of another recipe
        _write_known(known, scans)
    whole, bare = (_timed(known, *more) for more in ((), ("list only",)))
    return Cost(whole.cpu - bare.cpu, whole.wall - bare.wall, whole.memory)


def _timed(folder: Path, *more: str) -> Cost:
    command = [sys.executable, "-c", _KNOWN, str(folder), *more]
    return run_timed(command, folder, {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})


def _write_known(folder: Path, scans: int) -> None:
    """A journal and its files as a first build leaves them; the pictures are a few bytes."""
    folder.mkdir(mode=0o700, parents=True)
    recipe = read_fingerprint(STANDARD)
    lines, listed = [], []
    owned: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for number in range(scans):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        student = f"student-{number // _EACH:04}"
        owned[student][digest] = None
        page = ["#f0e8d8", *(_picture(folder, number, side) for side in (320, 1600)), None, None]
        lines.append([digest, recipe, [[page], [], None, False]])
        listed.append(f"students/{student}/entries/entry-{number}/diplom.jpg {digest}")
    lines += [[_key(digests), recipe, []] for digests in owned.values()]
    journal = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    (folder / INDEX).write_text(journal)
    (folder / "scans.txt").write_text("\n".join(listed))


def _picture(folder: Path, number: int, side: int) -> list[object]:
    content = f"{number} {side}".encode()
    digest = hashlib.sha256(content).hexdigest()
    file = folder / digest[:2] / f"{digest}.webp"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return [digest, side, side * 3 // 4, len(content)]
