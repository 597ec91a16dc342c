"""The words people choose from, as data; and which field takes its words from which list."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Literal, get_args

from pydantic import BaseModel

from generator.diagnostic import Text
from generator.model.record import (
    Day,
    FileRecord,
    Flag,
    From,
    Line,
    Prose,
    Record,
    Word,
    records_in,
)

PaperDetail = Literal["title", "number", "issuer", "issued", "signed_by", "stamped", "signed"]


class Term(Record):
    """One word of a vocabulary."""

    code: Word
    """What stands in the YAML."""
    ru: Line
    """In Russian."""
    en: Line
    """In English."""
    aliases: tuple[Line, ...] = ()
    """What people also call it; only to understand what they meant."""
    source: Line | None = None
    """The clause or act it comes from; `product` when it is our own."""
    since: Day | None = None
    """First day it may be used; none when it always could."""
    until: Day | None = None
    """Last day it may be used."""
    meaning: Prose | None = None
    """What it means, for the glossary (R-001), in Russian."""
    meaning_en: Prose | None = None
    """The same in English."""
    needs: tuple[PaperDetail, ...] = ()
    """Of a kind of document: the details a paper of this kind must bear (R-012, R-072)."""


class Group(Record):
    """Words that belong together, under one heading."""

    code: Word
    """Short name of the group."""
    ru: Line
    """Heading in Russian."""
    en: Line
    """Heading in English."""
    words: tuple[Word, ...] = ()
    """Codes of the words."""


class Grouping(Record):
    """One way to put all words of a list into groups: every word stands in exactly one."""

    version: Word
    """Short name of the way, e.g. `r001`."""
    source: Line
    """The clause it comes from."""
    groups: tuple[Group, ...]
    """The groups, in their order."""


class OwnWords(FileRecord):
    """school/vocabulary/<list>.yml: words a school adds to one of our lists."""

    terms: tuple[Term, ...] = ()
    """The school's words."""


class Vocabulary(FileRecord):
    """schema/vocabulary/<name>.yml"""

    title: Line
    """What these words are for."""
    terms: tuple[Term, ...]
    """The words, in their order."""
    groupings: tuple[Grouping, ...] = ()
    """Ways to group the words; several where the regulations differ (R-010)."""
    closed: Flag = False
    """Whether a school may add no words: each of them means something to the program."""

    def with_words(self, own: OwnWords) -> "Vocabulary":
        """Our words and the school's; none of ours is redefined."""
        ours = {term.code for term in self.terms}
        added = () if self.closed else tuple(t for t in own.terms if t.code not in ours)
        return self.model_copy(update={"terms": (*self.terms, *added)})

    @property
    def choices(self) -> tuple[tuple[str, Text, tuple[str, ...]], ...]:
        """Every word as `say.choose` wants it: code, labels, what people also call it."""
        return tuple((term.code, Text(term.ru, term.en), term.aliases) for term in self.terms)

    def term(self, code: str) -> Term | None:
        """The word with this code."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> Mapping[str, Term]:
        return {term.code: term for term in reversed(self.terms)}

    def group_of(self, code: str, version: str) -> Group | None:
        """The group a word stands in, by one way of grouping."""
        way = next((one for one in self.groupings if one.version == version), None)
        return next((group for group in way.groups if code in group.words), None) if way else None


Vocabularies = Mapping[str, Vocabulary]
"""By name: stages, results, forms …"""


@cache
def chosen(model: type[BaseModel]) -> Mapping[str, str]:
    """Dotted keys of a record (no indices) -> the vocabulary the word there comes from."""
    found = {}
    for name, field in model.model_fields.items():
        for vocabulary in _lists_in((field.annotation, *field.metadata)):
            found[name] = vocabulary
        for record in records_in(field.annotation):
            found |= {f"{name}.{keys}": listed for keys, listed in chosen(record).items()}
    return found


def _lists_in(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, From):
        yield annotation.vocabulary
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    for part in (*parts, *getattr(annotation, "__metadata__", ())):
        yield from _lists_in(part)
