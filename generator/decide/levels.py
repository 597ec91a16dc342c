"""A portfolio and what is shown of it -> what its level has of its own: a profile, a draft.

Made of what the audience sees and of nothing else: it can tell nobody of a thing not shown.
"""

from collections.abc import Set

from generator.decide.companions import may_tell
from generator.decide.entries import Settled
from generator.decide.subject import Subject
from generator.model.edition import Edition
from generator.model.shown import MovingUp, ShownAnswer, ShownProfile, ShownResult, Tier
from generator.model.spoken import same

_LAST_OF_PRIMARY = 4


def show_profile(
    subject: Subject, settled: tuple[Settled, ...], shown: Set[str], tier: Tier
) -> ShownProfile | None:
    """The intended profile in grades 5-11 (R-044), each subject with the shown entries of it."""
    profile = subject.student.portfolio.profile
    if profile is None or subject.room.level == "primary":
        return None
    reason = may_tell(subject, profile, profile.visibility, tier)
    if reason is None:
        return None
    seen = tuple(one for one in settled if one.entry.id in shown)
    return ShownProfile(
        title=profile.title,
        subjects=tuple(ShownResult(same(name), _of(name, seen)) for name in profile.subjects),
        seen_by=(),
        reason=reason,
    )


def _of(name: str, seen: tuple[Settled, ...]) -> tuple[str, ...]:
    """The entries that name this subject, however they write it: «химия» is «Химия»."""
    taught = {one.entry.id: one.entry.get("subject") or "" for one in seen}
    return tuple(id for id in taught if taught[id].casefold() == name.casefold())


def draft_moving_up(subject: Subject, tier: Tier, edition: Edition) -> MovingUp | None:
    """In grade 4, what one could tell about oneself on moving up (R-043); of what exists only."""
    reason = subject.may("moving-up", tier)
    if reason is None or edition.grade != _LAST_OF_PRIMARY:
        return None
    shown = {entry.id for entry in edition.entries}
    carried = subject.student.portfolio.choices.carried
    entries = tuple(dict.fromkeys((*edition.highlights, *(id for id in carried if id in shown))))
    reached = tuple(goal.statement for goal in edition.goals if goal.state == "reached")
    year = _first_answer(edition)
    return MovingUp(entries, reached, year, reason) if entries or reached or year else None


def _first_answer(edition: Edition) -> ShownAnswer | None:
    newest = edition.years[0].answers if edition.years else ()
    return newest[0] if newest else None
