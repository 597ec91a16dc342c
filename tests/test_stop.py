"""Ctrl-C and SIGTERM, in real processes: what is said, what remains, and that it is over."""

import fcntl
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.media.making import jpeg, saved
from tests.reference.events import EVENTS, LEVEL
from tests.test_cli import DAY, _environment, _heeding, run
from tests.world import world

ENTRY = """\
    id: x7k2
    kind: creative
    form: drawing
    title: Кот
    date: 2026-10-01
    scans: [{scans}]
    """
FOLDER = "students/belova-anna/entries/kot-x7k2"
HANGS = 60
"""Seconds after which a test gives up; nothing here takes long, and nothing is measured."""

PRESS = """
import os, sys
from generator.flow import sites
from generator.progress import Progress, tellers

kind, stage, done, number = sys.argv.pop(1).split()

class Press:
    every = 0.0
    def tell(self, event):
        if (event.kind, event.stage, event.done) == (kind, stage, int(done)):
            os.kill(os.getpid(), int(number))

def pressing(call):
    def pressed(*arguments):
        os.kill(os.getpid(), int(number))
        return call(*arguments)
    return pressed

tellers.watch = lambda *_: Progress(Press())
if kind == "call":
    setattr(sites, stage, pressing(getattr(sites, stage)))
from generator.cli import main
main()
"""
"""The door, with somebody behind it who presses Ctrl-C at one moment of the run."""


def drawn(count: int, content: bytes) -> dict[str, str | bytes | None]:
    """An entry with so many scans, alike but for a number that is no part of the picture."""
    names = [f"kot-{n}.jpg" for n in range(count)]
    scans = ", ".join(f"{{file: {name}, document: drawing}}" for name in names)
    files: dict[str, str | bytes | None] = {f"{FOLDER}/entry.yml": ENTRY.format(scans=scans)}
    for n, name in enumerate(names):
        files[f"{FOLDER}/{name}"] = content[:2] + b"\xff\xfe\x00\x06%04d" % n + content[2:]
    return files


LEAVE = """
import os, signal, sys

class Press:
    def find_spec(self, name, *_):
        if name == "generator.cli.parser":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Press())
from generator.__main__ import main
main()
"""
"""The door, with somebody who presses Ctrl-C before it is open."""


def test_whoever_leaves_before_the_door_is_open_hears_nothing() -> None:
    gone = subprocess.run(
        [sys.executable, "-c", LEAVE, "check"], env=_environment(Path("nowhere")),
        preexec_fn=_heeding, capture_output=True, text=True, timeout=HANGS, check=False,
    )  # fmt: skip
    assert (gone.returncode, gone.stdout, gone.stderr) == (130, "", "")


