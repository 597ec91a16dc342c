"""Bytes and keys -> bytes. The only file that touches a cryptographic primitive."""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT = b"pfseal/v1"  # seal-v2 §2: one HKDF salt everywhere
# seal-v2 §2: every AES-GCM key seals exactly one message, so the nonce is always zero. This holds
# only because the content key depends on the final body, flags, slot count and readers' keys.
NONCE = bytes(12)


class Refused(Exception):
    """These bytes do not open with this key: wrong key, or changed bytes."""


def pack(*items: str | bytes) -> bytes:
    """LP: each item as 4-byte big-endian length and bytes, so that no two lists look alike."""
    raw = [item.encode() if isinstance(item, str) else item for item in items]
    return b"".join(len(item).to_bytes(4, "big") + item for item in raw)


def derive(key: bytes, purpose: bytes, length: int) -> bytes:
    """HKDF-SHA256 of `key` for one purpose, `length` bytes."""
    return HKDF(hashes.SHA256(), length, SALT, purpose).derive(key)


def close(key: bytes, text: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a key used for this one message; 16 bytes longer than `text`."""
    return AESGCM(key).encrypt(NONCE, text, context)


def unclose(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What `close` was given; raises `Refused` when key, bytes or context differ."""
    try:
        return AESGCM(key).decrypt(NONCE, sealed, context)
    except (InvalidTag, ValueError) as wrong:
        raise Refused from wrong


def sign(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.digest(key, message, "sha256")


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the HMAC of `message`, in constant time."""
    return hmac.compare_digest(sign(key, message), signature)


def is_of(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether whoever holds the other half of this Ed25519 key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def digest(content: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(content).digest()
