"""Bytes and a word -> every way in which the bytes hold it. Written without the product's sweep.

Two ways at once: the word is sought in every form bytes may give it (so that a cut file or an
unknown frame hides nothing), and whatever can be decoded or unpacked is, and sought through again.
"""

import base64
import binascii
import bz2
import html
import lzma
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from html.entities import html5
from pathlib import Path

import ahocorasick

CHARSETS = (
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1251", "koi8-r", "cp866",
    "iso8859-5", "mac-cyrillic", "utf-7",
)  # fmt: skip
DEPTH = 4
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]+)*")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){12,}")
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|BZh[1-9]|\xfd7zXZ\x00|PK\x03\x04")
_UNSEEN = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f\x00]")
_ESCAPES = re.compile(r"\\u\{?([0-9A-Fa-f]{1,6})\}?|\\([0-9A-Fa-f]{3,6}) ?")
_BYTES = re.compile(r"(?:\\x[0-9A-Fa-f]{2}|=[0-9A-F]{2}|\\[0-7]{3})+")
_NAMED = {sign: name for name, sign in html5.items() if name.endswith(";") and len(sign) == 1}
_LARGEST = 1 << 24
"""What a packed piece may unpack to here: 16 MB."""
_SHORTEST = 7
"""Chance spells seven given bytes once in a hundred million gigabytes."""
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NARROW = ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")


@dataclass(frozen=True)
class Find:
    """A word that was found: in which file, and through which wrappings."""

    file: str
    way: str


