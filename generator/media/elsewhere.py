"""Scans made on another machine -> what was made of them. Need they be made here too?"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from generator.media.answer import Reading, from_bytes, to_bytes
from generator.media.recipe import Want

_AT_ONCE = 16
"""Fetched together: a store far away answers slowly, but many at a time."""
_IN_HAND = 4 * _AT_ONCE
"""Never more answers than these in memory."""


class Elsewhere(Protocol):
    """A store that other machines share, or nothing where none answers."""

    def get(self, key: str) -> bytes | None:
        """What somebody put there under this key, and nothing else; None when there is none."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps it for the other machines, if it can."""


class Asked(Protocol):
    """A scan, and all that is asked for of it."""

    @property
    def key(self) -> str:
        """Digest of its bytes and masks."""

    @property
    def want(self) -> Want:
        """What an entry asks for beside the two sizes."""


def fetch(far: Elsewhere, scans: Sequence[Asked], recipe: str) -> Iterator[tuple[str, Reading]]:
    """Key and derivatives of those scans that were made elsewhere by the same recipe.

    They are checked as the answer of a worker is: nothing in them is ever executed.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(scans), _IN_HAND):
            some = scans[start : start + _IN_HAND]
            found = pool.map(far.get, (_name(scan, recipe) for scan in some))
            for scan, raw in zip(some, found, strict=True):
                answer = from_bytes(raw)
                if isinstance(answer, Reading):
                    yield scan.key, answer


def hand_on(far: Elsewhere, scan: Asked, recipe: str, reading: Reading) -> None:
    """Keeps for other machines what was made of a scan here."""
    far.put(_name(scan, recipe), to_bytes(reading))


def _name(scan: Asked, recipe: str) -> str:
    want = scan.want
    return f"scan {recipe} {scan.key} {want.zoom:d}{want.copy:d}{want.middle:d}"
