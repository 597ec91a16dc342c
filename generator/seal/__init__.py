"""Pages and pictures -> sealed files. Asks: who holds the key of this?"""

import base64
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Generic, TypeVar

from generator.diagnostic import Text
from generator.model.edition import Decision, Edition, Holder
from generator.model.site import OPEN, Copy, File, Laid, Listed, Page, Picture, Shell, Spines
from generator.seal.cipher import close, derive, digest, pack, sign
from generator.seal.clear import lay_open, open_name
from generator.seal.codes import to_text
from generator.seal.envelope import (
    GZIP,
    MAX_SLOTS,
    RING,
    SMALLEST_ASSET,
    SMALLEST_RING,
    Envelope,
    frame,
    pad,
    padme,
    slot_count,
    wrap,
)
from generator.seal.keys import Keys
from generator.seal.pins import lay_pins, pin
from generator.seal.shelves import Shelf, find_for, shelve
from generator.trouble import Trouble

# Anchored to the attributes that `pages` writes: people's own words, escaped, hold no quote, so
# that a title «page:…» or a description «asset:…» stays what it is.
_LINK = re.compile(r' href="page:([^"#]+)(#[^"]*)?"')
_DOORS = ("open", "about")
"""Open pages to which the locked one leads: so their paths begin."""
_PICTURE = re.compile(r' (data-(?:sealed|screen|zoom|copy))="asset:([^"]+)"')


L_co = TypeVar("L_co", bound=Laid, covariant=True)
V = TypeVar("V")


@dataclass(frozen=True)
class Sealed(Generic[L_co]):
    """Everything of one level or of one student, sealed, but for what is granted to everybody."""

    pages: tuple[L_co, ...] = ()
    assets: tuple[L_co, ...] = ()
    open: tuple[L_co, ...] = ()
    """Pages and pictures that everybody may read, in clear."""
    doors: Mapping[str, str] = field(default_factory=dict)
    """What is behind an open page that the locked one leads to -> where it lies."""
    pins: Mapping[str, bytes] = field(default_factory=dict)
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Oid of a page -> the compartments that open it; of one student or of lists."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Picture's name -> how pages name it: its oid and its key."""
    bound: Mapping[str, bytes] = field(default_factory=dict)
    """Name of a student's picture -> a digest of its readers' keys."""
    shelves: tuple[Shelf, ...] = ()
    """What can be found, by who may find it."""

    @property
    def files(self) -> tuple[L_co, ...]:
        """All its files."""
        return (*self.pages, *self.assets, *self.open)

    @cached_property
    def shelved(self) -> Mapping[str, list[Shelf]]:
        """Compartment -> the shelves that it opens."""
        shelved: dict[str, list[Shelf]] = defaultdict(list)
        for shelf in self.shelves:
            for name in shelf.readers:
                shelved[name].append(shelf)
        return shelved

    @cached_property
    def content(self) -> str:
        """64 hex digits that change whenever a page or picture does; keyrings do not count."""
        files = sorted([(file.path, file.sha256) for file in self.files])
        # As `pack(path, digest)` would: of a school's fifty thousand files it takes a third.
        rows = [(path.encode(), bytes.fromhex(mark)) for path, mark in files]
        lengths = {size: size.to_bytes(4, "big") for size in {32, *(len(path) for path, _ in rows)}}
        return digest(
            b"".join([b"%b%b%b%b" % (lengths[len(p)], p, lengths[32], mark) for p, mark in rows])
        ).hex()


def join(parts: Iterable[Sealed[Laid]]) -> Sealed[Laid]:
    """What was sealed part by part, as if it had been sealed at once."""
    parts = tuple(parts)
    return Sealed(
        pages=tuple(file for part in parts for file in part.pages),
        assets=tuple(file for part in parts for file in part.assets),
        open=tuple(file for part in parts for file in part.open),
        doors=_merged(part.doors for part in parts),
        pins=_merged(part.pins for part in parts),
        references=_merged(part.references for part in parts),
        shelves=tuple(shelf for part in parts for shelf in part.shelves),
    )


def _merged(parts: Iterable[Mapping[str, V]]) -> dict[str, V]:
    """All of them in one; of what stands in several, the first."""
    merged: dict[str, V] = {}
    for part in reversed(tuple(parts)):
        merged.update(part)
    return merged


NOTHING: Sealed[Laid] = Sealed()


@dataclass(frozen=True)
class Object:
    """What is about to be sealed: `page` or `asset`, opaque name, padded body, flags."""

    kind: str
    oid: str
    body: bytes
    flags: int = 0


def seal_object(keys: Keys, thing: Object, readers: list[bytes]) -> tuple[bytes, bytes]:
    """The sealed object and its content key. The keys `readers` open it.

    Assets pass their readers only to bind the key to them: their key stands in pages and keyrings.
    """
    context = keys.context(thing.kind, thing.oid)
    # A page has two slots at least: one more reader must not tell a teacher's page from others.
    real, slots = ([], 1) if thing.kind == "asset" else (readers, slot_count(max(len(readers), 2)))
    cek, salt = keys.content(context, bytes((thing.flags, slots)), thing.body, readers)
    wrapped = [close(derive(key, pack("slot", context, salt), 32), cek, context) for key in real]
    wrapped += [keys.dummy(context, salt, index) for index in range(len(real), slots)]
    header = Envelope(thing.flags, salt, tuple(sorted(wrapped)), b"", b"").header
    mac = sign(derive(cek, b"header", 32), context + header)
    closed = close(derive(cek, b"body", 32), thing.body, context + header + mac)
    return header + mac + closed, cek


