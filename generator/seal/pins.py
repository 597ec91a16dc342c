"""Pins of sealed pages -> sheets, whose pins every keyring holds. Is a page of this release?

A keyring that named every page itself would be as long as the whole level is for its deputy, and
all the others padded to it: a family would fetch as much as the school is large.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.seal.cipher import digest, pack
from generator.seal.envelope import padme
from generator.seal.keys import LETTERS, Keys

PIN = 16
"""Bytes of a pin."""
_LEAST = 16
"""Marks of a sheet: so many pages are not counted in a small school."""


def lay_pins(pins: Mapping[str, bytes], keys: Keys, count: int) -> Iterator[tuple[str, bytes]]:
    """First letter of a page's oid -> the sorted marks of such pages, for all 32 letters.

    All sheets are of one length: made-up marks fill them up to a Padmé number, so that pages cannot
    be counted finer than that (seal-v2 §6). No mark outlives its release, true or made up: of those
    that stay when every page changes, anybody who has the address could tell that they are of none.
    """
    sheets: dict[str, list[bytes]] = defaultdict(list)
    for oid, page in pins.items():
        sheets[oid[0]].append(pin(str(count), page))
    number = padme(max(_LEAST, *map(len, sheets.values()), 0))
    for letter in LETTERS:
        mine = sheets[letter]
        mine += [keys.dummy_pin(letter, count, index) for index in range(len(mine), number)]
        yield letter, b"".join(sorted(mine))


def pin(name: str, raw: bytes) -> bytes:
    """The pin of a sealed page, by its oid, of a sheet, by its letter, or of a page's pin, by the
    number of a release: its mark on a sheet."""
    return digest(pack(name, raw))[:PIN]
