"""An entry -> everything that could be told of it. What is the same before every audience?

Made once: which of it an audience gets is asked for each audience anew.
"""

from dataclasses import dataclass

from generator.decide.facts import (
    Sheet,
    facts_of,
    links_of,
    measures_of,
    said_of,
    say_decided,
    scans_of,
)
from generator.decide.subject import Subject, duty_of, person, term
from generator.decide.table import Thing
from generator.diagnostic import Text
from generator.model.kinds import AnyEntry
from generator.model.school import year_of
from generator.model.shown import Fact, ShownMeasure, Signed
from generator.model.student import Confirmation, Countersign


@dataclass(frozen=True)
class Worded:
    """An entry in words."""

    kind: Text
    year: str
    """School year; empty when the entry bears no date."""
    grade: int | None
    facts: tuple[tuple[Thing | None, Fact], ...]
    """Each with what has to be granted to read it."""
    said: tuple[Fact, ...]
    measures: tuple[ShownMeasure, ...]
    links: tuple[str, ...]
    tags: tuple[Text, ...]
    sheets: tuple[Sheet, ...]
    decided: Text
    signed: Signed | None
    """Under the decision of a member of staff."""
    countersigned: Signed | None


def put_in_words(subject: Subject, entry: AnyEntry, word: Confirmation | None) -> Worded:
    """An entry, and the decision about it, in words."""
    school, day = subject.school, entry.day
    second = word.countersigned if word else None
    return Worded(
        kind=term(school, "kinds", entry.kind),
        year=year_of(day) if day else "",
        grade=subject.grade_on(day),
        facts=tuple(facts_of(subject, entry)),
        said=tuple(said_of(entry)),
        measures=tuple(measures_of(entry)),
        links=links_of(entry),
        tags=tuple(term(school, "tags", tag) for tag in entry.tags),
        sheets=tuple(scans_of(school, entry)),
        decided=say_decided(subject.student.consents.decided(entry.id)),
        signed=_signed(subject, word) if word else None,
        countersigned=_signed(subject, second) if second else None,
    )


def _signed(subject: Subject, word: Confirmation | Countersign) -> Signed:
    school = subject.school
    return Signed(person(school, word.by), word.on, duty_of(school, word.by, subject.student))
