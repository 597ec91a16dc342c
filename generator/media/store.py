"""Digest of a scan <-> its derivatives on disk. Was this made before?"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from generator.media.answer import Drawn, Webp
from generator.model.site import Leaf, Picture

INDEX = "index.jsonl"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FIELDS = 4


@dataclass(frozen=True)
class Store:
    """A private folder of derivatives: `<2 hex>/<SHA-256>.webp` and a journal of what they are.

    A line of the journal: [digest of the scan, fingerprint of the recipe, pages], a page being
    [colour, thumb, screen] and a picture [SHA-256, width, height, bytes]. The last line about a
    scan counts. A line is written after its pictures, so whatever it names is whole; a torn or
    foreign line is no line, and the scan is made again.
    """

    folder: Path
    fingerprint: str
    rows: dict[str, object]

    def read_leaves(self, digest: str) -> tuple[Leaf, ...] | None:
        """The pages made before of the scan with this digest; None when any part is missing."""
        pages = self.rows.get(digest)
        if not isinstance(pages, list) or not pages:
            return None
        try:
            return tuple(self._read_leaf(page) for page in pages)
        except (TypeError, ValueError, OSError):
            return None

    def write_leaves(self, digest: str, pages: tuple[Drawn, ...]) -> tuple[Leaf, ...]:
        """Keeps the pages of a scan, the journal last."""
        leaves = tuple(
            Leaf(self._write_picture(page.thumb), self._write_picture(page.screen), page.colour)
            for page in pages
        )
        sizes = [(len(page.thumb.content), len(page.screen.content)) for page in pages]
        row = [
            [leaf.colour, _row(leaf.thumb, thumb), _row(leaf.screen, screen)]
            for leaf, (thumb, screen) in zip(leaves, sizes, strict=True)
        ]
        self._write_line(json.dumps([digest, self.fingerprint, row], separators=(",", ":")))
        return leaves

    def _read_leaf(self, page: list[object]) -> Leaf:
        colour, thumb, screen = page
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
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
    rows: dict[str, object] = {}
    for line in lines:
        try:
            digest, made_by, row = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        if made_by == fingerprint and isinstance(digest, str):
            rows[digest] = row
    return Store(folder, fingerprint, rows)


def _row(picture: Picture, size: int) -> tuple[str, int, int, int]:
    return picture.digest, picture.width, picture.height, size


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
