"""Files -> a site, all or nothing. Asks: what does the folder hold if we are killed here?

`<output>/<level>` is a link to `.releases/<level>-<digest>`. A release is written aside, synced,
and then the link is replaced in one step; whoever reads sees the old site or the new one.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Text
from generator.model.site import Kept, Laid
from generator.stop import may_stop
from generator.trouble import Trouble
from generator.whole import clearing, locked, writing

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


@contextmanager
def write_release(output: Path, level: str, files: tuple[Laid, ...]) -> Iterator[Release]:
    """The site of one level, written aside, and switched to when the block ends well.

    In the block it is told of, so that whatever readers may see was told before. An identical site
    writes nothing at all.
    """
    link, digest = output / level, digest_files(files)
    _refuse_foreign(link)
    with writing(link), _locked(output) as releases:
        old = link.resolve() if link.exists() else None
        places = [releases / f"{level}-{part}" for part in (digest[:16], digest[16:32])]
        with may_stop():
            is_live = old in places and _is_whole(old, files)
        if is_live:
            yield Release(link, digest, 0)
        else:
            # A damaged one may be live: the whole one is written beside it.
            target = next(place for place in places if place != old)
            with clearing(_partial(target), target):
                with may_stop():
                    changed = _write_aside(target, old, files)
                yield Release(link, digest, changed)
                _switch(link, target)
        _forget_old(releases, link, old)


def _refuse_foreign(link: Path) -> None:
    if (link.exists() and not link.is_symlink()) or (link.parent / ".releases").is_symlink():
        raise Trouble(
            Text(
                f"`{link}` — обычная папка, не наша", f"`{link}` is a folder that we did not make"
            ),
            Text(
                "уберите её или укажите другую: `--output`", "move it or name another: `--output`"
            ),
        )


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


def _partial(target: Path) -> Path:
    return target.with_name(f".partial-{target.name}")


def _write_aside(target: Path, old: Path | None, files: tuple[Laid, ...]) -> int:
    partial = _partial(target)
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
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
    fresh = _next(link)
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    fresh.replace(link)
    _sync(link.parent)


def _next(link: Path) -> Path:
    return link.with_name(f".{link.name}.new")


def _forget_old(releases: Path, link: Path, old: Path | None) -> None:
    """The live release and the one before it stay; so nothing does that the dead left behind."""
    live = link.resolve()
    others = [p for p in releases.glob(f"{link.name}-{'?' * 16}") if p not in (live, old)]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    kept = _KEPT - len({live, old} - {None})
    for path in (*others[kept:], *releases.glob(f".partial-{link.name}-*")):
        shutil.rmtree(path)
    _next(link).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(output: Path) -> Iterator[Path]:
    """The folder of releases, where nobody else publishes meanwhile."""
    releases = output.resolve() / ".releases"
    releases.mkdir(parents=True, exist_ok=True)
    with ExitStack() as alone:
        with may_stop():
            alone.enter_context(locked(releases / ".lock"))
        yield releases
