"""A gettext catalogue -> the words of the interface. How is it said in this language?"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from generator.diagnostic import Lang
from generator.whole import write_whole

_SEAL = "seal-"
"""How the names of words begin that the scripts of the locked page say."""
_DIGEST = hashlib.sha256().digest_size


class _Catalogue(GNUTranslations):
    """A compiled catalogue that can also tell all it says."""

    said: Mapping[str | tuple[str, int], str]

    def __init__(self, compiled: bytes) -> None:
        super().__init__(BytesIO(compiled))
        self.said = vars(self)["_catalog"]


class Texts(Mapping[str, str]):
    """All words of the interface in one language, by their names; an unknown name is an error."""

    def __init__(self, compiled: bytes) -> None:
        self._catalogue = _Catalogue(compiled)
        said = self._catalogue.said.items()
        self._plain = {name: words for name, words in said if isinstance(name, str) and name}

    def __getitem__(self, name: str) -> str:
        return self._plain[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return self._plain.__len__()

    def count(self, name: str, number: int) -> str:
        """The words that stand with this number (1 работа, 2 работы, 5 работ), and it in them."""
        if (name, 0) not in self._catalogue.said:
            raise KeyError(name)
        return self._catalogue.ngettext(name, name, number).replace("{n}", str(number))

    def every(self) -> tuple[str, ...]:
        """All that may be said, each form of a plural, too."""
        return tuple(words for name, words in self._catalogue.said.items() if name)

    def of_seal(self) -> dict[str, str]:
        """What the scripts of the locked page say, by the names that they know."""
        return {
            name.removeprefix(_SEAL): words
            for name, words in self.items()
            if name.startswith(_SEAL)
        }


@dataclass(frozen=True)
class _Source:
    path: Path
    stamp: str
    # Where its compiled form is kept makes no difference to what it says.
    kept: Path | None = field(compare=False)


def catalogue_of(theme: Path, language: Lang) -> Path:
    """Where the words of a language are written."""
    return theme / "locale" / language / "LC_MESSAGES" / "stupeni.po"


def read_texts(theme: Path, language: Lang, kept: Path | None = None) -> Texts:
    """The words of a theme in one language, read once as long as nobody touches the file.

    Their compiled form is taken from the private folder `kept`, or kept there.
    """
    path = catalogue_of(theme, language)
    stamp = path.stat()
    found = kept / f"{language}.mo" if kept else None
    return _read(_Source(path, f"{stamp.st_mtime_ns} {stamp.st_size}", found))


@lru_cache(maxsize=4)
def _read(source: _Source) -> Texts:
    raw = source.path.read_bytes()
    if not source.kept:
        return Texts(_compile(raw))
    written = hashlib.sha256(raw).digest()
    file = source.kept.read_bytes() if source.kept.is_file() else b""
    head, whole, compiled = file[:_DIGEST], file[_DIGEST : 2 * _DIGEST], file[2 * _DIGEST :]
    # One of other words, or a damaged one, is as good as none.
    if head != written or whole != hashlib.sha256(compiled).digest():
        compiled = _compile(raw)
        write_whole(source.kept, written + hashlib.sha256(compiled).digest() + compiled)
    return Texts(compiled)


def _compile(raw: bytes) -> bytes:
    # Babel takes 0.1 s to load, and nobody needs it while the words are the same.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(raw), abort_invalid=True))
    return compiled.getvalue()
