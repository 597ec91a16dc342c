"""A number of students -> a school that can be built again and again. What has changed since?"""

import compileall
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.bench.clock import Cost, run_timed

ROOT = Path(__file__).parents[2]
DAY = "2026-11-22"
_PRODUCT = ("generator", "schema", "theme", "mkdocs.yml")

Stamps = dict[str, tuple[int, int, int]]
"""Path -> inode, time of change, size: equal stamps mean that nothing was written."""


@dataclass(frozen=True)
class World:
    """A copy of the product and a generated school, all below one temporary folder."""

    folder: Path

    @property
    def home(self) -> Path:
        """The product: its theme may be changed here, and nobody else's edits reach it."""
        return self.folder / "home"

    @property
    def school(self) -> Path:
        """The portfolios."""
        return self.folder / "portfolios"

    @property
    def output(self) -> Path:
        """The three sites."""
        return self.folder / "site"

    @property
    def private(self) -> Path:
        """Key and caches."""
        return self.folder / "private"

    def run(self, *command: str, before: tuple[str, ...] = ()) -> Cost:
        """The cost of one `stupeni` command in a fresh process; `before`: `-m cProfile …`."""
        places = [str(self.school), f"--private={self.private}", f"--date={DAY}"]
        if command != ("check",):
            places.append(f"--output={self.output}")
        product = ["-m", "generator", *command, *places]
        return run_timed([sys.executable, *before, *product], self.home, self.env())

    def env(self) -> dict[str, str]:
        """The environment of every run: the machine's, without what would change our product."""
        ours = {"CI", "PYTHONPATH", "STUPENI_PRIVATE"}
        bare = {name: value for name, value in os.environ.items() if name not in ours}
        return bare | {"NO_MKDOCS_2_WARNING": "1"}

    def forget(self, media: bool = False) -> None:
        """No site, no caches but that of the scans; with `media` not even that."""
        shutil.rmtree(self.output, ignore_errors=True)
        (self.school / "school" / "register.jsonl").unlink(missing_ok=True)
        for cache in self.private.glob("*/cache/*"):
            if media or cache.name != "media":
                shutil.rmtree(cache)
        if media:
            shutil.rmtree(self.private / "digests", ignore_errors=True)

    def change_theme(self, number: int) -> None:
        """One more rule in the style of every page."""
        with (self.home / "theme" / "css" / "page.css").open("a", encoding="utf-8") as style:
            style.write(f".bench-{number} {{ color: inherit; }}\n")

    def serial(self) -> int:
        """A number that was never given before in this folder: no edit is made twice."""
        file = self.folder / "serial"
        number = int(file.read_text()) + 1 if file.exists() else 1
        file.write_text(str(number))
        return number

    def change_entry(self, number: int) -> None:
        """Another title and reflection in an entry that the class may see, each time elsewhere."""
        shown = list(self.shown_entries())
        path = shown[number * len(shown) // 7 % len(shown)]
        text = path.read_text(encoding="utf-8")
        text = re.sub("^title: .*$", f"title: Новое название {number}", text, flags=re.M)
        text = re.sub("^reflection: .*$", f"reflection: Новые слова {number}", text, flags=re.M)
        path.write_text(text, encoding="utf-8")

    def shown_entries(self) -> Iterator[Path]:
        """Entries without scans, whose words nobody confirmed, and that others may see."""
        for path in sorted(self.school.glob("students/*/entries/*/entry.yml")):
            text = path.read_text(encoding="utf-8")
            consent = self.school / "records" / path.parents[2].name / "consent.yml"
            plain = "\nvisibility: class" in text and "\nscans:" not in text
            if plain and "audience: family" not in consent.read_text(encoding="utf-8"):
                yield path

    def scans(self) -> list[Path]:
        """The files beside the entries."""
        files = self.school.glob("students/*/entries/*/*")
        return [path for path in files if path.name != "entry.yml"]

    def served(self) -> dict[str, str]:
        """What a reader can get: path from the level on -> SHA-256."""
        return {
            f"{level.name}/{path}": digest
            for level in sorted(self.output.iterdir())
            if level.is_symlink()
            for path, digest in digests(level).items()
        }

    def stamps(self) -> Stamps:
        """Every file and folder that a build may write."""
        return _stamps(self.output, self.private, self.school)


def make_world(folder: Path, wanted: Sequence[str]) -> World:
    """A generated school with its key, below `folder`; `wanted` as `tests.school` takes it.

    One that was made there before for the same is taken again, with its scans and caches; the
    product is copied anew.
    """
    world, made = World(folder), folder / "made"
    told = " ".join((*wanted, _mark(ROOT / "tests" / "school", ROOT / "schema")))
    if not made.exists() or made.read_text() != told:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(world.home, ignore_errors=True)
    _copy_product(world.home)
    if not made.exists():
        maker = [sys.executable, "-m", "tests.school", str(world.school), *wanted]
        run_timed(maker, ROOT, world.env())
        _make_real(world.school / "school" / "school.yml")
        world.run("keys", "init")
        made.write_text(told)
    return world


def mark_of(home: Path) -> str:
    """16 hex digits that change with the product that lies there."""
    return _mark(*(home / name for name in _PRODUCT))


def _copy_product(home: Path) -> None:
    home.mkdir(parents=True)
    skipped = shutil.ignore_patterns("__pycache__")
    for name in _PRODUCT:
        source, target = ROOT / name, home / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=skipped)
        else:
            shutil.copy(source, target)
    # As pip does with all that it installs; the peers' programs are compiled, too.
    compileall.compile_dir(home / "generator", quiet=1)


def classes(school: Path) -> Mapping[str, str]:
    """Student -> class of the latest year."""
    latest = max((school / "school" / "classes").glob("*.yml"))
    listed: Any = yaml.load(latest.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {one: group["id"] for group in listed["classes"] for one in group["students"]}


def digests(folder: Path) -> dict[str, str]:
    """Path of every file below a folder -> SHA-256."""
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in folder.rglob("*")
        if path.is_file()
    }


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Paths that came, went or have other bytes."""
    paths = before.keys() | after.keys()
    return sorted(path for path in paths if before.get(path) != after.get(path))


def written(before: Stamps, after: Stamps) -> int:
    """How many files and folders were touched, made or removed."""
    return len(dict(before.items() ^ after.items()))


def _stamps(*tops: Path) -> Stamps:
    found = {}
    for path in (path for top in tops for path in (top, *top.rglob("*"))):
        stat = path.lstat()
        found[str(path)] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def _mark(*tops: Path) -> str:
    whole = hashlib.sha256()
    for path in (path for top in tops for path in (top, *sorted(top.rglob("*")))):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def _make_real(settings: Path) -> None:
    # For a fictional school the door reads everything once more, to print cards for a try.
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\nsample: true\n", "\nsample: false\n"), encoding="utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
