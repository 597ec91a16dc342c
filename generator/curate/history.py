"""A new folder -> its first commit. Can what was there before be brought back?"""

from pathlib import Path

from generator.source.git import ALONE, find_top, run_git

_AUTHOR = ("-c", "user.name=stupeni", "-c", "user.email=stupeni@localhost")


def is_in_git(folder: Path) -> bool:
    """Whether a folder, there or not yet, lies in somebody's repository already."""
    return find_top(folder) is not None


def run_first_commit(folder: Path, message: str) -> bool:
    """Begins a history with all that lies in the folder; whether Git was there to do so."""
    steps = (
        ("init", "--quiet", "--template=", "--initial-branch=main"),
        ("add", "--all"),
        (*_AUTHOR, "commit", "--quiet", "--no-gpg-sign", "--message", message),
    )
    return all(run_git(folder, ALONE, *step) is not None for step in steps)
