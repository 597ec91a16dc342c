"""What a card finds: no word that does not stand on a page which the very same card opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from generator.model.edition import Holder
from generator.model.school import LEVELS
from generator.seal.cipher import Refused
from tests.opener import Book, Reader, scripted
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


def words_in(index: tuple[Book, ...]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Page, all words that the index has of it, titles in their order."""
    for oid, _, name, room, works in index:
        titles = [work.title for work in works]
        said = [name, room, *titles]
        said += [words for work in works for words in (work.year, work.kind, work.event)]
        yield oid, [one for one in said if one], titles


@pytest.mark.covers("R-131", "R-135")
def test_every_word_of_an_index_stands_on_its_page_which_the_same_card_opens(
    readers: list[tuple[Holder, Reader]],
) -> None:
    tried = books = 0
    for holder, reader in readers:
        pages = reader.granted()
        for oid, said, titles in (row for index in reader.indexes() for row in words_in(index)):
            page = pages[oid]
            missing = [one for one in said if plain(one) not in text_of(page)]
            assert missing == [], (holder.audience, oid)
            assert tuple(map(plain, titles)) == titles_of(page), (holder.audience, oid)
            tried, books = tried + len(said), books + 1
    print(f"\n(s) cards {len(readers)}, pages found {books}, words of indexes {tried}, "
          "on no page of their card 0")  # fmt: skip
    assert tried > 5000


def test_everybody_whose_works_a_card_opens_is_found_with_it(
    readers: list[tuple[Holder, Reader]],
) -> None:
    for holder, reader in readers:
        found = [book for index in reader.indexes() for book in index]
        listed = {oid for oid, *_ in found}
        left = {o: p for o, p in reader.granted().items() if ARTICLE.search(p) and o not in listed}
        # A page that is not found shows works of somebody who is found on a fuller one.
        known = (of for index in reader.indexes() for _, _, of in words_in(index))
        titles = {plain(title) for each in known for title in each}
        for oid, page in left.items():
            assert {*titles_of(page)} <= titles, (holder.audience, oid)
        assert listed, holder.audience


def test_no_key_opens_an_index_of_pages_that_its_card_does_not_open(
    readers: list[tuple[Holder, Reader]],
) -> None:
    named: dict[tuple[str, str], set[str]] = {}
    for holder, reader in readers:
        rings = zip((reader.ring() or {})["find"], reader.indexes(), strict=True)
        for reference, index in rings:
            named[holder.level, reference] = {book.oid for book in index}
    tried = 0
    for holder, reader in readers:
        ring, mine = reader.ring() or {}, reader.pages()
        held = [*ring["keys"], *(reference.partition("#")[2] for reference in ring["find"])]
        for (level, reference), pages in named.items():
            if level != holder.level or pages <= {*mine}:
                continue
            for key in held:
                tried += 1
                with pytest.raises(Refused):
                    reader.open_asset(f"{reference.partition('#')[0]}#{key}")
    assert tried > 2000


def test_a_stranger_cannot_tell_an_index_from_a_picture(
    sample: Sample, readers: list[tuple[Holder, Reader]]
) -> None:
    told = []
    for level in LEVELS:
        files = (sample.job.output / level / "a").iterdir()
        raws = {file.stem: scripted(file) for file in files}
        rings = [reader.ring() or {} for holder, reader in readers if holder.level == level]
        found = {one.partition("#")[0] for ring in rings for one in ring["find"]}
        assert found and {raw[:6] for raw in raws.values()} == {b"PFS1\0\1"}
        pictures = Counter(len(raw) for oid, raw in raws.items() if oid not in found)
        alike = [pictures[len(raws[oid])] for oid in found]
        assert min(alike) > 10
        told.append((level, len(found), min(alike)))
    print(f"\n(t) level, indexes, pictures as long as any of them: {told}")