def seal(
    pages: Iterable[Page],
    keys: Keys,
    locked: Shell,
    lists: Iterable[Listed] = (),
    older: Sealed[Laid] = NOTHING,
) -> Sealed[File]:
    """A student's pages and pictures sealed for exactly the compartments that `decide` named.

    `lists` show a picture elsewhere. What the same readers have in `older` is not sealed again:
    `carry` takes it over.
    """
    pages, lists = tuple(pages), tuple(lists)
    pictures = _seal_pictures((*_shown(pages), *lists), keys, older)
    sealed = _seal_pages(pages, keys, locked, pictures.references)
    listed = ((name, picture) for name, picture, to in lists if to == OPEN)
    return replace(
        sealed,
        open=lay_open((page for page in pages if page.is_open), listed, keys, ()),
        assets=pictures.assets,
        references=pictures.references,
        bound=pictures.bound,
    )


def seal_lists(
    pages: Iterable[Page], keys: Keys, locked: Shell, before: Sealed[Laid]
) -> Sealed[File]:
    """Pages that list many students, beside `before`: what has been sealed of these, of which no
    picture is sealed again."""
    pages = tuple(pages)
    shown = (one for one in _shown(pages) if one[0] not in before.references)
    pictures = _seal_pictures(shown, keys, NOTHING)
    sealed = _seal_pages(pages, keys, locked, {**before.references, **pictures.references})
    return replace(
        sealed,
        open=lay_open((page for page in pages if page.is_open), (), keys, before.open),
        assets=pictures.assets,
        references=pictures.references,
    )


def _shown(pages: Iterable[Page]) -> Iterator[Listed]:
    """The pictures of pages that are not open."""
    for page in pages:
        if not page.is_open:
            yield from ((name, picture, page.compartments) for name, picture in page.pictures)


def _seal_pages(
    pages: Iterable[Page], keys: Keys, locked: Shell, references: Mapping[str, str]
) -> Sealed[File]:
    every = tuple(pages)
    closed = tuple(page for page in every if not page.is_open)
    for page in closed:
        _refuse_readers(page)
    sealed = [_seal_page(page, keys, references) for page in closed]
    return Sealed(
        doors={
            door: f"o/{open_name(keys, page.path)}"
            for door in _DOORS
            for page in every
            if page.is_open and page.path.startswith(f"{door}/")
        },
        pages=tuple(lock(locked, oid, raw) for oid, raw in sealed),
        pins={oid: pin(oid, raw) for oid, raw in sealed},
        readers={oid: page.compartments for page, (oid, _) in zip(closed, sealed, strict=True)},
    )


def _seal_pictures(listed: Iterable[Listed], keys: Keys, older: Sealed[Laid]) -> Sealed[File]:
    """Every picture for all who read a page that shows it."""
    shown: dict[str, set[str]] = defaultdict(set)
    pictures: dict[str, Picture | Copy] = {}
    for name, picture, compartments in listed:
        if compartments != OPEN:
            shown[name].update(compartments)
            pictures[name] = picture
    assets, references, bound = list[File](), dict[str, str](), dict[str, bytes]()
    for name in sorted(pictures):
        bound[name] = digest(pack(*keys_of(keys, shown[name])))[:16]
        if older.bound.get(name) == bound[name]:
            references[name] = older.references[name]
        else:
            owner, content = name.rpartition("/")[0], pictures[name].path.read_bytes()
            file, references[name] = _seal_asset(keys, owner, content, shown[name])
            assets.append(file)
    return Sealed(assets=tuple(assets), references=references, bound=bound)


def carry(sealed: Sealed[Laid], older: Sealed[Laid]) -> Sealed[Laid]:
    """The same, with the pictures of `older` that its pages name."""
    named = {_asset_path(one.partition("#")[0]) for one in sealed.references.values()}
    named -= {file.path for file in sealed.assets}
    carried = tuple(file for file in older.assets if file.path in named)
    return replace(sealed, assets=(*sealed.assets, *carried))


def seal_shelves(editions: Iterable[Edition], spines: Spines, keys: Keys) -> Sealed[File]:
    """An index for every set of readers: whoever opens an edition finds what stands in it."""
    files, shelves = [], []
    for readers, students, text in shelve(editions, spines, keys):
        # Squeezed within, as pictures are: a flag in clear would tell the two apart.
        file, reference = _seal_asset(keys, "find", gzip.compress(text, 9, mtime=0), readers)
        files.append(file)
        shelves.append(Shelf(readers, students, reference))
    return Sealed(assets=tuple(files), shelves=tuple(shelves))


