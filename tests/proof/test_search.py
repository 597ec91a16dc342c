"""What a card finds: no word that does not stand on a page which the very same key opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from generator.model.edition import Holder
from generator.seal.cipher import Refused
from tests.opener import Reader, payload, scripted, unb64
from tests.proof.test_strangers import plain
from tests.sample import Sample

ARTICLE = re.compile(r'<article class="st-entry".*?</article>', re.DOTALL)
TITLE = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")


@cache
def text_of(html: str) -> str:
    """All that can be read on a page."""
    return plain(TAGS.sub(" ", html))


@cache
def titles_of(html: str) -> tuple[str, ...]:
    """The works of a page in their order."""
    found = (TITLE.search(article) for article in ARTICLE.findall(html))
    return tuple(plain(TAGS.sub("", one[1])) for one in found if one)


@pytest.fixture(scope="module")
def readers(sample: Sample) -> list[tuple[Holder, Reader]]:
    """Everybody who holds a card."""
    return [(holder, sample.reader(holder, card)) for _, holder, card in sample.cards()]


def indexes(
    readers: list[tuple[Holder, Reader]],
) -> Iterator[tuple[Holder, Reader, int | None, Any]]:
    """Every index of every card, with the place of its key in the ring."""
    for holder, reader in readers:
        yield from ((holder, reader, place, index) for place, index in reader.indexes())


def words_in(index: dict[str, Any]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Page, all words that the index has of it, titles in their order."""
    for oid, _, name, room, years in index["books"]:
        works = [work for _, inside in years for work in inside]
        said = [name, room, *(year for year, _ in years)]
        said += [index["kinds"][work[0]] for work in works] + [work[1] for work in works]
        said += [index["events"][work[2]] for work in works if len(work) > 2]
        yield oid, [one for one in said if one], [work[1] for work in works]


@pytest.mark.covers("R-131", "R-135")
def test_every_word_of_an_index_stands_on_its_page_which_the_same_key_opens(
    readers: list[tuple[Holder, Reader]],
) -> None:
    tried = books = 0
    for holder, reader, place, index in indexes(readers):
        ring = reader.ring() or {}
        for oid, said, titles in words_in(index):
            key = ring["pages"][oid] if place is None else place
            raw = payload(reader.folder / "p" / f"{oid}.html")
            page = reader.open(raw, oid, unb64(ring["keys"][key])).decode()
            missing = [one for one in said if plain(one) not in text_of(page)]
            assert missing == [], (holder.audience, oid)
            assert tuple(map(plain, titles)) == titles_of(page), (holder.audience, oid)
            tried, books = tried + len(said), books + 1
    print(f"\n(s) cards {len(readers)}, pages found {books}, words of indexes {tried}, "
          "on no page of their key 0")  # fmt: skip
    assert tried > 5000


def test_everybody_whose_works_a_card_opens_is_found_with_it(
    readers: list[tuple[Holder, Reader]],
) -> None:
    for holder, reader in readers:
        found = [book for _, index in reader.indexes() for book in index["books"]]
        listed = {oid for oid, *_ in found}
        left = {o: p for o, p in reader.granted().items() if ARTICLE.search(p) and o not in listed}
        # A page that is not found shows works of somebody who is found on a fuller one.
        known = (of for _, index in reader.indexes() for _, _, of in words_in(index))
        titles = {plain(title) for each in known for title in each}
        for oid, page in left.items():
            assert {*titles_of(page)} <= titles, (holder.audience, oid)
        assert listed, holder.audience


def test_no_key_opens_an_index_of_pages_that_its_card_does_not_open(
    readers: list[tuple[Holder, Reader]],
) -> None:
    named: dict[tuple[str, str], set[str]] = {}
    for holder, reader in readers:
        for oid, place in (reader.ring() or {})["find"]["files"]:
            index = json.loads(reader.open_index(oid, place))
            named[holder.level, oid] = {book[0] for book in index["books"]}
    tried = 0
    for holder, reader in readers:
        ring = reader.ring() or {}
        for (level, oid), pages in named.items():
            if level != holder.level or pages <= {*ring["pages"]}:
                continue
            raw = scripted(reader.folder / "a" / f"{oid}.js")
            for key in ring["keys"]:
                tried += 1
                with pytest.raises(Refused):
                    reader.open(raw, oid, unb64(key), "search")
    assert tried > 500
