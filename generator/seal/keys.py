"""Master key -> every other key and name (schema/seal-v2.md §3). Asks: whose key is this?"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.seal.cipher import derive, digest, pack

MASTER_BYTES = 32
SECRET_BYTES = 16
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
"""Of opaque names: base32 in lower case."""


@dataclass(frozen=True)
class Keys:
    """The key schedule of one site: one school, one level.

    `epochs` holds audiences and compartments whose code or key was replaced; others are at 1.
    """

    master: bytes = field(repr=False)
    site: str
    level: str
    epochs: Mapping[str, int] = field(default_factory=dict)
    _oids: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Of pages, as far as they were asked for: a thousand link to one."""
    _compartments: dict[str, bytes] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """As far as they were asked for: a thousand pages are for one."""

    def compartment(self, name: str) -> bytes:
        """The 32-byte key of what is sealed for one compartment."""
        if name not in self._compartments:
            purpose = self._named("compartment", name)
            self._compartments[name] = derive(self.master, purpose, 32)
        return self._compartments[name]

    def secret(self, audience: str) -> bytes:
        """The 16 bytes printed on an audience's card, as a link and as 12 words."""
        return derive(self.master, self._named("audience", audience), SECRET_BYTES)

    def oid(self, kind: str, path: str) -> str:
        """The opaque published name of a page or asset: 16 letters, the same in every build."""
        if kind != "page":
            return self._named_anew(kind, path)
        if path not in self._oids:
            self._oids[path] = self._named_anew(kind, path)
        return self._oids[path]

    def context(self, kind: str, oid: str) -> bytes:
        """What binds a sealed object to its place: it opens under no other name."""
        return pack("pfseal/v1", self.site, self.level, kind, oid)

    def content(
        self, context: bytes, head: bytes, body: bytes, readers: list[bytes]
    ) -> tuple[bytes, bytes]:
        """Content key (32 bytes) and salt (16) of one object; `head` is its flags and slot count.

        Derived from the final body, not from the page: another zlib makes another body, and one
        key with one nonce must never see two bodies (seal-v2 §3).
        """
        readers_digest = digest(pack(*sorted(readers)))
        purpose = pack("cek", context, head, digest(body), readers_digest)
        both = derive(self.master, purpose, 48)
        return both[:32], both[32:]

    def dummy(self, context: bytes, salt: bytes, index: int) -> bytes:
        """A slot for nobody: readers cannot be counted, not even by insiders."""
        return derive(self.master, pack("dummy", context, salt, str(index)), 48)

    def dummy_ring(self, index: int, release: bytes, length: int) -> tuple[str, bytes]:
        """Name and `length` random-looking bytes of a keyring that nobody holds.

        The name stays, the bytes change with `release`, as those of every true keyring do.
        """
        name = _base32(
            derive(self.master, pack("dummy-name", self.site, self.level, str(index)), 10)
        )
        purpose = pack("dummy-ring", self.site, self.level, str(index), release)
        stream = b"".join(
            derive(self.master, purpose + bytes((block,)), 4080)
            for block in range(length // 4080 + 1)
        )
        return name, stream[:length]

    def dummy_pin(self, letter: str, count: int, index: int) -> bytes:
        """16 bytes that are the mark of no page, in the release of this number."""
        purpose = pack("dummy-pin", self.site, self.level, letter, str(count), str(index))
        return derive(self.master, purpose, 16)

    def locator(self, secret: bytes) -> str:
        """Where the keyring of a printed secret lies."""
        return _base32(derive(secret, pack("locator", self.site), 10))

    def ring(self, secret: bytes, salt: bytes) -> bytes:
        """The 32-byte key of the keyring of a printed secret."""
        return derive(secret, pack("keyring", self.site, salt), 32)

    def _named_anew(self, kind: str, path: str) -> str:
        raw = derive(self.master, pack("oid", self.site, self.level, kind, path), 10)
        return _base32(raw)

    def _named(self, what: str, name: str) -> bytes:
        return pack(what, self.site, self.level, name, str(self.epochs.get(name, 1)))


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().lower()
