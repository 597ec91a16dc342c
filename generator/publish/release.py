"""Files -> a site, all or nothing. Asks: what does the folder hold if we are killed here?

`<output>/<level>` is a link to `.releases/<level>-<digest>`. A release is written aside, synced,
and then the link is replaced in one step; whoever reads sees the old site or the new one.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Text
from generator.model.site import Kept, Laid
from generator.stop import may_stop
from generator.trouble import Trouble

_KEPT = 2


@dataclass(frozen=True)
class Release:
    """A published site: its folder, 64 hex digits over paths and bytes, files that changed."""

    folder: Path
    digest: str
    changed: int


def digest_files(files: tuple[Laid, ...]) -> str:
    """64 hex digits over the paths and bytes of a site."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        total.update(f"{file.path}\0{file.sha256}\n".encode())
    return total.hexdigest()


def write_release(output: Path, level: str, files: tuple[Laid, ...]) -> Release:
    """The site of one level, switched to at once; an identical one writes nothing at all."""
    link, digest = output / level, digest_files(files)
    if (link.exists() and not link.is_symlink()) or (output / ".releases").is_symlink():
        raise Trouble(
            Text(
                f"`{link}` — обычная папка, не наша", f"`{link}` is a folder that we did not make"
            ),
            Text(
                "уберите её или укажите другую: `--output`", "move it or name another: `--output`"
            ),
        )
    target = output / ".releases" / f"{level}-{digest[:16]}"
    old = link.resolve() if link.exists() else None
    with may_stop():
        if old == target.resolve() and _is_whole(target, files):
            return Release(link, digest, 0)
    if old == target.resolve():  # damaged, but live: the whole one is written beside it
        target = target.with_name(f"{level}-{digest[16:32]}")
    with _locked(output):
        with may_stop():
            changed = _write_aside(target, old, files)
        _switch(link, target)
        _forget_old(output / ".releases", level, keep=(target, old))
    return Release(link, digest, changed)


def _is_whole(release: Path, files: tuple[Laid, ...]) -> bool:
    """Whether a release on disk holds these files and no other: somebody may have touched it."""
    there = {path for path in release.rglob("*") if path.is_file()}
    return there == {release / file.path for file in files} and all(
        _is_same(release / file.path, file) for file in files
    )


def _is_same(path: Path, file: Laid) -> bool:
    """Whether what lies there is this file."""
    if not path.is_file():
        return False
    if isinstance(file, Kept):
        stat = path.stat()
        return (stat.st_size, stat.st_mtime_ns) == (file.size, file.stamp)
    return path.read_bytes() == file.content


def _write_aside(target: Path, old: Path | None, files: tuple[Laid, ...]) -> int:
    partial = target.with_name(f".partial-{target.name}")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    try:
        return _fill(partial, target, old, files)
    except BaseException:
        for left in (partial, target):
            shutil.rmtree(left, ignore_errors=True)
        raise


def _fill(partial: Path, target: Path, old: Path | None, files: tuple[Laid, ...]) -> int:
    fresh: list[Path] = []
    for file in files:
        path = partial / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = old / file.path if old else None
        if before and _is_same(before, file):
            os.link(before, path)
        elif isinstance(file, Kept):
            raise _touched(file)
        else:
            path.write_bytes(file.content)
            fresh.append(path)
    gone = {p.relative_to(old) for p in old.rglob("*") if p.is_file()} if old else set()
    # Synced when all are written: a quarter less work than one by one.
    folders = {partial, *(path for path in partial.rglob("*") if path.is_dir())}
    for path in (*fresh, *folders):
        _sync(path)
    partial.rename(target)
    _sync(target.parent)
    return len(fresh) + len(gone - {Path(file.path) for file in files})


def _touched(file: Kept) -> Trouble:
    return Trouble(
        Text(
            f"файл `{file.path}` прежнего выпуска кто-то меняет прямо сейчас",
            f"somebody is changing `{file.path}` of the last release right now",
        ),
        Text("соберите ещё раз: он будет сделан заново", "build again: it will be made anew"),
    )


def _switch(link: Path, target: Path) -> None:
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    fresh.replace(link)
    _sync(link.parent)


def _forget_old(releases: Path, level: str, keep: tuple[Path, Path | None]) -> None:
    kept = {path.resolve() for path in keep if path}
    others = [p for p in releases.glob(f"{level}-{'?' * 16}") if p.resolve() not in kept]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in (*others[_KEPT - len(kept) :], *releases.glob(f".partial-{level}-*")):
        shutil.rmtree(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    import fcntl  # not on Windows; publishing there is not supported

    (output / ".releases").mkdir(parents=True, exist_ok=True)
    with (output / ".releases" / ".lock").open("w") as lock:
        with may_stop():
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
