"""A decision of the sample school -> an SSH signature under it. How does a teacher's own key sign?

The private halves are made of words that everybody may read here: nobody real signs with them.
"""

import datetime as dt
import hashlib
from base64 import b64encode
from functools import cache

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.model.student import Confirmation
from generator.review.signature import NAMESPACE, message_of
from generator.source.compose import Fields, Value
from tests.school.together import NOTES

SIGNER = "dorokhova"
SIGNED = "fomina-lidia"
"""Of whom she decided something since she has a key."""
_KEYS: tuple[tuple[str, dt.date, dt.date | None], ...] = (
    ("the first key, lost with a bag", dt.date(2026, 9, 21), dt.date(2026, 10, 31)),
    ("the second key", dt.date(2026, 11, 1), None),
)
_KIND = b"ssh-ed25519"


def keys_of_signer() -> list[Value]:
    """Public halves, the oldest first, as people.yml has them."""
    keys: list[Value] = []
    for words, since, until in _KEYS:
        line = f"{_KIND.decode()} {b64encode(_public(_private(words))).decode()} {SIGNER}"
        key: Fields = {"key": line, "since": since}
        keys.append(key | ({"until": until} if until else {}))
    return keys


def sign(student: str, row: Fields) -> Fields:
    """The decision, signed when its teacher had a key on that day."""
    decision = Confirmation.model_validate(row)
    held = [
        words
        for words, since, until in _KEYS
        if since <= decision.on and (until is None or decision.on <= until)
    ]
    if (decision.by, student) != (SIGNER, SIGNED) or not held:
        return row
    private = _private(held[0])
    space, reserved, hashed = NAMESPACE.encode(), b"", b"sha512"
    digest = hashlib.sha512(message_of(_site(), student, decision)).digest()
    signed = b"SSHSIG" + b"".join(map(_packed, (space, reserved, hashed, digest)))
    made = _packed(_KIND) + _packed(private.sign(signed))
    told = (_public(private), space, reserved, hashed, made)
    raw = b"SSHSIG\0\0\0\1" + b"".join(map(_packed, told))
    return row | {"signature": b64encode(raw).decode()}


def _private(words: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(words.encode()).digest())


def _public(private: Ed25519PrivateKey) -> bytes:
    return _packed(_KIND) + _packed(private.public_key().public_bytes_raw())


def _packed(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


@cache
def _site() -> str:
    return str(yaml.safe_load((NOTES / "school.yml").read_text(encoding="utf-8"))["site"])
