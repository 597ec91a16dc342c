"""A built school -> what its deputy's search fetches. How heavy is it to find anything?"""

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.seal.keys import Keys
from generator.seal.master import read_master
from tests.bench.world import World
from tests.opener import Reader, read_index


class Search(NamedTuple):
    """What is fetched by one card."""

    works: int
    bytes: int
    """Of all its indexes, as they are squeezed."""
    ring: int
    """Of the keyring's file: all of a level are equally long."""


def weigh_search(world: World) -> Search:
    """That of the deputy of the level where it is heaviest: nobody finds more."""
    return max(_weighed(world), key=lambda one: one.bytes)


def _weighed(world: World) -> Iterator[Search]:
    master = next(world.private.glob("*/master.key"))
    people = yaml.safe_load((world.school / "school" / "people.yml").read_text("utf-8"))["people"]
    for level in ("primary", "basic", "senior"):
        keys = Keys(read_master(master), master.parent.name, level)
        for person in people:
            secret = keys.secret(f"staff:{level}/{person['id']}")
            reader = Reader(world.output / level, keys.site, level, secret)
            if ring := reader.ring():
                indexes = [reader.open_asset(one) for one in ring["find"]]
                size = (reader.folder / "k" / f"{keys.locator(secret)}.js").stat().st_size
                yield Search(sum(map(_works, indexes)), sum(map(len, indexes)), size)


def _works(index: bytes) -> int:
    return sum(len(book.works) for book in read_index(index))
