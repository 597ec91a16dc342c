"""A kind of entry + the models and words -> its few questions. What does one have to say?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.diagnostic import Text
from generator.model.kinds import KINDS
from generator.model.label import Labels
from generator.model.school import Event, School
from generator.model.vocabulary import Vocabulary, chosen

ASKED: Mapping[str, tuple[str, ...]] = {
    "contest": ("form", "subject", "result"),
    "sport": ("discipline", "result"),
    "creative": ("form", "technique"),
    "project": ("form", "subject", "role", "result"),
    "course": ("organisation", "hours"),
    "activity": ("leader", "hours"),
    "volunteering": ("organisation", "role", "hours"),
    "gto": ("scheme", "step", "sign"),
    "reward": ("form", "sphere", "given_by"),
    "practice": ("organisation", "role"),
    "government": ("body", "role"),
    "training": ("organisation", "profession", "hours"),
    "study": ("form", "subject"),
}
"""Kind -> what is asked of it; the most usual kinds first. A series, a page of one's own and what
another organisation gave are written in the file: they are more than a few answers."""
USUAL_PAPERS = (
    "diploma", "winner-diploma", "prize-diploma", "honour", "certificate", "thanks",
    "photo", "drawing", "work",
)  # fmt: skip
_PAPER_OF_RESULT = {"winner": "winner-diploma", "prize-winner": "prize-diploma"}
_PAPER_OF_KIND = {
    "creative": "work",
    "course": "certificate",
    "gto": "identity",
    "reward": "honour",
}
_CONTESTS: Mapping[str, str] = {
    "sport": "sport", "physical": "sport", "gto": "gto", "conference": "project",
    "concert": "creative", "exhibition": "creative", "action": "volunteering",
    "practice": "practice",
}  # fmt: skip
"""Form of an event -> the kind of an entry about it, where that is no contest."""


@dataclass(frozen=True)
class Question:
    """One thing to ask about an entry."""

    key: str
    label: Text
    answer: Literal["word", "number", "line"]
    is_needed: bool
    choices: tuple[tuple[str, str], ...] = ()
    """Of a word: its code, and what it means."""
    also: Mapping[str, str] | None = None
    """What people also call a word -> its code."""
    default: str = ""
    most: tuple[int, int] = (0, 0)
    """Of a number: the least and the greatest."""
    told: str = ""
    """The answer, when the event tells it: then nobody is asked."""


def questions_of(kind: str, school: School, labels: Labels, event: Event | None) -> list[Question]:
    """What to ask of an entry of this kind, in order."""
    model, lists = KINDS[kind], chosen(KINDS[kind])
    found = []
    for key in ASKED[kind]:
        field = model.model_fields[key]
        label = labels.field(model, key).title
        told = Text(label, key.replace("_", " "))
        listed = school.vocabularies.get(lists.get(key, ""))
        if listed:
            found.append(_of_words(key, told, field.is_required(), listed))
        elif key in ("hours", "step"):
            most = (1, 18) if key == "step" else (1, 5000)
            found.append(Question(key, told, "number", field.is_required(), most=most))
        else:
            found.append(Question(key, told, "line", field.is_required()))
    if event is None and "stage" in model.model_fields:
        label = labels.field(model, "stage").title
        stages = _of_words("stage", Text(label, "stage"), False, school.vocabularies["stages"])
        found.insert(0, stages)
    return [_suggested(one, event) for one in found]


def paper_question(school: School, kind: str, result: str, read: str = "") -> Question:
    """What can be seen on the scan; any other of our words may be typed. `read` was read off it."""
    listed = school.vocabularies["documents"]
    usual = {term.code: term.ru for term in listed.terms if term.code in USUAL_PAPERS}
    likely = _PAPER_OF_RESULT.get(result) or _PAPER_OF_KIND.get(kind, "diploma")
    default = read if read in usual and read != "diploma" else likely
    shown = tuple((code, usual[code]) for code in USUAL_PAPERS if code in usual)
    label = Text("Что на скане", "What the scan shows")
    return Question("document", label, "word", True, shown, _aliases(listed), default)


def word_question(key: str, label: Text, listed: Vocabulary) -> Question:
    """A choice of one of our words, which has to be made."""
    return _of_words(key, label, True, listed)


def kind_choices(school: School) -> tuple[tuple[str, str], ...]:
    """Kinds that a few answers are enough for."""
    kinds = school.vocabularies["kinds"]
    return tuple((kind, term.ru if (term := kinds.term(kind)) else kind) for kind in ASKED)


def kind_of(event: Event | None) -> str:
    """The kind of an entry about an event."""
    return _CONTESTS.get(event.form, "contest") if event else "contest"


def understood(question: Question, typed: str) -> str | None:
    """The value that was meant; empty for nothing where nothing may stand, None for no sense."""
    if not typed:
        return None if question.is_needed else ""
    if question.answer == "number":
        least, most = question.most
        return typed if typed.isdecimal() and least <= int(typed) <= most else None
    if question.answer == "word":
        codes = {code for code, _ in question.choices} | {*(question.also or {}).values()}
        return typed if typed in codes else (question.also or {}).get(_folded(typed))
    return typed if len(typed) <= 300 else None


def _of_words(key: str, label: Text, needed: bool, listed: Vocabulary) -> Question:
    terms = tuple((term.code, term.ru) for term in listed.terms if term.until is None)
    return Question(key, label, "word", needed, terms, _aliases(listed))


def _aliases(listed: Vocabulary) -> dict[str, str]:
    return {
        _folded(name): term.code
        for term in listed.terms
        for name in (term.code, term.ru, term.en, *term.aliases)
    }


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())


def _suggested(question: Question, event: Event | None) -> Question:
    """With what the event tells of it."""
    if event and question.key == "form" and event.form in dict(question.choices):
        return replace(question, told=event.form)
    return question


def near_events(school: School, words: str, most: int = 6) -> Sequence[Event]:
    """Events of the register whose titles have these words, the latest first."""
    parts = _folded(words).split()
    found = [
        event
        for event in sorted(school.events.events, key=lambda one: one.date, reverse=True)
        if all(part in f"{_folded(event.title)} {event.id} {event.date.year}" for part in parts)
    ]
    return found[:most] if parts else []
