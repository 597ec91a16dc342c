"""Planned files + private words -> leaks. Asks: does a private word stand in clear anywhere?"""

import base64
import binascii
import gzip
import html
import re
import unicodedata
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import ahocorasick

from generator.model.names import NOBODY, Names
from generator.model.site import File, Kept, Laid, Packed, PrivateWord
from generator.publish.rows import BASE64, LATIN, has_russian

_SEALED = 400
"""Longer than any path, shorter than any sealed object: what is not read as words too."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NEITHER = re.compile("[^\\u0000-\\u052f\\u2000-\\u22ff]")
"""What is neither Latin nor Russian, nor a sign of theirs."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WHOLE = 12
"""Words shorter than this count only when no letter or digit stands beside them."""
_NEEDLE = 24
"""So many signs of a word are sought, and the rest is compared where they stand: all signs of all
sentences of a school would take more memory than everything else."""
_SPELLED = re.compile("[a-z0-9+/=]+")
_NOISE = 5
"""Latin words of so few letters and digits are not sought in closed bytes: chance spells them."""


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
    laid: Iterable[Laid],
    words: tuple[PrivateWord, ...],
    ours: Iterable[File] = (),
    names: Names = NOBODY,
) -> Swept:
    """Every byte of every file and its name, decoded every way we know, against every word.

    A sealed file kept from the last release was swept for it, and is the same to the byte: in clear
    it holds the locked page, which is swept here, and behind it what no new word can stand in but
    by chance.

    The frame (locked page, scripts, headers) is made before any student is known: a short word in
    it is chance (a surname «Школа»), there and around every sealed page, but a full name, a title
    or a sentence is not, unless it stands in the same place of `ours`, the frame of no school at
    all: else whoever writes a sentence of the locked page would stop every release. An open page
    may say the words granted to everybody and no other, and in them, too, the `names` only of those
    who have consented. In what comes unchanged from others a short word is chance there alone.
    """
    laid, sought = tuple(laid), _sought(words)
    files = [file for file in laid if not isinstance(file, Kept)]
    leaks: set[Leak] = set()
    frame = _Frame(sought, {file.path: file.content for file in ours}, files)
    for file in files:
        if file.origin in ("vendor", "frame"):
            leaks |= {Leak(file.path, word.where) for word in frame.leaked(file)}
        elif isinstance(file, File) and file.origin == "open":
            said = {word.where for word in _ungranted(sought, file)} | _named(names, file)
            leaks |= {Leak(file.path, where) for where in said}
    leaks |= set(_sealed_leaks(sought, (f for f in files if f.origin == "sealed"), frame))
    size = sum(file.size for file in laid)
    return Swept(len(words), len(laid), size, tuple(sorted(leaks, key=str)))


@dataclass(frozen=True)
class _Frame:
    """What was made before any student was known, of this school and of no school at all."""

    sought: "_Sought"
    ours: Mapping[str, bytes]
    files: Sequence[File | Packed]

    def leaked(self, file: File | Packed) -> Set[PrivateWord]:
        """The words of a file of this frame that are neither short nor `ours`."""
        # Most of it are the engine's files: what they say there is what they say here.
        if self.ours.get(file.path) == file.content:
            return frozenset()
        found = _said(self.sought, file.content)
        known = _said(self.sought, self.ours.get(file.path, b""))
        return {word for word in found if len(word.text) >= _WHOLE} - known

    @cached_property
    def chance(self) -> Set[PrivateWord]:
        """The words that chance writes in frames; it takes a while, and few ask."""
        known = {word for content in self.ours.values() for word in _said(self.sought, content)}
        frame = (file for file in self.files if file.origin == "frame")
        found = (word for file in frame for word in _said(self.sought, file.content))
        return known | {word for word in found if len(word.text) < _WHOLE}


def _sealed_leaks(
    sought: "_Sought", files: Iterable[File | Packed], frame: _Frame
) -> Iterator[Leak]:
    swept: set[bytes] = set()
    for file in files:
        clear, payloads = _parted(file)
        found = {*_found(sought.every, _fold(file.path))}
        found |= {word for payload in payloads for word in _closed(sought, payload)}
        # Every sealed page stands in the same locked page: its words are read once.
        if clear not in swept:
            swept.add(clear)
            found |= {word for word in _said(sought, clear) if word not in frame.chance}
        yield from (Leak(file.path, word.where) for word in found)


@dataclass(frozen=True)
class _Sought:
    """The words made ready to be sought all at once, and what was found where others look again."""

    every: ahocorasick.Automaton
    spelled: ahocorasick.Automaton
    """Those of them that base64 can spell, and chance does not."""
    said: dict[bytes, frozenset[PrivateWord]] = field(default_factory=dict)


@lru_cache(maxsize=1)  # the sites of all levels are swept for the same words
def _sought(words: tuple[PrivateWord, ...]) -> _Sought:
    folded = dict(zip(_fold_all([word.text for word in words]), words, strict=True))
    spelled = {text: word for text, word in folded.items() if _SPELLED.fullmatch(text)}
    meant = {text: word for text, word in spelled.items() if not _is_chance(text)}
    return _Sought(_machine(folded), _machine(meant))


