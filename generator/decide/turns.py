"""What one audience may see of a student -> the works of an occasion. Which, and in which order?

The student's own choice comes first; nothing is ever weighed or counted (003 §3.4).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace

from generator.decide.honour import is_called
from generator.decide.subject import Subject
from generator.model.deck import Occasion, Theme, Turn
from generator.model.edition import Edition
from generator.model.kinds import AnyEntry
from generator.model.shared import entries_of
from generator.model.shown import ShownEntry

FEW, MOST = 5, 9
"""Works of one showing (look.md): no fewer if there are any, no more but for everybody's first."""
_WANTED: dict[str, object] = {
    one.name: one.default for one in fields(Edition) if one.default is not MISSING
}
"""All that an edition need not have: an occasion has of it what it asks for and nothing else."""


def find_matching(subject: Subject, occasion: Occasion) -> frozenset[str]:
    """Ids of all entries of a student that are on the theme, whoever may see them."""
    whole = entries_of(subject.school, subject.student)
    return frozenset(entry.id for entry in whole if _is_on(entry, occasion))


def choose_works(subject: Subject, edition: Edition, occasion: Occasion) -> tuple[str, ...]:
    """Ids of the works an occasion could show of one student, what they chose themselves first."""
    if occasion.tier == "commission":
        return tuple(entry.id for entry in edition.entries)
    matching = find_matching(subject, occasion)
    shown = {entry.id: entry for entry in edition.entries if entry.id in matching}
    if occasion.kind in ("ceremony", "news"):
        return tuple(reversed(shown))
    carried = subject.student.portfolio.choices.carried if occasion.moving_up else ()
    own = [id for id in dict.fromkeys((*edition.highlights, *carried)) if id in shown]
    # A slide is two thirds picture: words alone come after, in the same order.
    rest = sorted((id for id in shown if id not in own), key=lambda id: not shown[id].scans)
    if occasion.kind == "student":
        return tuple(own) if len(own) >= FEW else (*own, *rest)[:FEW]
    return (*own, *rest)


def share_out(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """How many of their works each student shows: one each, then a second one while there is
    room for everybody's second, and so on."""
    taken: list[tuple[str, str]] = []
    for number in range(MOST):
        more = [(who, works[number]) for who, works in found.items() if len(works) > number]
        if taken and len([*taken, *more]) > MOST:
            break
        taken += more
    return {who: tuple(work for one, work in taken if one == who) for who in found}


def take_turn(edition: Edition, works: Sequence[str]) -> Turn:
    """A student before the audience with these works and nothing more."""
    return Turn(keep_only(edition, works), tuple(works))


def keep_only(edition: Edition, works: Sequence[str]) -> Edition:
    """The edition with these entries, and those a series leads to, and nothing that it need not
    have."""
    linked = {id for one in edition.entries if one.id in works for id in _ends(one)}
    kept = linked.union(works)
    entries = tuple(
        replace(one, links=_ends(one) if one.id in works else ())
        for one in edition.entries
        if one.id in kept
    )
    bare = {**_WANTED, "entries": entries, "highlights": (), "cover": "", "motto": "", "about": ""}
    return replace(edition, **bare)  # type: ignore[arg-type]


def tell_of_oneself(turn: Turn, edition: Edition, occasion: Occasion) -> Turn:
    """The same with what a student says first, and of the way that ends when moving up."""
    reached = tuple(goal for goal in edition.goals if goal.state == "reached")
    way = {"goals": reached, "years": edition.years[:1]} if occasion.moving_up else {}
    own = replace(turn.edition, motto=edition.motto, cover=_cover(turn, edition), **way)  # type: ignore[arg-type]
    return replace(turn, edition=own)


def _cover(turn: Turn, edition: Edition) -> str:
    """The chosen cover, where it hangs on a work that is shown anyhow."""
    keys = {scan.key for one in turn.edition.entries for scan in one.scans}
    return edition.cover if edition.cover in keys else ""


def _ends(entry: ShownEntry) -> tuple[str, ...]:
    """Of a series its first and its last work."""
    return (entry.links[0], entry.links[-1]) if entry.kind == "series" and entry.links else ()


def _is_on(entry: AnyEntry, occasion: Occasion) -> bool:
    theme = occasion.theme
    asked = (
        (entry.kind, theme.kinds),
        (entry.event, theme.events),
        (entry.get("direction"), theme.directions),
    )
    if any(wanted and one not in wanted for one, wanted in asked):
        return False
    if theme.tags and not {*theme.tags} & {*entry.tags, *entry.actions}:
        return False
    if occasion.kind == "ceremony" and not (is_called(entry) or theme.kinds):
        return False
    return not theme.is_bounded or any(_within(entry, theme))


def _within(entry: AnyEntry, theme: Theme) -> Iterator[bool]:
    """Whether any of its days is one of those asked for; what bears no day is not."""
    start = entry.period.start if entry.period else entry.date
    if start:
        lasts = entry.period is not None and entry.period.end is None
        last = dt.date.max if lasts else entry.day or start
        since, until = theme.since or dt.date.min, theme.until or dt.date.max
        yield start <= until and last >= since
