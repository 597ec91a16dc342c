"""Files, program, day, sites -> the last build, if every one of them is as it was. Need we do
anything at all?"""

import os
import pickle
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sysconfig import get_path
from typing import Any

import generator
from generator.flow.job import Job
from generator.model.school import LEVELS, Settings
from generator.publish.tree import read_tree
from generator.source import Listing, is_settled, read_listing
from generator.whole import write_whole

_REGISTER = "school/register.jsonl"


@dataclass(frozen=True)
class Before:
    """The state of everything a build looks at, before it runs."""

    mark: str
    is_settled: bool
    """Whether whatever changes from now on shows."""


def look(job: Job, settings: Settings) -> tuple[Before, Listing]:
    """What a build of today would look at: names, sizes and times of change, no contents; and all
    that lies in the portfolios."""
    ours = (Path(generator.__file__).parent, job.home / "schema", job.home / "theme")
    room = job.private / settings.site
    lines, at = [repr((job.today(settings), job.by, sys.version_info[:3]))], time.time_ns()
    # Names and versions of whatever is installed, without reading what each says of itself.
    lines += sorted(name for name in os.listdir(get_path("purelib")) if name.endswith("-info"))  # noqa: PTH208
    school = read_listing(job.portfolios)
    theirs = (*ours, job.home / "mkdocs.yml", room / "master.key")
    settled = True
    for listing in (*(read_listing(top, without={"__pycache__"}) for top in theirs), school):
        lines.append(_mark(listing, of_disk=True))
        settled = settled and all(is_settled(one.changed, at) for one in listing.stamps.values())
    return Before(_digest(lines), settled), school


def read_last(job: Job, settings: Settings, before: Before) -> Any:
    """What the last build came to, if nothing changed since; else None."""
    try:
        mark, after, raw = _file(job, settings).read_bytes().split(b"\n", 2)
        if mark.decode() != before.mark or after.decode() != _after(job, settings, _lies(job)):
            return None
        return pickle.loads(raw)
    # There is no list of what pickle may raise on a damaged file; then it is as good as none.
    except Exception:
        return None


def keep_last(
    job: Job, settings: Settings, before: Before, lies: Mapping[str, str], built: object
) -> None:
    """Keeps what a build came to, unless files changed so shortly before it that a change more
    would not show; `lies`: level -> the mark of its site, as it was handed over."""
    file = _file(job, settings)
    if not before.is_settled:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    head = f"{before.mark}\n{_after(job, settings, lies)}\n".encode()
    write_whole(file, head + pickle.dumps(built, protocol=5))


def _lies(job: Job) -> dict[str, str]:
    """Level -> the mark of what lies on its site now."""
    sites = ((level, job.output / level) for level in job.levels)
    return {level: read_tree(site.resolve()).mark for level, site in sites if site.is_dir()}


def _after(job: Job, settings: Settings, lies: Mapping[str, str]) -> str:
    """The state of everything a build writes."""
    room = job.private / settings.site
    tops = [job.register, room / "published.json", room / "granted", room / "cache" / "students"]
    lines = [_mark(read_listing(top)) for top in tops]
    for level in job.levels:
        site = job.output / level
        lines.append(os.readlink(site) if site.is_symlink() else f"no {level}")  # noqa: PTH115
        lines.append(lies.get(level, ""))
    return _digest(lines)


def _mark(listing: Listing, *, of_disk: bool = False) -> str:
    """A digest of where every file lies, how large it is and when it changed; with `of_disk` of all
    that the disk noted of it, too."""
    if not (listing.names or listing.stamps):
        return f"no {listing.root}"
    files = (
        f"{path} {mode} {size} {changed} {noted if of_disk else 0}"
        for path, (size, changed, noted, mode) in listing.stamps.items()
        if path != _REGISTER
    )
    return _digest((f"{listing.root}", *files))


def _digest(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()


def _file(job: Job, settings: Settings) -> Path:
    name = "build" if job.levels == LEVELS else "build-" + "-".join(job.levels)
    return job.private / settings.site / "cache" / "last" / name
