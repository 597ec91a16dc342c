"""Ensembles, teams, classes, and what they achieved together, written once (R-021)."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, NamedTuple

from generator.model.entry import Companion, Result, Scan, Stage
from generator.model.record import Day, FileRecord, From, Id, Line, Record, Word


class Member(Record):
    """Somebody's part in a collective's achievement."""

    student: Id
    """Who."""
    role: Line
    """What this member did: «солистка», «вратарь», «участник»."""


class Achievement(Record):
    """What a collective achieved; each member's portfolio shows it to the family, and to whom
    the family grants it (`shared` in portfolio.yml)."""

    id: Id
    """Short, random, never changes."""
    title: Line
    """What it is called."""
    date: Day
    """The day it happened."""
    event: Id | None = None
    """The event from events.yml."""
    stage: Stage | None = None
    """Level of the event when it is not in the register of events."""
    result: Result | None = None
    """Result; left out for participation (R-007)."""
    members: tuple[Member, ...]
    """Who took part, each with a role."""
    scans: tuple[Scan, ...] = ()
    """Scans; their files lie in school/collectives/<achievement>/."""
    people: tuple[Companion, ...] = ()
    """Who else is named or pictured; whoever took part is taken to be in its photographs."""
    original: Line | None = None
    """Where the paper original lies (R-150)."""
    entered_by: Id
    """Who answers for it (id from people.yml)."""
    entered_on: Day
    """When it was entered."""
    basis: Line
    """On what basis: «протокол», «оригинал диплома» …"""


class Collective(Record):
    """An ensemble, a team, a class."""

    id: Id
    """Short name."""
    title: Line
    """What it is called."""
    form: Annotated[Word, From("collective-forms")]
    """ensemble, choir, team, class …"""
    leader: Line | None = None
    """Who leads it."""
    achievements: tuple[Achievement, ...] = ()
    """What it achieved."""


class TookPart(NamedTuple):
    """What a student achieved with others, and in which role."""

    collective: Collective
    done: Achievement
    role: str


class Collectives(FileRecord):
    """school/collectives.yml"""

    collectives: tuple[Collective, ...] = ()
    """Collectives."""

    @cached_property
    def by_member(self) -> Mapping[str, tuple[TookPart, ...]]:
        """Student -> everything they took part in, in order: every student is asked for it."""
        found: defaultdict[str, list[TookPart]] = defaultdict(list)
        for collective in self.collectives:
            for done in collective.achievements:
                for student, role in {m.student: m.role for m in reversed(done.members)}.items():
                    found[student].append(TookPart(collective, done, role))
        return {student: tuple(ones) for student, ones in found.items()}
