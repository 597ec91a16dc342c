"""A question -> what Git says, alone. How is Git run over a folder that somebody sent us?

Whoever sends a folder may have put settings into it that start a program of theirs. So Git is never
let look for a repository: it is given a folder of ours that is empty, and shown only the files of
theirs that are no settings. No hook, filter, monitor or helper of anybody's runs.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

_SECONDS = 30
_MOST = 64 * 1024 * 1024
COMMAND = (
    "git", "-c", "core.quotepath=false", "-c", "safe.bareRepository=explicit",
    "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
"""How Git is called: nothing of a folder's settings counts, and it asks nobody elsewhere."""
# No settings of the computer's or the user's either.
ALONE: Mapping[str, str] = {
    "PATH": os.defpath,
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
"""What Git knows of the world."""


@contextmanager
def empty_repository() -> Iterator[str]:
    """A folder that Git takes for a repository in which there is nothing."""
    with TemporaryDirectory(prefix="stupeni-git-") as empty:
        for folder in ("objects", "refs"):
            (Path(empty) / folder).mkdir()
        (Path(empty) / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
        yield empty


def run_git(
    root: Path,
    environment: Mapping[str, str],
    *arguments: str,
    asked: IO[bytes] | None = None,
    seconds: int = _SECONDS,
) -> bytes | None:
    """What Git answers; None when it does not, or without end. `asked` is what it reads."""
    try:
        with subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=root,
            env=dict(environment),
            stdin=asked or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as running:
            return _read_all(running, seconds)
    except OSError:
        return None


def _read_all(running: "subprocess.Popen[bytes]", seconds: int) -> bytes | None:
    assert running.stdout is not None
    watch = Timer(seconds, running.kill)
    watch.start()
    try:
        # A few small objects can make a tree of a billion names: nobody reads those to the end.
        said = running.stdout.read(_MOST + 1)
        return said if len(said) <= _MOST and running.wait() == 0 else None
    finally:
        watch.cancel()
        running.kill()


@contextmanager
def reading_git(
    root: Path, environment: Mapping[str, str], asked: IO[bytes], *arguments: str
) -> Iterator[IO[bytes]]:
    """The stream of a long answer to what Git reads from the file `asked`."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=root,
        env=dict(environment),
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            assert running.stdout is not None
            yield running.stdout
        finally:
            running.kill()


def find_top(path: Path) -> tuple[Path, Path] | None:
    """The top of the work tree around a path, which need not be there, and its Git folder; of a
    repository without a work tree both are the repository. None where there is none."""
    for top in (real := path.resolve(), *real.parents):
        inside = top / ".git"
        if inside.is_file():  # of a second work tree: it says where its own things lie
            named = inside.read_text(encoding="utf-8", errors="replace").partition(":")[2].strip()
            return top, (top / named).resolve()
        if inside.is_dir():
            return top, inside
        if (top / "HEAD").is_file() and (top / "objects").is_dir() and (top / "refs").is_dir():
            return top, top
    return None
