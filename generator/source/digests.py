"""Files -> sizes and digests. Which of them changed since last time?"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from generator.source.blobs import read_blobs
from generator.whole import write_whole

_FEW = 20
"""Reading so many files is quicker than asking Git."""


@dataclass(frozen=True)
class Digest:
    """A file's length in bytes and the SHA-256 of its bytes."""

    size: int
    sha256: str


@dataclass(frozen=True)
class _Known:
    """What was remembered of a file: its stamp, its digest, and Git's id of the same bytes."""

    size: int
    changed: int
    sha256: str
    blob: str = ""


_NOBODY = _Known(-1, -1, "")


def read_digests(root: Path, files: Iterable[str], cache: Path | None) -> dict[str, Digest]:
    """Size and SHA-256 of each file; what `cache` remembers of an untouched file is not read again.

    In a fresh clone every file looks touched: then Git is asked which bytes they are, and what is
    remembered of these bytes counts. A damaged cache counts as an empty one.
    """
    known, written = _read_cache(cache)
    stats = {file: os.lstat(f"{root}/{file}") for file in files}
    touched = {
        file
        for file, stat in stats.items()
        if (one := known.get(file, _NOBODY)).changed >= written
        or (one.size, one.changed) != (stat.st_size, stat.st_mtime_ns)
    }
    blobs = read_blobs(root) if cache is not None and len(touched) > _FEW else {}
    by_blob = {one.blob: one for one in known.values() if one.blob}
    found: dict[str, _Known] = {}
    for file, stat in stats.items():
        blob, one = blobs.get(file, ""), known.get(file, _NOBODY)
        if file in touched:
            # A file of Git LFS has two sizes under one id, before and after it is fetched.
            same = by_blob.get(blob, _NOBODY)
            sha256 = same.sha256 if same.size == stat.st_size else _read_digest(f"{root}/{file}")
            one = _Known(stat.st_size, stat.st_mtime_ns, sha256, blob)
        found[file] = replace(one, blob=blob or one.blob)
    if cache is not None and found != known:
        _write_cache(cache, found)
    return {file: Digest(one.size, one.sha256) for file, one in found.items()}


def _read_cache(cache: Path | None) -> tuple[dict[str, _Known], int]:
    # A file may change twice within one tick of the clock: only what was already still
    # for a moment when the cache was written is believed.
    try:
        if cache is None:
            return {}, 0
        entries = json.loads(cache.read_bytes())
        known = {
            str(file): _Known(int(size), int(changed), digest, str(blob))
            for file, (size, changed, digest, blob) in entries.items()
            if re.fullmatch("[0-9a-f]{64}", digest)
        }
        return known, cache.stat().st_mtime_ns - 20_000_000
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}, 0


def _write_cache(cache: Path, found: Mapping[str, _Known]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({file: astuple(one) for file, one in found.items()})
    write_whole(cache, text.encode())


def _read_digest(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
