"""What was made of a scan <-> bytes on a pipe. What did a worker say?"""

import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator.media.clean import Clean, check_clean
from generator.media.refusals import CODES, Refused
from generator.media.remarks import is_remark
from generator.media.webp import size_of

COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Webp:
    """A WebP picture of one bare image chunk, and its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """A page of a scan in its sizes, and its dominant colour."""

    thumb: Webp
    screen: Webp
    colour: str
    zoom: Webp | None = None
    """Only where it is asked for, and only when the scan has more pixels than the screen needs."""
    middle: Webp | None = None
    """Only where it is asked for."""

    @property
    def pictures(self) -> tuple[Webp | None, ...]:
        """Its sizes, each in its place."""
        return self.thumb, self.screen, self.zoom, self.middle


@dataclass(frozen=True)
class Reading:
    """What was made of a scan."""

    pages: tuple[Drawn, ...]
    remarks: tuple[tuple[str, int], ...] = ()
    """What its owner should know: a code, and the page it is about; page 0 is the whole file."""
    copy: Clean | None = None
    """The file to download, where it is asked for."""


def to_bytes(answer: Reading | Refused) -> bytes:
    """The answer of a worker: one line of JSON, then the pictures one after another."""
    if isinstance(answer, Refused):
        return json.dumps([answer.code, answer.amount]).encode() + b"\n"
    pictures = [[one.content if one else b"" for one in page.pictures] for page in answer.pages]
    copy = answer.copy.content if answer.copy else b""
    head = {
        "pages": [
            [page.colour, *map(len, contents)]
            for page, contents in zip(answer.pages, pictures, strict=True)
        ],
        "remarks": answer.remarks,
        "copy": len(copy),
    }
    return b"".join([json.dumps(head).encode(), b"\n", *chain(*pictures), copy])


def from_bytes(raw: bytes | None) -> Reading | Refused:
    """What a worker answered; whatever is no answer counts as a scan too costly to read.

    A worker has met a hostile file, so its word is checked, and nothing in it is ever executed.
    """
    head, _, body = (raw or b"").partition(b"\n")
    try:
        answer = json.loads(head)
        if isinstance(answer, list):
            code, amount = answer
            return Refused(code if code in CODES else "scan-costly", str(amount)[:40])
        return _reading(answer, _Body(body))
    except (ValueError, TypeError, LookupError, RecursionError):
        return Refused("scan-costly")


@dataclass
class _Body:
    """The pictures of an answer, taken one after another."""

    rest: bytes

    def take(self, length: object) -> bytes:
        """The next so many bytes."""
        if not isinstance(length, int) or not 0 < length <= len(self.rest):
            raise ValueError("a picture of no length")
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken


def _reading(head: dict[str, Any], body: _Body) -> Reading:
    pages = tuple(_drawn(page, body) for page in head["pages"])
    remarks = tuple((code, page) for code, page in head["remarks"])
    copy = check_clean(body.take(head["copy"])) if head["copy"] else None
    if body.rest or not pages or not all(is_remark(one) for one in remarks):
        raise ValueError("more or less than was announced")
    return Reading(pages, remarks, copy)


def _drawn(page: list[object], body: _Body) -> Drawn:
    colour, *lengths = page
    if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
        raise ValueError("no colour")
    thumb, screen, zoom, middle = [_webp(body.take(one)) if one else None for one in lengths]
    if not thumb or not screen:
        raise ValueError("no picture")
    return Drawn(thumb, screen, colour, zoom, middle)


def _webp(content: bytes) -> Webp:
    """A WebP of exactly one image chunk: there is no room in it for metadata."""
    kind, length = content[12:16], int.from_bytes(content[16:20], "little")
    whole = 20 + length + length % 2 == len(content)
    framed = int.from_bytes(content[4:8], "little") + 8 == len(content)
    picture = kind in (b"VP8 ", b"VP8L")
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or not (whole and framed and picture):
        raise ValueError("more than a bare picture")
    return Webp(content, *size_of(content))
