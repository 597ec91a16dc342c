"""Text + the students of a school -> who is named in it. Is this somebody of ours?

Check, decide and the sweep, which do not know each other, all ask here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

import ahocorasick

from generator.model.declension import (
    Forms,
    decline_given,
    decline_surname,
    of_relatives,
    of_several,
)
from generator.model.short_names import COMMON_WORDS, short_for

_SIGNS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(r"[^\W\d_]+")
_CLOSE = re.compile(r"-|[^\S\n]*\n?[^\S\n]*")
"""What may stand between two words of one name: not a comma, not the end of a paragraph."""
_POINT = re.compile(r"\.\s*")
_PATRONYMIC = re.compile(r"(?:ич(?:а|у|ем|е)?|[вчш]н(?:а|ы|е|у|ой|ою))$")
_BEGINS = re.compile(r"(?:^|[.!?…:]|\n)[\s«„“\"(—–-]*$")
"""Where every word has a capital letter."""
_SHORTEST = 3


@dataclass(frozen=True)
class Known:
    """Somebody who may be named: an id, and the names in the register."""

    id: str
    given: tuple[str, ...]
    """The given name first, then what the student likes to be called."""
    surnames: tuple[str, ...]
    """Former ones too."""
    patronymic: str = ""


@dataclass(frozen=True)
class Mention:
    """A name in a text as it is written there, and everybody it may be the name of."""

    words: str
    ids: frozenset[str]


@dataclass(frozen=True)
class _Given:
    """A given name in its cases, in any of them, and its initials."""

    cases: Forms
    every: frozenset[str]
    initials: frozenset[str]


@dataclass(frozen=True)
class _Person:
    """One student, ready to be compared."""

    id: str
    given: _Given
    surname: str
    patronymic: str

    def are_several(self, form: str) -> bool:
        """Whether this form of the surname is of more people than one."""
        return form in of_several(self.surname)


@dataclass(frozen=True)
class _Token:
    """A word of a text: as written, folded, and where."""

    written: str
    folded: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it is written as names are."""
        return self.written[0].isupper()

    @property
    def is_initial(self) -> bool:
        """Whether it may stand for a whole name."""
        return len(self.written) == 1 and self.is_capital


@dataclass(frozen=True)
class Names:
    """Everybody who may be named, found by any form of a surname. Made by `gather`."""

    _surnames: dict[str, tuple[str, ...]] = field(repr=False)
    """Form -> surnames it may be a form of."""
    _people: dict[str, tuple[_Person, ...]] = field(repr=False)
    """Surname -> who bears it."""
    _machine: ahocorasick.Automaton = field(repr=False, compare=False)
    _public: str = ""

    def may_stand(self, text: str) -> bool:
        """Whether a closer look is worth while: a surname seems to begin somewhere."""
        if not len(self._machine):
            return False
        folded = _fold(_clean(text))
        return any(
            end < length or not folded[end - length].isalpha()
            for end, length in self._machine.iter(folded)
        )

    def find(self, text: str) -> tuple[Mention, ...]:
        """Whoever is named by given name or initial and surname, in either order and any case."""
        if not self.may_stand(text):
            return ()
        text = _clean(text)
        tokens = _tokens(text)
        found = (mention for at in range(len(tokens)) for mention in self._at(text, tokens, at))
        return tuple(dict.fromkeys(found))

    def surnames(self, text: str, own: str) -> tuple[str, ...]:
        """Surnames that stand alone: those of the student `own`, and, where no sentence begins,
        those that one other student alone bears."""
        if not self.may_stand(text):
            return ()
        text = _clean(text)
        found = []
        for token in _tokens(text):
            ids = {one.id for one in self._bearing(token.folded)}
            # A first word has its capital from the sentence: «Школа», «Лев».
            alone = len(ids) == 1 and not _BEGINS.search(text[: token.start])
            if token.is_capital and (own in ids or alone) and not self._is_public(token.written):
                found.append(token.written)
        return tuple(dict.fromkeys(found))

    def _at(self, text: str, tokens: list[_Token], at: int) -> Iterator[Mention]:
        """Who is named by the surname that stands here, if it is one: each given name is of one
        person, and may be the name of several."""
        ids: dict[int, set[str]] = {}
        for person in self._bearing(tokens[at].folded):
            for given in _beside(text, tokens, at, person):
                ids.setdefault(given, set()).add(person.id)
        for given, meant in ids.items():
            first, last = sorted((given, at))
            words = text[tokens[first].start : tokens[last].end]
            if not self._is_public(words):
                yield Mention(" ".join(words.split()), frozenset(meant))

    def _bearing(self, form: str) -> Iterator[_Person]:
        """Everybody whose surname this may be a form of."""
        for surname in self._surnames.get(form, ()):
            yield from self._people[surname]

    def _is_public(self, words: str) -> bool:
        return _fold(words) in self._public


def gather(known: Iterable[Known], public: str = "") -> Names:
    """The names of these people; a name that stands in `public`, the school's own name, is none."""
    people: dict[str, list[_Person]] = {}
    for one in known:
        for surname, person in _people_of(one):
            people.setdefault(surname, []).append(person)
    surnames: dict[str, list[str]] = {}
    machine = ahocorasick.Automaton()
    for surname in people:
        forms = _forms_of(surname)
        for form in forms:
            surnames.setdefault(form, []).append(surname)
        for stem in _stems(forms):
            machine.add_word(stem, len(stem))
    machine.make_automaton()
    return Names(
        {form: tuple(ones) for form, ones in surnames.items()},
        {surname: tuple(ones) for surname, ones in people.items()},
        machine,
        _fold(public),
    )


