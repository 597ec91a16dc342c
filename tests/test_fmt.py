"""`fmt` puts keys in the models' order, gives missing ids, and changes nothing else."""

import os
import re
from collections import Counter
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.curate import Tidied
from generator.curate.ids import SIGNS, Choose
from generator.curate.records import records_in
from generator.flow import tidy
from generator.source import Document, Tree, parse, rewrite
from tests.golden import CASES, names, read_case
from tests.hand import write_by_hand
from tests.sample import ROOT
from tests.world import world

PORTFOLIO = "students/belova-anna/portfolio.yml"
ENTRY = "students/belova-anna/entries/{}/entry.yml"
NEW = "kind: contest\ntitle: Олимпиада\ndate: 2026-10-14\nform: olympiad\n"
SAMPLE = sorted((ROOT / "portfolios").rglob("*.yml"))


def signs(words: str = "a2bcd3efg4hj") -> Choose:
    """Chance that always throws the same signs."""
    thrown = cycle(words)
    return lambda _: next(thrown)


def run(root: Path, choose: Choose | None = None, *, write: bool = True) -> Tidied:
    return tidy(root, choose or signs(), write=write)


def in_order(file: str, raw: bytes) -> bytes:
    """One file of the layout, put in order."""
    return rewrite(raw, {one.keys: one.order for one in records_in(file, tree(raw))}, {})


def tree(raw: bytes) -> dict[str, Tree]:
    document = parse("a.yml", raw)
    assert isinstance(document, Document), document
    return dict(document.value)


# --- what it looks like ---


@pytest.mark.parametrize("name", names("fmt"))
def test_a_file_comes_out_as_the_case_shows(name: str, tmp_path: Path) -> None:
    case = read_case("fmt", name)
    world(tmp_path, {case["file"]: case["before"].encode()})

    tidied = run(tmp_path)

    assert [change.file for change in tidied.changes] == [case["file"]]
    assert (tmp_path / case["file"]).read_bytes().decode() == case["after"]
    assert run(tmp_path).changes == ()


def test_there_are_cases() -> None:
    assert len(names("fmt")) > 5
    assert CASES.is_dir()


# --- what never changes ---


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: str(path.parent.name))
def test_every_file_of_the_sample_says_the_same_and_is_in_order_after_one_time(path: Path) -> None:
    file, raw = path.relative_to(ROOT / "portfolios").as_posix(), path.read_bytes()

    once = in_order(file, raw)

    assert tree(once) == tree(raw)
    assert in_order(file, once) == once
    assert keys_out_of_order(file, once) == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLE), st.integers(0))
def test_however_it_is_written_nothing_but_the_order_changes(path: Path, seed: int) -> None:
    file = path.relative_to(ROOT / "portfolios").as_posix()
    by_hand = write_by_hand(tree(path.read_bytes()), Random(seed))
    assert tree(by_hand) == tree(path.read_bytes()), "the hand has slipped"

    made = in_order(file, by_hand)

    assert tree(made) == tree(by_hand)
    assert keys_out_of_order(file, made) == []
    assert in_order(file, made) == made
    assert signs_in(made) == signs_in(by_hand)
    assert sorted(COMMENT.findall(made.decode())) == sorted(COMMENT.findall(by_hand.decode()))
    assert comments_astray(made) == []
    assert (b"\r" in made) == (b"\r" in by_hand)


def test_a_hand_writes_comments_of_all_three_kinds_and_keys_in_disorder() -> None:
    said = tree((ROOT / "portfolios/school/events.yml").read_bytes())
    text = write_by_hand(said, Random(1))

    assert {where for where, *_ in COMMENT.findall(text.decode())} == {"над", "при", "под"}
    assert keys_out_of_order("school/events.yml", text)
    assert comments_astray(text.replace("# над ".encode(), b"# ")) == []
    assert comments_astray(text.replace(b"id:", b"di:"))


COMMENT = re.compile(r"# (над|при|под) (\w+) №(\d+)")


def signs_in(raw: bytes) -> Counter[str]:
    """Every sign that is not a space; order apart, they are what people wrote."""
    return Counter("".join(raw.decode().split()))


def keys_out_of_order(file: str, raw: bytes) -> list[tuple[str | int, ...]]:
    """Places of records whose keys do not follow their model."""
    found = []
    for record in records_in(file, tree(raw)):
        held: Tree = tree(raw)
        for step in record.keys:
            held = held[step]  # type: ignore[index, call-overload]
        assert isinstance(held, dict)
        known = [key for key in record.order if key in held]
        if [*held] != known + [key for key in held if key not in known]:
            found.append(record.keys)
    return found


def comments_astray(raw: bytes) -> list[str]:
    """Comments that do not stand where their key is."""
    lines = [line for line in raw.decode("utf-8-sig").splitlines() if line.strip()]
    found = []
    for at, line in enumerate(lines):
        for where, key, number in COMMENT.findall(line):
            words = [one.partition("#")[0] for one in lines]
            above = next((one for one in reversed(words[:at]) if one.strip()), "")
            below = next((one for one in words[at:] if one.strip()), "")
            beside = {"над": below, "при": words[at], "под": above}[where]
            if not re.match(rf'[ -]*"?{key}"?:', beside):
                found.append(f"{where} {key} {number}")
    return found
