"""Digest of a scan <-> its derivatives on disk. Was this made before?"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.media.answer import COLOUR, Reading, Webp
from generator.media.remarks import Remark, is_remark
from generator.model.site import Leaf, Picture

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
    """A private folder of derivatives: `<2 hex>/<SHA-256>.webp` and a journal of what they are.

    A line of the journal: [digest of the scan, fingerprint of the recipe, [pages, remarks]], a
    page being [colour, thumb, screen] and a picture [SHA-256, width, height, bytes]. The last line
    about a scan counts. A line is written after its pictures, so whatever it names is whole; a torn
    or foreign line is no line, and the scan is made again.
    """

    folder: Path
    fingerprint: str
    rows: dict[str, Any]

    def read_kept(self, digest: str) -> Kept | None:
        """What was made before of the scan with this digest; None when any part is missing."""
        try:
            pages, remarks = self.rows[digest]
            leaves = tuple(self._read_leaf(page) for page in pages)
            said = tuple((code, page) for code, page in remarks)
            sound = bool(leaves) and all(is_remark(one) for one in said)
        except (LookupError, TypeError, ValueError, OSError):
            return None
        return Kept(leaves, said) if sound else None

    def write_kept(self, digest: str, reading: Reading) -> Kept:
        """Keeps what was made of a scan, the journal last."""
        leaves, rows = [], []
        for page in reading.pages:
            thumb, screen = self._write_picture(page.thumb), self._write_picture(page.screen)
            leaves.append(Leaf(thumb, screen, page.colour))
            rows.append([page.colour, _row(thumb, page.thumb), _row(screen, page.screen)])
        line = [digest, self.fingerprint, [rows, reading.remarks]]
        self._write_line(json.dumps(line, separators=(",", ":")))
        return Kept(tuple(leaves), reading.remarks)

    def _read_leaf(self, page: list[object]) -> Leaf:
        colour, thumb, screen = page
        if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
            raise ValueError("no colour")
        return Leaf(self._read_picture(thumb), self._read_picture(screen), colour)

    def _read_picture(self, row: object) -> Picture:
        if not isinstance(row, list) or len(row) != _FIELDS:
            raise ValueError("no picture")
        digest, width, height, size = row
        if not _DIGEST.fullmatch(digest) or type(width) is not int or type(height) is not int:
            raise ValueError("no picture")
        path = self._path(digest)
        if path.stat().st_size != size:
            raise ValueError("not the bytes that were written")
        return Picture(path, width, height, digest)

    def _write_picture(self, webp: Webp) -> Picture:
        digest = hashlib.sha256(webp.content).hexdigest()
        path = self._path(digest)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        # Under a name of its own first: a reader finds the whole picture or none.
        part = path.with_suffix(f".{os.getpid()}.part")
        with open(part, "wb", opener=_private) as file:
            file.write(webp.content)
        part.replace(path)
        return Picture(path, webp.width, webp.height, digest)

    def _write_line(self, line: str) -> None:
        with open(self.folder / INDEX, "ab+", opener=_private) as file:
            # A journal torn in the middle of a line must not swallow this one.
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            torn = file.read(1) not in (b"", b"\n")
            file.write(b"\n" * torn + line.encode() + b"\n")

    def _path(self, digest: str) -> Path:
        # One join instead of two: this is asked thirty thousand times by a school of known scans.
        return self.folder / f"{digest[:2]}/{digest}.webp"


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
    for line in lines:
        try:
            digest, made_by, row = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        if made_by == fingerprint and isinstance(digest, str):
            rows[digest] = row
    return Store(folder, fingerprint, rows)


def _row(picture: Picture, webp: Webp) -> tuple[str, int, int, int]:
    return picture.digest, picture.width, picture.height, len(webp.content)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
