"""A folder in Git -> the ids of its files' bytes. Which of them does Git vouch for?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.source.git import ALONE, empty_repository, run_git

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
        listed = run_git(root, environment, "ls-files", "-v", "-s", "-z", "--", ".")
        changed = run_git(
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
    with empty_repository() as empty:
        theirs = {"GIT_DIR": empty, "GIT_WORK_TREE": str(top), "GIT_INDEX_FILE": str(index)}
        yield {**ALONE} | theirs
