"""What is written in a list -> a name, a day, a class. How do people write these?"""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from generator.say.latin import to_latin

_CLASS = re.compile(r"(1[01]|[1-9])\s*[-–—.]?\s*[«\"„“']?\s*([А-ЯЁA-Z]?)\s*[»\"“”']?(?:\s*КЛАСС)?")
# In lists a Latin letter often stands for the Cyrillic one that looks the same.
_LOOKS_LIKE = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*г\.?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Name:
    """A name as in the class register."""

    surname: str
    given: str
    patronymic: str = ""

    @property
    def folded(self) -> tuple[str, str, str]:
        """For comparing: small letters, ё as е."""
        return fold(self.surname), fold(self.given), fold(self.patronymic)

    @property
    def whole(self) -> str:
        """Surname, given name and patronymic."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@dataclass(frozen=True)
class Room:
    """A class: its grade and its letter, which may be none."""

    grade: int
    letter: str = ""

    @property
    def id(self) -> str:
        """Its short name, e.g. `4a`."""
        return f"{self.grade}{to_latin(self.letter)}"

    @property
    def title(self) -> str:
        """As people say it."""
        return f"{self.grade} «{self.letter}»" if self.letter else f"{self.grade} класс"


def fold(text: str) -> str:
    """Words as they are compared: small letters, ё as е, one space."""
    return _SPACES.sub(" ", text).strip().lower().replace("ё", "е")


def name_in(text: str) -> Name | None:
    """«Фамилия Имя Отчество»; None when it is not at least a surname and a given name."""
    parts = _SPACES.sub(" ", text).strip().split(" ")
    if len(parts) < 2 or not all(re.fullmatch(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", p) for p in parts):
        return None
    surname, given, *rest = (_capital(part) for part in parts)
    return Name(surname, given, " ".join(rest))


def day_in(text: str) -> dt.date | None:
    """A day as people or spreadsheets write it: 14.10.2026, 2026-10-14; None for anything else."""
    if found := _DAY.fullmatch(text.strip()):
        day, month, year = found.groups()
    elif found := _ISO.fullmatch(text.strip()):
        year, month, day = found.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def room_in(text: str) -> Room | None:
    """A class as people write it: 4А, 4 «а», 4-А класс, 11; None for anything else."""
    found = _CLASS.fullmatch(text.strip().upper())
    return Room(int(found[1]), found[2].translate(_LOOKS_LIKE)) if found else None


def propose_id(name: Name, taken: Collection[str]) -> str:
    """A folder's name that nobody bears: `belova-anna`, then with the patronymic, then a number."""
    short = to_latin(f"{name.surname} {name.given}") or "uchenik"
    longer = to_latin(name.whole) or short
    numbered = (f"{short}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (short, longer, *numbered) if one not in taken)


def _capital(part: str) -> str:
    """A name all in capitals or small letters, as it is written in a register."""
    return "-".join(p.capitalize() for p in part.split("-")) if part in (
        part.upper(), part.lower()
    ) else part  # fmt: skip
