"""What a cache keeps <-> objects on a store that others own. What do they learn of it?

How many objects there are, their padded sizes, and when they were put there and fetched. A name is
an HMAC of what it stands for; nobody can tell whether a picture they have is there. Bytes are
sealed under a key of their own, derived from an HMAC of name and body (seal-v2 §3 says why: one key
with one nonce must never see two bodies), so that whoever puts the same there puts equal bytes.
"""

from dataclasses import dataclass, field

from generator.seal.cipher import Refused, close, derive, pack, sign, unclose
from generator.seal.envelope import Damaged, unwrap, wrap

MAGIC = b"PFC1"
_SALT = 32
_HEAD = len(MAGIC) + _SALT


@dataclass(frozen=True)
class Chest:
    """The keys of one school's objects; all schools differ in every name and byte."""

    folder: str
    """Under which all of the school's objects lie."""
    naming: bytes = field(repr=False)
    salting: bytes = field(repr=False)
    sealing: bytes = field(repr=False)

    def name(self, key: str) -> str:
        """Where the object lies that is kept under `key`: 64 hex digits in one of 256 folders."""
        digits = sign(self.naming, key.encode()).hex()
        return f"{self.folder}/{digits[:2]}/{digits}"

    def close(self, name: str, content: bytes) -> bytes:
        """The object of this name."""
        body = wrap(content, compress=False)
        salt = sign(self.salting, pack(name, body))
        return MAGIC + salt + close(self._key(name, salt), body, pack("pfchest/v1", name))

    def open(self, name: str, raw: bytes) -> bytes | None:
        """What `close` was given; None for whatever else lies there: changed, of another school,
        or put under another name."""
        salt = raw[len(MAGIC) : _HEAD]
        if raw[: len(MAGIC)] != MAGIC or len(salt) != _SALT:
            return None
        try:
            body = unclose(self._key(name, salt), raw[_HEAD:], pack("pfchest/v1", name))
            return unwrap(body, compressed=False)
        except (Refused, Damaged):
            return None

    def _key(self, name: str, salt: bytes) -> bytes:
        return derive(self.sealing, pack("object", name, salt), 32)


def make_chest(master: bytes, site: str) -> Chest:
    """The chest of one school."""
    named = (derive(master, pack("chest", site, what), 32) for what in ("folder", "name", "salt"))
    folder, naming, salting = named
    sealing = derive(master, pack("chest", site, "seal"), 32)
    return Chest(folder.hex()[:32], naming, salting, sealing)
