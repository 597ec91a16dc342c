"""Planned files + private words -> leaks. Asks: does a private word stand in clear anywhere?"""

import base64
import binascii
import gzip
import html
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from generator.model.site import File, PrivateWord

_PAYLOAD = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WHOLE = 12
"""Words shorter than this count only when no letter or digit stands beside them."""
_NOISE = re.compile(r"\b[a-z0-9]{1,5}\b")
"""Latin words so short are not sought in closed bytes, where chance spells them."""


@dataclass(frozen=True)
class Leak:
    """A private word in a file: the file, and where the word is written; never the word itself."""

    path: str
    where: str


@dataclass(frozen=True)
class Swept:
    """How much was searched, and what was found."""

    words: int
    files: int
    size: int
    leaks: tuple[Leak, ...]


def sweep(files: Iterable[File], words: tuple[PrivateWord, ...]) -> Swept:
    """Every byte of every file and its name, decoded every way we know, against every word.

    A file that the theme package ships unchanged knows no school, so that a common Latin word
    (a title «Scratch») in it is no leak; its name and bytes are compared by `shell`.
    """
    machine = _machine(words)
    count = size = 0
    leaks: set[Leak] = set()
    for file in files:
        count, size = count + 1, size + len(file.content)
        leaks.update(Leak(file.path, w.where) for w in _found(machine, _fold(file.path)))
        if not file.vendor:
            for text in _readings(file.content):
                leaks.update(Leak(file.path, w.where) for w in _found(machine, text))
    return Swept(len(words), count, size, tuple(sorted(leaks, key=str)))


def _machine(words: tuple[PrivateWord, ...]) -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    for word in words:
        folded = _fold(word.text)
        machine.add_word(folded, (folded, word))
    machine.make_automaton()
    return machine


def _found(machine: ahocorasick.Automaton, text: str) -> Iterator[PrivateWord]:
    if not len(machine):
        return
    for end, (folded, word) in machine.iter(text):
        start = end - len(folded) + 1
        beside = text[max(0, start - 1) : start] + text[end + 1 : end + 2]
        if len(folded) >= _WHOLE or not any(sign.isalnum() for sign in beside):
            yield word


def _readings(content: bytes) -> Iterator[str]:
    """The texts these bytes may be read as."""
    clear, payloads = _PAYLOAD.sub(b" ", content), _PAYLOAD.findall(content)
    for text in (clear.decode("utf-8", "ignore"), *_other_encodings(clear)):
        yield _fold(text)
        yield _fold(_unescape(text))
    for payload in payloads:
        for raw in _decoded(payload):
            yield _NOISE.sub(" ", _fold(raw.decode("utf-8", "ignore")))


def _other_encodings(content: bytes) -> Iterator[str]:
    for encoding in ("utf-16-le", "utf-16-be", "cp1251"):
        yield content.decode(encoding, "ignore")
    for raw in _unpacked(content):
        yield raw.decode("utf-8", "ignore")


def _decoded(payload: bytes) -> Iterator[bytes]:
    if not any(sign in payload for sign in b"_-+/=") and payload.isalnum() and len(payload) < 80:
        return  # a hash or an opaque name
    try:
        raw = base64.b64decode(payload.replace(b"-", b"+").replace(b"_", b"/") + b"==")
    except binascii.Error:
        return
    yield raw
    yield from _unpacked(raw)


def _unpacked(raw: bytes) -> Iterator[bytes]:
    for start in (raw.find(b"\x1f\x8b\x08"),):
        if start >= 0:
            try:
                yield gzip.decompress(raw[start:])
            except (OSError, EOFError, zlib.error):
                continue


def _unescape(text: str) -> str:
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return html.unescape(urllib.parse.unquote(text))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е").replace("\xa0", " ")
    return " ".join(folded.split())
