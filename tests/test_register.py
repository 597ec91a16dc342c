"""The register: every line follows from the one before, and what happens when the power goes."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.publish import Event, append, find_line, next_count, read, stamp, verify
from generator.publish.register import BEGINNING, read_last
from generator.trouble import Trouble

NOW = stamp(dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC))


def release(digest: str, content: str = "c", count: int = 1) -> Event:
    details: dict[str, str | int] = {"level": "primary", "release": digest}
    details |= {"content": content, "count": count}
    return Event(NOW, "release", ("a",), ("family:a",), "", "login:me", "stupeni 0", details)


def cards(about: str) -> Event:
    return Event(NOW, "cards", (about,), (f"family:{about}",), "", "orlova", "stupeni 0", {})


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Five whole lines: a release, and cards of four children."""
    file = tmp_path / "school" / "register.jsonl"
    for event in (release("one"), *(cards(name) for name in "abcd")):
        assert append(file, event)
    return file


def lines(register: Path) -> list[bytes]:
    return register.read_bytes().splitlines(keepends=True)


@pytest.mark.covers("R-137")
def test_a_register_that_nobody_touched_is_whole(register: Path) -> None:
    found = verify(register)
    assert found.is_whole
    assert (found.records, found.torn) == (5, ())
    rows = [json.loads(line) for line in lines(register)]
    assert [row["what"] for row in rows] == ["release", "cards", "cards", "cards", "cards"]
    assert rows[0]["previous"] == BEGINNING
    assert rows[0]["at"] == "2026-11-22T09:00:00+00:00"
    assert read(register) == (release("one"), *(cards(name) for name in "abcd"))


def test_no_register_yet_is_whole_and_empty(tmp_path: Path) -> None:
    found = verify(tmp_path / "register.jsonl")
    assert (found.is_whole, found.records, found.last) == (True, 0, BEGINNING)


@pytest.mark.covers("R-137")
@pytest.mark.parametrize(
    ("touched", "line"),
    [
        ("a word of line 3 is changed", 4),
        ("line 3 is taken out", 3),
        ("line 1 is taken out", 1),
        ("lines 2 and 3 change places", 2),
        ("line 2 stands twice", 3),
        ("a line is put in by hand", 3),
        ("line 3 is written with other spaces", 3),
        ("a line says that the one before is half-written", 4),
    ],
)
def test_whoever_touches_a_line_is_told_by_the_next(
    register: Path, touched: str, line: int
) -> None:
    one, two, three, four, five = lines(register)
    becomes = {
        "a word of line 3 is changed": [one, two, three.replace(b"family:b", b"family:x"), four],
        "line 3 is taken out": [one, two, four, five],
        "line 1 is taken out": [two, three, four, five],
        "lines 2 and 3 change places": [one, three, two, four, five],
        "line 2 stands twice": [one, two, two, three, four, five],
        "a line is put in by hand": [one, two, b"{}\n", three, four, five],
        "line 3 is written with other spaces": [one, two, three.replace(b":", b": "), four, five],
        "a line says that the one before is half-written": [
            one, two, three, four.replace(b',"what"', b',"torn":true,"what"'), five,
        ],
    }[touched]  # fmt: skip
    register.write_bytes(b"".join(becomes))
    found = verify(register)
    assert not found.is_whole
    assert found.broken == line
    assert found.why.ru
    assert found.why.en


def test_a_cut_end_shows_only_beside_the_digest_on_paper(register: Path) -> None:
    on_paper = verify(register).last
    assert find_line(register, on_paper) == 5
    assert find_line(register, on_paper[:16]) == 5
    assert find_line(register, on_paper[:15]) == find_line(register, "") == 0
    append(register, cards("e"))
    assert find_line(register, on_paper) == 5
    register.write_bytes(b"".join(lines(register)[:4]))
    assert verify(register).is_whole
    assert find_line(register, on_paper) == 0


