"""The page «О портфолио» of a level: by which rules, who answers, what words mean."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Text
from generator.model.shown import Fact, Level


@dataclass(frozen=True)
class Version:
    """A later version of the regulation: what was changed, and by which papers."""

    version: str
    what: str
    papers: tuple[Fact, ...]


@dataclass(frozen=True)
class Basis:
    """A legal act the regulation rests on, and how it stands today (R-163)."""

    title: str
    paper: Text
    state: Literal["in-force", "coming", "replaced", "ended"]
    replaced_by: Text
    """The act that took its place, or empty."""
    checked: dt.date
    """When somebody last looked whether it is still so."""
    since: dt.date | None = None
    """First day in force, where that is not the day it was signed."""
    until: dt.date | None = None
    """Last day in force; none while no end is known."""


@dataclass(frozen=True)
class Duty:
    """A duty and those whom an order names for it."""

    code: str
    """The role: `head`, `class-teacher` …"""
    role: Text
    people: tuple[Fact, ...]
    """`field` is the name, `words` the class or subject, and the order."""


@dataclass(frozen=True)
class Announced:
    """An event whose results may be shown in a portfolio (R-056)."""

    title: str
    on: dt.date
    stage: Text
    by: str
    is_ahead: bool = False
    """Whether it is still to come."""


@dataclass(frozen=True)
class Term:
    """A word of the pages and what it means; `anchor` is where links lead."""

    anchor: str
    title: Text
    meaning: Text


@dataclass(frozen=True)
class About:
    """The page «О портфолио» of one level."""

    path: str
    level: Level
    compartments: tuple[str, ...]
    """`public` alone on the page that needs no code."""
    regulation: str
    version: str
    trail: tuple[Fact, ...]
    """How it was approved: council, order, opinions (R-160)."""
    versions: tuple[Version, ...]
    basis: tuple[Basis, ...]
    duties: tuple[Duty, ...]
    announced: tuple[Announced, ...]
    glossary: tuple[tuple[str, tuple[Term, ...]], ...]
    """Lists of words (`kinds`, `states`, `levels`, `glossary`) and their terms."""
    handbook: str = ""
    """Address of the handbook, where there is one."""

    @property
    def is_open(self) -> bool:
        """Whether anybody may read it: then it names duties, and nobody who has one."""
        return self.compartments == ("public",)
