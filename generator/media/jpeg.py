"""Bytes of a JPEG -> its parts. How is it put together?"""

import re
from collections.abc import Iterator

PASSES = 100
START, END, SCAN = 0xD8, 0xD9, 0xDA
_PROGRESSIVE = (0xC2, 0xC6, 0xCA, 0xCE)
# What ends the packed pixels of a JPEG scan: a marker that is neither stuffing nor a restart.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of every segment after the start of the picture, up to its end.

    Packed pixels belong to no segment: they lie between the end of a scan's segment and the next
    start. What follows the end of the picture (second pictures, films) is not read.
    """
    position = 2
    while hit := _MARKER.search(content, position):
        marker = content[hit.start() + 1]
        # Every marker but TEM, SOI and EOI is followed by the length of its segment.
        bare = marker in (0x01, START, END)
        length = 0 if bare else max(int.from_bytes(content[hit.end() : hit.end() + 2], "big"), 2)
        yield marker, hit.start(), hit.end() + length
        if marker == END:
            return
        position = hit.end() + length


def passes_of(content: bytes) -> tuple[int, bool]:
    """How many passes there are, counted up to one more than is allowed; whether progressive."""
    progressive, passes = False, 0
    for marker, _, _ in segments(content):
        progressive |= marker in _PROGRESSIVE
        passes += marker == SCAN
        if passes > PASSES:
            break
    return passes, progressive


def is_whole(content: bytes) -> bool:
    """Whether the picture comes to its end."""
    return any(marker == END for marker, _, _ in segments(content))


# Pixels that no whole picture reads, however its passes are divided by restarts.
_MORE = bytes(range(1, 255)) * 8
_MORE += b"".join(bytes((0xFF, 0xD0 + number)) + _MORE for number in range(8))


def with_more(content: bytes) -> bytes:
    """The same JPEG with further packed pixels behind those of each pass.

    Drawn, it is the very same picture when it was whole; else some of what it lacked is filled.
    """
    parts, position, within = [], 0, False
    for marker, start, end in segments(content):
        if within:
            parts += [content[position:start], _MORE]
            position = start
        within = marker == SCAN
        parts.append(content[position:end])
        position = end
    return b"".join((*parts, content[position:]))
