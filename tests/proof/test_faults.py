"""A full disk, a closed folder, two commands at once: what is said, and what stands then?"""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from generator.flow.sites import build_sites
from generator.model.event import Event
from generator.publish import append, read, verify
from generator.whole import locked
from tests.proof.kills import Scene, Toll, build_next, look_around, room_of, standing
from tests.proof.mortal import run_mortal

ROOT = Path(__file__).parents[2]
PAGE = 4096
FULL = ("на диске нет места", "освободите место")
CLOSED = ("можно только читать", "разрешите")


@contextmanager
def _disk(scene: Scene, folder: Path) -> Iterator[None]:
    """What lies in `folder`, on a small disk of its own: a real one, with real refusals."""
    scene.restore()
    folder_before = scene.before / folder.relative_to(scene.job.output.parent)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m,mode=700", "none", str(folder)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")
    try:
        subprocess.run(["cp", "-a", f"{folder_before}/.", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes of this disk."""
    filler, free = folder / ".filler", os.statvfs(folder)
    size = free.f_bavail * free.f_frsize - left
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    return filler


def _refused(scene: Scene, tmp_path: Path, told: tuple[str, ...]) -> None:
    """The build ends by itself, and says why in the words of people."""
    status = run_mortal(scene.command, 0, tmp_path / "told")
    said = (tmp_path / "told.log").read_text("utf-8")
    assert os.waitstatus_to_exitcode(status) == 2, said
    assert "Traceback" not in said
    assert "не могу продолжить: " in said
    assert [words for words in told if words not in said] == []


@pytest.mark.parametrize("left", [0, 200_000, 900_000])
def test_when_the_disk_of_the_sites_is_full_it_is_said_and_every_level_is_the_old_or_the_new(
    scene: Scene, tmp_path: Path, left: int
) -> None:
    toll = Toll()
    with _disk(scene, scene.job.output):
        filler = _fill(scene.job.output, left)
        _refused(scene, tmp_path, ("/site/", *FULL))
        filler.unlink()
        look_around(scene, "full", toll)
        assert not [*scene.job.output.glob(".releases/.partial-*")]
        build_next(scene, "again", toll)
    assert toll.finds == []


@pytest.mark.parametrize("left", [0, 6 * PAGE])
def test_when_the_disk_of_the_private_folder_is_full_nothing_is_forgotten(
    scene: Scene, tmp_path: Path, left: int
) -> None:
    toll = Toll()
    with _disk(scene, scene.job.private):
        filler = _fill(scene.job.private, left)
        _refused(scene, tmp_path, ("/private/", *FULL))
        filler.unlink()
        look_around(scene, "full", toll)
        build_next(scene, "again", toll)
    assert toll.finds == []


def test_without_room_for_a_line_of_the_register_nothing_is_published(
    scene: Scene, tmp_path: Path
) -> None:
    toll, register = Toll(), scene.job.register
    with _disk(scene, register.parent):
        now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC).isoformat(timespec="seconds")
        small = Event(now, "incident", (), (), "", "ci", "stupeni 0.1.0", {"number": 1})
        append(register, small)
        line = len(register.read_bytes().splitlines()[-1]) + 1
        while PAGE - register.stat().st_size % PAGE > line:
            append(register, small)
        before = register.read_bytes()
        filler = _fill(register.parent, 0)
        _refused(scene, tmp_path, ("register.jsonl", *FULL))
        assert register.read_bytes() == before
        assert standing(scene.job.output) == dict(scene.old)
        filler.unlink()
        build_next(scene, "again", toll)
        assert verify(register).is_whole
    assert toll.finds == []


@pytest.mark.parametrize("folder", ["site", "private"])
def test_a_folder_that_may_only_be_read_is_named_and_the_old_sites_stand(
    scene: Scene, tmp_path: Path, folder: str
) -> None:
    closed, toll = scene.job.output.with_name(folder), Toll()
    with _disk(scene, closed):
        subprocess.run(["mount", "-o", "remount,ro", str(closed)], check=True)
        _refused(scene, tmp_path, (f"/{folder}/", *CLOSED))
        assert standing(scene.job.output) == dict(scene.old)
        subprocess.run(["mount", "-o", "remount,rw", str(closed)], check=True)
        look_around(scene, "closed", toll)
        build_next(scene, "again", toll)
    assert toll.finds == []


def test_a_lost_folder_of_sites_is_made_again(scene: Scene) -> None:
    scene.restore()
    toll = Toll()
    shutil.rmtree(scene.job.output)
    build_next(scene, "again", toll)
    assert toll.finds == []


def test_a_file_where_the_sites_should_lie_is_named(scene: Scene, tmp_path: Path) -> None:
    scene.restore()
    shutil.rmtree(scene.job.output)
    scene.job.output.write_text("mine", encoding="utf-8")
    _refused(scene, tmp_path, ("/site`", "на пути стоит файл"))
    assert scene.job.output.read_text("utf-8") == "mine"


def test_a_second_command_says_that_it_waits_and_then_goes_on(scene: Scene) -> None:
    scene.restore()
    before = scene.job.register.read_bytes()
    with locked(room_of(scene.job) / ".lock"):
        second = _start(*scene.command)
        assert second.stderr
        assert "жду, пока она закончит" in second.stderr.readline()
        assert scene.job.register.read_bytes() == before
        assert standing(scene.job.output) == dict(scene.old)
    assert second.communicate() and second.returncode == 0
    assert standing(scene.job.output) == dict(scene.new)


def test_two_builds_and_a_new_card_at_once_come_one_after_the_other(scene: Scene) -> None:
    scene.restore()
    job, toll = scene.job, Toll()
    rotate = ("access", "rotate", "family:belova-anna", str(job.portfolios))
    told = ("--reason", "проверка", "--by", job.by)
    folders = ("--private", str(job.private), "--date", str(job.date))
    runs = [_start(*scene.command), _start(*rotate, *told, *folders), _start(*scene.command)]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    found = verify(job.register)
    assert (found.is_whole, found.torn) == (True, ())
    assert sum(event.details.get("action") == "rotate" for event in read(job.register)) == 1
    build_sites(replace(job, now=dt.datetime.now(dt.UTC)))
    build_next(scene, "changed", toll)
    assert toll.finds == []


def _start(*words: str) -> subprocess.Popen[str]:
    """The command as it is typed."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *words], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
