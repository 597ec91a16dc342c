"""A register -> is it whole? Where is it broken, and what can it not prove?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Text
from generator.model.shown import NOTHING
from generator.publish.register import Record, mark, parse, read_lines

_FEWEST = 16
"""Fewer could be met on purpose: 32 bits are minutes for whoever writes the register anew."""


@dataclass(frozen=True)
class Verified:
    """What a look through the register found."""

    records: int
    """Lines that can be read."""
    last: str
    """Digest of the last line: written on paper, it proves that nothing was cut off."""
    torn: tuple[int, ...]
    """Numbers of lines that are no record and that the chain goes on over, from 1: the power went
    while they were written."""
    broken: int = 0
    """Number of the first line that does not fit, from 1; 0 when all do."""
    why: Text = NOTHING
    """What is wrong with it."""

    @property
    def is_whole(self) -> bool:
        """Whether every line follows from the one before."""
        return not self.broken


def verify(register: Path) -> Verified:
    """The first line that does not fit, or that all of them do."""
    lines = read_lines(register)
    records = [parse(line) for line in lines]
    broken, why = next(_faults(lines, records), (0, NOTHING))
    return Verified(
        records=sum(record is not None for record in records),
        last=mark(lines),
        torn=tuple(
            n
            for n, record in enumerate(records[: broken - 1 if broken else None], 1)
            if record is None
        ),
        broken=broken,
        why=why,
    )


def find_line(register: Path, digest: str) -> int:
    """The number of the line whose digest begins with these 16 digits or more, from 1; 0 for none.

    A digest on paper that is found shows that everything up to that line is as it was.
    """
    if len(digest) < _FEWEST:
        return 0
    lines = read_lines(register)
    ends = range(1, len(lines) + 1)
    return next((end for end in ends if mark(lines[:end]).startswith(digest)), 0)


def _faults(lines: list[bytes], records: list[Record | None]) -> Iterator[tuple[int, Text]]:
    """Number and reason of every line that does not fit."""
    start = 0  # of the lines behind the last record that could be read
    for index, record in enumerate(records):
        if record is None:
            continue
        if start < index and not record.torn:
            yield start + 1, _UNREADABLE
        elif record.previous != mark(lines[max(start - 1, 0) : index]):
            yield index + 1, _other(index) if index else _CUT
        elif record.torn and start == index:
            yield index + 1, _UNTRUE
        start = index + 1


_UNREADABLE = Text(
    "это не запись журнала: строку изменили или вписали руками",
    "this is no line of the register: it was changed or written by hand",
)
_CUT = Text(
    "это не первая запись: строки перед ней убрали",
    "this is not the first line: those before it were taken out",
)
_UNTRUE = Text(
    "здесь сказано, что предыдущая строка не дописана, а она целая: одну из них изменили",
    "it says that the line before is half-written, but that one is whole: one was changed",
)


def _other(number: int) -> Text:
    return Text(
        f"она не продолжает строку {number - 1}: строку {number - 1} изменили, "
        "либо между ними что-то убрали или вписали",
        f"it does not follow line {number - 1}: line {number - 1} was changed, "
        "or something between them was taken out or put in",
    )
