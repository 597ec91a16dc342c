"""A small sealed site -> the same, changed by somebody who has the files and no key. What was done?

One table for both readers: the Python one refuses every row, the browser says why.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from generator.seal import Object, script, seal_object
from generator.seal.envelope import GZIP, wrap
from generator.seal.pins import pin
from tests.opener import payload, scripted
from tests.sealed_site import READERS, Site, locked, regions

Thing = Literal["page", "asset", "keyring", "sheet"]
_OBJECTS: tuple[Thing, ...] = ("page", "asset")
_THINGS: tuple[Thing, ...] = (*_OBJECTS, "keyring", "sheet")
RING = {"magic": 2, "ring salt": 8, "body": 40, "tag": -1}
SHEET = {"first pin": 3, "last pin": -1}


@dataclass(frozen=True)
class Row:
    """One line of the table: which thing, what is done to it, what the browser says then."""

    thing: Thing
    what: str
    change: Callable[[Site], None]
    says: str = "damaged"

    def __str__(self) -> str:
        return f"{self.thing}: {self.what}"


def table() -> tuple[Row, ...]:
    """Every kind of tampering once; flips are one bit in each field."""
    return (*_flips(), *_cuts(), *_swaps())


def object_of(site: Site, thing: Thing) -> bytes:
    """The sealed bytes of a thing as they lie on the host."""
    return payload(site.file("anna")) if thing == "page" else scripted(file_of(site, thing))


def file_of(site: Site, thing: Thing) -> Path:
    """Where the thing lies that Anna's family opens."""
    if thing == "page":
        return site.file("anna")
    if thing == "sheet":
        return site.folder / "s" / f"{site.keys.oid('page', 'anna')[0]}.js"
    return site.ring("family:anna") if thing == "keyring" else next((site.folder / "a").iterdir())


def put(site: Site, thing: Thing, raw: bytes) -> None:
    """Lays other bytes in the place of a thing."""
    file = file_of(site, thing)
    if thing == "page":
        site.replace("anna", raw)
    else:
        file.write_bytes(script(file.stem, raw))


def flip(raw: bytes, at: int, bit: int = 0) -> bytes:
    """The same bytes but for one bit; `at` may count from the end."""
    changed = bytearray(raw)
    changed[at] ^= 1 << bit
    return bytes(changed)


def fields(thing: Thing, raw: bytes) -> dict[str, range]:
    """Field -> its bytes (schema/seal-v2.md §4, §6)."""
    slots = 22 + 48 * raw[5]
    ends = {"magic": 4, "flags": 5, "slot count": 6, "salt": 22, "slots": slots, "mac": slots + 32}
    if thing == "keyring":
        ends = {"magic": 4, "ring salt": 20}
    ends |= {"body": len(raw) - 16, "tag": len(raw)}
    starts = (0, *ends.values())
    return {
        name: range(start, end) for start, (name, end) in zip(starts, ends.items(), strict=False)
    }


def _rewrite(thing: Thing, change: Callable[[bytes], bytes]) -> Callable[[Site], None]:
    return lambda site: put(site, thing, change(object_of(site, thing)))


def _flips() -> Iterator[Row]:
    for thing in _OBJECTS:
        for name in regions(bytes(600)):
            yield Row(thing, f"one bit of its {name}", _rewrite(thing, partial(_flip_in, name)))
    for name, at in RING.items():
        yield Row("keyring", f"one bit of its {name}", _rewrite("keyring", partial(flip, at=at)))
    for name, at in SHEET.items():
        yield Row("sheet", f"one bit of its {name}", _rewrite("sheet", partial(flip, at=at)))


def _flip_in(region: str, raw: bytes) -> bytes:
    return flip(raw, regions(raw)[region])


def _cuts() -> Iterator[Row]:
    cuts: dict[str, Callable[[bytes], bytes]] = {
        "emptied": lambda raw: raw[:0],
        "cut within its header": lambda raw: raw[:19],
        "cut by its tag": lambda raw: raw[:-16],
        "cut by one byte": lambda raw: raw[:-1],
        "longer by one byte": lambda raw: raw + b"\0",
        "followed by itself": lambda raw: raw + raw,
    }
    for thing in _THINGS:
        for what, change in cuts.items():
            yield Row(thing, what, _rewrite(thing, change))


def _swaps() -> Iterator[Row]:
    yield Row(
        "page",
        "another page's object in it",
        lambda site: put(site, "page", payload(site.file("anna/works"))),
    )
    yield Row(
        "page",
        "an object that only others can open",
        lambda site: put(site, "page", payload(site.file("boris"))),
    )
    yield Row(
        "page", "a picture's object in it", lambda site: put(site, "page", object_of(site, "asset"))
    )
    yield Row("page", "an older object beside a fresh keyring", _older)
    yield Row("page", "an older object and its sheet beside a fresh keyring", _older_with_sheet)
    yield Row("page", "another page's file under its name", _swap_files, "renamed")
    yield Row("sheet", "another letter's sheet in it", _other_sheet)
    yield Row(
        "asset", "a page's object in it", lambda site: put(site, "asset", object_of(site, "page"))
    )
    yield Row("asset", "another picture under its name", _other_picture)
    yield Row(
        "keyring",
        "another family's keyring in it",
        lambda site: put(site, "keyring", scripted(site.ring("family:boris"))),
    )
    yield Row("keyring", "another family's file under its name", _other_ring)


def _other_ring(site: Site) -> None:
    site.ring("family:anna").write_bytes(site.ring("family:boris").read_bytes())


def _older(site: Site) -> None:
    """Sealed truly, for the same readers and name: only the pin tells that it is not the newest."""
    oid, reader = site.keys.oid("page", "anna"), site.keys.compartment(READERS["anna"][0])
    body = wrap("<h1>Страница anna</h1>как было вчера".encode(), compress=True)
    put(site, "page", seal_object(site.keys, Object("page", oid, body, GZIP), [reader])[0])


def _older_with_sheet(site: Site) -> None:
    """The whole of yesterday but for the keyring."""
    mine = site.keys.oid("page", "anna")
    new = pin("1", pin(mine, object_of(site, "page")))
    _older(site)
    older = pin("1", pin(mine, object_of(site, "page")))
    assert new in object_of(site, "sheet")
    put(site, "sheet", object_of(site, "sheet").replace(new, older))


def _other_sheet(site: Site) -> None:
    """Sheets are vouched for one by one, each for its own letter."""
    mine = file_of(site, "sheet")
    other = next(one for one in sorted(mine.parent.iterdir()) if one != mine)
    put(site, "sheet", scripted(other))


def _other_picture(site: Site) -> None:
    """Sealed truly, under the same name, but with the key of other bytes."""
    body = wrap(b"RIFF another picture", compress=False)
    oid = site.keys.oid("asset", "anna/1")
    put(site, "asset", seal_object(site.keys, Object("asset", oid, body), [])[0])


def _swap_files(site: Site) -> None:
    works = base64.b64encode(payload(site.file("anna/works"))).decode()
    site.file("anna").write_text(locked(site.keys.oid("page", "anna/works"), works), "utf-8")
