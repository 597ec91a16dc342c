"""Canaries in every place that takes a word, of a small school: none sings in what is published.

The same with 300 students: `python -m tests.proof canaries`.
"""

import base64
import bz2
import gzip
import html
import lzma
import urllib.parse
import zlib
from collections.abc import Iterator

import pytest

from generator.model.kinds import KINDS
from generator.model.record import Record, records_in
from generator.model.written import text_fields
from tests.proof.canaries import Heard, release
from tests.proof.flock import CYRILLIC, LATIN, NOT_PLANTED, files_of
from tests.proof.search import Ears, forms

EARS = Ears((CYRILLIC, LATIN))
NEVER_SHOWN = {
    "comment in a file", "line of the register", "README of the folder", "Epoch.reason",
    "Opening.reason", "Suspension.reason", "Person.accounts", "SigningKey.key",
    "file name of a scan", "folder of an entry", "student's id", "EXIF artist", "XMP",
    "JPEG comment", "bytes behind a picture",
}  # fmt: skip


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """A school of twelve students, one to a class at least."""
    return release(tmp_path_factory.mktemp("canaries"), students=12, entries=4, share=1)


@pytest.mark.covers("R-134", "R-135")
def test_no_canary_sings_in_any_published_byte(heard: Heard) -> None:
    print(f"\n{heard}")
    assert heard.finds == []
    assert len(heard.flock.words) > 1000
    assert heard.files > 100


def test_the_canaries_did_go_the_whole_way_behind_the_lock(heard: Heard) -> None:
    kinds = {heard.flock.words[word] for word in heard.opened.words}
    assert {"FullName.given", "Scan.description", "Confirmation.basis", "Review.text"} <= kinds
    assert len(kinds) > 60
    assert heard.opened.pictures > 20


def test_what_is_never_shown_is_not_even_behind_the_lock(heard: Heard) -> None:
    assert set(heard.flock.kinds) >= NEVER_SHOWN
    shown = {heard.flock.words[word] for word in heard.opened.words}
    assert shown & NEVER_SHOWN == set()
    assert heard.opened.finds == ()


def _texts(model: type[Record]) -> Iterator[str]:
    yield from (f"{model.__name__}.{name}" for name in text_fields(model))
    for one in model.model_fields.values():
        for inner in records_in(one.annotation):
            yield from _texts(inner)


def test_every_text_field_of_every_model_has_a_canary(heard: Heard) -> None:
    models = {type(record) for record in files_of(heard.sample.school)} | {*KINDS.values()}
    every = {place for model in models for place in _texts(model)}
    assert len(every) > 150
    assert every - set(heard.flock.kinds) - NOT_PLANTED == set()


WRAPPINGS = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "base64 of gzip": lambda raw: base64.b64encode(gzip.compress(raw)),
    "base64url of gzip": lambda raw: base64.urlsafe_b64encode(gzip.compress(raw)),
    "base64 in lines": base64.encodebytes,
    "twice base64": lambda raw: base64.b64encode(base64.b64encode(raw)),
    "deflate alone": lambda raw: base64.b64encode(zlib.compress(raw)[2:-4]),
    "behind other bytes": lambda raw: bytes(range(256)) + gzip.compress(raw),
    "percent of entities": lambda raw: urllib.parse.quote(
        "".join(f"&#{ord(sign)};" for sign in raw.decode())
    ).encode(),
    "escaped twice": lambda raw: urllib.parse.quote(urllib.parse.quote(raw)).encode(),
    "entities of entities": lambda raw: "".join(
        html.escape(f"&#{ord(sign):05};") for sign in raw.decode()
    ).encode(),
    "soft hyphens": lambda raw: "\u00ad".join(raw.decode()).encode(),
    "odd case": lambda raw: raw.decode().swapcase().encode(),
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS.keys())
@pytest.mark.parametrize("mark", [CYRILLIC, LATIN])
def test_a_canary_is_heard_however_it_is_wrapped(wrap: object, mark: str) -> None:
    raw = f"и ещё немного слов вокруг, потом {mark}аб, потом опять слова".encode()
    assert callable(wrap)
    assert list(Ears((CYRILLIC, LATIN)).hear(wrap(raw)))


@pytest.mark.parametrize("mark", [CYRILLIC, LATIN])
def test_a_canary_is_heard_in_every_encoding_wherever_it_stands(mark: str) -> None:
    ways = forms(mark)
    deaf = [way for way, form in ways.items() if not list(EARS.hear(b"<p>" + form + b"</p>"))]
    assert len(ways) > 400
    assert deaf == []


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode, base64.b32encode])
def test_a_canary_is_heard_in_cut_base64(shift: int, encode: object) -> None:
    assert callable(encode)
    whole = encode(b"x" * (30 + shift) + f"{CYRILLIC}абв".encode() + b"y" * 30)
    assert list(EARS.hear(b'"' + whole[5:-7] + b'"'))


def test_ears_are_deaf_to_other_words() -> None:
    assert list(EARS.hear("Цъфы щюр, кенарь zqx kenar".encode() * 50)) == []
