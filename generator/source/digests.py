"""Files -> sizes and digests. Which of them changed since last time?"""

import hashlib
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.source.blobs import read_blobs
from generator.source.listing import Stamp
from generator.whole import make_private, write_whole

_TICK, _COARSE = 20_000_000, 2_000_000_000
_FEW = 20
"""Reading so many files is quicker than asking Git."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A file's length in bytes and the SHA-256 of its bytes."""

    size: int
    sha256: str


class _Known(NamedTuple):
    """What was remembered of a file: its stamp, its digest, and Git's id of the same bytes."""

    size: int
    changed: int
    noted: int
    sha256: str
    blob: str = ""


_NOBODY = _Known(-1, -1, -1, "")
_Shards = Mapping[str, Mapping[str, _Known]]
"""Files by their shard: what changes in one folder is written in one small file."""


def is_settled(changed: int, at: int) -> bool:
    """Whether a file that changed then would bear another time if it changed once more after `at`;
    both in nanoseconds. A stick counts whole seconds, and two of them."""
    return changed < at - (_TICK if changed % 1_000_000_000 else _COARSE)


def read_digests(
    root: Path,
    stamps: Mapping[str, Stamp],
    cache: Path | None,
    done: Callable[[], None] = lambda: None,
) -> dict[str, Digest]:
    """Size and SHA-256 of each file that looks so from outside; what the folder `cache` remembers
    of an untouched one is not read again.

    In a fresh clone every file looks touched: then Git is asked which bytes they are, and what is
    remembered of these bytes counts. A damaged cache counts as an empty one. `done` is called
    behind each.
    """
    shards, written = _read_cache(cache)
    known = {file: one for shard in shards.values() for file, one in shard.items()}
    moving = _moving(shards, written)
    touched = {
        file
        for file, stamp in stamps.items()
        if known.get(file, _NOBODY)[:3] != stamp[:3] or file in moving
    }
    blobs = read_blobs(root) if cache is not None and len(touched) > _FEW else {}
    by_blob = {one.blob: one for one in known.values() if one.blob} if blobs else {}
    found: dict[str, _Known] = {}
    for file, (size, changed, noted, _) in stamps.items():
        blob = blobs.get(file, "")
        if file in touched:
            # A file of Git LFS has two sizes under one id, before and after it is fetched.
            same = by_blob.get(blob, _NOBODY)
            sha256 = same.sha256 if same.size == size else _read_digest(f"{root}/{file}")
            one = _Known(size, changed, noted, sha256, blob)
        else:
            one = known[file]
        found[file] = one._replace(blob=blob) if blob else one
        done()
    if cache is not None and found != known:
        _write_cache(cache, shards, found)
    return {file: Digest(one.size, one.sha256) for file, one in found.items()}


def _moving(shards: _Shards, written: Mapping[str, int]) -> set[str]:
    """Files that may have changed unseen after it was written what is known of them."""
    return {
        file
        for name, shard in shards.items()
        for file, one in shard.items()
        if not is_settled(one.changed, written[name])
    }


def _shard(file: str) -> str:
    """One of 64, the same for all files of a student's folder."""
    top, _, rest = file.partition("/")
    folder = f"{top}/{rest.partition('/')[0]}".encode(errors="surrogateescape")
    return f"{zlib.crc32(folder) % 64:02}"


def _read_cache(cache: Path | None) -> tuple[_Shards, Mapping[str, int]]:
    """What is remembered, and since when, in nanoseconds."""
    shards: dict[str, Mapping[str, _Known]] = {}
    written: dict[str, int] = {}
    for file in sorted(cache.glob("??.json")) if cache else ():
        try:
            shards[file.stem] = {
                str(name): _Known(int(size), int(changed), int(noted), digest, str(blob))
                for name, (size, changed, noted, digest, blob) in json.loads(
                    file.read_bytes()
                ).items()
                if re.fullmatch("[0-9a-f]{64}", digest)
            }
            # A file may change twice within one tick of the clock: only what was already still
            # for a moment when the cache was written is believed.
            written[file.stem] = file.stat().st_mtime_ns
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            continue
    return shards, written


def _write_cache(cache: Path, before: _Shards, found: Mapping[str, _Known]) -> None:
    shards: defaultdict[str, dict[str, _Known]] = defaultdict(dict)
    for file, one in found.items():
        shards[_shard(file)][file] = one
    make_private(cache)
    for name in before.keys() | shards.keys():
        if shards[name] != before.get(name, {}):
            write_whole(cache / f"{name}.json", json.dumps(shards[name]).encode())


def _read_digest(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
