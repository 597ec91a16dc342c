"""A folder in Git -> the ids of its files' bytes. Which of them does Git vouch for?"""

import os
import subprocess
from pathlib import Path

_SECONDS = 30
# Nothing of the user's or the folder's settings may start a program; nothing is locked.
_COMMAND = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false")
_ENVIRONMENT = {"PATH": os.defpath, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def read_blobs(root: Path) -> dict[str, str]:
    """POSIX path below `root` -> Git's id of its bytes, for every file that is as Git last saw it.

    Takes milliseconds for thousands of files; empty where there is no Git or it will not say.
    """
    listed = _run(root, "ls-files", "-s", "-z", "--", ".")
    changed = _run(root, "diff-files", "-z", "--name-only", "--relative", "--", ".")
    if listed is None or changed is None:
        return {}
    touched, blobs = {*changed.split(b"\0")}, {}
    for line in listed.split(b"\0"):
        head, _, path = line.partition(b"\t")
        if path and path not in touched:
            _, blob, stage = head.split(b" ")
            if stage == b"0":
                blobs[os.fsdecode(path)] = blob.decode("ascii")
    return blobs


def _run(root: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            [*_COMMAND, *arguments],
            cwd=root,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
