"""Bytes of a PNG -> the same picture without a word. Which chunks are pixels?"""

import struct
import zlib
from typing import Any

from generator.media.icc import clean_profile

_HEAD = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT")
_CHUNK = 1 << 20
_LONGEST = {b"tRNS": 256, b"sRGB": 1, b"gAMA": 4, b"cHRM": 32, b"sBIT": 4}


def strip_png(content: bytes) -> bytes:
    """The chunks that make the picture, up to its end; ValueError for a PNG that has none."""
    kept, position = [_HEAD], len(_HEAD)
    while position + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, position)
        body = content[position + 8 : position + 8 + length]
        position += 12 + length
        if kind == b"iCCP":
            body = _profile(body)
        if (kind in _KEPT and len(body) <= _LONGEST.get(kind, length)) or (
            kind == b"iCCP" and body
        ):
            kept.append(_chunk(kind, body))
        if kind == b"IEND":
            return b"".join([*kept, _chunk(kind, b"")])
    raise ValueError("no end")


# Where the seven passes of an interlaced PNG begin, and how far apart their points are.
_WOVEN = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
_PARTS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def lacks_pixels(content: bytes) -> bool:
    """Whether there is less in it than its head promises."""
    width, height, bits, colour, *_, woven = struct.unpack_from(">IIBBBBB", content, 16)
    passes = _WOVEN if woven else ((0, 0, 1, 1),)
    promised = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            promised += rows * (1 + (columns * bits * _PARTS.get(colour, 1) + 7) // 8)
    return _unpacked(content, promised) < promised


def _unpacked(content: bytes, enough: int) -> int:
    """How many bytes its pixels unpack to, counted up to about as many as are enough."""
    unpacker, length, position = zlib.decompressobj(), 0, len(_HEAD)
    while position + 12 <= len(content) and length < enough:
        size, kind = struct.unpack_from(">I4s", content, position)
        if kind == b"IDAT":
            length += _length(unpacker, content[position + 8 : position + 8 + size], enough)
        position += 12 + size
    return length


def _length(unpacker: Any, packed: bytes, enough: int) -> int:
    length = 0
    while packed and length < enough and not unpacker.eof:
        length += len(unpacker.decompress(packed, _CHUNK))
        packed = unpacker.unconsumed_tail
    return length


def _profile(body: bytes) -> bytes:
    _, _, packed = body.partition(b"\0")
    try:
        raw = zlib.decompressobj().decompress(packed[1:], 4_000_000)
    except zlib.error:
        return b""
    clean = clean_profile(raw)
    return b"icc\0\0" + zlib.compress(clean) if clean else b""


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
