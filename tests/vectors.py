"""The Python half -> schema/vectors/seal-v2.json: `python -m tests.vectors` writes it anew."""

import base64
import json
from pathlib import Path

from generator.seal import Object, seal_object
from generator.seal.cipher import close, digest, pack
from generator.seal.codes import to_text, to_words
from generator.seal.envelope import GZIP, RING, SMALLEST_RING, frame, pad, wrap
from generator.seal.keys import Keys
from generator.seal.pins import lay_pins, pin

FILE = Path(__file__).parents[1] / "schema" / "vectors" / "seal-v2.json"
SITE, LEVEL = "0011223344556677", "preschool"
_PAGES = 600
_COUNT = 7
COMPARTMENTS = ("child:42/family", "class:3b/shared", "staff")


def make_vectors() -> str:
    """Every kind of sealed thing once, with what a reader needs to open it."""
    keys = Keys(bytes(range(32)), SITE, LEVEL, {"class:3b/shared": 2})
    vectors = {
        "about": "Known answers for schema/seal-v2.md; master is 00 01 … 1f; `bound_to` names "
        "the compartments whose keys went into CEK, `readers` those that have a slot",
        "master": keys.master.hex(),
        "site": SITE,
        "level": LEVEL,
        "compartments": {name: keys.compartment(name).hex() for name in COMPARTMENTS},
        "epochs": {name: keys.epochs.get(name, 1) for name in COMPARTMENTS},
        "audience": _audience(keys),
        "sheets": _sheets(keys),
        "objects": [
            _object(keys, "child/42/family/index", "Привет, портфолио!".encode(), 0, 3),
            _object(keys, "child/42/family/long", ("<p>Страница</p>" * 400).encode(), GZIP, 2),
            _object(keys, "class/3b", b"", GZIP, 1),
            _asset(keys, "42/picture", bytes(range(256)) * 5),
        ],
    }
    return json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"


def _sheets(keys: Keys) -> dict[str, object]:
    """Pins of made-up pages, and the pins of the sheets on which they lie."""
    oids = [keys.oid("page", f"page/{number}") for number in range(_PAGES)]
    sheets = dict(lay_pins({oid: pin(oid, b"") for oid in oids}, keys, _COUNT))
    return {
        "about": "pages page/0 to page/599; nothing is sealed in them",
        "pages": _PAGES,
        "count": _COUNT,
        "length": len(sheets["a"]),
        "first": base64.b64encode(sheets["a"]).decode(),
        "sheets": to_text(b"".join(pin(*sheet) for sheet in sheets.items())),
    }


def _audience(keys: Keys) -> dict[str, object]:
    secret = keys.secret("family:42")
    ring = {"v": 2, "title": "Семья 42", "home": keys.oid("page", "child/42/family/index")}
    body = pad(frame(json.dumps(ring, ensure_ascii=False).encode(), compress=True), SMALLEST_RING)
    salt, locator = digest(body)[:16], keys.locator(secret)
    closed = close(keys.ring(secret, salt), body, pack("pfring/v2", SITE, LEVEL, locator))
    numbers = tuple(str(number) for number in range(2048))
    return {
        "name": "family:42",
        "epoch": 1,
        "secret": secret.hex(),
        "link": to_text(secret),
        "word_numbers": [int(word) for word in to_words(secret, numbers)],
        "locator": locator,
        "ring_file": base64.b64encode(RING + salt + closed).decode(),
        "ring": ring,
    }


def _object(keys: Keys, path: str, content: bytes, flags: int, readers: int) -> dict[str, object]:
    oid = keys.oid("page", path)
    body = wrap(content, compress=bool(flags & GZIP))
    names = COMPARTMENTS[:readers]
    raw, cek = seal_object(
        keys, Object("page", oid, body, flags), [keys.compartment(n) for n in names]
    )
    return _row(("page", path, oid), raw, cek, content) | {
        "readers": list(names),
        "bound_to": list(names),
    }


def _asset(keys: Keys, path: str, content: bytes) -> dict[str, object]:
    oid = keys.oid("asset", path)
    readers = [keys.compartment(COMPARTMENTS[0])]
    raw, cek = seal_object(keys, Object("asset", oid, wrap(content, compress=False)), readers)
    told = {"readers": [], "bound_to": [COMPARTMENTS[0]]}
    return _row(("asset", path, oid), raw, cek, content) | told


def _row(name: tuple[str, str, str], raw: bytes, cek: bytes, content: bytes) -> dict[str, object]:
    return {
        **dict(zip(("kind", "path", "oid"), name, strict=True)),
        "cek": cek.hex(),
        "bytes": len(raw),
        "sha256": digest(raw).hex(),
        "sealed": base64.b64encode(raw).decode(),
        "content": base64.b64encode(content).decode(),
    }


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(make_vectors(), encoding="utf-8")
