"""What stands in the register of what happened to somebody's words (002 §7.5.4, R-137)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

What = Literal["release", "cards", "export", "archive", "access", "incident"]

# Ids and nothing else: a person's name in Russian letters cannot get in at all.
_IDS = re.compile(r"[!-~]+( [!-~]+)*")


@dataclass(frozen=True)
class Event:
    """One thing that happened: what, about whom, for whom, on what ground, by whom; ids only."""

    at: str
    """The moment, in ISO 8601 with its time zone."""
    what: What
    about: tuple[str, ...]
    """Students."""
    audiences: tuple[str, ...]
    basis: str
    """Grounds with a space between: an order or a consent by its ids, before it `tier,tier@` where
    it is for some audiences only; empty where none is needed."""
    by: str
    """A person of people.yml, `login:<name>` of a machine, or `ci`."""
    tool: str
    """Name and version of the program."""
    details: Mapping[str, str | int]
    """What this kind of event has of its own, e.g. level and digest of a release."""

    def __post_init__(self) -> None:
        """Refuses what is no event: a programmer's mistake, never a reader's."""
        ids = [self.at, *self.about, *self.audiences, self.by, self.tool, *self.details]
        ids += [self.basis] if self.basis else []
        if self.what not in get_args(What) or not all(map(_IDS.fullmatch, ids)):
            raise ValueError("the register takes its own kinds of events, and ids only")
