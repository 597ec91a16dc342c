"""Originals of shown scans -> light, clean pictures. What may a reader's browser get of a scan?"""

import gc
import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostic import Diagnostic, Text
from generator.media.alike import find_alike
from generator.media.answer import Reading
from generator.media.attic import write_tidied
from generator.media.elsewhere import Elsewhere, fetch, hand_on
from generator.media.recipe import NOTHING_MORE, STANDARD, Recipe, Want, read_fingerprint
from generator.media.remarks import PAPERS_ONLY, say_remark
from generator.media.store import Kept, Store, read_store
from generator.model.shown import Rectangle, ShownScan
from generator.model.site import Leaves
from generator.progress import Progress
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.media.reader import Answer, Job

Read = Callable[["Sequence[Job]", Path, Recipe], "Generator[tuple[str, Answer]]"]
"""Scans -> key and answer of each, in any order."""

__all__ = ["Elsewhere", "Means", "Prepared", "Read", "prepare"]


@dataclass(frozen=True)
class Scan:
    """The same bytes under the same masks, wherever they lie, and all that is asked for of them."""

    key: str
    digest: str
    paths: Sequence[str]
    want: Want
    masks: tuple[Rectangle, ...]


@dataclass(frozen=True)
class Prepared:
    """The pictures of all scans that could be read; mistakes of the others, remarks on these."""

    leaves: Leaves
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Means:
    """How scans are come by."""

    all_of_them: bool = True
    """Whether these are all the scans there are: what of others is not asked for is not unused."""
    far: Elsewhere | None = None
    """Where other machines keep what they made."""
    read: "Read | None" = None
    """Who reads scans; None for worker processes here."""


def prepare(
    scans: Iterable[ShownScan],
    root: Path,
    cache: Path,
    progress: Progress,
    means: Means = Means(),
) -> Prepared:
    """Light, clean pictures of every scan below `root`, made at most once and kept in `cache`.

    What is known costs a look at its files; nothing is then written, forked or imported.
    `cache` must be private: it holds the pictures in the clear.
    """
    scans = tuple(scans)
    papers = {scan.path for scan in scans if scan.copy}
    paths: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, ShownScan] = {}
    for scan in scans:
        paths[scan.key].add(scan.path)
        first.setdefault(scan.key, scan)
    wants = _wants(scans)
    try:
        with _no_collecting():
            store = read_store(cache, read_fingerprint(STANDARD))
            kept = {key: store.read_kept(key, wants[key]) for key in sorted(paths)}
        unknown = [key for key, one in kept.items() if not one]
        missing = [_scan(first[key], paths[key], wants[key]) for key in unknown]
        made, diagnostics = _make(missing, root, store, (progress, means)) if missing else ({}, [])
        known = {key: one for key, one in (kept | made).items() if one}
        alike, keys = find_alike(known, paths, store)
        if made and means.all_of_them:
            write_tidied(store, keys.union(paths))
    except OSError as error:
        raise _no_room(error) from error
    diagnostics += [*alike, *_remarks(known, paths, papers)]
    return Prepared(
        {key: one.leaves for key, one in known.items()},
        tuple(sorted(diagnostics, key=lambda found: (found.place, found.code))),
    )


def _scan(shown: ShownScan, paths: Iterable[str], want: Want) -> Scan:
    return Scan(shown.key, shown.digest, sorted(paths), want, shown.masks)


def _remarks(
    known: Mapping[str, Kept], paths: Mapping[str, set[str]], papers: set[str]
) -> Iterator[Diagnostic]:
    """What hardly anybody could read on a scan, said of each place where it lies."""
    for key, one in known.items():
        for code, page in one.remarks:
            told = paths[key] & papers if code in PAPERS_ONLY else paths[key]
            yield from (say_remark(path, (code, page)) for path in told)


def _wants(scans: Sequence[ShownScan]) -> defaultdict[str, Want]:
    """What is asked for of each scan: what any entry asks, where the same bytes lie twice."""
    wants: defaultdict[str, Want] = defaultdict(lambda: NOTHING_MORE)
    for scan in scans:
        if scan.zoom or scan.download or scan.cover:
            wants[scan.key] |= Want(scan.zoom, scan.download, scan.cover)
    return wants


@contextmanager
def _no_collecting() -> Iterator[None]:
    """What is remembered of a school is many small things and no garbage: looking for some among
    them would take a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _make(
    missing: Sequence[Scan], root: Path, store: Store, how: tuple[Progress, Means]
) -> tuple[dict[str, Kept], list[Diagnostic]]:
    """What is made of scans not known yet, each kept as soon as it is there."""
    from generator.media.intake import read_size
    from generator.media.refusals import diagnose

    progress, means = how
    sizes = {scan.key: read_size(root / scan.paths[0]) for scan in missing}
    # The largest first, so that no worker is left alone with it at the end.
    order = sorted(missing, key=lambda scan: (-sizes[scan.key], scan.key))
    asked = {scan.key: scan for scan in order}
    made: dict[str, Kept] = {}
    diagnostics: list[Diagnostic] = []
    with (
        progress.stage("scans", len(missing), sum(sizes.values())) as done,
        closing(_answers(order, root, store.fingerprint, means)) as answers,
    ):
        for key, answer in answers:
            if isinstance(answer, Reading):
                made[key] = store.write_kept(key, answer, asked[key].want)
            else:
                diagnostics += [diagnose(path, answer) for path in asked[key].paths]
            done(sizes[key])
    return made, diagnostics


def _answers(
    scans: Sequence[Scan], root: Path, recipe: str, means: Means
) -> "Generator[tuple[str, Answer]]":
    """Key and answer of every scan: first what others made, then what has to be made here."""
    fetched = set()
    for key, reading in fetch(means.far, scans, recipe) if means.far else ():
        fetched.add(key)
        yield key, reading
    left = {scan.key: scan for scan in scans if scan.key not in fetched}
    if not left:
        return
    # The decoders are loaded here, once for all workers, and only when there is work.
    from generator.media.reader import Job, read_answers

    jobs = [Job(s.key, s.digest, s.paths[0], s.want, s.masks) for s in left.values()]
    with closing((means.read or read_answers)(jobs, root, STANDARD)) as answers:
        for key, answer in answers:
            if means.far and isinstance(answer, Reading):
                hand_on(means.far, left[key], recipe, answer)
            yield key, answer


def _no_room(error: OSError) -> Trouble:
    why = os.strerror(error.errno or 0)
    return Trouble(
        Text(f"скан некуда сохранить: {why}", f"a scan cannot be kept: {why}"),
        Text(
            "проверьте, что на диске есть место и папка кэша доступна для записи",
            "see that the disk has room and that the cache folder may be written",
        ),
    )