@dataclass(frozen=True)
class School:
    """A school that has been published once, and changed since."""

    folder: Path

    def press(self, moment: str, asked: signal.Signals) -> subprocess.CompletedProcess[str]:
        """A build that is asked to stop at one moment."""
        return subprocess.run(
            [sys.executable, "-c", PRESS, f"{moment} {int(asked)}", "build", *DAY],
            cwd=self.folder, env=_environment(self.folder), preexec_fn=_heeding,
            capture_output=True, text=True, timeout=HANGS, check=False,
        )  # fmt: skip

    def seen(self) -> dict[str, bytes | str]:
        """All that lies in the output: bytes of files, and where links lead."""
        site = self.folder / "site"
        return {
            path.relative_to(site).as_posix(): str(path.readlink()) if path.is_symlink() else
            path.read_bytes()
            for path in sorted(site.rglob("*")) if path.is_symlink() or path.is_file()
        }  # fmt: skip

    def released(self) -> list[str]:
        """The levels of all releases that the register tells of, in order."""
        lines = (self.folder / "portfolios/school/register.jsonl").read_text().splitlines()
        events = [json.loads(line) for line in lines]
        return [one["details"]["level"] for one in events if one["what"] == "release"]

    def assert_fit(self) -> None:
        """The next build goes through, and the register is whole."""
        again = run(self.folder, "build", *DAY)
        assert again.returncode == 0, again.stderr
        assert run(self.folder, "register", "verify").returncode == 0
        assert not [name for name in self.seen() if ".partial" in name or ".new" in name]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once: a school without an entry."""
    folder = tmp_path_factory.mktemp("published")
    world(folder / "portfolios")
    assert run(folder, "keys", "init", *DAY).returncode == 0
    assert run(folder, "build", *DAY).returncode == 0
    return folder


@pytest.fixture
def school(published: Path, tmp_path: Path) -> School:
    """The same, and there is an entry with three scans now."""
    shutil.copytree(published, tmp_path, symlinks=True, dirs_exist_ok=True)
    world(tmp_path / "portfolios", drawn(3, jpeg()))
    return School(tmp_path)


LEFT = "Остановлено: прежний сайт не тронут\n"


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        ("begun shell 0", signal.SIGINT),
        ("begun files 0", signal.SIGTERM),
        ("begun reading 0", signal.SIGINT),
        ("call find_in_turn 0", signal.SIGTERM),
        ("call decide_students 0", signal.SIGINT),
        ("begun scans 0", signal.SIGTERM),
        ("done pages 1", signal.SIGINT),
        ("done sweeping 1", signal.SIGTERM),
        ("begun publishing 0", signal.SIGINT),
        ("call remember 0", signal.SIGTERM),
        ("call write_release 0", signal.SIGINT),
    ],
)
def test_at_every_stage_a_build_ends_and_the_old_site_is_untouched(
    school: School, moment: str, asked: signal.Signals
) -> None:
    if "shell" in moment:
        shutil.rmtree(next((school.folder / "private").glob("*/cache/shell")))
    before, told = school.seen(), school.released()
    done = school.press(moment, asked)
    assert (done.returncode, done.stderr) == (128 + asked, LEFT)
    assert done.stdout == ""
    assert school.seen() == before
    assert school.released() == told
    assert not list((school.folder / "portfolios").rglob(".*"))
    if "write_release" in moment:
        school.assert_fit()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_the_last_switch_is_done_to_its_end_and_told_in_the_register(
    school: School, asked: signal.Signals
) -> None:
    before = school.seen()
    done = school.press("call note 0", asked)
    assert done.returncode == 128 + asked
    left = "Остановлено: уже выпущены 1–4 классы, остальные сайты прежние\n"
    assert done.stderr == left
    now = school.seen()
    assert now["primary"] != before["primary"]
    assert (now["basic"], now["senior"]) == (before["basic"], before["senior"])
    assert school.released()[3:] == ["primary"]
    assert not [name for name in now if ".partial" in name or ".new" in name]
    school.assert_fit()


def test_whoever_stops_after_the_last_site_is_told_that_all_are_published(school: School) -> None:
    done = school.press("ended publishing 3", signal.SIGINT)
    # Nothing changed on two of the levels, and what lies there is what counts.
    assert done.stderr == "Остановлено: уже выпущены 1–4 классы, остальные сайты прежние\n"


def test_scans_that_were_done_are_not_done_again(school: School) -> None:
    assert school.press("done scans 2", signal.SIGINT).stderr == LEFT
    told = run(school.folder, "build", *DAY, "--json").stdout.splitlines()
    events = [json.loads(line) for line in told]
    assert [one["total"] for one in events if one.get("stage") == "scans"] == [1, 1]
    assert events[-1]["exit"] == 0
    known = {name: {"event", *fields} for name, (_, fields) in EVENTS.items()}
    assert [one for one in events if {*one} != known[one["event"]]] == []
    (first, *_) = events[-1]["levels"]
    assert ({*first}, first["level"]) == ({*LEVEL}, "primary")
    assert len({*first["release"]} - {*"0123456789abcdef"}) == 0


def test_a_program_is_told_in_its_own_way(school: School) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRESS, "begun reading 0 15", "build", "--json", *DAY],
        cwd=school.folder, env=_environment(school.folder), preexec_fn=_heeding,
        capture_output=True, text=True, timeout=HANGS, check=False,
    )  # fmt: skip
    stopped = {"event": "stopped", "exit": 143, "message": "прежний сайт не тронут"}
    assert json.loads(done.stdout) == stopped
    assert {*stopped} == {"event", *EVENTS["stopped"][1]}


def test_who_has_us_ignore_ctrl_c_is_heeded(school: School) -> None:
    ignored = subprocess.run(
        [sys.executable, "-c", PRESS, "begun reading 0 2", "build", *DAY],
        cwd=school.folder, env=_environment(school.folder), timeout=HANGS, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        capture_output=True,
    )  # fmt: skip
    assert ignored.returncode == 0, ignored.stderr


@pytest.fixture
def slow(school: School) -> School:
    """A school whose scans keep two workers busy for longer than any test waits."""
    picture = Image.effect_noise((4000, 3000), 90)
    world(school.folder / "portfolios", drawn(60, saved(picture, "JPEG", quality=80)))
    return school


def test_ctrl_c_on_a_terminal_ends_all_workers(slow: School) -> None:
    before = slow.seen()
    with terminal(slow.folder, 80) as (build, keys):
        shown = read_until(keys, "Готовлю сканы")
        workers = wait_for_workers(build.pid)
        os.write(keys, b"\x03")
        shown += read_until(keys, "не тронут\r\n")
        assert build.wait(HANGS) == 130
    assert "Traceback" not in shown
    assert shown.endswith("\r\x1b[K" + LEFT.strip() + "\r\n")
    assert_gone(workers)
    assert slow.seen() == before


def test_a_killed_build_takes_its_workers_along(slow: School) -> None:
    with terminal(slow.folder, 80) as (build, keys):
        read_until(keys, "Готовлю сканы")
        workers = wait_for_workers(build.pid)
        build.kill()
        build.wait(HANGS)
    assert_gone(workers)


class terminal:
    """A build on a terminal of its own, so many columns wide, and the keys to it."""

    def __init__(self, folder: Path, columns: int, *more: str) -> None:
        self.folder, self.columns, self.more = folder, columns, more

    def __enter__(self) -> tuple[subprocess.Popen[bytes], int]:
        self.keys, screen = pty.openpty()
        termios.tcsetwinsize(screen, (24, self.columns))

        def sit_down() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            _heeding()

        environment = _environment(self.folder) | {"TERM": "xterm", "STUPENI_LOG": "private"}
        self.build = subprocess.Popen(
            [sys.executable, "-m", "generator", "build", *DAY, *self.more],
            cwd=self.folder, env=environment, stdin=screen, stdout=screen, stderr=screen,
            start_new_session=True, preexec_fn=sit_down,
        )  # fmt: skip
        os.close(screen)
        return self.build, self.keys

    def __exit__(self, *_: object) -> None:
        self.build.kill()
        self.build.wait(HANGS)
        os.close(self.keys)


def read_until(keys: int, words: str) -> str:
    """All that was shown until these words were, or until nothing more will be."""
    shown = b""
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while words.encode() not in shown:
            shown += os.read(keys, 4096)
    assert words in shown.decode(), shown.decode()
    return shown.decode()


def wait_for_workers(pid: int) -> list[int]:
    """Those that are decoding now."""
    while not (found := list(children(pid))):
        pass
    return found


def children(pid: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = stat.read_text().rpartition(")")[2].split()
            if int(told[1]) == pid and told[0] != "Z":
                yield int(stat.parent.name)


def assert_gone(workers: list[int]) -> None:
    """Killed, though whoever should bury them may be busy; left alone they would go on for long."""
    patience = time.monotonic() + 10
    while alive := [pid for pid in workers if is_alive(pid)]:
        assert time.monotonic() < patience, f"{len(alive)} workers are still at it"


def is_alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
