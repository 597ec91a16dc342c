"""A new folder -> its first commit. Can what was there before be brought back?"""

import os
import subprocess
from pathlib import Path

_SECONDS = 60
# Nobody's settings, templates and hooks: what begins here begins the same on every computer.
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
}
_AUTHOR = ("-c", "user.name=stupeni", "-c", "user.email=stupeni@localhost")


def is_in_git(folder: Path) -> bool:
    """Whether a folder, there or not yet, lies in somebody's repository already."""
    return any((one / ".git").exists() for one in (folder.resolve(), *folder.resolve().parents))


def run_first_commit(folder: Path, message: str) -> bool:
    """Begins a history with all that lies in the folder; whether Git was there to do so."""
    steps = (
        ("init", "--quiet", "--template=", "--initial-branch=main"),
        ("add", "--all"),
        (*_AUTHOR, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "--message", message),
    )
    return all(_run(folder, step) for step in steps)


def _run(folder: Path, arguments: tuple[str, ...]) -> bool:
    try:
        subprocess.run(
            ("git", *arguments),
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True
