"""Words that a teacher types -> codes of a school's lists. Which one of them is meant?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.diagnostic import Text, quote
from generator.model.school import School
from generator.model.vocabulary import Term
from generator.say import choose
from generator.trouble import Trouble

_FEW, _NEAREST = 12, 3
"""So many words may be told all; of more, the nearest."""
_OURS = Text("в справочнике, «Слова на выбор»", "in the reference, «Слова на выбор»")
_LISTS: tuple[tuple[str, tuple[str, ...], Text], ...] = (
    ("tags", ("tags", "learning-actions"), Text("результата", "result")),
    ("kinds", ("kinds",), Text("вида записей", "kind of entries")),
    ("directions", ("directions", "activity-directions"), Text("направления", "direction")),
)


@dataclass(frozen=True)
class Words:
    """One list of words that may be typed, by code or as people call it."""

    field: str
    """Of what is asked for and of a theme."""
    terms: tuple[Term, ...]
    what: Text
    """Whose list it is, as it stands after «нет»."""
    where: Text
    """Where it can be read."""

    def find(self, typed: str) -> Term | None:
        """The word that is called exactly so."""
        word = _folded(typed)
        names = ((one, (one.code, one.ru, one.en, *one.aliases)) for one in self.terms)
        return next((one for one, said in names if word in map(_folded, said)), None)

    def code_of(self, typed: str) -> str:
        """The code that is meant; Trouble with the nearest ones when there is none."""
        if exact := self.find(typed):
            return exact.code
        # Of a long title people type what they remember.
        word = _folded(typed)
        partly = [one for one in self.terms if len(word) > 2 and word in _folded(one.ru)]
        if len({one.ru for one in partly}) == 1:
            return partly[0].code
        what, named = self.what, quote(typed)
        message = Text(f"нет {what.ru} {named}", f"there is no {what.en} {named}")
        raise Trouble(message, self._advice(word))

    def _advice(self, word: str) -> Text:
        where = self.where
        if not self.terms:
            return Text(
                f"впишите его {where.ru}: там пока ни одного", f"none yet {where.en}: enter it"
            )
        if len(self.terms) <= _FEW:
            known = [(one.code, Text(one.ru, one.en), one.aliases) for one in self.terms]
            said = choose(word, known)
        else:
            told = [f"{quote(one.code)} ({quote(one.ru)})" for one in self._nearest(word)]
            said = Text(f"ближе других: {', '.join(told)}", f"the nearest: {', '.join(told)}")
        return Text(f"{said.ru}; все — {where.ru}", f"{said.en}; all are {where.en}")

    def _nearest(self, word: str) -> list[Term]:
        best: dict[str, Term] = {}
        for one in sorted(self.terms, key=lambda one: -_nearness(word, one)):
            best.setdefault(one.ru, one)
        return [*best.values()][:_NEAREST]


def words_of(school: School) -> tuple[Words, ...]:
    """Every list that a theme may be said in."""
    events = sorted(school.events.events, key=lambda one: one.date, reverse=True)
    # By id or by title; the newest first, for a contest of every year has one title.
    titles = tuple(Term(code=one.id, ru=one.title, en=one.title) for one in events)
    file = Text("в `school/events.yml`", "in `school/events.yml`")
    register = Words("events", titles, Text("события", "event"), file)
    return register, *(
        Words(field, tuple(_terms(school, lists)), what, _OURS) for field, lists, what in _LISTS
    )


def _terms(school: School, lists: Iterable[str]) -> Iterator[Term]:
    for name in lists:
        if name in school.vocabularies:
            yield from school.vocabularies[name].terms


def _nearness(word: str, term: Term) -> float:
    """How much a typed word looks like a name, or like one word of it."""
    names = [_folded(name) for name in (term.code, term.ru, *term.aliases)]
    parts = [part for name in names for part in (name, *name.split())]
    return max(SequenceMatcher(None, word, part).ratio() for part in parts)


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())