def test_a_register_that_is_a_link_leads_the_pen_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"not ours\n")
    link = tmp_path / "register.jsonl"
    link.symlink_to(other)
    with pytest.raises(Trouble):
        append(link, cards("a"))
    assert other.read_bytes() == b"not ours\n"


@pytest.mark.parametrize("cut", [1, 40, -2, -1])
def test_a_half_written_line_stays_and_the_chain_goes_on_over_it(register: Path, cut: int) -> None:
    half = lines(register)[4][:cut]
    register.write_bytes(b"".join(lines(register)[:4]) + half)
    whole = cut == -1  # only the end of the line was lost
    assert verify(register).torn == (() if whole else (5,))
    assert append(register, cards("e"))
    assert append(register, cards("f"))
    found = verify(register)
    assert found.is_whole
    assert found.torn == (() if whole else (5,))
    assert lines(register)[4] == half + b"\n"
    assert len(lines(register)) == 7


def test_the_power_may_go_twice(register: Path) -> None:
    with register.open("ab") as out:
        out.write('{"about":["ж'.encode()[:-1])  # in the middle of a letter
    with register.open("ab") as out:
        out.write(b'\n{"abo')
    append(register, cards("e"))
    found = verify(register)
    assert (found.is_whole, found.torn, found.records) == (True, (6, 7), 6)


@pytest.mark.parametrize("line", [4, 5])
def test_a_line_before_or_in_the_torn_place_cannot_be_changed_either(
    register: Path, line: int
) -> None:
    register.write_bytes(b"".join(lines(register)[:4]) + lines(register)[4][:30])
    append(register, cards("e"))
    touched = lines(register)
    touched[line - 1] = touched[line - 1].replace(b"about", b"abour")
    register.write_bytes(b"".join(touched))
    assert not verify(register).is_whole


def test_a_release_is_registered_once(tmp_path: Path) -> None:
    register = tmp_path / "register.jsonl"
    assert append(register, release("one"))
    assert append(register, cards("a"))
    assert not append(register, release("one"))
    assert append(register, release("two", count=2))
    assert [event.details.get("release") for event in read(register)] == ["one", None, "two"]


def test_a_half_written_release_counts_as_not_written(tmp_path: Path) -> None:
    register = tmp_path / "register.jsonl"
    append(register, release("one"))
    with register.open("a") as out:
        out.write('{"what": "rel')
    assert read_last(register, "primary") == ("one", "c", 1)
    assert append(register, release("two"))
    assert read_last(register, "primary")[0] == "two"


def test_the_count_grows_only_when_something_changed(tmp_path: Path) -> None:
    register = tmp_path / "register.jsonl"
    assert next_count(register, "primary", "c") == 1
    append(register, release("one", "c", 1))
    assert next_count(register, "primary", "c") == 1
    assert next_count(register, "primary", "d") == 2
    assert next_count(register, "basic", "d") == 1


def test_two_who_write_at_once_both_stand_in_one_chain(tmp_path: Path) -> None:
    register = tmp_path / "register.jsonl"
    code = (
        "import sys; from pathlib import Path; from tests.test_register import append, cards\n"
        "for _ in range(40): append(Path(sys.argv[1]), cards(sys.argv[2]))"
    )
    root = Path(__file__).parents[1]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(register), name], cwd=root, env={**os.environ}
        )
        for name in "ab"
    ]
    assert [one.wait() for one in both] == [0, 0]
    found = verify(register)
    assert (found.is_whole, found.records) == (True, 80)


@pytest.mark.covers("R-137")
@pytest.mark.parametrize(
    "field", [{"about": ("Белова",)}, {"by": "Орлова"}, {"basis": "лист 1"}, {"audiences": ("",)}]
)
def test_a_name_in_russian_letters_cannot_get_into_the_register(
    field: dict[str, tuple[str, ...] | str],
) -> None:
    with pytest.raises(ValueError, match="ids only"):
        Event(**{**vars(cards("a")), **field})
