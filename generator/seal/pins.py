"""Digests of sealed pages -> sheets, whose digests every keyring holds. Is a page of this release?

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
"""Pins of a sheet: so many pages are not counted in a small school."""


def lay_pins(pins: Mapping[str, bytes], keys: Keys) -> Iterator[tuple[str, bytes]]:
    """First letter of a page's oid -> the sorted pins of such pages, for all 32 letters.

    All sheets are of one length: made-up pins fill them up to a Padmé number, so that pages cannot
    be counted finer than that (seal-v2 §6).
    """
    sheets: dict[str, list[bytes]] = defaultdict(list)
    for oid, pin in pins.items():
        sheets[oid[0]].append(pin)
    number = padme(max(_LEAST, *map(len, sheets.values()), 0))
    for letter in LETTERS:
        mine = sheets[letter]
        mine += [keys.dummy_pin(letter, index) for index in range(len(mine), number)]
        yield letter, b"".join(sorted(mine))


def pin(name: str, raw: bytes) -> bytes:
    """The pin of a sealed page, by its oid, or of a sheet, by its letter."""
    return digest(pack(name, raw))[:PIN]
