"""Ids in use, chance -> a new id. What is short, and nobody bears yet?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.source import Tree

Choose = Callable[[str], str]
"""One sign of several, by chance."""

LENGTH = 4
# Nobody takes one of these for another, on paper or aloud: no 0 and o, no 1, l and i.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
# With a letter first and a digit in it, it is neither a number nor a word, in any language.
_ID = re.compile(r"(?=.*[0-9])[a-z].*")
_LIKE_AN_ID = re.compile(rf"(?=.*[0-9])(?=.*[a-z])[a-z0-9]{{{LENGTH}}}")


@dataclass(frozen=True)
class Ids:
    """Gives ids that are new in the whole school."""

    choose: Choose
    taken: set[str]
    """What some record bears already."""
    promised: frozenset[str]
    """What a folder's name ends with: it may become the id of what lies in it."""

    def new(self) -> str:
        """A random id that nothing bears."""
        while True:
            made = "".join(self.choose(SIGNS) for _ in range(LENGTH))
            if _ID.fullmatch(made) and made not in self.taken and made not in self.promised:
                self.taken.add(made)
                return made

    def of_folder(self, folder: str) -> str:
        """The id that a folder's name ends with; a new one if it has none or another bears it."""
        ending = ending_of(folder)
        if not _LIKE_AN_ID.fullmatch(ending) or ending in self.taken:
            return self.new()
        self.taken.add(ending)
        return ending


def ending_of(folder: str) -> str:
    """What stands behind the last hyphen of a folder's name."""
    return folder.rpartition("-")[2]


def ids_in(tree: Tree) -> Iterator[str]:
    """Every id that is written in a file."""
    if isinstance(tree, list):
        for item in tree:
            yield from ids_in(item)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key == "id" and isinstance(value, str):
                yield value
            yield from ids_in(value)
