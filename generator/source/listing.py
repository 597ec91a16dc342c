"""A folder -> what lies below it. How does every file look from outside?"""

import os
import stat
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

_BY_NAME = attrgetter("name")


class Stamp(NamedTuple):
    """As much of a file's state as shows whether anything changed: of all there is of it there is
    too much for a school."""

    size: int
    changed: int
    """When its bytes changed, in nanoseconds."""
    noted: int
    """When the disk last noted any change of the file, its name and its times included."""
    mode: int

    @property
    def is_plain(self) -> bool:
        """Whether it is a file, no link, no pipe."""
        return stat.S_ISREG(self.mode)


@dataclass(frozen=True)
class Listing:
    """What lay below a folder when somebody looked; paths are POSIX and relative to it."""

    root: Path
    names: Mapping[str, Sequence[str]]
    """Folder -> names of all that lies in it, sorted."""
    stamps: Mapping[str, Stamp]
    """Of whatever is no folder; where the root itself is none, its own by an empty name."""


def read_listing(root: Path, *folders: str, without: Set[str] = frozenset()) -> Listing:
    """All that lies below `root`, or below these folders in it. What is hidden or bears a name of
    `without` is not looked into, no link is followed, and what is not there holds nothing."""
    names, stamps, waiting = dict[str, list[str]](), dict[str, Stamp](), [*folders] or [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(f"{root}/{here}") as found:
                listed = sorted(found, key=_BY_NAME)
        except NotADirectoryError:
            stamps[here] = _stamp(os.stat(root / here))  # noqa: PTH116
            continue
        except FileNotFoundError:
            continue
        above, inside = f"{here}/" if here else "", list[str]()
        for item in listed:
            path = above + item.name
            if not item.is_dir(follow_symlinks=False):
                try:
                    stamps[path] = _stamp(item.stat(follow_symlinks=False))
                except FileNotFoundError:  # an editor's draft, gone meanwhile
                    continue
            elif not item.name.startswith(".") and item.name not in without:
                waiting.append(path)
            inside.append(item.name)
        names[here] = inside
    return Listing(root, names, stamps)


def read_stamps(root: Path, files: Iterable[str]) -> Mapping[str, Stamp]:
    """How these files look now."""
    return {file: _stamp(os.lstat(f"{root}/{file}")) for file in files}


def _stamp(seen: os.stat_result) -> Stamp:
    return Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_mode)
