"""A folder in Git -> the ids of its files' bytes. Which of them does Git vouch for?"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_SECONDS = 30
_COMMAND = ("git", "-c", "core.quotepath=false", "-c", "safe.bareRepository=explicit")
# No settings of the computer's or the user's either.
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
_WHOLE = b"H"
"""How Git marks a file that it looks at; other letters are of those it was told to pass over."""


def read_blobs(root: Path) -> dict[str, str]:
    """POSIX path below `root` -> Git's id of its bytes, for every file that is as Git last saw it.

    Takes milliseconds for thousands of files; empty where there is no Git or it will not say.
    Whoever sends us a folder may have put settings into it that start a program of theirs: so Git
    is never let look for a repository, and is given one of ours that is empty, with the true index.
    """
    if (found := _find_index(root)) is None:
        return {}
    with _environment(*found) as environment:
        listed = _run(root, environment, "ls-files", "-v", "-s", "-z", "--", ".")
        changed = _run(
            root, environment, "diff-files", "-z", "--name-only", "--relative", "--", "."
        )
    if listed is None or changed is None:
        return {}
    touched, blobs = {*changed.split(b"\0")}, {}
    for line in listed.split(b"\0"):
        head, _, path = line.partition(b"\t")
        if path and path not in touched:
            looked_at, _, blob, stage = head.split(b" ")
            if (looked_at, stage) == (_WHOLE, b"0"):
                blobs[os.fsdecode(path)] = blob.decode("ascii")
    return blobs


def _find_index(root: Path) -> tuple[Path, Path] | None:
    """The top of the work tree, and its index; None where there is none."""
    for top in (real := root.resolve(), *real.parents):
        inside = top / ".git"
        if inside.is_file():  # of a second work tree: it says where its own things lie
            named = inside.read_text(encoding="utf-8", errors="replace").partition(":")[2].strip()
            inside = top / named
        if (inside / "index").is_file():
            return top, inside / "index"
        if inside.exists():
            return None
    return None


@contextmanager
def _environment(top: Path, index: Path) -> Iterator[dict[str, str]]:
    with TemporaryDirectory(prefix="stupeni-git-") as empty:
        for folder in ("objects", "refs"):
            (Path(empty) / folder).mkdir()
        (Path(empty) / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
        theirs = {"GIT_DIR": empty, "GIT_WORK_TREE": str(top), "GIT_INDEX_FILE": str(index)}
        yield _ENVIRONMENT | theirs


def _run(root: Path, environment: dict[str, str], *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            [*_COMMAND, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
