"""Files -> a site, all or nothing. Asks: what does the folder hold if we are killed here?

`<output>/<level>` is a link to `.releases/<level>-<digest>`. A release is written aside, synced,
and then the link is replaced in one step; whoever reads sees the old site or the new one.

Beside the live release lies the one before it. The next one is made of that, under a name that says
that it is not whole; so it must not be thrown away, and behind the very first lies its twin.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostic import Text
from generator.model.site import Laid
from generator.publish.tree import Tree, read_tree, sync, write_tree
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
    lies: str = ""
    """The mark of its tree: another one, and somebody touched it since."""


def digest_files(files: tuple[Laid, ...]) -> str:
    """64 hex digits over the paths and bytes of a site."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        total.update(f"{file.path}\0{file.sha256}\n".encode())
    return total.hexdigest()


@contextmanager
def write_release(
    output: Path, level: str, files: tuple[Laid, ...], before: Tree | None = None
) -> Iterator[Release]:
    """The site of one level, written aside, and switched to when the block ends well.

    In the block it is told of, so that whatever readers may see was told before. An identical site
    writes nothing at all. `before` is the live one, where somebody looked at it already: what has
    been done to it since shows when its mark is compared.
    """
    link, digest = output / level, digest_files(files)
    _refuse_foreign(link)
    with writing(link), _locked(output) as releases:
        places = [releases / f"{level}-{part}" for part in (digest[:16], digest[16:32])]
        with may_stop():
            live = _read_live(link, before)
            old = live.folder if live else None
            is_live = old in places and live is not None and live.is_whole(files)
        if live and is_live:
            yield Release(link, digest, 0, live.mark)
        else:
            # A damaged one may be live: the whole one is written beside it.
            target = next(place for place in places if place != old)
            with clearing(_partial(target), target):
                with may_stop():
                    laid, changed = _write_aside(target, live, files)
                yield Release(link, digest, changed, laid.mark)
                _switch(link, target)
        _forget_old(releases, link, old)
        if not live:
            _lay_twin(laid, places[1])


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


def _read_live(link: Path, before: Tree | None) -> Tree | None:
    if not link.exists():
        return None
    folder = link.resolve()
    return before if before and before.folder == folder else read_tree(folder)


def _partial(target: Path) -> Path:
    return target.with_name(f".partial-{target.name}")


def _write_aside(target: Path, live: Tree | None, files: tuple[Laid, ...]) -> tuple[Tree, int]:
    partial = _partial(target)
    shutil.rmtree(partial, ignore_errors=True)
    _take_spare(target, live)
    laid, changed = write_tree(partial, live, files)
    partial.rename(target)
    sync(target.parent)
    return replace(laid, folder=target), changed


def _take_spare(target: Path, live: Tree | None) -> None:
    """A release that nobody reads any more is what the new one will be made of, if there is any;
    one that bears the new one's name is in its way, and goes before others."""
    level = target.name.rpartition("-")[0]
    found = [one for one in _releases(target.parent, level) if one != (live and live.folder)]
    if found:
        min(found, key=lambda one: one != target).rename(_partial(target))
        # Nobody may find it half changed under the name of a whole one, after a power failure too.
        sync(target.parent)


def _releases(releases: Path, level: str) -> list[Path]:
    """All that lie there of a level, the latest first."""
    found = releases.glob(f"{level}-{'?' * 16}")
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _switch(link: Path, target: Path) -> None:
    fresh = _next(link)
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    fresh.replace(link)
    sync(link.parent)


def _next(link: Path) -> Path:
    return link.with_name(f".{link.name}.new")


def _forget_old(releases: Path, link: Path, old: Path | None) -> None:
    """The live release and the one before it stay; so nothing does that the dead left behind."""
    live = link.resolve()
    others = [one for one in _releases(releases, link.name) if one not in (live, old)]
    kept = _KEPT - len({live, old} - {None})
    for path in (*others[kept:], *releases.glob(f".partial-{link.name}-*")):
        shutil.rmtree(path)
    _next(link).unlink(missing_ok=True)


def _lay_twin(first: Tree, twin: Path) -> None:
    """The first release once more, for the second to be made of; without it that only takes
    longer."""
    partial = _partial(twin)
    with suppress(OSError, Trouble), clearing(partial, twin):
        write_tree(partial, first, first.kept)
        partial.rename(twin)


@contextmanager
def _locked(output: Path) -> Iterator[Path]:
    """The folder of releases, where nobody else publishes meanwhile."""
    releases = output.resolve() / ".releases"
    releases.mkdir(parents=True, exist_ok=True)
    with ExitStack() as alone:
        with may_stop():
            alone.enter_context(locked(releases / ".lock"))
        yield releases
