"""A store -> the same without what nobody needs any more. What may go?"""

import json
from collections.abc import Iterable
from typing import Any

from generator.media.store import INDEX, Store
from generator.whole import write_whole

STALE = "stale.json"
_OTHERS = "other recipes"
RUNS = 20
"""So many runs that made something a scan is kept though no entry shows it: a branch may come
back."""


def write_tidied(store: Store, used: Iterable[str]) -> None:
    """Counts the run; what was not used in the last twenty goes, with all its files. So does what
    other recipes made: codecs and settings change, and old pictures would stay for ever."""
    rows = dict(store.rows)
    before, used = _read_stale(store), frozenset(used)
    unused = [digest for digest in rows if digest not in used] + [_OTHERS] * store.has_other
    stale = {digest: before.get(digest, 0) + 1 for digest in unused}
    gone = {digest for digest, runs in stale.items() if runs > RUNS}
    if gone:
        rows = {digest: row for digest, row in rows.items() if digest not in gone}
        lines = (json.dumps([d, store.fingerprint, row]) for d, row in rows.items())
        _write(store, INDEX, "".join(f"{line}\n" for line in lines))
        _drop_files(store, {name for row in rows.values() for name in _names(row)})
    left = {digest: runs for digest, runs in stale.items() if digest not in gone}
    if left != before:
        _write(store, STALE, json.dumps(left))


def _drop_files(store: Store, kept: set[str]) -> None:
    for file in store.folder.glob("??/*"):
        if file.name.partition(".")[0] not in kept:
            file.unlink()


def _names(row: Any) -> Iterable[str]:
    """Every SHA-256 that a line of the journal names, wherever it stands in it."""
    if isinstance(row, str):
        yield row
    elif isinstance(row, list | tuple):
        for part in row:
            yield from _names(part)


def _read_stale(store: Store) -> dict[str, int]:
    try:
        found = json.loads((store.folder / STALE).read_bytes())
        return {str(digest): int(runs) for digest, runs in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _write(store: Store, name: str, text: str) -> None:
    write_whole(store.folder / name, text.encode())