def _seal_asset(
    keys: Keys, owner: str, content: bytes, compartments: Iterable[str]
) -> tuple[File, str]:
    """A picture or an index, bound to its readers, and how it is named to them: oid and key."""
    body, readers = pad(frame(content, compress=False), SMALLEST_ASSET), keys_of(keys, compartments)
    # With body and readers in it, the name never comes back with other bytes, whatever is changed,
    # replaced or let in: a browser that keeps the file for ever is never wrong.
    oid = keys.oid("asset", f"{owner}/{digest(body).hex()}/{digest(pack(*readers)).hex()}")
    raw, cek = seal_object(keys, Object("asset", oid, body), readers)
    return File(_asset_path(oid), script(oid, raw)), f"{oid}#{to_text(cek)}"


def _asset_path(oid: str) -> str:
    return f"a/{oid}.js"


def _refuse_readers(page: Page) -> None:
    """A page nobody may read, or one that is open and locked at once, is our mistake; too many
    readers are the school's: a sealed object has 16 slots and no more (schema/seal-v2.md §4)."""
    count = len(set(page.compartments))
    if not count or "public" in page.compartments:
        raise ValueError(f"nobody can tell who reads {page.path}")
    if count > MAX_SLOTS:
        raise Trouble(
            Text(
                f"одну страницу открывают {count} разных ключей, а места на ней для {MAX_SLOTS}",
                f"{count} different keys open one page, and it has room for {MAX_SLOTS}",
            ),
            Text(
                "дайте этим читателям общий ключ: один класс, одна ступень, одна комиссия",
                "give these readers one key: one class, one level, one commission",
            ),
        )


def _seal_page(page: Page, keys: Keys, references: Mapping[str, str]) -> tuple[str, bytes]:
    oid = keys.oid("page", page.path)
    html = _LINK.sub(lambda m: f' href="{keys.oid("page", m[1])}.html{m[2] or ""}"', page.html)
    html = _PICTURE.sub(lambda m: f' {m[1]}="{references[m[2]]}"', html)
    body = wrap(html.encode(), compress=True)
    raw, _ = seal_object(keys, Object("page", oid, body, GZIP), keys_of(keys, page.compartments))
    return oid, raw


def seal_rings(decision: Decision, sealed: Sealed[Laid], keys: Keys, count: int) -> Iterator[File]:
    """A keyring for every holder, files nobody opens up to the next power of two, and the sheets
    of pins that the keyrings vouch for.

    All keyrings are of one length and change together, or else the real ones could be counted.
    Where nobody holds a card there is none.
    """
    holders, release = decision.holders, sha256()
    if not holders:
        return
    sheets = dict(lay_pins(sealed.pins, keys, count))
    yield from (File(f"s/{letter}.js", script(letter, sheet)) for letter, sheet in sheets.items())
    common = {"count": count, "sheets": to_text(b"".join(pin(*one) for one in sheets.items()))}
    framed = [
        frame(_ring_text(holder, decision, sealed, keys, common), compress=True)
        for holder in holders
    ]
    length = max(SMALLEST_RING, padme(max(map(len, framed))))
    for holder, body in zip(holders, framed, strict=True):
        ring = _seal_ring(keys, holder, pad(body, length))
        release.update(ring.content)
        yield ring
    for index in range(len(holders), 1 << (len(holders) - 1).bit_length()):
        name, noise = keys.dummy_ring(index, release.digest(), 16 + length + 16)
        yield File(f"k/{name}.js", script(name, RING + noise))


def _ring_text(
    holder: Holder,
    decision: Decision,
    sealed: Sealed[Laid],
    keys: Keys,
    common: Mapping[str, object],
) -> bytes:
    ring = {
        "v": 2,
        "title": holder.title,
        "home": keys.oid("page", holder.home),
        "menu": [
            [label.get(decision.language), keys.oid("page", path)] for label, path in holder.menu
        ],
        "keys": [to_text(keys.compartment(name)) for name in holder.compartments],
        "find": find_for(holder, sealed.shelved),
        "remember": holder.tier == "family",
        **common,
    }
    return json.dumps(ring, ensure_ascii=False, separators=(",", ":")).encode()


def _seal_ring(keys: Keys, holder: Holder, body: bytes) -> File:
    secret = keys.secret(holder.audience)
    locator, salt = keys.locator(secret), digest(body)[:16]
    context = pack("pfring/v2", keys.site, keys.level, locator)
    return File(
        f"k/{locator}.js",
        script(locator, RING + salt + close(keys.ring(secret, salt), body, context)),
    )


def script(name: str, raw: bytes) -> bytes:
    """Bytes wrapped into a script, because only scripts load on `file://`."""
    return f'__pf("{name}","{base64.b64encode(raw).decode()}")\n'.encode()


def lock(locked: Shell, oid: str, raw: bytes) -> File:
    """A sealed page in the locked one."""
    payload = base64.b64encode(raw).decode()
    html = locked.fill({"root": "../", "id": oid, "payload": payload, "door": ""})
    return File(f"p/{oid}.html", html.encode())


def keys_of(keys: Keys, compartments: Iterable[str]) -> list[bytes]:
    """The keys of compartments, by their names."""
    return [keys.compartment(name) for name in sorted(set(compartments))]
