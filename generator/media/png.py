"""Bytes of a PNG -> the same picture without a word. Which chunks are pixels?"""

import struct
import zlib

from generator.media.icc import clean_profile

_HEAD = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT")
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
