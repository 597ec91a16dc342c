"""Bytes -> rows of signs of one kind. What in this noise could anybody read?

Nearly all that is published is noise. A pattern looks at each of its bytes in turn; a table that
tells only of which kind a byte is, and a search for a row of one kind, find the same rows many
times faster, and the pattern is asked where there is one.
"""

import re
from collections.abc import Iterator


class Rows:
    """Rows of at least `least` of these `signs` (a set of a pattern), and what may stand after."""

    def __init__(self, signs: bytes, least: int, after: bytes = b"") -> None:
        """Both ways to find them, made of the same signs."""
        one = re.compile(signs)
        self._kinds = bytes(one.match(bytes((byte,))) is not None for byte in range(256))
        self._least = b"\1" * least
        self._shape = re.compile(b"(%b{%d,})%b" % (signs, least, after))

    def find(self, content: bytes) -> Iterator[re.Match[bytes]]:
        """Each whole row; its first group is the row without what stands after."""
        kinds = content.translate(self._kinds)
        start = kinds.find(self._least)
        while row := self._shape.match(content, start) if start >= 0 else None:
            yield row
            start = kinds.find(self._least, row.end())


BASE64 = Rows(b"[A-Za-z0-9+/]", 64, b"={0,2}")
LATIN = Rows(b"[ -~]", 6)
_HALVES = bytes(
    1 if byte in (0xD0, 0xD1) else 2 if 0x80 <= byte <= 0xBF else 0 for byte in range(256)
)


def has_russian(raw: bytes) -> bool:
    """Whether three Russian letters in a row stand in UTF-8: chance writes them once in a hundred
    megabytes."""
    return b"\1\2\1\2\1\2" in raw.translate(_HALVES)
