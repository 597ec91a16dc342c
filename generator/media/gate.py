"""Path -> bytes, and how much a decoder may make of them. May it see this file at all?"""

import hashlib
import os
import stat
from pathlib import Path, PurePosixPath

from generator.media.jpeg import PASSES, passes_of
from generator.media.refusals import Refused
from generator.media.sniff import DOCUMENT_BYTES, Kind, check_name, check_weight

PIXELS = 60_000_000
BASELINE_PIXELS = 120_000_000
LONG_SIDE = 20_000


def read_scan(root: Path, path: str, digest: str = "") -> bytes:
    """The bytes of a regular file inside `root`, no link on the way; the very ones, when `digest`
    says which are expected."""
    content = _read_regular(_inside(root, path))
    if not content:
        raise Refused("scan-empty")
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise Refused("scan-changed")
    return content


def check_pixels(width: int, height: int, limit: int) -> None:
    """Refuses a picture whose header promises more pixels than a scan can have."""
    if width * height > limit or max(width, height) > LONG_SIDE:
        raise Refused("scan-huge", f"{width} × {height}")


def allowed_pixels(content: bytes, kind: Kind) -> int:
    """How many pixels a page may have; refuses a JPEG of so many passes that it takes minutes."""
    if kind != "jpeg":
        return PIXELS
    passes, progressive = passes_of(content)
    if passes > PASSES:
        raise Refused("scan-passes", f"> {PASSES}")
    # A baseline JPEG is decoded at half size or less, so it may be larger.
    return PIXELS if progressive else BASELINE_PIXELS


def _inside(root: Path, path: str) -> Path:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\0" in path:
        raise Refused("scan-outside")
    check_name(path)
    place = root
    for part in pure.parts:
        place = place / part
        try:
            mode = place.lstat().st_mode
        except OSError:
            raise Refused("scan-absent") from None
        if stat.S_ISLNK(mode):
            annexed = "annex/objects" in str(place.readlink())
            raise Refused("scan-annex" if annexed else "scan-link")
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
        check_weight(status.st_size, DOCUMENT_BYTES)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(DOCUMENT_BYTES + 1)
    except OSError:
        raise Refused("scan-closed") from None
    finally:
        os.close(descriptor)
