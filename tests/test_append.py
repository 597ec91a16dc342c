"""One more record in a file that people wrote: it is added, and nothing else moves."""

from random import Random

import pytest

from generator.source import Document, append, parse
from generator.source.append import spell
from tests.hand import write_by_hand
from tests.sample import ROOT

APPENDED = {"name": "family:belova-anna/papa", "epoch": "2", "reason": "потеряли: в поезде # да"}
QUOTED = '"потеряли: в поезде # да"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a:\n  - name: N\n    epoch: 2\n    reason: R\n"),
        ("# голова", "# голова\na:\n  - name: N\n    epoch: 2\n    reason: R\n"),
        ("a: []  # пусто\nb: 1\n", "a:  # пусто\n  - name: N\n    epoch: 2\n    reason: R\nb: 1\n"),
        (
            "a:\n  # ничего\nb: 1\n",
            "a:\n  - name: N\n    epoch: 2\n    reason: R\n  # ничего\nb: 1\n",
        ),
        (
            "a:\n- name: x # при\n  # под\n\n# о другом\nb: 1\n",
            "a:\n- name: x # при\n  # под\n- name: N\n  epoch: 2\n  reason: R\n"
            "\n# о другом\nb: 1\n",
        ),
        ("a: [{name: x}] # при", "a: [{name: x}, {name: N, epoch: 2, reason: R}] # при\n"),
        ("a: ~\r\n", "a:\r\n  - name: N\r\n    epoch: 2\r\n    reason: R\r\n"),
    ],
)
def test_a_record_is_added_and_nothing_else_moves(before: str, after: str) -> None:
    wanted = after.replace("N", APPENDED["name"]).replace("R", QUOTED)
    assert append(before.encode(), ("a",), {**APPENDED}) == wanted.encode()


def test_where_there_is_no_list_nothing_is_added() -> None:
    assert append(b"a: words\n", ("a",), {**APPENDED}) is None
    assert append(b"{a: []}\n", ("a",), {**APPENDED}) is None


@pytest.mark.parametrize("seed", range(40))
def test_however_access_is_written_everything_else_it_says_stays(seed: int) -> None:
    said = parse("a.yml", (ROOT / "portfolios/school/access.yml").read_bytes())
    assert isinstance(said, Document)
    raw = write_by_hand(said.value, Random(seed))
    made = append(raw, ("epochs",), {**APPENDED})
    assert made is not None
    document = parse("a.yml", made)
    assert isinstance(document, Document)
    epochs = said.value["epochs"]
    assert isinstance(epochs, list)
    assert document.value == {**said.value, "epochs": [*epochs, APPENDED]}
    before, after = raw.decode().splitlines(), made.decode().splitlines()
    kept = [line for line in after if line in before]
    assert len(before) - len(kept) <= 1, "at most the line of a list in brackets was touched"


@pytest.mark.parametrize(
    "word", ["просто", "да: нет", "# решётка", "- черта", "null", "a, b", "[x"]
)
def test_a_value_is_quoted_only_where_it_must_be(word: str) -> None:
    for text in (f"a: {spell(word)}", f"a: [{spell(word)}]"):
        document = parse("a.yml", text.encode())
        assert isinstance(document, Document)
        assert document.value["a"] in (word, [word])
    assert (spell(word) == word) == (word == "просто")
