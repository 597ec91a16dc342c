"""The last sweep is quick because it looks for rows of signs first: nothing hides between them."""

import base64
import random
import re

import pytest

from generator.model.site import File, PrivateWord
from generator.publish import sweep
from generator.publish.rows import BASE64, LATIN, has_russian

WHERE = "records/a/student.yml"


def _noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def _is_found(word: str, content: bytes) -> bool:
    swept = sweep([File("p/aaaaaaaaaaaaaaaa.html", content)], (PrivateWord(word, WHERE),))
    return [leak.where for leak in swept.leaks] == [WHERE]


@pytest.mark.parametrize("seed", range(40))
def test_rows_are_those_that_the_plain_pattern_finds(seed: int) -> None:
    chance = random.Random(seed)
    signs = (b"ab+/Z9", b"=", b" -<", b"\x00\xd0\xff", "Ян".encode())
    parts = (chance.choice(signs) * chance.choice((1, 2, 11, 63, 64, 65, 90)) for _ in range(60))
    content = b"".join(parts)
    rows = [row[0] for row in BASE64.find(content)]
    assert rows == re.findall(rb"[A-Za-z0-9+/]{64,}={0,2}", content)
    assert rows
    assert [row[0] for row in LATIN.find(content)] == re.findall(rb"[ -~]{6,}", content)


def test_three_russian_letters_in_a_row_are_seen_and_two_are_not() -> None:
    assert has_russian(b"\xff\x80" + "Яна".encode() + b"\xd0")
    assert not has_russian(b"\xff\x80" + "Ян".encode() + b"\xd0\xd1")


@pytest.mark.parametrize("word", ["Белова", "belova-anna", "Ли Анна", "kravtsov", "Kravtsova"])
@pytest.mark.parametrize("size", [0, 1, 47, 300, 5000])
def test_a_word_between_sealed_bytes_is_found(word: str, size: int) -> None:
    hidden = _noise(1, size) + b"\0" + word.encode() + b"\0" + _noise(2, 300)
    assert _is_found(word, b'__pf("x","%s")' % base64.b64encode(hidden))
    assert not _is_found(word, b'__pf("x","%s")' % base64.b64encode(_noise(3, 5000)))


@pytest.mark.parametrize("word", ["kravtsov", "3b/kravtsov", "5a+6b+7c+8d", "kravtsovilya"])
@pytest.mark.parametrize("length", [70, 500])
def test_a_word_that_base64_itself_spells_is_found(word: str, length: int) -> None:
    # Longer than a path, it would be taken for a sealed object and not be read as words.
    assert _is_found(word, b"<p>%s/%s/%s" % (b"x" * length, word.upper().encode(), b"y" * length))
    assert not _is_found(word, b"<p>%s/%s" % (b"x" * length, b"y" * length))


def test_a_long_word_that_base64_spells_needs_nothing_beside_it() -> None:
    assert _is_found("kravtsovilya", b"x" * 500 + b"KravtsovIlya" + b"y" * 500)
    assert not _is_found("kravtsov", b"x" * 500 + b"Kravtsov" + b"y" * 500)


def test_so_short_a_word_is_chance_in_closed_bytes() -> None:
    assert not _is_found("ilya", b"x" * 500 + b"/Ilya/" + b"y" * 500)
    assert _is_found("ilya", b"x" * 500 + b" Ilya " + b"y" * 500)


@pytest.mark.parametrize("place", ["<p>{word} {run}", "<p>{run} {word}", "{run}-{word}-{run}"])
def test_a_word_beside_a_run_of_base64_is_found(place: str) -> None:
    for length in (64, 399, 400, 4000):
        run = base64.b64encode(_noise(length, 3000)).decode()[:length]
        assert _is_found("Белова", place.format(run=run, word="Белова").encode())


def test_what_is_known_of_one_school_is_not_taken_for_another() -> None:
    frame = [File("index.html", "Анна Белова-Корсакова".encode(), "frame")]
    for name in ("Анна Белова-Корсакова", "Олег Белов-Корсаковский", "Анна Белова-Корсакова"):
        leaks = sweep(frame, (PrivateWord(name, name),)).leaks
        assert [leak.where for leak in leaks] == ([name] if name[0] == "А" else [])
