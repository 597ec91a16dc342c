"""The same scans through us and our peers -> a table. How much work is a picture?

`python -m tests.bench.scans`: every round runs all rows one after another, so that a busy minute of
the machine hits all of them. Peers are no dependency: `vipsthumbnail` is taken when the machine has
it, sigal gets a virtual environment of its own below the temporary folder.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from tests.bench.clock import Cost, middle, run_timed
from tests.bench.known import measure_known
from tests.bench.world import ROOT
from tests.media.test_alike import certificate

SIZES = (1600, 320)
FLOOR = "bare decode at half size and WebP of the same pixels, nothing else"
OURS = "ours: gate, worker, two sizes, colour, remarks, journal, duplicates"
OURS_4 = "ours with WebP effort 4"
VIPS = "vipsthumbnail, sRGB, twice"
SIGAL = "sigal, pictures only"
TARGETS = (
    (OURS, VIPS, 0.45),
    (OURS, SIGAL, 0.45),
    (OURS_4, VIPS, 0.62),
    (OURS_4, SIGAL, 0.62),
    (OURS, FLOOR, 1.6),
)
_OURS = """
import hashlib, sys
from dataclasses import replace
from pathlib import Path
import generator.media as media
from generator.diagnostic import Text
from generator.media.workers import read_room
from generator.model.shown import ShownScan
from generator.progress import NOBODY
import generator.media.reader as reader
root, cache, method = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
media.STANDARD = replace(media.STANDARD, method=method)
reader.read_room = lambda: 1
paths = sorted(path for path in root.iterdir())
scans = [
    ShownScan(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "", Text("", ""), copy=True)
    for path in paths
]
prepared = media.prepare(scans, root, cache, NOBODY)
assert len(prepared.leaves) == len(paths), prepared.diagnostics
"""
_FLOOR = """
import io, sys, time
from pathlib import Path
from PIL import Image
work, spent = [], 0.0
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    image = Image.open(path)
    image.draft(None, tuple(round(1600 * side / max(image.size)) for side in image.size))
    image.load()
    spent += time.process_time() - began
    image = image.convert("RGB")
    image.thumbnail((1600, 1600), Image.Resampling.BOX)
    small = image.copy()
    small.thumbnail((320, 320), Image.Resampling.BOX)
    for picture in (image, small):
        picture.info.clear()
        began = time.process_time()
        picture.save(io.BytesIO(), "WEBP", quality=78, method=2)
        spent += time.process_time() - began
