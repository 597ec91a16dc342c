"""A published site and a secret -> what its holder can read. The reader's side, in Python."""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from generator.model.site import Spine
from generator.seal.cipher import Refused, derive, digest, is_signed, pack, unclose
from generator.seal.envelope import Damaged, parse_envelope, parse_ring, unwrap
from generator.seal.keys import LETTERS, Keys

_PAYLOAD = re.compile(r'<template id="sealed"[^>]*>\s*([A-Za-z0-9+/=]*)\s*</template>')


class Book(NamedTuple):
    """A page as an index tells of it."""

    oid: str
    tag: str
    name: str
    room: str
    works: tuple[Spine, ...]
    """In their order on the page."""


@dataclass(frozen=True)
class Reader:
    """Somebody with a card, before a site on disk; knows no master key."""

    folder: Path
    site: str
    level: str
    secret: bytes

    @property
    def _keys(self) -> Keys:
        return Keys(bytes(32), self.site, self.level)  # only for names and contexts

    def ring(self) -> dict[str, Any] | None:
        """The keyring, or None when this secret has none here."""
        locator = self._keys.locator(self.secret)
        file = self.folder / "k" / f"{locator}.js"
        if not file.exists():
            return None
        salt, closed = parse_ring(scripted(file))
        context = pack("pfring/v2", self.site, self.level, locator)
        body = unclose(self._keys.ring(self.secret, salt), closed, context)
        if digest(body)[:16] != salt:
            raise Damaged
        ring: dict[str, Any] = json.loads(unwrap(body, compressed=True))
        return ring

    def pages(self) -> dict[str, str]:
        """Every page of the site that some key of the ring opens: oid -> HTML."""
        ring = self.ring()
        keys = [unb64(key) for key in ring["keys"]] if ring else []
        found = {}
        for file in sorted((self.folder / "p").glob("*.html")):
            raw = payload(file)
            for key in keys:
                try:
                    found[file.stem] = self.open(raw, file.stem, key).decode()
                except (Refused, Damaged):
                    continue
        return found

    def granted(self) -> dict[str, str]:
        """The pages that the card opens, each read as a browser does: oid -> HTML."""
        ring, pages = self.ring(), self.pages()
        return {oid: self.read(oid, ring) for oid in pages} if ring else {}

    def read(self, oid: str, ring: dict[str, Any]) -> str:
        """A page by its ring; raises `Refused` when it is not of the release that the ring is of,
        or opens with none of its keys."""
        raw = payload(self.folder / "p" / f"{oid}.html")
        sheet, place = scripted(self.folder / "s" / f"{oid[0]}.js"), LETTERS.index(oid[0]) * 16
        vouched = unb64(ring["sheets"])[place : place + 16] == pinned(oid[0], sheet)
        pins = {sheet[at : at + 16] for at in range(0, len(sheet), 16)}
        if not vouched or pinned(str(ring["count"]), pinned(oid, raw)) not in pins:
            raise Refused
        for key in map(unb64, ring["keys"]):
            with suppress(Refused):
                return self.open(raw, oid, key).decode()
        raise Refused

    def indexes(self) -> Iterator[tuple[Book, ...]]:
        """What is searched, in the order of its ring."""
        for reference in (self.ring() or {"find": []})["find"]:
            yield read_index(self.open_asset(reference))

    def open(self, raw: bytes, oid: str, compartment: bytes) -> bytes:
        """A sealed page's content; raises `Refused` or `Damaged`."""
        envelope, context = parse_envelope(raw), self._keys.context("page", oid)
        slot = derive(compartment, pack("slot", context, envelope.salt), 32)
        for closed in envelope.slots:
            try:
                cek = unclose(slot, closed, context)
            except Refused:
                continue
            return open_body(raw, cek, context)
        raise Refused

    def open_asset(self, reference: str) -> bytes:
        """The picture or index behind `<oid>#<key>`."""
        oid, _, cek = reference.partition("#")
        raw = scripted(self.folder / "a" / f"{oid}.js")
        return open_body(raw, unb64(cek), self._keys.context("asset", oid))


def read_index(content: bytes) -> tuple[Book, ...]:
    """What an index, as it lies in its file, says of every page."""
    index = json.loads(gzip.decompress(content))
    same, steps, places = (map(_number, index[name]) for name in ("same", "step", "place"))
    years, kinds, events = (
        map(known.__getitem__, map(_number, letters))
        for known, letters in (index[name] for name in ("years", "kinds", "events"))
    )
    books = [[("", "", next(years), "") for _ in range(_number(one))] for one in index["works"]]
    title, book = "", 0
    for count, rest, step, place in zip(same, index["rest"], steps, places, strict=True):
        title, book = title[:count] + rest, (book + step) % len(books)
        books[book][place] = (next(kinds), title, books[book][place][2], next(events))
    heads = (index[name] for name in ("pages", "tags", "names", "classes"))
    return tuple(
        Book(oid, tag, name, room, tuple(Spine(kind, *rest) for kind, *rest in works))
        for oid, tag, name, room, works in zip(*heads, books, strict=True)
    )


def _number(letter: str) -> int:
    return ord(letter) - ord("0")


def open_body(raw: bytes, cek: bytes, context: bytes) -> bytes:
    """The content of a sealed object whose content key is known."""
    envelope = parse_envelope(raw)
    signed = is_signed(derive(cek, b"header", 32), context + envelope.header, envelope.mac)
    if not signed:
        raise Refused
    aad = context + envelope.header + envelope.mac
    body = unclose(derive(cek, b"body", 32), envelope.body, aad)
    return unwrap(body, compressed=bool(envelope.flags & 1))


def pinned(name: str, raw: bytes) -> bytes:
    """The pin of a page, of a sheet, or of a pin in a release."""
    return digest(pack(name, raw))[:16]


def payload(file: Path) -> bytes:
    """The sealed object in a locked page."""
    found = _PAYLOAD.search(file.read_text(encoding="utf-8"))
    assert found, file
    return base64.b64decode(found[1])


def scripted(file: Path) -> bytes:
    """The bytes in a script-wrapped file."""
    call = re.fullmatch(r'__pf\("([^"]*)","([^"]*)"\)\n', file.read_text(encoding="ascii"))
    if call is None or call[1] != file.stem:
        raise Damaged
    return base64.b64decode(call[2])


def unb64(text: str) -> bytes:
    """b64url without padding -> bytes."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
