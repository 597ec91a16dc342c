"""A font from a PDF -> the same letters without a word. Who made it, and when?

Fonts are programs of three formats. Each says in a place of its own who drew it, with which tool,
on what day; no reader of a PDF needs that to paint a letter. What is not understood stays as it is.
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

# What paints letters (ISO 32000-1, 9.9) and finds them; names, signatures, editors' notes are not.
_TABLES = (
    b"CFF ", b"cmap", b"cvt ", b"fpgm", b"gasp", b"glyf", b"head", b"hhea", b"hmtx", b"loca",
    b"maxp", b"post", b"prep", b"vhea", b"vmtx", b"VORG",
)  # fmt: skip
_SFNT = (b"\0\1\0\0", b"OTTO", b"true")
# A string may hold pairs of brackets, and these again.
_PLAIN = rb"[^()\\]|\\."
_INNER = rb"(?:%b|\((?:%b|\([^()]*\))*\))*" % (_PLAIN, _PLAIN)
_WORDS = re.compile(
    rb"(/(?:Notice|Copyright|FullName|FamilyName|Weight|version)\s*\()(%b)(?=\))" % _INNER,
    re.DOTALL,
)
_COMMENT = re.compile(rb"(?<=[\r\n])%[^\r\n]*")
# version, Notice, FullName, FamilyName, Weight; Copyright; what a PostScript printer is told.
_OWN = {(0,), (1,), (2,), (3,), (4,), (12, 0), (12, 21)}
_STANDARD_STRINGS = 391


def clean_font(content: bytes) -> bytes:
    """The font without its names, notes and dates, as long as its format is one of the three."""
    try:
        if content[:4] in _SFNT:
            return _sfnt(content)
        if content[:2] == b"%!":
            return _type1(content)
        return _cff(content) if content[:1] == b"\1" else content
    except (struct.error, IndexError):
        return content


def _sfnt(content: bytes) -> bytes:
    """TrueType and OpenType: a table of tables, put together anew."""
    (count,) = struct.unpack_from(">H", content, 4)
    rows = (struct.unpack_from(">4s4xII", content, 12 + 16 * n) for n in range(count))
    kept = {name: content[at : at + size] for name, at, size in sorted(rows) if name in _TABLES}
    if not kept:
        return content
    if b"head" in kept:
        # The day it was made, the day it was changed, and the sum over all that goes.
        head = kept[b"head"]
        kept[b"head"] = head[:8] + bytes(4) + head[12:20] + bytes(16) + head[36:]
    if b"CFF " in kept:
        kept[b"CFF "] = _cff(kept[b"CFF "])
    power = 1 << (len(kept).bit_length() - 1)
    halves = (16 * power, power.bit_length() - 1, 16 * (len(kept) - power))
    out = [content[:4], struct.pack(">HHHH", len(kept), *halves)]
    place = 12 + 16 * len(kept)
    for name, table in kept.items():
        out.append(struct.pack(">4sIII", name, _sum(table), place, len(table)))
        place += len(table) + -len(table) % 4
    return b"".join((*out, *(table + bytes(-len(table) % 4) for table in kept.values())))


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF)


def _type1(content: bytes) -> bytes:
    """PostScript: words in its clear part are blanked, so that no length changes."""
    end = content.find(b"eexec")
    clear = content[:end] if end > 0 else content
    clear = _WORDS.sub(lambda found: found[1] + b" " * len(found[2]), clear)
    clear = _COMMENT.sub(lambda found: b"%" + b" " * (len(found[0]) - 1), clear)
    return clear + content[len(clear) :]


def _cff(content: bytes) -> bytes:
    """Compact fonts: the strings that its top dictionaries name are blanked in their place."""
    _, after_names = _index(content, content[2])
    tops, after_tops = _index(content, after_names)
    strings, _ = _index(content, after_tops)
    blank = bytearray(content)
    for top in tops:
        for operator, number in _operators(content[slice(*top)]):
            if operator in _OWN and 0 <= number - _STANDARD_STRINGS < len(strings):
                first, last = strings[number - _STANDARD_STRINGS]
                blank[first:last] = b" " * (last - first)
    return bytes(blank)


def _index(content: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where the parts of a list of a compact font lie, and where the list ends."""
    count, width = struct.unpack_from(">HB", content, at)
    if not count:
        return [], at + 2
    base = at + 3 + (count + 1) * width - 1
    steps = range(at + 3, base + 1, width)
    ends = [base + int.from_bytes(content[step : step + width], "big") for step in steps]
    return list(pairwise(ends)), ends[-1]


def _operators(top: bytes) -> Iterator[tuple[tuple[int, ...], int]]:
    """Every operator of a dictionary with the whole number before it; -1 for another."""
    at, number = 0, -1
    while at < len(top):
        first = top[at]
        if first <= 21:
            operator = (first, top[at + 1]) if first == 12 else (first,)
            yield operator, number
            at, number = at + len(operator), -1
        elif first == 30:
            at = next(n for n in range(at + 1, len(top) + 1) if top[n] & 15 == 15 or top[n] > 239)
            at, number = at + 1, -1
        else:
            number, length = _number(top, at)
            at += length


def _number(top: bytes, at: int) -> tuple[int, int]:
    """A whole number of a dictionary, and how many bytes it takes."""
    first = top[at]
    if first == 28:
        return int.from_bytes(top[at + 1 : at + 3], "big", signed=True), 3
    if first == 29:
        return int.from_bytes(top[at + 1 : at + 5], "big", signed=True), 5
    if first <= 246:
        return first - 139, 1
    if first <= 250:
        return (first - 247) * 256 + top[at + 1] + 108, 2
    return -(first - 251) * 256 - top[at + 1] - 108, 2