# A school that is looked at file by file has, most often, the names it had before.
@lru_cache(maxsize=2)
def names_of(known: tuple[Known, ...], public: str) -> Names:
    """The same as `gather`, remembered."""
    return gather(known, public)


def _people_of(one: Known) -> Iterator[tuple[str, _Person]]:
    """Somebody by each surname, and as an id says it in Latin letters: «Gleb Sokolov»."""
    given = _given(_parts(one.given))
    patronymic = _fold(one.patronymic)
    for surname in _parts(one.surnames):
        yield surname, _Person(one.id, given, surname, patronymic)
    surname, _, latin = one.id.partition("-")
    if latin.isalpha() and len(surname) > 1:
        yield surname, _Person(one.id, _given((latin,)), surname, "")


@cache
def _given(names: tuple[str, ...]) -> _Given:
    """The first name, what friends say instead, and all forms of these."""
    every = dict.fromkeys((*names, *(short for name in names for short in short_for(name))))
    forms = [decline_given(name) for name in every]
    cases = tuple(frozenset().union(*case) for case in zip(*forms, strict=True))
    return _Given(cases, frozenset().union(*cases), frozenset(name[0] for name in names))


@cache
def _forms_of(surname: str) -> frozenset[str]:
    several = of_several(surname)
    return several.union(of_relatives(surname), *decline_surname(surname))


def _parts(names: Iterable[str]) -> tuple[str, ...]:
    """Every word of these names, folded: of a double surname each half may stand alone."""
    words = (_fold(word) for name in names for word in _WORD.findall(_clean(name)))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _stems(forms: frozenset[str]) -> frozenset[str]:
    """How every form begins: few beginnings, and none so short that it is everywhere."""
    first, last = min(forms), max(forms)
    stem = next((first[:n] for n in range(len(first), 0, -1) if last.startswith(first[:n])), "")
    return frozenset({stem} if len(stem) >= _SHORTEST else {form[:_SHORTEST] for form in forms})


def _beside(text: str, tokens: list[_Token], at: int, person: _Person) -> Iterator[int]:
    """Where this person's given name or initial stands beside the surname at a place."""
    for step in (-1, 1):
        path = _path(text, tokens, at, step)
        if person.are_several(tokens[at].folded) and "и" in [
            tokens[one].folded for one in path[1:2]
        ]:
            # «Глеб и Дарья Соколовы»: each of them.
            yield from (one for one in path[::2] if _is_given(tokens, one, at, person))
        elif (one := _given_of(tokens, path, (at, step), person)) is not None:
            yield one


def _path(text: str, tokens: list[_Token], at: int, step: int) -> list[int]:
    """The next three words to one side that belong to the same run of words."""
    path, here = [], at
    for _ in range(3):
        there = here + step
        if not 0 <= there < len(tokens):
            break
        left, right = sorted((here, there))
        between = text[tokens[left].end : tokens[right].start]
        close = _POINT if tokens[left].is_initial else _CLOSE
        if not close.fullmatch(between):
            break
        path.append(there)
        here = there
    return path


def _given_of(
    tokens: list[_Token], path: list[int], place: tuple[int, int], person: _Person
) -> int | None:
    """The place of the given name on one side of the surname, with or without a patronymic."""
    at, step = place
    fits = _fits(tokens[path[0]], person) if step < 0 and len(path) > 1 else None
    # «Глеб Андреевич Соколов», «Г. А. Соколов»: before the surname the patronymic comes first.
    if fits is not None and _is_given(tokens, path[1], at, person):
        return path[1] if fits else None
    if not path or not _is_given(tokens, path[0], at, person):
        return None
    after = tokens[path[1]] if step > 0 and len(path) > 1 else None
    return None if after and _fits(after, person) is False else path[0]


def _fits(token: _Token, person: _Person) -> bool | None:
    """Whether a patronymic, or its initial, may be this person's; None when it is none at all."""
    if token.is_initial:
        return not person.patronymic or person.patronymic[0] == token.folded
    if token.is_capital and _PATRONYMIC.search(token.folded):
        return not person.patronymic or token.folded.startswith(person.patronymic[:-2])
    return None


def _is_given(tokens: list[_Token], at: int, of: int, person: _Person) -> bool:
    """Whether a word is this person's given name, or its initial, beside the surname."""
    word, surname = tokens[at], tokens[of]
    if word.is_initial:
        return surname.is_capital and word.folded in person.given.initials
    if word.folded not in person.given.every or word.is_capital > surname.is_capital:
        return False  # «Миша волков не боится»
    if word.folded in _OTHER_WORDS:
        cases = zip(person.given.cases, decline_surname(person.surname), strict=True)
        same = any(word.folded in g and surname.folded in s for g, s in cases)
        return same and word.is_capital
    return True


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(found[0], _fold(found[0]), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]


def _clean(text: str) -> str:
    """Composed, and without signs that nobody sees."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _INVISIBLE.sub("", text) if any(map(text.__contains__, _SIGNS)) else text


def _fold(text: str) -> str:
    return text.lower().replace("ё", "е")


NOBODY = gather(())
"""The names of no school at all."""
_OTHER_WORDS = frozenset(
    form for name in COMMON_WORDS for case in decline_given(name) for form in case
)