print(spent)
"""
_SIGAL = """
source, destination = {source!r}, {destination!r}
img_size, thumb_size, img_format = (1600, 1600), (320, 320), "WEBP"
img_options = {{"quality": 78, "method": 4}}
write_html, use_orig, copy_exif_data, autorotate_images = False, False, False, True
"""


def write_scans(folder: Path, count: int) -> float:
    """A mix as schools have it: of twenty 11 phone photos, 6 scans, one large scan, 2 PNG; MB."""
    folder.mkdir()
    for number in range(count):
        chance = random.Random(number)
        kind = ("phone",) * 11 + ("scan",) * 6 + ("large",) + ("png",) * 2
        what = kind[number % len(kind)]
        size = {"phone": (4000, 3000), "large": (7016, 4961)}.get(what, (3508, 2480))
        page = certificate(number).resize(size, Image.Resampling.BICUBIC)
        page = page.rotate(chance.gauss(0, 1), Image.Resampling.BILINEAR, fillcolor=(120, 90, 70))
        grain = Image.effect_noise(size, 10).convert("RGB")
        page = ImageChops.add(page.filter(ImageFilter.GaussianBlur(1)), grain, 1, -128)
        if what == "png":
            page.save(folder / f"{number:03}.png", compress_level=3)
        else:
            page.save(folder / f"{number:03}.jpg", quality=90)
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _write_apart(folder: Path, count: int) -> float:
    # Not here: the memory of whoever starts a process counts as that process's own.
    program = "import sys; from pathlib import Path; from tests.bench.scans import write_scans;"
    program += "print(write_scans(Path(sys.argv[1]), int(sys.argv[2])))"
    command = [sys.executable, "-c", program, str(folder), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def run_scans(arguments: list[str] | None = None) -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scans", description=__doc__)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--known", type=int, default=15_000, help="scans there is no work with")
    parser.add_argument("--no-peers", action="store_true", help="only ours and the floor")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stupeni-scans-") as name:
        folder = Path(name)
        weight = _write_apart(folder / "in", given.files)
        sigal = None if given.no_peers else _sigal(folder)
        costs: defaultdict[str, list[Cost]] = defaultdict(list)
        known: list[Cost] = []
        for number in range(given.rounds):
            for row, cost in _round(folder, sigal, not given.no_peers):
                print(
                    f"round {number + 1}: {cost.cpu:7.2f} CPU  {row}", file=sys.stderr, flush=True
                )
                costs[row].append(cost)
            known.append(measure_known(folder / "known", given.known))
    print(to_table(costs, given.files, weight) + to_line(given.known, middle(known)))


def to_line(scans: int, known: Cost) -> str:
    """The last row of the table: what was known before."""
    met = "met" if known.cpu <= 1 else "**missed**"
    return f"| {scans} known scans, nothing to do, CPU s | ≤ 1 | {known.cpu:.2f} | {met} |"


def to_table(costs: dict[str, list[Cost]], files: int, weight: float) -> str:
    """What was measured, and each target beside it."""
    lines = [f"# Bench: {files} scans, {weight:.0f} MB\n", "One worker, CPU, median.\n"]
    lines += ["| what | CPU ms a file | memory, MB | ÷ floor |", "| --- | --: | --: | --: |"]
    floor = middle(costs[FLOOR]).cpu
    for row, runs in costs.items():
        cost = middle(runs)
        share = f"{cost.cpu / floor:.2f}"
        lines.append(f"| {row} | {1000 * cost.cpu / files:.0f} | {cost.memory:.0f} | {share} |")
    lines += ["", "| target | aim | measured | |", "| --- | --- | --- | --- |"]
    for ours, other, aim in TARGETS:
        if other in costs:
            ratio = middle(costs[ours]).cpu / middle(costs[other]).cpu
            met = "met" if ratio <= aim else "**missed**"
            lines.append(f"| {ours} ÷ {other} | ≤ {aim} | {ratio:.2f} | {met} |")
    memory = middle(costs[OURS]).memory
    met = "met" if memory <= 130 else "**missed**"
    lines.append(f"| memory of a worker, MB | ≤ 130 | {memory:.0f} | {met} |")
    return "\n".join(lines) + "\n"


def _round(folder: Path, sigal: Path | None, peers: bool) -> list[tuple[str, Cost]]:
    rows = [(FLOOR, _floor(folder)), (OURS, _ours(folder, 2)), (OURS_4, _ours(folder, 4))]
    if peers and shutil.which("vipsthumbnail"):
        rows.append((VIPS, _vips(folder)))
    if sigal:
        shutil.rmtree(folder / "sigal-out", ignore_errors=True)
        command = [str(sigal), "build", "-n", "1", "-q", "-c", str(folder / "sigal.conf.py")]
        rows.append((SIGAL, run_timed(command, folder, {"PATH": "/usr/bin:/bin"})))
    return rows


def _floor(folder: Path) -> Cost:
    done = subprocess.run(
        [sys.executable, "-c", _FLOOR, str(folder / "in")],
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(float(json.loads(done.stdout)), 0.0, 0.0)


def _ours(folder: Path, method: int) -> Cost:
    cache = folder / f"cache-{method}"
    shutil.rmtree(cache, ignore_errors=True)
    command = [sys.executable, "-c", _OURS, str(folder / "in"), str(cache), str(method)]
    return run_timed(command, folder, {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})


def _vips(folder: Path) -> Cost:
    """Both sizes, one after the other, as its users have to do it."""
    out = folder / "vips-out"
    out.mkdir(exist_ok=True)
    files = sorted(str(path) for path in (folder / "in").iterdir())
    whole = Cost(0.0, 0.0, 0.0)
    for size in SIZES:
        target = f"{out}/%s-{size}.webp[Q=78]"
        command = ["vipsthumbnail", "--vips-concurrency=1", "--export-profile=srgb"]
        command += [f"--size={size}x{size}>", f"--output={target}", *files]
        cost = run_timed(command, folder, {"PATH": "/usr/bin:/bin"})
        whole = Cost(whole.cpu + cost.cpu, whole.wall + cost.wall, max(whole.memory, cost.memory))
    return whole


def _sigal(folder: Path) -> Path | None:
    """Its command in an environment of its own, or None when it cannot be had."""
    home = folder / "sigal"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
        pip = [str(home / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", "sigal"]
        subprocess.run(pip, check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError):
        print("sigal cannot be installed here: left out", file=sys.stderr)
        return None
    album = folder / "albums"
    (album / "all").parent.mkdir()
    (album / "all").symlink_to(folder / "in")
    text = _SIGAL.format(source=str(album), destination=str(folder / "sigal-out"))
    (folder / "sigal.conf.py").write_text(text, encoding="utf-8")
    return home / "bin" / "sigal"


if __name__ == "__main__":
    run_scans()
