"""Ensembles, teams, classes, and what they achieved together, written once (R-021)."""

from typing import Annotated

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


class Collectives(FileRecord):
    """school/collectives.yml"""

    collectives: tuple[Collective, ...] = ()
    """Collectives."""
