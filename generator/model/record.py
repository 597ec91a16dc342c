"""What all records from files share: read once, then never changed."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from generator.diagnostic import Place

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class From:
    """Said of a field: its word comes from this list in `schema/vocabulary/`."""

    vocabulary: str


class Record(BaseModel):
    """Read from a file once, then never changed; an unknown key is a mistake."""

    # Of a hundred models few are asked themselves: the others stand in these.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def key_order(cls) -> tuple[str, ...]:
        """Its keys in the order in which people read them."""
        return tuple(cls.model_fields)

    def get(self, name: str) -> Any:
        """The value of a field, or None where this model has no such field."""
        # Not `getattr`: the library looks long for what is not there before it says so.
        return vars(self).get(name)

    def __copy__(self) -> Self:
        """A copy of its fields alone: what was worked out of them may not be true of the copy."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class FileRecord(Record):
    """A record that is a whole file and knows which."""

    _file: str = PrivateAttr(default="")

    @property
    def file(self) -> str:
        """POSIX path of the file, relative to the folder of portfolios."""
        # Not `self._file`: the library looks that up anew, and a school is asked a million times.
        private = self.__pydantic_private__
        return private["_file"] if private else ""

    def place(self, *keys: str | int, on_key: bool = False) -> Place:
        """The place of a value in this file, e.g. `place("scans", 0, "file")`."""
        return Place(self.file, keys=keys, on_key=on_key)


def records_in(annotation: Any) -> Iterator[type[Record]]:
    """The records named by a field's type, not those inside them."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from records_in(part)


def _true_or_false(value: object) -> object:
    # pydantic would also read yes, on, 1; plain scalars follow YAML 1.2 here (build.md, YAML).
    if isinstance(value, bool) or value in ("true", "false"):
        return value
    raise ValueError("flag")


def _as_a_day(value: object) -> object:
    # pydantic would also read 0 as the first of January 1970, and a time as a day.
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        return value.strip()
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise PydanticCustomError("date_format", "a day")


def _within_bounds(day: dt.date) -> dt.date:
    if EARLIEST <= day <= LATEST:
        return day
    raise PydanticCustomError("date_out_of_bounds", "a day of our time")


def _without_end(text: str) -> str:
    return text.rstrip("\n") or text


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise PydanticCustomError("time_zone", "a time zone") from error
    return name


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Latin letters, digits and hyphens; names a folder or a thing, survives retitling."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]*$")]
"""One line of words."""
Prose = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_without_end)
]
"""Words in paragraphs, separated by empty lines; plain text. The end of its last line is no word:
editors drop it, and a confirmation must not fall for that."""
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A code from a vocabulary in `schema/vocabulary/`."""
Account = Annotated[str, StringConstraints(pattern=r"^([a-z0-9.-]+:)?[0-9]+$", max_length=80)]
"""Somebody's number at a forge, e.g. `forgejo:42`. Names can be changed and taken by others."""
Flag = Annotated[bool, BeforeValidator(_true_or_false)]
"""`true` or `false`, nothing else."""
Year = Annotated[str, StringConstraints(pattern=r"^20\d\d-\d\d$")]
"""School year, e.g. 2026-27: from 1 September to 31 August."""
Day = Annotated[dt.date, BeforeValidator(_as_a_day), AfterValidator(_within_bounds)]
"""A day, year-month-day, from 1900-01-01 to 2100-12-31."""
TimeZone = Annotated[Line, AfterValidator(_known_zone)]
"""A time zone that this computer knows, so that reading the clock cannot fail."""
