"""A published folder and words -> those that can be read there without a password."""

import gzip
import hashlib
import html
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

import ahocorasick

from tests.bench.corpus import Sheet
from tests.proof.search import forms

KINDS = {
    "names": "имена учеников",
    "titles": "названия записей",
    "own": "слова о себе и о работах",
    "ids": "имена учеников в адресах",
    "pictures": "картинки как есть",
}
_DRAWN = 8
"""So many students are listened for: each of their words is sought in a few hundred forms."""
_TITLES = 40
_SHORTEST = 7

Secrets = Mapping[str, tuple[str, ...]]
"""Kind -> words; of pictures their SHA-256."""


def draw_secrets(sheets: Sequence[Sheet]) -> Secrets:
    """What of some students nobody without a card may read, drawn evenly."""
    family = [sheet for sheet in sheets if sheet.is_family]
    drawn = family[:: max(1, len(family) // _DRAWN)][:_DRAWN]
    titles = dict.fromkeys(title for sheet in drawn for title in sheet.titles)
    # Entries of a generated school bear a number: no other words of a theme look like them.
    numbered = [title for title in titles if any(sign.isdigit() for sign in title)]
    pictures = dict.fromkeys(digest for sheet in family for digest, _ in sheet.pictures)
    return {
        "names": tuple(dict.fromkeys(sheet.title for sheet in drawn)),
        "titles": tuple(numbered[:_TITLES]),
        "own": tuple(dict.fromkeys(words for sheet in drawn for words in sheet.own)),
        "ids": tuple(sheet.path.split("/")[1] for sheet in drawn),
        "pictures": tuple(pictures),
    }


def find_leaks(folder: Path, secrets: Secrets) -> dict[str, int]:
    """Kind -> how many of its words stand in some file or file name, in any usual form."""
    machine = ahocorasick.Automaton()
    for kind, words in secrets.items():
        for word in words if kind != "pictures" else ():
            for form in (*forms(word).values(), *_written(word)):
                if len(form) >= _SHORTEST:
                    machine.add_word(form.decode("latin-1"), (kind, word))
    machine.make_automaton()
    found: set[tuple[str, str]] = set()
    pictures = set(secrets["pictures"])
    for content in _read_all(folder):
        found.update(one for _, one in machine.iter(content.decode("latin-1")))
        digest = hashlib.sha256(content).hexdigest()
        if digest in pictures:
            found.add(("pictures", digest))
    return {kind: sum(1 for one, _ in found if one == kind) for kind in secrets}


def _written(word: str) -> Iterator[bytes]:
    """As programs write several words: what is ASCII in them stays as it is."""
    yield json.dumps(word)[1:-1].encode()
    yield html.escape(word).encode()
    yield quote(word).encode()
    yield quote_plus(word).encode()


def _read_all(folder: Path) -> Iterator[bytes]:
    """Every name, every file, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        yield path.relative_to(folder).as_posix().encode()
        if path.is_file() and not path.is_symlink():
            yield (content := path.read_bytes())
            if content[:2] == b"\x1f\x8b":
                with suppress(OSError, EOFError):
                    yield gzip.decompress(content)
