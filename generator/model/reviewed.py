"""What a teacher looks at before deciding: every entry that changed, and what is known of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from generator.diagnostic import Diagnostic, Text
from generator.model.shown import ShownScan, State, Tier

What = Literal["added", "changed", "moved", "removed"]
Fate = Literal["same", "added", "replaced", "removed"]


@dataclass(frozen=True)
class Line:
    """One field of an entry, as it was and as it is; nothing where it is not said."""

    key: str
    label: Text
    before: Text
    after: Text

    @property
    def is_changed(self) -> bool:
        """Whether it says something else now."""
        return self.before != self.after


@dataclass(frozen=True)
class ReviewedScan:
    """A scan of an entry, as it was and as it is."""

    file: str
    fate: Fate
    before: ShownScan | None
    after: ShownScan | None

    @property
    def shown(self) -> ShownScan:
        """As it is; as it was, when it is gone."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class Glance:
    """An audience that comes to see the entry, sees it anew, or sees it no more."""

    what: Literal["appears", "changes", "disappears"]
    tier: Tier
    group: str
    """Title of the class, when the audience is one."""


@dataclass(frozen=True)
class Card:
    """An entry that changed."""

    student: str
    name: str
    class_title: str
    entry: str
    what: What
    kind: Text
    title: str
    day: dt.date | None
    state: State | None
    """How it stands now; None when it is gone."""
    was: State | None
    digest: str
    """What a decision is bound to; empty when there is nothing to decide."""
    lines: tuple[Line, ...]
    scans: tuple[ReviewedScan, ...]
    glances: tuple[Glance, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the findings have to be mended."""
        return sum(one.is_error for one in self.findings)

    @property
    def waits(self) -> bool:
        """Whether a teacher's decision is wanted."""
        return bool(self.digest) and self.state in ("submitted", "changed", "disputed")


@dataclass(frozen=True)
class Report:
    """Two states of a school, compared."""

    site: str
    school: str
    base: str
    head: str
    """What the two are called."""
    day: dt.date
    cards: tuple[Card, ...]
    """Those with errors first, then those that wait for a decision."""
    others: tuple[Diagnostic, ...]
    """What is found and is of no entry of these."""
    glances: tuple[tuple[str, Glance, Text], ...] = ()
    """Name of a student, who comes to see something, and what that is called: all but entries."""
    format_only: int = 0
    """Files that say the same as before, written otherwise."""

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All of them."""
        return (*(found for card in self.cards for found in card.findings), *self.others)
