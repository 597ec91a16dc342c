"""Files -> sizes and digests. Which of them changed since last time?"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Digest:
    """A file's length in bytes and the SHA-256 of its bytes."""

    size: int
    sha256: str


def read_digests(root: Path, files: Iterable[str], cache: Path | None) -> dict[str, Digest]:
    """Size and SHA-256 of each file; what `cache` remembers of an untouched file is not read again.

    A damaged cache counts as an empty one.
    """
    known, written = _read_cache(cache)
    digests: dict[str, Digest] = {}
    stamps: dict[str, tuple[int, int, str]] = {}
    for file in files:
        path = f"{root}/{file}"
        stat = os.lstat(path)
        size, changed, digest = known.get(file, (-1, -1, ""))
        if (size, changed) != (stat.st_size, stat.st_mtime_ns) or changed >= written:
            digest = _read_digest(path)
        digests[file] = Digest(stat.st_size, digest)
        stamps[file] = (stat.st_size, stat.st_mtime_ns, digest)
    if cache is not None and stamps != known:
        _write_cache(cache, stamps)
    return digests


def _read_cache(cache: Path | None) -> tuple[dict[str, tuple[int, int, str]], int]:
    # A file may change twice within one tick of the clock: only what was already still
    # for a moment when the cache was written is believed.
    try:
        if cache is None:
            return {}, 0
        entries = json.loads(cache.read_bytes())
        known = {
            str(file): (int(size), int(changed), digest)
            for file, (size, changed, digest) in entries.items()
            if re.fullmatch("[0-9a-f]{64}", digest)
        }
        return known, cache.stat().st_mtime_ns - 20_000_000
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}, 0


def _write_cache(cache: Path, stamps: Mapping[str, tuple[int, int, str]]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=cache.parent, delete=False) as stream:
        json.dump(stamps, stream)
    Path(stream.name).replace(cache)


def _read_digest(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
