"""A page in a shell of before -> the same page in today's. What stays when a style changes?"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from generator.model.site import Shell

_EACH = {"palette": r'([^"]*)', "content": "(.*)"}
"""What every page has of its own, by its slot; a palette stands in quotes."""


def change_shell(older: Shell, shell: Shell, frame: Mapping[str, str]) -> Callable[[str], str]:
    """What takes a page out of the `older` shell and puts it into the new one; `frame` stands
    around every page of the level, and around this one in both."""
    slots = [piece for piece in older.pieces[1::2] if piece in _EACH]
    page = re.compile("".join(_patterns(older, frame)), re.DOTALL)

    def change(html: str) -> str:
        found = page.fullmatch(html)
        if not found:
            raise ValueError("a page stands in another shell than it was put into")
        return shell.fill({**frame, **dict(zip(slots, found.groups(), strict=True))})

    return change


def _patterns(shell: Shell, frame: Mapping[str, str]) -> Iterator[str]:
    texts, slots = map(re.escape, shell.pieces[::2]), shell.pieces[1::2]
    filled = (_EACH.get(slot) or re.escape(frame[slot]) for slot in slots)
    for pair in zip_longest(texts, filled, fillvalue=""):
        yield from pair
