"""A build killed at any moment -> is everything it left the old or the new, and the next one right?

`before` holds a small school whose sites are built, and a change that is not. Every run begins
with a copy of it under the same name.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from generator.flow.job import Job
from generator.flow.sites import build_sites
from generator.model.school import LEVELS
from generator.publish import read, verify
from generator.publish.published import read_published
from tests.proof.edits import EDITS, differences, from_nothing
from tests.proof.mortal import run_mortal
from tests.sample import build_sample
from tests.town import TOWN
from tests.world import world

CHANGE = (
    "a work for the class with a picture",
    "a work of the other class",
    "another name of the school",
    "a family is suspended by hand",
)
"""Every level changes, scans are read, and something is written by hand that nobody told the
register of."""
EARLIER = "a work for the school"
OTHER = ("another motto", "Petr's works are deleted")
_ROOT = Path(__file__).parents[2]
_KEPT = 2


@dataclass(frozen=True)
class Scene:
    """A school that is about to be built, and what stands before and after."""

    job: Job
    before: Path
    """Portfolios, private folder and sites, untouched."""
    touches: tuple[str, ...]
    """Every place where a build changes the disk, in order."""
    old: Mapping[str, str]
    new: Mapping[str, str]
    memories: tuple[object, ...]
    """What the private folder may remember of keys."""

    @property
    def command(self) -> list[str]:
        """The words of the build."""
        return command_of(self.job)

    def restore(self) -> None:
        """Everything as it was before the build."""
        _copy(self.before, self.job.output.parent)


@dataclass
class Toll:
    """How often a build was killed, where, and what was found."""

    kills: Counter[str] = field(default_factory=Counter)
    """By room and function, or `at random`."""
    stood: Counter[str] = field(default_factory=Counter)
    """What readers saw then, on the three levels."""
    after: Counter[str] = field(default_factory=Counter)
    """What came next."""
    finds: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The numbers, for a person."""
        lines = [f"{self.kills.total()} kills, {len(self.finds)} finds"]
        for title, counter in (("killed in", self.kills), ("sites", self.stood), ("", self.after)):
            lines += [f"  {count:5} {title} {what}" for what, count in sorted(counter.items())]
        return "\n".join((*lines, *(f"  FOUND {find}" for find in self.finds)))


def command_of(job: Job) -> list[str]:
    """The build of this job, as somebody types it."""
    return [
        "build", str(job.portfolios), "--output", str(job.output), "--private", str(job.private),
        "--date", str(job.date), "--by", job.by, "--progress", "none",
    ]  # fmt: skip


def set_scene(folder: Path) -> Scene:
    """The school below `folder`, built, changed, built again and changed once more; and what a
    whole build makes of it."""
    work, before = folder / "work", folder / "before"
    job = replace(build_sample(work, world(folder / "written", TOWN)).job, by="lebedeva")
    # So that what the killed release is made of is not what stands.
    EDITS[EARLIER](job)
    assert build_sites(replace(job, now=datetime.now(UTC))).sites
    old, memory = standing(job.output), room_of(job) / "published.json"
    memories = [_remembered(memory)]
    for edit in CHANGE:
        EDITS[edit](job)
    _copy(work, before)
    assert run_mortal(command_of(job), 0, folder / "touches.json") == 0
    touches = tuple(_listed(folder / "touches.json"))
    memories.append(_remembered(memory))
    new = standing(job.output)
    assert all(old[level] != new[level] for level in LEVELS)
    _copy(before, work)
    return Scene(job, before, touches, old, new, tuple(memories))


def choose(touches: Sequence[str], many: int, chance: random.Random) -> list[int]:
    """So many touches, counted from 1: of every place in the program the first and the last, and
    then any."""
    first = {place: number for number, place in reversed([*enumerate(touches, 1)])}
    last = {place: number for number, place in enumerate(touches, 1)}
    chosen = list(dict.fromkeys((*first.values(), *last.values())))
    others = [number for number in range(1, len(touches) + 1) if number not in chosen]
    return (chosen + chance.sample(others, len(others)))[:many]


def run_kills(scene: Scene, many: int, chance: random.Random) -> Toll:
    """Kills so many builds, five of six where they touch the disk and the sixth at random.

    After every eighth the school is built again. Every sixth begins with what another left.
    """
    toll = Toll()
    touches = iter(choose(scene.touches, len(scene.touches), chance))
    scene.restore()
    started = time.monotonic()
    subprocess.run(_words(scene.job), cwd=_ROOT, check=True, capture_output=True)
    seconds = time.monotonic() - started
    scene.restore()
    for number in range(1, many + 1):
        if number % 6 == 0:
            kill_at_random(scene, chance.uniform(0, seconds * 1.1), toll)
        else:
            scene.restore()
            kill_before(scene, next(touches), toll)
        if number % 8 == 0:
            build_next(scene, chance.choice(("again", "again", "put back", "changed")), toll)
        print(f"\r{number} kills, {len(toll.finds)} finds", *toll.finds[-1:], end="",
              file=sys.stderr, flush=True)  # fmt: skip
    return toll


def kill_before(scene: Scene, touch: int, toll: Toll) -> None:
    """Kills the build before one of its touches, counted from 1."""
    status = run_mortal(scene.command, touch, scene.before.with_name("told"))
    place = scene.touches[touch - 1]
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        toll.finds.append(f"touch {touch}, {place}: it was not killed there")
    toll.kills[place.partition(" ")[0]] += 1
    look_around(scene, f"touch {touch}, {place}", toll)


