"""A colour profile -> the same colours without a word. What may a profile say?"""

import struct

# What colours are computed from: points, curves, tables. Names, copyrights, devices, dates are not.
_TAGS = (
    b"wtpt", b"bkpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC",
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2",
)  # fmt: skip
_NUMBERS = (b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ")
_HEAD = 128


def clean_profile(raw: bytes) -> bytes:
    """The profile's numbers, put together anew; empty when it is no profile."""
    try:
        return _rebuilt(raw)
    except struct.error:
        return b""


def _rebuilt(raw: bytes) -> bytes:
    (count,) = struct.unpack_from(">I", raw, _HEAD)
    tags = [struct.unpack_from(">4sII", raw, _HEAD + 4 + 12 * n) for n in range(min(count, 100))]
    kept = [
        (name, raw[at : at + size])
        for name, at, size in tags
        if name in _TAGS and raw[at : at + 4] in _NUMBERS
    ]
    place = _HEAD + 4 + 12 * len(kept)
    table, bodies = [struct.pack(">I", len(kept))], []
    for name, body in kept:
        table.append(struct.pack(">4sII", name, place, len(body)))
        bodies.append(body + bytes(-len(body) % 4))
        place += len(bodies[-1])
    # Of the head: version, class, spaces, the mark, flags' place empty, intent, white point.
    head = bytes(8) + raw[8:24] + bytes(12) + b"acsp" + bytes(24) + raw[64:80] + bytes(48)
    whole = struct.pack(">I", place) + (head + b"".join(table) + b"".join(bodies))[4:]
    return whole if raw[36:40] == b"acsp" and kept else b""
