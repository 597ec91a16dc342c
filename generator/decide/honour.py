"""What an audience sees of a student -> what a school thanks for this year. For what? (R-115)

Nobody sees more by it: what is told here stands in the same edition, for the same readers.
"""

from collections.abc import Iterator

from generator.decide.entries import Settled
from generator.decide.subject import Subject, term
from generator.diagnostic import Text
from generator.model.kinds import AnyEntry
from generator.model.shown import Honour, ShownEntry, Tier

_CALLED = frozenset({"contest", "sport", "gto", "reward", "group"})
"""Kinds for which somebody is called to the front; and whatever belongs to an event."""
_BOARDS: tuple[Tier, ...] = ("class", "level")


def is_called(entry: AnyEntry) -> bool:
    """Whether one thanks for it: taking part as well as winning."""
    return bool(entry.event) or entry.kind in _CALLED


def find_honours(
    subject: Subject, settled: tuple[Settled, ...], shown: tuple[ShownEntry, ...], tier: Tier
) -> Iterator[Honour]:
    """What this audience is told of this school year, what the student chose for their first works
    before the rest. The school thanks in its own name: only for what a teacher confirmed."""
    if tier not in _BOARDS or not subject.may("honour", tier):
        return
    whole = {one.entry.id: one.entry for one in settled}
    own = subject.student.portfolio.choices.highlights
    for entry in sorted(shown, key=lambda one: one.id not in own):
        is_of_today = entry.state == "confirmed" and entry.year == subject.year
        if is_of_today and is_called(whole[entry.id]):
            yield _honour(subject, whole[entry.id])


def _honour(subject: Subject, entry: AnyEntry) -> Honour:
    event = subject.school.events.event(entry.event)
    if event:
        return Honour(entry.id, Text(event.title, event.title), event.date)
    return Honour(entry.id, term(subject.school, "kinds", entry.kind))
