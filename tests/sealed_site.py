"""Two families and the staff of one class -> a sealed site on disk, in sight of the browser tests.

The pages are the least that shows whether a page's own script lives; the locked page keeps the
contract of theme/locked.html without its looks.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from generator.pages.catalogue import read_texts
from generator.seal import Object, script, seal_object
from generator.seal.cipher import close, digest, pack
from generator.seal.codes import to_text, to_words
from generator.seal.envelope import GZIP, RING, SMALLEST_RING, frame, pad, wrap
from generator.seal.keys import Keys
from generator.seal.pins import lay_pins, pin

THEME = Path(__file__).parents[1] / "theme"
SEAL = THEME / "seal"
PARTS = ("cipher.js", "envelope.js", "codes.js", "open.js")
TEXTS = read_texts(THEME, "ru").of_seal()

# 2048 made-up words, no two of which begin with the same four letters: «бабайка», «бабейка» …
FIRST = [a + b for a, b in product("бвгджзклмнпрстфх", "аеиоуыэя")]
SECOND = [a + b for a, b in product("бдкм", "аеиу")]
WORDS = tuple(a + b + "йка" for a, b in product(FIRST, SECOND))

SITE, LEVEL = "0011223344556677", "primary"
CSP = (
    "default-src 'none'; script-src 'self'; img-src 'self' blob: data:; connect-src 'self' blob:;"
    " base-uri 'none'; form-action 'none'"
)
PICTURE = b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(range(14))  # only its first bytes are looked at


# What a page's own script may use of `Stupeni`, left in the page for the tests to read.
PAGE_SCRIPT = """
  document.querySelector("#ring").textContent = JSON.stringify(Stupeni.ring);
  const picture = document.querySelector("[data-sealed]").dataset;
  Stupeni.openAsset(picture.sealed).then(
    (url) => { picture.opened = url },
    (wrong) => { picture.refused = wrong.code });
"""


@dataclass(frozen=True)
class Site:
    """A small published site: where it lies, its keys, and the address its tests walk."""

    folder: Path
    keys: Keys
    address: str

    def secret(self, audience: str) -> bytes:
        """What is printed on a card."""
        return self.keys.secret(audience)

    def phrase(self, audience: str) -> str:
        """The 12 words of a card."""
        return " ".join(to_words(self.secret(audience), WORDS))

    def link(self, audience: str) -> str:
        """The link of a card's QR code."""
        return f"{self.address}index.html#k={to_text(self.secret(audience))}"

    def page(self, path: str) -> str:
        """The address of a page."""
        return f"{self.address}p/{self.keys.oid('page', path)}.html"

    def file(self, path: str) -> Path:
        """Where a page lies."""
        return self.folder / "p" / f"{self.keys.oid('page', path)}.html"

    def replace(self, path: str, raw: bytes) -> None:
        """Puts another sealed object into a page."""
        html = locked(self.keys.oid("page", path), base64.b64encode(raw).decode())
        self.file(path).write_text(html, "utf-8")

    def payload(self, path: str) -> bytes:
        """The sealed object of a page."""
        text = self.file(path).read_text("utf-8").split("<template")[1]
        return base64.b64decode(text.split(">")[1].split("<")[0])

    def ring(self, audience: str) -> Path:
        """Where a keyring lies."""
        return self.folder / "k" / f"{self.keys.locator(self.secret(audience))}.js"


READERS = {
    "anna": ("child:anna/family",),
    "anna/works": ("child:anna/family",),
    "boris": ("child:boris/family",),
    "class": ("class:1a/shared", "staff"),
}
HOLDERS = {
    "family:anna": ("anna", ("child:anna/family", "class:1a/shared")),
    "family:boris": ("boris", ("child:boris/family", "class:1a/shared")),
    "staff": ("class", ("staff",)),
}


