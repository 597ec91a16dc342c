"""Sealed pages of the last release -> the same pages with other words around. Need they be made?

What was sealed stands in the release, and whoever holds the master key may take it from there: so
nothing is kept beside it in clear.
"""

import base64
import re
from collections.abc import Callable
from contextlib import suppress

from generator.model.site import File, Laid, Shell
from generator.seal import Object, Sealed, keys_of, lock, seal_object
from generator.seal.cipher import Refused, derive, pack, unclose
from generator.seal.envelope import GZIP, Envelope, parse_envelope, unwrap, wrap
from generator.seal.keys import Keys
from generator.seal.pins import pin

_PAYLOAD = re.compile(rb'<template id="sealed" data-id="(\w+)">([^<]+)</template>')


def reseal(
    older: Sealed[Laid],
    read: Callable[[Laid], bytes],
    change: Callable[[str], str],
    keys: Keys,
    locked: Shell,
) -> Sealed[File]:
    """The pages of `older`, as `change` makes them, for the same readers; `read` gives the bytes
    of what was published."""
    pages, pins = list[File](), dict[str, bytes]()
    for file in older.pages:
        oid, raw = _unlock(read(file))
        readers = keys_of(keys, older.readers[oid])
        body = wrap(change(open_page(keys, oid, raw, readers)).encode(), compress=True)
        fresh, _ = seal_object(keys, Object("page", oid, body, GZIP), readers)
        pages.append(lock(locked, oid, fresh))
        pins[oid] = pin(oid, fresh)
    return Sealed(pages=tuple(pages), pins=pins, readers=older.readers)


def open_page(keys: Keys, oid: str, raw: bytes, readers: list[bytes]) -> str:
    """The HTML of a sealed page; raises `Refused` unless it is for these readers and no other."""
    envelope, context = parse_envelope(raw), keys.context("page", oid)
    cek = _open_slot(envelope, context, readers[0])
    head = context + envelope.header + envelope.mac
    body = unclose(derive(cek, b"body", 32), envelope.body, head)
    slots = bytes((envelope.flags, len(envelope.slots)))
    if keys.content(context, slots, body, readers) != (cek, envelope.salt):
        raise Refused
    return unwrap(body, compressed=True).decode()


def _open_slot(envelope: Envelope, context: bytes, reader: bytes) -> bytes:
    key = derive(reader, pack("slot", context, envelope.salt), 32)
    for slot in envelope.slots:
        with suppress(Refused):
            return unclose(key, slot, context)
    raise Refused


def _unlock(page: bytes) -> tuple[str, bytes]:
    """The oid of a published page, and what is sealed in it."""
    found = _PAYLOAD.search(page)
    if not found:
        raise Refused
    return found[1].decode(), base64.b64decode(found[2])
