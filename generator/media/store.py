"""Digest of a scan <-> its derivatives on disk. Was this made before?"""

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.media.answer import COLOUR, Reading, Webp
from generator.media.clean import SUFFIXES, Clean
from generator.media.recipe import Want
from generator.media.remarks import Remark, is_remark
from generator.model.site import Copy, Leaf, Picture
from generator.whole import write_whole

INDEX = "index.jsonl"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIELDS = 4


@dataclass(frozen=True)
class Kept:
    """What is known of a scan."""

    leaves: tuple[Leaf, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Store:
    """A private folder of derivatives: `<2 hex>/<SHA-256>.<ending>` and a journal of what they are.

    A line of the journal: [digest of the scan, fingerprint of the recipe, [pages, remarks, copy,
    zoomed]]; a page being [colour, thumb, screen, zoom, middle], a picture [SHA-256, width, height,
    bytes] or null, a copy null or [SHA-256, ending, bytes]. The last line about a scan counts. A
    line is written after its files, so whatever it names is whole; a torn or foreign line is no
    line, and the scan is made again.
    """

    folder: Path
    fingerprint: str
    rows: dict[str, Any]
    has_other: bool = False
    """Whether the journal tells of other recipes too."""

    @cached_property
    def place(self) -> str:
        """The folder as text."""
        return str(self.folder)

    def read_kept(self, digest: str, want: Want) -> Kept | None:
        """What was made before of the scan with this digest; None when any part is missing."""
        try:
            pages, remarks, copy, zoomed = self.rows[digest]
            if (want.zoom and not zoomed) or (want.copy and not copy):
                return None
            kept = self._read_copy(copy) if want.copy else None
            leaves = tuple(self._read_leaf(page, want) for page in pages)
            said = tuple((code, page) for code, page in remarks)
            if not leaves or not all(is_remark(one) for one in said):
                return None
        except (LookupError, TypeError, ValueError, OSError):
            return None
        return Kept(_with_copy(leaves, kept), said)

    def write_kept(self, digest: str, reading: Reading, want: Want) -> Kept:
        """Keeps what was made of a scan, the journal last."""
        leaves, rows = [], []
        for page in reading.pages:
            pictures = [self._write_picture(one) if one else None for one in page.pictures]
            leaves.append(_leaf(page.colour, pictures))
            rows.append([page.colour, *map(_row, pictures, page.pictures)])
        copy, row = None, None
        if clean := reading.copy:
            copy = self._write_copy(clean)
            row = [copy.digest, clean.suffix, len(clean.content)]
        self.write_row(digest, [rows, list(map(list, reading.remarks)), row, want.zoom])
        return Kept(_with_copy(tuple(leaves), copy), reading.remarks)

    def write_row(self, key: str, row: Any) -> None:
        """Keeps a line of the journal."""
        self.rows[key] = row
        self._write_line(json.dumps([key, self.fingerprint, row], separators=(",", ":")))

    def _read_leaf(self, page: list[object], want: Want) -> Leaf:
        colour, *rows = page
        if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
            raise ValueError("no colour")
        thumb, screen, zoom, middle = rows
        if want.middle and not middle:
            raise ValueError("not made yet")
        wanted = (thumb, screen, zoom if want.zoom else None, middle if want.middle else None)
        return _leaf(colour, [self._read_picture(row) if row else None for row in wanted])

    def _read_copy(self, row: list[Any]) -> Copy:
        digest, suffix, size = row
        if not _DIGEST.fullmatch(digest) or suffix not in SUFFIXES:
            raise ValueError("no copy")
        return Copy(Path(self._sized(digest, suffix, size)), digest, suffix)

    def _read_picture(self, row: object) -> Picture:
        if not isinstance(row, list) or len(row) != _FIELDS:
            raise ValueError("no picture")
        digest, width, height, size = row
        if not _DIGEST.fullmatch(digest) or type(width) is not int or type(height) is not int:
            raise ValueError("no picture")
        return Picture(self._sized(digest, "webp", size), width, height, digest)

    def _sized(self, digest: str, suffix: str, size: object) -> str:
        # Plain strings, no Path: a school of known scans asks thirty thousand times.
        path = f"{self.place}/{digest[:2]}/{digest}.{suffix}"
        if os.stat(path).st_size != size:  # noqa: PTH116
            raise ValueError("not the bytes that were written")
        return path

    def _write_picture(self, webp: Webp) -> Picture:
        path, digest = self._write_file(webp.content, "webp")
        return Picture(str(path), webp.width, webp.height, digest)

    def _write_copy(self, copy: Clean) -> Copy:
        path, digest = self._write_file(copy.content, copy.suffix)
        return Copy(path, digest, copy.suffix)

    def _write_file(self, content: bytes, suffix: str) -> tuple[Path, str]:
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / digest[:2] / f"{digest}.{suffix}"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(path, content)
        return path, digest

    def _write_line(self, line: str) -> None:
        with open(self.folder / INDEX, "ab+", opener=_private) as file:
            # A journal torn in the middle of a line must not swallow this one.
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            torn = file.read(1) not in (b"", b"\n")
            file.write(b"\n" * torn + line.encode() + b"\n")


def read_store(folder: Path, fingerprint: str) -> Store:
    """The store in `folder`, made private; lines of other recipes and damaged ones are passed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    try:
        lines = (folder / INDEX).read_bytes().splitlines()
    except FileNotFoundError:
        lines = []
    rows: dict[str, Any] = {}
    has_other = False
    for line in _parsed(lines):
        try:
            digest, made_by, row = line
        except (ValueError, TypeError):
            continue
        if made_by == fingerprint and isinstance(digest, str):
            rows[digest] = row
        has_other |= made_by != fingerprint
    return Store(folder, fingerprint, rows, has_other)


def _parsed(lines: list[bytes]) -> list[Any]:
    """What the lines of a journal say; damaged ones say nothing."""
    try:
        # As one text, which is twice as fast; sound but for runs that were killed.
        whole: list[Any] = json.loads(b"[" + b",".join(lines) + b"]")
        return whole
    except (ValueError, RecursionError):
        return [_parsed_line(line) for line in lines]


def _parsed_line(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _leaf(colour: str, pictures: Sequence[Picture | None]) -> Leaf:
    thumb, screen, zoom, middle = pictures
    if not thumb or not screen:
        raise ValueError("no picture")
    return Leaf(thumb, screen, colour, zoom, middle)


def _with_copy(leaves: tuple[Leaf, ...], copy: Copy | None) -> tuple[Leaf, ...]:
    return (replace(leaves[0], copy=copy), *leaves[1:]) if copy else leaves


def _row(picture: Picture | None, webp: Webp | None) -> tuple[str, int, int, int] | None:
    if not picture or not webp:
        return None
    return picture.digest, picture.width, picture.height, len(webp.content)


def _private(path: str, flags: int) -> int:
    """Opens a file that nobody else may read."""
    return os.open(path, flags, 0o600)
