"""A generated school -> what we cost. What is made anew, and what is not?"""

import os
import shutil
import sys
from pathlib import Path

from tests.bench import corpus
from tests.bench.breakdown import read_breakdown
from tests.bench.clock import run_timed
from tests.bench.corpus import Sheet, read_corpus
from tests.bench.search import weigh_search
from tests.bench.store import Part
from tests.bench.world import DAY, ROOT, World, changed, mark_of, written


def run_round(world: World, part: Part) -> None:
    """Every row once: cold, nothing to do, check alone, one entry, the theme."""
    world.forget()
    _build(world, part, "cold")
    served, stamps = world.served(), world.stamps()
    _build(world, part, "idle")
    part.raise_to("identical", len(changed(served, world.served())))
    part.raise_to("written", written(stamps, world.stamps()))
    part.add("check", world.run("check"))
    world.change_entry(number := world.serial())
    _build(world, part, "entry")
    paths = changed(served, world.served())
    part.raise_to("entry files", len(paths))
    part.notes["entry files"] = by_folder(paths)
    world.change_theme(number)
    _build(world, part, "theme")


def run_whole(world: World, part: Part, scans: bool) -> None:
    """Once: how big it all is; with `scans` everything cold before that, the scans included."""
    world.forget(media=scans)
    if scans:
        _build(world, part, "whole")
    else:
        world.run("build")
    served, search = world.served(), weigh_search(world)
    part.numbers |= {
        "search works": search.works,
        "search bytes": search.bytes,
        "ring bytes": search.ring,
        "scans": len(world.scans()),
        "files": len(served),
        "pages": sum(1 for path in served if path.split("/")[1] in ("p", "o")),
        "bytes": sum((world.output / path).stat().st_size for path in served),
    }


def run_shares(world: World, part: Part, profile: bool) -> None:
    """One more cold build, its CPU by room; with `profile` another, by function."""
    breakdown = read_breakdown(world, profile)
    part.numbers |= {f"room {room}": spent for room, spent in breakdown.rooms.items()}
    for place, one in enumerate(breakdown.functions):
        part.notes[f"function {place:02}"] = f"{one.where} | {one.calls} | {one.own:.2f}"


def run_growth(world: World, part: Part) -> None:
    """One cold build of a school without scans, and one with one entry changed."""
    world.forget()
    part.add("cold", world.run("build"))
    world.change_entry(world.serial())
    part.add("entry", world.run("build"))


def read_sheets(world: World) -> list[Sheet]:
    """Our pages of this school as Markdown, made anew with every change of the product."""
    folder, mark = world.folder / "corpus", world.folder / "corpus" / "mark"
    if not mark.exists() or mark.read_text() != mark_of(ROOT) or not _has_pictures(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        places = [str(place) for place in (folder, world.school, world.output, world.private)]
        # -P: the folder of the script must not stand before the product on the path
        command = [sys.executable, "-P", str(Path(corpus.__file__)), *places, DAY]
        paths = {"PYTHONPATH": f"{world.home}{os.pathsep}{ROOT}"}
        world.forget()
        run_timed(command, world.home, world.env() | paths)
        mark.write_text(mark_of(ROOT))
    return read_corpus(folder)


def _has_pictures(folder: Path) -> bool:
    """Whether the cache of scans still holds what the pages show."""
    return all(Path(file).exists() for one in read_corpus(folder) for _, file in one.pictures)


def by_folder(paths: list[str]) -> str:
    """Changed files of our sites, counted: `p/ 3, k/ 2`."""
    names = [path.split("/")[1] if path.count("/") > 1 else path.split("/")[-1] for path in paths]
    return ", ".join(f"{name}: {names.count(name)}" for name in sorted(set(names)))


def _build(world: World, part: Part, row: str) -> None:
    part.add(row, world.run("build"))
