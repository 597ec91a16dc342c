"""Words read off a paper + a school -> what may be answered. Whose is it, and what for?"""

import datetime as dt
import re
from dataclasses import dataclass

from generator.curate.names import day_in, fold
from generator.model.school import Event, School
from generator.model.vocabulary import Vocabulary

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
_RESULT_OF_PAPER = {"winner-diploma": "winner", "prize-diploma": "prize-winner"}
_LONG_DAY = re.compile(rf"(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})")
_SHORT_DAY = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")


@dataclass(frozen=True)
class Hints:
    """Proposals, each of them perhaps nothing; a person accepts or replaces them."""

    student: str = ""
    """An id, when the words name one student and no other."""
    event: Event | None = None
    date: dt.date | None = None
    result: str = ""
    document: str = ""


NO_HINTS = Hints()


def hints_in(text: str, school: School, today: dt.date) -> Hints:
    """What these words seem to say."""
    folded = _words(text)
    ids = {id for mention in school.names.find(text) for id in mention.ids}
    events = [one for one in school.events.events if f" {_words(one.title)} " in f" {folded} "]
    paper = _word(folded, school.vocabularies["documents"])
    return Hints(
        student=ids.pop() if len(ids) == 1 else "",
        event=max(events, key=lambda one: one.date, default=None),
        date=_day(text, today),
        result=_word(folded, school.vocabularies["results"]) or _RESULT_OF_PAPER.get(paper, ""),
        document=paper,
    )


def _day(text: str, today: dt.date) -> dt.date | None:
    """The only day of the past in the text."""
    found = {day_in(written) for written in _SHORT_DAY.findall(text)}
    for day, month, year in _LONG_DAY.findall(text.lower()):
        found.add(day_in(f"{day}.{_MONTHS.index(month) + 1}.{year}"))
    days = {day for day in found if day and day <= today}
    return days.pop() if len(days) == 1 else None


def _word(folded: str, listed: Vocabulary) -> str:
    """The word that the text has; the longest one when it has several."""
    names = {_words(name): term.code for term in listed.terms for name in (term.ru, *term.aliases)}
    there = [name for name in names if f" {name} " in f" {folded} "]
    return names[max(there, key=len)] if there else ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