@dataclass(frozen=True)
class Ears:
    """Listens for words; small, because each is sought in a few hundred forms."""

    words: tuple[str, ...]
    silent: set[bytes] = field(default_factory=set, repr=False)
    """Pieces that were listened to before: the same scripts stand in every site."""

    @cached_property
    def machine(self) -> ahocorasick.Automaton:
        """Everything that bytes may look like when they hold one of the words, sought at once."""
        machine = ahocorasick.Automaton()
        for word in self.words:
            for way, form in forms(word).items():
                if len(form) >= _SHORTEST:
                    machine.add_word(form.decode("latin-1"), way)
        machine.make_automaton()
        return machine

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The words as they are compared in decoded text."""
        return tuple(_fold(word) for word in self.words)

    def hear_tree(self, folder: Path) -> tuple[list[Find], int, int]:
        """What a published folder gives away; how many files and bytes were listened to."""
        finds: list[Find] = []
        files = size = 0
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            target = str(path.readlink()) if path.is_symlink() else ""
            finds += [Find(name, f"name: {way}") for way in self.hear(f"{name} {target}".encode())]
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                files, size = files + 1, size + len(content)
                finds += [Find(name, way) for way in self.hear(content)]
        return finds, files, size

    def hear(self, content: bytes, depth: int = DEPTH) -> Iterator[str]:
        """The ways in which these bytes hold a word; none when they hold none."""
        if len(content) < _SHORTEST or content in self.silent:
            return
        found = sorted(set(self._heard(content, depth)))
        yield from found
        if not found and len(content) < 1 << 16:
            self.silent.add(content)

    def _heard(self, content: bytes, depth: int) -> Iterator[str]:
        for _, way in self.machine.iter(content.decode("latin-1")):
            yield f"as {way}"
        for charset, text in _texts(content):
            if any(word in text for word in self.spoken):
                yield f"as text in {charset}"
        for way, inner in _opened(content) if depth else ():
            for found in self.hear(inner, depth - 1):
                yield f"{way}, {found}"


def forms(word: str) -> Mapping[str, bytes]:
    """Name of an encoding -> the word in it, alone and unpadded."""
    found: dict[str, bytes] = {}
    for case in dict.fromkeys((word, word.lower(), word.upper())):
        for charset in CHARSETS:
            with suppress(UnicodeEncodeError):
                found |= _forms_of(f"{case}: {charset}", case.encode(charset))
        for name, sign in _SIGNS.items():
            found[f"{case}: {name}"] = "".join(sign(one) for one in case).encode()
    return found


_SIGNS: Mapping[str, Callable[[str], str]] = {
    "entities": lambda sign: f"&#{ord(sign)};",
    "hex entities": lambda sign: f"&#x{ord(sign):x};",
    "named entities": lambda sign: f"&{_NAMED.get(sign, '#' + str(ord(sign)) + ';')}",
    "json": lambda sign: f"\\u{ord(sign):04x}",
    "css": lambda sign: f"\\{ord(sign):06x}",
}
"""How one letter is written by its number or its name."""


def _forms_of(name: str, raw: bytes) -> dict[str, bytes]:
    found = {
        name: raw,
        f"{name}, hex": raw.hex().encode(),
        f"{name}, HEX": raw.hex().upper().encode(),
        f"{name}, percent": "".join(f"%{byte:02X}" for byte in raw).encode(),
        f"{name}, quoted-printable": "".join(f"={byte:02X}" for byte in raw).encode(),
        f"{name}, escaped": "".join(f"\\x{byte:02x}" for byte in raw).encode(),
        f"{name}, octal": "".join(f"\\{byte:03o}" for byte in raw).encode(),
    }
    for shift in range(3):  # of each shift only the letters that its neighbours cannot change
        based = base64.b64encode(bytes(shift) + raw)
        first, last = (0, 2, 3)[shift], -4 if (shift + len(raw)) % 3 else len(based)
        inner = based[first:last]
        found[f"{name}, base64 at {shift}"] = inner
        found[f"{name}, base64url at {shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    for shift in range(5):
        based = base64.b32encode(bytes(shift) + raw).rstrip(b"=")
        found[f"{name}, base32 at {shift}"] = based[-(-shift * 8 // 5) : -2]
        found[f"{name}, small base32 at {shift}"] = found[f"{name}, base32 at {shift}"].lower()
    return found


# ---- what can be read or opened ----


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    head = content[:4096]
    control = sum(byte < 32 and byte not in b"\t\n\r" for byte in head)
    # Ciphertext is read as bytes only, in every form; every ninth byte of it is a control sign.
    if control > len(head) // 20:
        charsets: tuple[str, ...] = _WIDE if control > len(head) // 5 else ()
    else:
        charsets = ("utf-8",) if content.isascii() else _NARROW
    for charset in charsets:
        text = content.decode(charset, "ignore")
        yield charset, _fold(text)
        if charset in ("utf-8", "cp1251") and re.search(r"[&%\\=]", text):
            for _ in range(3):  # a name may be escaped again and again
                text = _unescape(text)
            yield f"{charset}, unescaped", _fold(text)


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _UNSEEN.sub("", text)


def _unescape(text: str) -> str:
    text = _ESCAPES.sub(lambda found: _letter(found[1] or found[2]), text)
    text = _BYTES.sub(_bytes, text)
    return html.unescape(urllib.parse.unquote_plus(text))


def _letter(number: str) -> str:
    return chr(int(number, 16)) if int(number, 16) < 0x110000 else ""


def _bytes(found: re.Match[str]) -> str:
    each = re.findall(r"\\x(..)|=(..)|\\([0-7]{3})", found[0])
    raw = bytes(int(a or b, 16) if a or b else int(c, 8) & 255 for a, b, c in each)
    return raw.decode("utf-8", "ignore")


def _opened(content: bytes) -> Iterator[tuple[str, bytes]]:
    for run in _BASE64.findall(content):
        yield from _unbased(run)
    for run in _HEX.findall(content):
        yield "hex", bytes.fromhex(run.decode())
    for start in (found.start() for found in _PACKED.finditer(content)):
        yield from _unpacked(content[start:])
    with suppress(zlib.error):  # deflate alone has no mark to look for
        inner = zlib.decompressobj(-15).decompress(content, _LARGEST)
        if len(inner) > 15:
            yield "deflate", inner


def _unbased(run: bytes) -> Iterator[tuple[str, bytes]]:
    text = run.translate(bytes.maketrans(b"-_", b"+/"), b"\r\n")
    for shift in range(4) if len(text) < 4096 else (0,):
        cut = text[shift:]
        with suppress(binascii.Error):
            yield "base64", base64.b64decode(cut[: len(cut) - (len(cut) % 4 == 1)] + b"==")


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(zlib.error, OSError, lzma.LZMAError, ValueError, EOFError):
        if content.startswith(b"BZh"):
            yield "bzip2", bz2.BZ2Decompressor().decompress(content, _LARGEST)
        elif content.startswith(b"\xfd7zXZ"):
            yield "xz", lzma.LZMADecompressor().decompress(content, _LARGEST)
        elif content.startswith(b"PK"):
            start = 30 + int.from_bytes(content[26:28], "little")
            start += int.from_bytes(content[28:30], "little")
            yield "zip", zlib.decompressobj(-15).decompress(content[start:], _LARGEST)
        else:
            wbits = 31 if content.startswith(b"\x1f\x8b") else 15
            yield "gzip or zlib", zlib.decompressobj(wbits).decompress(content, _LARGEST)
