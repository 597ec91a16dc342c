"""Files, program, day, sites -> the last build, if every one of them is as it was. Need we do
anything at all?"""

import os
import pickle
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sysconfig import get_path
from typing import Any

import generator
from generator.flow.job import Job
from generator.model.school import LEVELS, Settings
from generator.source import is_settled
from generator.whole import write_whole

_REGISTER = "register.jsonl"


@dataclass(frozen=True)
class Before:
    """The state of everything a build looks at, before it runs."""

    mark: str
    is_settled: bool
    """Whether whatever changes from now on shows."""


def look(job: Job, settings: Settings) -> Before:
    """What a build of today would look at: names, sizes and times of change, no contents."""
    ours = (Path(generator.__file__).parent, job.home / "schema", job.home / "theme")
    room = job.private / settings.site
    lines, at = [repr((job.today(settings), job.by, sys.version_info[:3]))], time.time_ns()
    # Names and versions of whatever is installed, without reading what each says of itself.
    lines += sorted(name for name in os.listdir(get_path("purelib")) if name.endswith("-info"))  # noqa: PTH208
    settled = True
    for top in (*ours, job.home / "mkdocs.yml", job.portfolios, room / "master.key"):
        for line, stat in _walk(str(top)):
            lines.append(f"{line} {stat.st_ctime_ns if stat else 0}")
            settled = settled and (stat is None or is_settled(stat.st_mtime_ns, at))
    return Before(_digest(lines), settled)


def read_last(job: Job, settings: Settings, before: Before) -> Any:
    """What the last build came to, if nothing changed since; else None."""
    try:
        mark, after, raw = _file(job, settings).read_bytes().split(b"\n", 2)
        if mark.decode() != before.mark or after.decode() != _after(job, settings):
            return None
        return pickle.loads(raw)
    # There is no list of what pickle may raise on a damaged file; then it is as good as none.
    except Exception:
        return None


def keep_last(job: Job, settings: Settings, before: Before, built: object) -> None:
    """Keeps what a build came to, unless files changed so shortly before it that a change more
    would not show."""
    file = _file(job, settings)
    if not before.is_settled:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    head = f"{before.mark}\n{_after(job, settings)}\n".encode()
    write_whole(file, head + pickle.dumps(built, protocol=5))


def _after(job: Job, settings: Settings) -> str:
    """The state of everything a build writes."""
    room = job.private / settings.site
    tops = [job.register, room / "published.json", room / "granted", room / "cache" / "students"]
    lines = [line for top in tops for line, _ in _walk(str(top))]
    for level in job.levels:
        site = job.output / level
        lines.append(os.readlink(site) if site.is_symlink() else f"no {level}")  # noqa: PTH115
        lines += [line for line, _ in _walk(os.path.realpath(site))]
    return _digest(lines)


def _walk(top: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Every file from here down, when it changed, and all that is noted of it; what nobody reads is
    left out."""
    stack = [top]
    while stack:
        here = stack.pop()
        try:
            with os.scandir(here) as found:
                listed = sorted(found, key=lambda item: item.name)
        except NotADirectoryError:
            stat = os.stat(here)  # noqa: PTH116
            yield f"{here} {stat.st_mode} {stat.st_size} {stat.st_mtime_ns}", stat
            continue
        except FileNotFoundError:
            yield f"no {here}", None
            continue
        for item in listed:
            if item.is_dir(follow_symlinks=False):
                if item.name != "__pycache__" and not item.name.startswith("."):
                    stack.append(item.path)
            elif item.name != _REGISTER:
                stat = item.stat(follow_symlinks=False)
                line = f"{item.path} {stat.st_mode} {stat.st_size} {stat.st_mtime_ns}"
                yield line, stat


def _digest(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()


def _file(job: Job, settings: Settings) -> Path:
    name = "build" if job.levels == LEVELS else "build-" + "-".join(job.levels)
    return job.private / settings.site / "cache" / "last" / name