def build(folder: Path, *, count: int = 1) -> Keys:
    """Writes the site of two families and the staff of one class."""
    keys = Keys(bytes(range(32)), SITE, LEVEL)
    for name in ("p", "a", "k", "s", "u"):
        (folder / name).mkdir(exist_ok=True)
    unlock = "".join((SEAL / name).read_text("utf-8") for name in PARTS)
    (folder / "u" / "unlock.js").write_text(unlock, "utf-8")
    words = f"(window.Stupeni = window.Stupeni || {{}}).words = {json.dumps(WORDS)}"
    (folder / "u" / "words.js").write_text(words, "utf-8")
    (folder / "u" / "page.js").write_text(PAGE_SCRIPT, "utf-8")
    (folder / "index.html").write_text(locked("", ""), "utf-8")
    asset = keys.oid("asset", "anna/1")
    raw, cek = seal_object(keys, Object("asset", asset, wrap(PICTURE, compress=False)), [])
    (folder / "a" / f"{asset}.js").write_bytes(script(asset, raw))
    written = (write_page(folder, keys, path, f"{asset}#{to_text(cek)}") for path in READERS)
    sheets = dict(lay_pins(dict(written), keys, count))
    for letter, sheet in sheets.items():
        (folder / "s" / f"{letter}.js").write_bytes(script(letter, sheet))
    vouched = to_text(b"".join(pin(*sheet) for sheet in sheets.items()))
    for audience in HOLDERS:
        ring = make_ring(keys, audience) | {"count": count, "sheets": vouched}
        write_ring(folder, keys, audience, ring)
    return keys


def write_page(folder: Path, keys: Keys, path: str, picture: str) -> tuple[str, bytes]:
    """Writes one locked page; gives its oid and its pin."""
    oid = keys.oid("page", path)
    html = f"""<!doctype html><html lang="ru"><meta charset="utf-8"><title>Внутри {path}</title>
        <main>
        <h1>Страница {path}</h1><pre id="ring"></pre><i data-sealed="{picture}"></i>
        <a href="{keys.oid("page", "anna/works")}.html">Работы</a>
        <a href="{keys.oid("page", "anna/works")}.html" target="_blank">Рядом</a>
        {"<br>" * 200}<p id="entry">Запись</p>{"<br>" * 200}</main>
        <script src="../u/page.js"></script>"""
    body = wrap(html.encode(), compress=True)
    readers = [keys.compartment(name) for name in READERS[path]]
    raw, _ = seal_object(keys, Object("page", oid, body, GZIP), readers)
    payload = base64.b64encode(raw).decode()
    (folder / "p" / f"{oid}.html").write_text(locked(oid, payload), "utf-8")
    return oid, pin(oid, raw)


def write_ring(folder: Path, keys: Keys, audience: str, ring: Mapping[str, object]) -> None:
    """Writes the keyring of one audience."""
    body = pad(frame(json.dumps(ring).encode(), compress=True), SMALLEST_RING)
    secret, salt = keys.secret(audience), digest(body)[:16]
    locator = keys.locator(secret)
    context = pack("pfring/v2", SITE, LEVEL, locator)
    raw = RING + salt + close(keys.ring(secret, salt), body, context)
    (folder / "k" / f"{locator}.js").write_bytes(script(locator, raw))


def make_ring(keys: Keys, audience: str) -> dict[str, object]:
    """What an audience's keyring holds, but for what is of the release."""
    home, compartments = HOLDERS[audience]
    return {
        "v": 2,
        "title": audience,
        "home": keys.oid("page", home),
        "menu": [["Дом", keys.oid("page", home)]],
        "keys": [to_text(keys.compartment(name)) for name in compartments],
        "remember": audience.startswith("family:"),
    }


def locked(oid: str, payload: str) -> str:
    """The contract of theme/locked.html, without its looks."""
    root = "../" if oid else ""
    template = f'<template id="sealed" data-id="{oid}">{payload}</template>' if oid else ""
    return f"""<!doctype html>
        <html lang="ru" data-site="{SITE}" data-level="{LEVEL}" data-root="{root}" data-id="{oid}">
        <meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{CSP}">
        <title>Школа</title><link rel="icon" href="data:,"><h1>Школа</h1>
        <form id="unlock" hidden>
          <label for="code">Код с карточки</label>
          <textarea id="code" rows="3"></textarea>
          <ul id="suggestions"></ul>
          <p id="message" role="status"></p>
          <label><input type="checkbox" id="remember"> Запомнить</label>
          <button type="submit">Открыть</button>
          <input type="file" id="file">
        </form>{template}
        <script type="application/json" id="texts">{json.dumps(TEXTS)}</script>
        <script src="{root}u/words.js" defer></script>
        <script src="{root}u/unlock.js" defer></script></html>"""


def regions(raw: bytes) -> dict[str, int]:
    """One offset inside each region of a sealed object (schema/seal-v2.md §4)."""
    slots = 22 + 48 * raw[5]
    return {
        "magic": 2,
        "flags": 4,
        "slot count": 5,
        "salt": 10,
        "slot": 30,
        "mac": slots + 5,
        "body": slots + 32 + 40,
        "tag": len(raw) - 1,
    }