def kill_at_random(scene: Scene, moment: float, toll: Toll) -> None:
    """Kills the command as it is typed, and all its children, so many seconds after its start."""
    run = subprocess.Popen(
        _words(scene.job), cwd=_ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(moment)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    toll.kills["at random" if run.wait() < 0 else "no more: it had ended"] += 1
    look_around(scene, f"after {moment:.2f} s", toll)


def look_around(scene: Scene, when: str, toll: Toll) -> None:
    """Notes whatever is neither the old nor the new."""
    now = standing(scene.job.output)
    stand = {level: "old" if now[level] == scene.old[level] else "new" for level in LEVELS}
    toll.stood[" ".join(stand.values())] += 1
    for level in LEVELS:
        if now[level] not in (scene.old[level], scene.new[level]):
            toll.finds.append(f"{when}: {level} is {now[level]}")
    finds = (*_register_finds(scene, now), *_private_finds(scene))
    toll.finds += [f"{when}: {find}" for find in finds]


def build_next(scene: Scene, how: str, toll: Toll) -> None:
    """Builds again, after nothing more happened, after all was put back, or after something
    else; compares with a build from nothing."""
    job = replace(scene.job, now=datetime.now(UTC))
    for edit in {"again": (), "put back": CHANGE, "changed": OTHER}[how]:
        EDITS[edit](job)
    built = build_sites(job)
    toll.after[f"built next, {how}"] += 1
    if how == "again" and standing(job.output) != dict(scene.new):
        toll.finds.append(f"{how}: not the new sites")
    if built.sites:  # what is not published clears nothing
        left = _left(scene, drafts=how == "again")
        toll.finds += [f"{how}: left behind: {path}" for path in left]
    cold = from_nothing(job, scene.before.with_name("cold"))
    for find in differences(job, built, cold, build_sites(cold)):
        toll.finds.append(f"{how}: differs from a build from nothing: {find}")
    shutil.rmtree(cold.output.parent)


def standing(output: Path) -> dict[str, str]:
    """What readers of each level see: the digest of a whole release, or what is wrong with it."""
    return {level: _read_release(output / level) for level in LEVELS}


def _read_release(link: Path) -> str:
    if not link.is_symlink() or not link.is_dir():
        return "no release"
    folder, total = link.resolve(), hashlib.sha256()
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    for name in sorted(files):
        content = hashlib.sha256(files[name].read_bytes()).hexdigest()
        total.update(f"{name}\0{content}\n".encode())
    digest = total.hexdigest()
    # A release is called by its own digest, so that it tells itself whether it is whole.
    return digest if folder.name == f"{link.name}-{digest[:16]}" else f"a broken {folder.name}"


def _register_finds(scene: Scene, now: Mapping[str, str]) -> Iterator[str]:
    register, before = scene.job.register, scene.before / "portfolios/school/register.jsonl"
    found = verify(register)
    if not found.is_whole or found.torn:
        yield f"the register: {found}"
    if not register.read_bytes().startswith(before.read_bytes()):
        yield "a line of the register is gone"
    told = [event.details for event in read(register) if event.what == "release"]
    for level in LEVELS:
        if now[level] not in [one["release"] for one in told if one["level"] == level]:
            yield f"the register was not told of what stands: {level}"


def _private_finds(scene: Scene) -> Iterator[str]:
    room = room_of(scene.job)
    if (room / "master.key").read_bytes() != _kept_key(scene):
        yield "the master key"
    if _remembered(room / "published.json") not in scene.memories:
        yield "published.json is neither the old nor the new"


def _remembered(memory: Path) -> object:
    """What published.json says but for the hour: who is suspended, which keys were handed out."""
    known = read_published(memory.with_name("no register"), memory)
    return known.epochs, known.suspended.keys(), known.held


def _left(scene: Scene, *, drafts: bool) -> Iterable[Path]:
    """What nobody needs: releases but the last two of a level, parts of them, drafts.

    A draft of what need not be written again may stay until it is.
    """
    output, work = scene.job.output, scene.job.output.parent
    releases = list((output / ".releases").iterdir())
    for level in LEVELS:
        ours = [one for one in releases if one.name.startswith(f"{level}-")]
        yield from ours if len(ours) > _KEPT else ()
        releases = [one for one in releases if one not in ours]
    yield from (one for one in releases if one.name != ".lock")
    yield from (one for one in output.iterdir() if one.name not in (*LEVELS, ".releases"))
    if drafts:
        yield from (one for one in work.rglob(".*") if one.suffix in (".new", ".part"))


def _kept_key(scene: Scene) -> bytes:
    return next(scene.before.glob("private/*/master.key")).read_bytes()


def room_of(job: Job) -> Path:
    """The private folder of the school."""
    return next(job.private.glob("*/master.key")).parent


def _words(job: Job) -> list[str]:
    return [sys.executable, "-m", "generator", *command_of(job)]


def _copy(one: Path, other: Path) -> None:
    """The folder with times, links and names that share a file."""
    shutil.rmtree(other, ignore_errors=True)
    subprocess.run(["cp", "-a", str(one), str(other)], check=True)


def _listed(told: Path) -> list[str]:

    found: list[str] = json.loads(told.read_text("utf-8"))
    return found
