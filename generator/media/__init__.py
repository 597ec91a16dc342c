"""Originals of shown scans -> light, clean pictures. What may a reader's browser get of a scan?"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.diagnostic import Diagnostic, Text
from generator.media.recipe import STANDARD, read_fingerprint
from generator.media.store import Store, read_store
from generator.model.shown import ShownScan
from generator.model.site import Leaf, Leaves
from generator.trouble import Trouble


class Progress(Protocol):
    """Whoever watches long work: told the whole first, then every file done, then the end."""

    def start(self, total_files: int, total_bytes: int) -> None:
        """So much is to be done."""

    def advance(self, path_bytes: int) -> None:
        """One more file of so many bytes is done."""

    def finish(self) -> None:
        """Nothing more will come, for whatever reason."""


@dataclass(frozen=True)
class Prepared:
    """The pictures of all scans that could be read, and a diagnostic for every other file."""

    leaves: Leaves
    diagnostics: tuple[Diagnostic, ...]


def prepare(scans: Iterable[ShownScan], root: Path, cache: Path, progress: Progress) -> Prepared:
    """Light, clean pictures of every scan below `root`, made at most once and kept in `cache`.

    What is known costs a look at its files; nothing is then written, forked or imported.
    `cache` must be private: it holds the pictures in the clear.
    """
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for scan in scans:
        paths[scan.digest].add(scan.path)
    try:
        store = read_store(cache, read_fingerprint(STANDARD))
        known = {digest: store.read_leaves(digest) for digest in sorted(paths)}
        missing = {digest: sorted(paths[digest]) for digest, leaves in known.items() if not leaves}
        made, diagnostics = _make(missing, root, store, progress) if missing else ({}, [])
    except OSError as error:
        raise Trouble(
            Text(
                f"скан некуда сохранить: {os.strerror(error.errno or 0)}",
                f"a scan cannot be kept: {os.strerror(error.errno or 0)}",
            ),
            Text(
                "проверьте, что на диске есть место и папка кэша доступна для записи",
                "see that the disk has room and that the cache folder may be written",
            ),
        ) from error
    leaves = {digest: found or made.get(digest, ()) for digest, found in known.items()}
    return Prepared(
        {digest: pages for digest, pages in leaves.items() if pages},
        tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.place)),
    )


def _make(
    missing: Mapping[str, list[str]], root: Path, store: Store, progress: Progress
) -> tuple[dict[str, tuple[Leaf, ...]], list[Diagnostic]]:
    """The pictures of scans not known yet, each kept as soon as it is there."""
    # The decoders are loaded here, once for all workers, and only when there is work.
    from generator.media.reader import read_answers
    from generator.media.refusals import Refused, diagnose

    sizes = {digest: _read_size(root / paths[0]) for digest, paths in missing.items()}
    # The largest first, so that no worker is left alone with it at the end.
    order = sorted(missing, key=lambda digest: (-sizes[digest], digest))
    made: dict[str, tuple[Leaf, ...]] = {}
    diagnostics: list[Diagnostic] = []
    progress.start(len(missing), sum(sizes.values()))
    try:
        jobs = [(digest, missing[digest][0]) for digest in order]
        with closing(read_answers(jobs, root, STANDARD)) as answers:
            for digest, answer in answers:
                if isinstance(answer, Refused):
                    diagnostics += [diagnose(path, answer) for path in missing[digest]]
                else:
                    made[digest] = store.write_leaves(digest, answer)
                progress.advance(sizes[digest])
    finally:
        progress.finish()
    return made, diagnostics


def _read_size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
