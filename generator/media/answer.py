"""Pictures <-> bytes on a pipe. What did a worker say?"""

import json
import re
from dataclasses import dataclass

from generator.media.refusals import CODES, Refused

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Webp:
    """A WebP picture of one bare image chunk, and its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """A page of a scan in its two sizes, and its dominant colour."""

    thumb: Webp
    screen: Webp
    colour: str


def to_bytes(answer: tuple[Drawn, ...] | Refused) -> bytes:
    """The answer of a worker: one line of JSON, then the pictures one after another."""
    if isinstance(answer, Refused):
        return json.dumps([answer.code, answer.amount]).encode() + b"\n"
    pictures = [picture for page in answer for picture in (page.thumb, page.screen)]
    head = [[page.colour, len(page.thumb.content), len(page.screen.content)] for page in answer]
    return b"".join([json.dumps(head).encode(), b"\n", *(p.content for p in pictures)])


def from_bytes(raw: bytes) -> tuple[Drawn, ...] | Refused:
    """What a worker answered; whatever is not such an answer counts as a scan too costly to read.

    A worker has met a hostile file, so its word is checked, and nothing in it is ever executed.
    """
    head, _, body = raw.partition(b"\n")
    try:
        answer = json.loads(head)
        if isinstance(answer[0], str):
            code, amount = answer
            return Refused(code if code in CODES else "scan-costly", str(amount)[:40])
        return _drawn(answer, body)
    except (ValueError, TypeError, LookupError, RecursionError):
        return Refused("scan-costly")


def _drawn(head: list[list[object]], body: bytes) -> tuple[Drawn, ...]:
    pages, position = [], 0
    for colour, *lengths in head:
        pictures = []
        for length in lengths:
            if not isinstance(length, int) or length <= 0:
                raise ValueError("a picture of no length")
            pictures.append(_webp(body[position : position + length]))
            position += length
        thumb, screen = pictures
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise ValueError("no colour")
        pages.append(Drawn(thumb, screen, colour))
    if position != len(body) or not pages:
        raise ValueError("more or less than was announced")
    return tuple(pages)


def _webp(content: bytes) -> Webp:
    """A WebP of exactly one image chunk: there is no room in it for metadata."""
    kind, length = content[12:16], int.from_bytes(content[16:20], "little")
    whole = 20 + length + length % 2 == len(content)
    framed = int.from_bytes(content[4:8], "little") + 8 == len(content)
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or not whole or not framed:
        raise ValueError("not a bare WebP")
    if kind == b"VP8 ":
        width = int.from_bytes(content[26:28], "little") & 0x3FFF
        height = int.from_bytes(content[28:30], "little") & 0x3FFF
    elif kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        raise ValueError("more than an image")
    return Webp(content, width, height)
