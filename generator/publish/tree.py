"""A folder + a plan -> the same folder with these files and no other. What has to be touched?

A release is made of the one before the last, which is to go anyway: of fifty thousand names a
changed entry moves a few. Nothing in that folder is believed but what the disk itself says: a name
stays where it leads to the very file that the live release has, and that one is what was put there.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.diagnostic import Text
from generator.model.site import File, Kept, Laid, Packed
from generator.trouble import Trouble

_NO_FILE = -1
_MANY = 1000
"""So many files are asked for one by one at most."""


class Lying(NamedTuple):
    """What a name leads to: two names that lead to equal ones lead to one file."""

    inode: int
    size: int
    stamp: int
    """When it was written, in nanoseconds; -1 for a link, a pipe, and whatever else is no file."""


@dataclass(frozen=True)
class Tree:
    """What lies in a folder, by path; of folders only that they are there."""

    folder: Path
    files: dict[str, Lying] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def has(self, file: Laid) -> bool:
        """Whether what lies there is this file: as it was put there, or the same to the byte."""
        lying = self.files.get(file.path)
        if lying is None or lying.stamp == _NO_FILE or lying.size != file.size:
            return False
        if isinstance(file, Kept):
            return lying.stamp == file.stamp
        return (self.folder / file.path).read_bytes() == file.content

    def stands(self, files: Iterable[Laid]) -> bool:
        """Whether of these files those that were handed over before lie here as they were put."""
        lying = self.files.get
        return all(
            (one := lying(file.path)) is not None
            and (one.size, one.stamp) == (file.size, file.stamp)
            for file in files
            if isinstance(file, Kept)
        )

    @property
    def mark(self) -> str:
        """A digest of what lies where, how large it is and when it was written."""
        lines = (f"{path} {size} {stamp}" for path, (_, size, stamp) in sorted(self.files.items()))
        return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()

    def is_whole(self, files: tuple[Laid, ...]) -> bool:
        """Whether these files lie here and no other: somebody may have touched it."""
        return self.files.keys() == {file.path for file in files} and all(map(self.has, files))

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All that lies here, to be laid somewhere else."""
        return tuple(Kept(path, "", one.size, one.stamp) for path, one in self.files.items())


def read_tree(folder: Path) -> Tree:
    """All that lies below a folder; no link is followed."""
    tree, waiting = Tree(folder), [""]
    while waiting:
        here = waiting.pop()
        with os.scandir(folder / here) as found:
            for item in found:
                path = here + item.name
                if item.is_dir(follow_symlinks=False):
                    tree.folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    tree.files[path] = _lying(item.stat(follow_symlinks=False))
    return tree


def write_tree(folder: Path, live: Tree | None, files: tuple[Laid, ...]) -> tuple[Tree, int]:
    """Makes of a folder, whatever lies in it, the site of these files; as it lies there then, and
    how many of them are new or gone since the `live` one.

    What `live` has already is another name of the same file. All of it is on the disk at the end.
    """
    folder.mkdir(exist_ok=True)
    live, there = live or Tree(folder), read_tree(folder)
    linked, fresh = list[Laid](), list[File | Packed]()
    for file in files:
        if live.has(file):
            if there.files.get(file.path) != live.files[file.path]:
                linked.append(file)
        elif isinstance(file, Kept):
            raise touched(file)
        else:
            fresh.append(file)
    paths = {file.path for file in files}
    anew = {file.path for file in (*linked, *fresh)}
    gone = [path for path in there.files if path in anew or path not in paths]
    changed = _make_room(there, gone, paths)
    for file in linked:
        _link(live, file, folder)
    lies = {path: one for path, one in live.files.items() if path in paths}
    for file in fresh:
        lies[file.path] = _write_new(f"{folder}/{file.path}", file.content)
    # Synced when all are written: a quarter less work than one by one.
    _sync_all(folder, [*(file.path for file in fresh), *sorted(changed | {*map(_above, anew)})])
    gone_since = sum(path not in paths for path in live.files)
    return Tree(folder, lies), len(fresh) + gone_since


def sync(path: Path) -> None:
    """What stands at a place is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_all(folder: Path, paths: Sequence[str]) -> None:
    if len(paths) < _MANY or not sync_disk(folder):
        for path in paths:
            sync(folder / path)


def sync_disk(folder: Path) -> bool:
    """Whatever was written to the disk of this folder is there; False where no system can say so.

    Of fifty thousand files to ask for each takes as long as a third of writing them.
    """
    import ctypes  # hardly any build writes so much

    ask = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if ask is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if ask(handle) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), f"{folder}")
    finally:
        os.close(handle)
    return True


def _make_room(there: Tree, gone: Iterable[str], paths: Iterable[str]) -> set[str]:
    """Nothing is left of what is `gone`, and there is a folder for each of `paths`; the folders in
    which a name came or went."""
    wanted = {""}
    for path in paths:
        while (path := _above(path)) not in wanted:
            wanted.add(path)
    for path in gone:
        (there.folder / path).unlink()
    for path in sorted(there.folders - wanted, reverse=True):
        (there.folder / path).rmdir()
    fresh = sorted(wanted - there.folders - {""})
    for path in fresh:
        (there.folder / path).mkdir()
    moved = (*gone, *fresh, *(there.folders - wanted))
    return wanted & {*fresh, *map(_above, moved)}


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _lying(found: os.stat_result) -> Lying:
    is_file = stat.S_ISREG(found.st_mode)
    return Lying(found.st_ino, found.st_size, found.st_mtime_ns if is_file else _NO_FILE)


def _link(live: Tree, file: Laid, folder: Path) -> None:
    """Another name of a file that readers see, if it still is what it was when `live` was read."""
    path = folder / file.path
    os.link(live.folder / file.path, path, follow_symlinks=False)
    if _lying(path.lstat()) != live.files[file.path]:
        raise touched(file)


def _write_new(path: str, content: bytes) -> Lying:
    # Never into what is there: that may be a name of a file that readers see. The disk is asked
    # itself, fifty thousand times: a file object is as much work as what it writes.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        while content:
            content = content[os.write(handle, content) :]
        return _lying(os.fstat(handle))
    finally:
        os.close(handle)


def touched(file: Laid) -> Trouble:
    """A file of the last release is not what was put there."""
    return Trouble(
        Text(
            f"файл `{file.path}` прежнего выпуска кто-то меняет прямо сейчас",
            f"somebody is changing `{file.path}` of the last release right now",
        ),
        Text("соберите ещё раз: он будет сделан заново", "build again: it will be made anew"),
    )