def _machine(folded: Mapping[str, PrivateWord]) -> ahocorasick.Automaton:
    begun: dict[str, dict[str, PrivateWord]] = {}
    for text, word in folded.items():
        begun.setdefault(text[:_NEEDLE], {})[text] = word
    machine = ahocorasick.Automaton()
    for needle, ones in begun.items():
        machine.add_word(needle, tuple(ones.values()))
    machine.make_automaton()
    return machine


def _is_chance(text: str) -> bool:
    """Whether a folded word may stand in noise though nobody wrote it there."""
    few = sum(map(str.isalnum, text)) <= _NOISE
    return few and text.isascii() and len(text) < _WHOLE


def _said(sought: _Sought, clear: bytes) -> frozenset[PrivateWord]:
    """Every private word that stands in these bytes, however they are read.

    The engine's files are the same on every level, and in the frame of no school.
    """
    if clear not in sought.said:
        found = (word for text in _readings(clear) for word in _found(sought.every, text))
        sought.said[clear] = frozenset(found)
    return sought.said[clear]


def _ungranted(sought: _Sought, file: File) -> set[PrivateWord]:
    """Private words of an open file that do not stand inside words granted to everybody.

    What is a page says its granted words and may say them alone; a picture says nothing at all.
    """
    if not file.granted:
        return {word for text in _hidden(file.content) for word in _meant(sought, text)}
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
        for end, word in _standing(sought.every, text):
            start = end - len(_folded(word)) + 1
            if not any(first <= start and end <= last for first, last in covered):
                found.add(word)
    return found


def _named(names: Names, file: File) -> set[str]:
    """Records of students whom an open file names and may not, within granted words or not."""
    page = file.content.decode("utf-8", "ignore") if file.granted else ""
    found = (who.ids for text in (page, _unescape(page)) for who in names.find(text))
    return {f"records/{min(ids)}/student.yml" for ids in found if not ids & set(file.named)}


def _parted(file: File | Packed) -> tuple[bytes, list[bytes]]:
    """A file without its sealed payload and without its own opaque name, and its base64."""
    content, end = file.content, 0
    payloads: list[bytes] = []
    between: list[bytes] = []
    for run in BASE64.find(content):
        payloads.append(run[0])
        if len(run[1]) >= _SEALED:
            between.append(content[end : run.start()])
            end = run.end()
    clear = b" ".join((*between, content[end:]))
    name = file.path.rpartition("/")[2].partition(".")[0].encode()
    return clear.replace(name, b" ") if len(name) == 16 else clear, payloads


def _found(machine: ahocorasick.Automaton, text: str) -> Iterator[PrivateWord]:
    yield from (word for _, word in _standing(machine, text))


def _meant(sought: _Sought, text: str) -> Iterator[PrivateWord]:
    """The words in what is no text that chance does not write there."""
    yield from (word for word in _found(sought.every, text) if not _is_chance(_folded(word)))


def _standing(machine: ahocorasick.Automaton, text: str) -> Iterator[tuple[int, PrivateWord]]:
    """Every private word in a folded text, with the index of its last sign."""
    if not len(machine):
        return
    for found, words in machine.iter(text):
        for word in words:
            folded = _folded(word)
            start = found - min(len(folded), _NEEDLE) + 1
            end = start + len(folded)
            beside = text[max(0, start - 1) : start] + text[end : end + 1]
            is_word = len(folded) >= _WHOLE or not any(sign.isalnum() for sign in beside)
            if is_word and text.startswith(folded, start):
                yield end - 1, word


def _readings(clear: bytes) -> Iterator[str]:
    """The texts these bytes may be read as."""
    for text in (clear.decode("utf-8", "ignore"), *_other_encodings(clear)):
        yield _fold(text)
        yield _fold(_unescape(text))


def _closed(sought: _Sought, payload: bytes) -> Iterator[PrivateWord]:
    """The private words that a run of base64 hides, and those it spells: it could be a path."""
    yield from _found(sought.spelled, payload.decode("ascii").casefold())
    for raw in _decoded(payload):
        for text in _hidden(raw):
            yield from _meant(sought, text)


def _hidden(raw: bytes) -> Iterator[str]:
    """The texts that bytes may hold which are no text."""
    latin = b"\n".join(row[0] for row in LATIN.find(raw)).decode("ascii")
    yield latin.casefold()
    if has_russian(raw):
        yield _fold(raw.decode("utf-8", "ignore"))


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


@lru_cache(maxsize=4096)  # those that are found at all are few, and found again and again
def _folded(word: PrivateWord) -> str:
    return _fold(word.text)


def _fold_all(texts: Sequence[str]) -> Sequence[str]:
    """Each of them folded. All at once that takes a third of the time: none of what is done to a
    sign looks beyond a zero byte."""
    folded = unicodedata.normalize("NFC", "\0".join(texts)).casefold().replace("ё", "е")
    found = [" ".join(one.split()) for one in _INVISIBLE.sub("", folded).split("\0")]
    return found if len(found) == len(texts) else [_fold(text) for text in texts]


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_INVISIBLE.sub("", folded).split())
