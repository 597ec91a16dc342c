"""Path -> bytes and what they are. May a decoder see this file at all?"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from generator.media.refusals import Refused

Kind = Literal["jpeg", "png", "tiff", "webp", "pdf"]

MB = 1_000_000
PICTURE_BYTES = 40 * MB
DOCUMENT_BYTES = 60 * MB
PIXELS = 60_000_000
BASELINE_PIXELS = 120_000_000
LONG_SIDE = 20_000
PASSES = 100

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
)
_FOREIGN = (
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"PK\x03\x04", "ZIP, Word"),
    (b"\xd0\xcf\x11\xe0", "Word"),
)
_PHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
# What ends the packed pixels of a JPEG scan: a marker that is neither stuffing nor a restart.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def read_scan(root: Path, path: str, digest: str) -> bytes:
    """The bytes of a regular file inside `root`, no link on the way, and the very ones expected."""
    content = _read_regular(_inside(root, path))
    if not content:
        raise Refused("scan-empty")
    if hashlib.sha256(content).hexdigest() != digest:
        raise Refused("scan-changed")
    return content


def kind_of(content: bytes) -> Kind:
    """What the bytes are, whatever the file's name says; refuses what is not a scan."""
    kind = _sniff(content)
    limit = DOCUMENT_BYTES if kind in ("pdf", "tiff") else PICTURE_BYTES
    _check_weight(len(content), limit)
    return kind


def check_pixels(width: int, height: int, limit: int) -> None:
    """Refuses a picture whose header promises more pixels than a scan can have."""
    if width * height > limit or max(width, height) > LONG_SIDE:
        raise Refused("scan-huge", f"{width} × {height}")


def allowed_pixels(content: bytes, kind: Kind) -> int:
    """How many pixels a page may have; refuses a JPEG of so many passes that it takes minutes."""
    if kind != "jpeg":
        return PIXELS
    progressive, passes = False, 0
    for marker in _markers(content):
        progressive |= marker in (0xC2, 0xC6, 0xCA, 0xCE)
        passes += marker == 0xDA
        if passes > PASSES:
            raise Refused("scan-passes", f"> {PASSES}")
    # A baseline JPEG is decoded at half size or less, so it may be larger.
    return PIXELS if progressive else BASELINE_PIXELS


def _inside(root: Path, path: str) -> Path:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\0" in path:
        raise Refused("scan-outside")
    place = root
    for part in pure.parts:
        place = place / part
        try:
            mode = place.lstat().st_mode
        except OSError:
            raise Refused("scan-absent") from None
        if stat.S_ISLNK(mode):
            raise Refused("scan-link")
    return place


def _read_regular(place: Path) -> bytes:
    # Not blocking: opening a FIFO for reading would otherwise wait for a writer for ever.
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise Refused("scan-closed") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("scan-no-file")
        _check_weight(status.st_size, DOCUMENT_BYTES)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(DOCUMENT_BYTES + 1)
    except OSError:
        raise Refused("scan-closed") from None
    finally:
        os.close(descriptor)


def _check_weight(size: int, limit: int) -> None:
    if size > limit:
        raise Refused("scan-heavy", f"{size / MB:.0f}")


def _sniff(content: bytes) -> Kind:
    if content.startswith(b"version https://git-lfs."):
        raise Refused("scan-lfs")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    # Some scanners put a byte order mark or an empty line before a PDF.
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if (head if kind == "pdf" else content).startswith(magic):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_BRANDS:
        raise Refused("scan-heic")
    raise Refused("scan-kind", _foreign_name(content))


def _foreign_name(content: bytes) -> str:
    text = content[:1024].lower()
    for mark, name in ((b"<svg", "SVG"), (b"<html", "HTML"), (b"<!doctype html", "HTML")):
        if mark in text:
            return f" ({name})"
    return next((f" ({name})" for magic, name in _FOREIGN if content.startswith(magic)), "")


def _markers(content: bytes) -> Iterator[int]:
    """The markers of a JPEG up to its end; what follows (second pictures, videos) is not read."""
    position = 2
    while hit := _MARKER.search(content, position):
        marker = content[hit.start() + 1]
        yield marker
        if marker == 0xD9:
            return
        # Every marker but TEM and SOI is followed by the length of its segment.
        length = int.from_bytes(content[hit.end() : hit.end() + 2], "big")
        position = hit.end() + (0 if marker in (0x01, 0xD8) else max(length, 2))


def was_cut(content: bytes, kind: Kind) -> bool:
    """Whether the bytes of a damaged scan stop before the end that its format promises."""
    if kind == "jpeg":
        return not any(marker == 0xD9 for marker in _markers(content))
    if kind == "png":
        return b"IEND" not in content[-64:]
    if kind == "pdf":
        return b"%%EOF" not in content[-2048:]
    if kind == "webp":
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    return False
