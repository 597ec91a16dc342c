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
from contextlib import suppress
from dataclasses import dataclass

import ahocorasick

from generator.model.names import NOBODY, Names
from generator.model.site import File, PrivateWord

_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")
_SEALED = re.compile(rb"[A-Za-z0-9+/]{400,}={0,2}")
"""Longer than any path, shorter than any sealed object: what is not read as words too."""
_LATIN = re.compile(rb"[ -~]{6,}")
_CYRILLIC = re.compile(rb"(?:[\xd0\xd1][\x80-\xbf]){3}")
"""Chance writes three Russian letters in a row once in a hundred megabytes."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NEITHER = re.compile("[^\\u0000-\\u052f\\u2000-\\u22ff]")
"""What is neither Latin nor Russian, nor a sign of theirs."""
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


def sweep(
    files: Iterable[File],
    words: tuple[PrivateWord, ...],
    ours: Iterable[File] = (),
    names: Names = NOBODY,
) -> Swept:
    """Every byte of every file and its name, decoded every way we know, against every word.

    The frame (locked page, scripts, headers) is made before any student is known: a short word in
    it is chance (a surname «Школа»), there and around every sealed page, but a full name, a title
    or a sentence is not, unless it stands in the same place of `ours`, the frame of no school at
    all: else whoever writes a sentence of the locked page would stop every release. An open page
    may say the words granted to everybody and no other, and in them, too, the `names` only of those
    who have consented. In what comes unchanged from others a short word is chance there alone.
    """
    files, machine = tuple(files), _machine(words)
    leaks: set[Leak] = set()
    known = {file.path: _said(machine, file.content) for file in ours}
    chance = {word for said in known.values() for word in said}
    for file in files:
        if file.origin in ("vendor", "frame"):
            found = _said(machine, file.content)
            short = {word for word in found if len(word.text) < _WHOLE}
            chance |= short if file.origin == "frame" else set()
            leaks |= {Leak(file.path, w.where) for w in found - short - known.get(file.path, set())}
        elif file.origin == "open":
            said = {word.where for word in _ungranted(machine, file)} | _named(names, file)
            leaks |= {Leak(file.path, where) for where in said}
    swept: set[bytes] = set()
    for file in (file for file in files if file.origin == "sealed"):
        clear, payloads = _parted(file)
        closed = [_fold(file.path), *(text for payload in payloads for text in _closed(payload))]
        found = {word for text in closed for word in _found(machine, text)}
        # Every sealed page stands in the same locked page: its words are read once.
        if clear not in swept:
            swept.add(clear)
            found |= _said(machine, clear) - chance
        leaks |= {Leak(file.path, word.where) for word in found}
    size = sum(len(file.content) for file in files)
    return Swept(len(words), len(files), size, tuple(sorted(leaks, key=str)))


def _said(machine: ahocorasick.Automaton, clear: bytes) -> set[PrivateWord]:
    """Every private word that stands in these bytes, however they are read."""
    return {word for text in _readings(clear) for word in _found(machine, text)}


def _ungranted(machine: ahocorasick.Automaton, file: File) -> set[PrivateWord]:
    """Private words of an open file that do not stand inside words granted to everybody.

    What is a page says its granted words and may say them alone; a picture says nothing at all.
    """
    if not file.granted:
        return {word for text in _hidden(file.content) for word in _found(machine, text)}
    granted = ahocorasick.Automaton()
    for words in {_fold(words) for words in file.granted} - {""}:
        granted.add_word(words, len(words))
    granted.make_automaton()
    page = file.content.decode("utf-8", "ignore")
    found: set[PrivateWord] = set()
    # Latin words read alike in most encodings, so that granted ones are granted in each of them.
    readings = (file.path, page, _unescape(page), *_other_encodings(file.content))
    for text in map(_fold, readings):
        covered = [(end - length + 1, end) for end, length in granted.iter(text)]
        for end, word in _standing(machine, text):
            start = end - len(_fold(word.text)) + 1
            if not any(first <= start and end <= last for first, last in covered):
                found.add(word)
    return found


def _named(names: Names, file: File) -> set[str]:
    """Records of students whom an open file names and may not, within granted words or not."""
    page = file.content.decode("utf-8", "ignore") if file.granted else ""
    found = (who.ids for text in (page, _unescape(page)) for who in names.find(text))
    return {f"records/{min(ids)}/student.yml" for ids in found if not ids & set(file.named)}


def _parted(file: File) -> tuple[bytes, list[bytes]]:
    """A file without its sealed payload and without its own opaque name, and its base64."""
    name = file.path.rpartition("/")[2].partition(".")[0].encode()
    clear = _SEALED.sub(b" ", file.content)
    if len(name) == 16:
        clear = clear.replace(name, b" ")
    return clear, _BASE64.findall(file.content)


def _machine(words: tuple[PrivateWord, ...]) -> ahocorasick.Automaton:
    machine = ahocorasick.Automaton()
    for word in words:
        folded = _fold(word.text)
        machine.add_word(folded, (folded, word))
    machine.make_automaton()
    return machine


def _found(machine: ahocorasick.Automaton, text: str) -> Iterator[PrivateWord]:
    yield from (word for _, word in _standing(machine, text))


def _standing(machine: ahocorasick.Automaton, text: str) -> Iterator[tuple[int, PrivateWord]]:
    """Every private word in a folded text, with the index of its last sign."""
    if not len(machine):
        return
    for end, (folded, word) in machine.iter(text):
        start = end - len(folded) + 1
        beside = text[max(0, start - 1) : start] + text[end + 1 : end + 2]
        if len(folded) >= _WHOLE or not any(sign.isalnum() for sign in beside):
            yield end, word


def _readings(clear: bytes) -> Iterator[str]:
    """The texts these bytes may be read as."""
    for text in (clear.decode("utf-8", "ignore"), *_other_encodings(clear)):
        yield _fold(text)
        yield _fold(_unescape(text))


def _closed(payload: bytes) -> Iterator[str]:
    """The texts that a run of base64 may hide, and the run itself: it could be a path."""
    yield _NOISE.sub(" ", payload.decode("ascii").casefold())
    for raw in _decoded(payload):
        yield from _hidden(raw)


def _hidden(raw: bytes) -> Iterator[str]:
    """The texts that bytes may hold which are no text."""
    latin = b"\n".join(_LATIN.findall(raw)).decode("ascii")
    yield _NOISE.sub(" ", latin.casefold())
    if _CYRILLIC.search(raw):
        yield _NOISE.sub(" ", _fold(raw.decode("utf-8", "ignore")))


def _other_encodings(content: bytes) -> Iterator[str]:
    yield content.decode("cp1251", "ignore")
    for encoding in ("utf-16-le", "utf-16-be"):
        for shift in (0, 1):
            # Two Latin letters read as one become Chinese: such a neighbour must not hide a name.
            yield _NEITHER.sub(" ", content[shift:].decode(encoding, "ignore"))
    for raw in _unpacked(content):
        yield raw.decode("utf-8", "ignore")


def _decoded(payload: bytes) -> Iterator[bytes]:
    try:
        raw = base64.b64decode(payload + b"==")
    except binascii.Error:
        return
    yield raw
    yield from _unpacked(raw)


def _unpacked(raw: bytes) -> Iterator[bytes]:
    start = raw.find(b"\x1f\x8b\x08")
    if start >= 0:
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(raw[start:])


def _unescape(text: str) -> str:
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return html.unescape(urllib.parse.unquote(text))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_INVISIBLE.sub("", folded).split())
