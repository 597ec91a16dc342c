"""Records as a person would write them: pretty where that is possible, and never another text."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.source import Document, Value, append, as_text, parse, yaml_of
from generator.source.strict import UNSEEN

SIGNS = "аЯ ё:#-[]{}|>'\"\n\\?!&*%@`,.=~0\t"
TEXTS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=140).map(str.strip).filter(bool)
VALUES = st.recursive(
    TEXTS | st.integers(0, 99) | st.booleans() | st.just(dt.date(2026, 11, 22)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["one", "two", "three"]), inner, min_size=1)
    ),
    max_leaves=6,
)


def said(raw: bytes) -> object:
    document = parse("a.yml", raw)
    assert isinstance(document, Document), document
    return document.value


@settings(max_examples=200)
@given(VALUES)
def test_whatever_is_written_says_what_was_meant(value: Value) -> None:
    meant = as_text({"a": value})
    assert not UNSEEN.search(f"{value}")
    read = said(yaml_of({"a": value}).encode())
    assert trimmed(read) == trimmed(meant)
    more = append(b"# head\nlist: []  # none\n", ("list",), value)
    assert more is None or trimmed(said(more)) == trimmed({"list": [as_text(value)]})


def trimmed(tree: object) -> object:
    """Without a last line end, which means nothing."""
    if isinstance(tree, dict):
        return {key: trimmed(one) for key, one in tree.items()}
    if isinstance(tree, list):
        return [trimmed(one) for one in tree]
    return str(tree).rstrip("\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Мой день", "a: Мой день\n"),
        ("«Слово»: 1", "a: '«Слово»: 1'\n"),
        ("null", "a: 'null'\n"),
        ("два  пробела" + "  слово" * 20, None),
        (["a", "b"], "a: [a, b]\n"),
        ([{"id": "x", "n": ["a"]}], "a:\n  - id: x\n    n: [a]\n"),
        (True, "a: true\n"),
        (dt.date(2026, 1, 2), "a: 2026-01-02\n"),
    ],
)
def test_what_needs_no_quotes_has_none(value: Value, written: str | None) -> None:
    made = yaml_of({"a": value})
    assert made == written if written else made.startswith('a: "два  пробела')
