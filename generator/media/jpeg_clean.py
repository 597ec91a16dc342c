"""Bytes of a JPEG -> the same pixels and nothing else. Which of its parts are the picture?"""

from generator.media.icc import clean_profile
from generator.media.jpeg import END, SCAN, segments

_QUANTA, _CODES, _RESTARTS, _COMMENT = 0xDB, 0xC4, 0xDD, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF, _ADOBE, _PROFILE = b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"
_PROFILE_PIECE = 65_000


def strip(content: bytes, orientation: int = 1) -> bytes:
    """The same pixels, bit by bit, and nothing else but their profile and which side is up.

    ValueError for a JPEG that is put together in a way we do not know.
    """
    kept: list[tuple[bytes, int]] = []
    pieces: list[tuple[bytes, bytes]] = []
    position = 2
    for marker, start, end in segments(content):
        body = content[start + 4 : end]
        if kept and kept[-1][1] == SCAN:
            kept.append((content[position:start], 0))
        elif start != position:
            raise ValueError("bytes between segments")
        if marker == 0xE2 and body.startswith(_PROFILE):
            pieces.append((body[12:13], body[14:]))
        elif allowed := _allowed(marker, body):
            kept.append((allowed, marker))
        position = end
    if not kept or kept[-1][1] != END:
        raise ValueError("no end")
    head = [
        b"\xff\xd8",
        *_told(orientation),
        *_profile(b"".join(piece for _, piece in sorted(pieces))),
    ]
    return b"".join([*head, *(part for part, _ in kept)])


def _allowed(marker: int, body: bytes) -> bytes:
    """A segment as it may be kept: whole, shortened, or not at all."""
    if marker == END:
        return b"\xff\xd9"
    if marker == 0xE0 and body.startswith(_JFIF):
        return _segment(marker, body[:12] + b"\0\0")  # its own small picture left out
    if marker == 0xEE and body.startswith(_ADOBE):
        return _segment(marker, body[:12])
    if 0xE0 <= marker <= 0xEF or marker == _COMMENT:
        return b""
    if _length(marker, body) != len(body):
        raise ValueError("a segment that we do not know, or one longer than what it holds")
    return _segment(marker, body)


def _length(marker: int, body: bytes) -> int:
    """How many bytes a segment takes by what it says itself; -1 for one we do not know."""
    if marker in _FRAMES:
        return 6 + 3 * body[5]
    if marker == SCAN:
        return 4 + 2 * body[0]
    if marker == _RESTARTS:
        return 2
    if marker not in (_QUANTA, _CODES):
        return -1
    position = 0
    while position < len(body):
        if marker == _QUANTA:
            position += 129 if body[position] >> 4 else 65
        else:
            position += 17 + sum(body[position + 1 : position + 17])
    return position


def _told(orientation: int) -> list[bytes]:
    """EXIF of one tag, when the picture does not stand as it is stored."""
    if orientation not in range(2, 9):
        return []
    tag = b"\x01\x12\0\x03\0\0\0\x01\0" + bytes([orientation]) + b"\0\0"
    return [_segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + tag + b"\0\0\0\0")]


def _profile(raw: bytes) -> list[bytes]:
    profile = clean_profile(raw) if raw else b""
    pieces = [profile[at : at + _PROFILE_PIECE] for at in range(0, len(profile), _PROFILE_PIECE)]
    return [
        _segment(0xE2, _PROFILE + bytes([number, len(pieces)]) + piece)
        for number, piece in enumerate(pieces, start=1)
    ]


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body
