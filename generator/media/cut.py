"""Bytes of a damaged scan -> whether they stop early. Was it cut off while being copied?"""

import re
import struct
from collections.abc import Iterator
from typing import Literal

from generator.media.jpeg import is_whole
from generator.media.refusals import Refused
from generator.media.sniff import Kind

# A PDF made for slow lines ends its first page with %%EOF too, but tells its whole length.
_LENGTH = re.compile(rb"/Linearized\b[^>]*/L\s+(\d{1,12})")
_STARTS, _LENGTHS = (273, 324), (279, 325)


def refusal_of(error: Exception, content: bytes, kind: Kind) -> Refused:
    """Why a scan is refused whose decoder failed: they fail in any way they like on damaged bytes,
    and the owner needs one of three words."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, MemoryError):
        return Refused("scan-costly")
    return Refused("scan-cut" if was_cut(content, kind) else "scan-broken")


def was_cut(content: bytes, kind: Kind) -> bool:
    """Whether the bytes of a damaged scan stop before the end that its format promises."""
    if kind == "jpeg":
        return not is_whole(content)
    if kind == "png":
        return b"IEND" not in content[-64:]
    if kind == "pdf":
        return b"%%EOF" not in content or _promised(content) > len(content)
    if kind == "webp":
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    end = _end_of_tiff(content) if kind == "tiff" else _end_of_boxes(content)
    return end > len(content)


def _promised(content: bytes) -> int:
    """The length in bytes that a PDF says it has, or 0."""
    found = _LENGTH.search(content, 0, 1024)
    return int(found[1]) if found else 0


def _end_of_boxes(content: bytes) -> int:
    """Where the last box of a HEIC would end."""
    position = 0
    while position + 8 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        if length < 8:
            return len(content)
        position += length
    return position


def _end_of_tiff(content: bytes) -> int:
    """Where the first page of a TIFF would end: its directory, or the last of its strips."""
    order: Literal["<", ">"] = "<" if content[:2] == b"II" else ">"
    try:
        (directory,) = struct.unpack_from(f"{order}I", content, 4)
        tags = dict(_long_tags(content, directory, order))
    except struct.error:
        return len(content) + 1
    starts = next((tags[tag] for tag in _STARTS if tag in tags), ())
    lengths = next((tags[tag] for tag in _LENGTHS if tag in tags), ())
    return max((start + length for start, length in zip(starts, lengths, strict=False)), default=0)


def _long_tags(content: bytes, at: int, order: str) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The whole numbers of a directory: tag, values."""
    (entries,) = struct.unpack_from(f"{order}H", content, at)
    for entry in range(at + 2, at + 2 + 12 * entries, 12):
        tag, kind, count = struct.unpack_from(f"{order}HHI", content, entry)
        letter, size = {3: ("H", 2), 4: ("I", 4)}.get(kind, ("", 0))
        if letter and tag in _STARTS + _LENGTHS:
            place = entry + 8
            if count * size > 4:
                (place,) = struct.unpack_from(f"{order}I", content, place)
            count = min(count, len(content))
            yield tag, struct.unpack_from(f"{order}{count}{letter}", content, place)
