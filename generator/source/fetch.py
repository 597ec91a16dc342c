"""An address -> a mirror of ours, with its commits. Has anything come, and was it little enough?

Nothing of what comes is run or obeyed: no work tree is made, so no filter, link or submodule of
theirs comes to life; hooks, redirects and questions are off; a file that is too big is not fetched
at all. Whatever Git says on the way is not handed on: there may be a password in it.
"""

import base64
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from generator.source.git import ALONE, COMMAND, run_git
from generator.whole import make_private

NEWEST, KEPT = "refs/stupeni/newest", "refs/stupeni/approved/"
"""Names in a mirror: what came last, and what was approved and must not go."""
BIGGEST = 20 * 1024 * 1024
"""Bytes of a file; a bigger one is left where it is."""
_ALL = 512 * 1024 * 1024
_SECONDS = 120
_REMOTE = "source"
_SSH = "ssh -oBatchMode=yes -oClearAllForwardings=yes -oPermitLocalCommand=no"
_CAREFUL = (
    "transfer.fsckObjects=true", "fetch.recurseSubmodules=false", "submodule.recurse=false",
    "http.followRedirects=false", "http.lowSpeedLimit=1000", "http.lowSpeedTime=20",
    "credential.helper=", "core.askPass=", "gc.auto=0", "maintenance.auto=false",
    "fetch.writeCommitGraph=false", "remote.source.tagOpt=--no-tags",
)  # fmt: skip
# POSIX counts the size of a file in blocks of 512 bytes.
_CAPPED = ("/bin/sh", "-c", f'ulimit -f {_ALL // 512} && exec "$@"', "sh")


@dataclass(frozen=True)
class Way:
    """How repositories elsewhere are reached."""

    transports: tuple[str, ...] = ("https", "ssh")
    """Never one that runs a program (`ext::`)."""
    server: str = ""
    """The only address that is shown the token."""
    token: str = field(default="", repr=False)
    own: Mapping[str, str] = field(default_factory=dict)
    """Of this person's environment what SSH and a proxy need."""
    where: Mapping[str, str] = field(default_factory=dict)
    """Where objects lie that are sent, when not in a mirror."""

    @property
    def environment(self) -> dict[str, str]:
        """What Git is told; a token stands in it, and on no command line."""
        told = {**self.own, **ALONE, "GIT_ALLOW_PROTOCOL": ":".join(self.transports)}
        told["GIT_SSH_COMMAND"] = _SSH
        if self.token and self.server:
            word = base64.b64encode(f"oauth2:{self.token}".encode()).decode("ascii")
            told |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"http.{_origin(self.server)}/.extraHeader",
                "GIT_CONFIG_VALUE_0": f"Authorization: Basic {word}",
            }
        return told


def make_mirror(folder: Path) -> None:
    """There is a repository of ours, empty if there was none yet."""
    if not (folder / "HEAD").is_file():
        make_private(folder)
        run_git(folder, ALONE, "init", "--quiet", "--bare", "--template=", f"{folder}")


def run_fetch(mirror: Path, address: str, wanted: Iterable[str], way: Way) -> bool:
    """Whether all that is wanted of an address is in the mirror now."""
    return _run(
        mirror, address, way, "fetch", "--quiet", "--no-tags", "--no-recurse-submodules",
        "--no-write-fetch-head", f"--filter=blob:limit={BIGGEST}", _REMOTE, *wanted,
    ) is not None  # fmt: skip


def run_ask(mirror: Path, address: str, branch: str, way: Way) -> bool | None:
    """Whether a repository elsewhere has this branch; None when it does not answer."""
    said = _run(mirror, address, way, "ls-remote", "--heads", _REMOTE, f"refs/heads/{branch}")
    return None if said is None else bool(said.strip())


def run_push(
    mirror: Path, address: str, what: str, way: Way, where: Mapping[str, str] | None = None
) -> bool:
    """Whether a repository elsewhere took what it was sent, as `FROM:TO`; `where` names a
    repository that is no mirror."""
    told = replace(way, where=where or {})
    asked = ("push", "--quiet", "--no-verify", _REMOTE, what)
    return _run(mirror, address, told, *asked) is not None


def _run(mirror: Path, address: str, way: Way, *asked: str) -> bytes | None:
    settings = (f"remote.{_REMOTE}.url={address}", *_CAREFUL)
    careful = [word for one in settings for word in ("-c", one)]
    command = [*_CAPPED, *COMMAND, *careful, *asked]
    environment = way.environment | {"GIT_DIR": f"{mirror}", **way.where}
    with subprocess.Popen(
        command, cwd=mirror, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as running:  # fmt: skip
        try:
            said, _ = running.communicate(timeout=_SECONDS)
        except BaseException as stopped:
            # Git has others do the work: they go with it.
            os.killpg(running.pid, signal.SIGKILL)
            if isinstance(stopped, subprocess.TimeoutExpired):
                return None
            raise
    return said if running.returncode == 0 else None


def _origin(server: str) -> str:
    parts = urlsplit(server)
    return f"{parts.scheme}://{parts.netloc}"
