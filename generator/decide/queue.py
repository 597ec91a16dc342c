"""A student's entries -> what waits for a member of staff. Whose turn is it, and since when?"""

import datetime as dt
from collections.abc import Iterator, Set

from generator.decide.entries import Settled
from generator.decide.subject import Subject
from generator.model.shown import Tier, Waiting, What

_PATIENCE = dt.timedelta(days=14)
_CLAIMS_NOTHING = ("page", "series")
_RESULTS = ("result", "champion", "sign", "standing")


def find_waiting(
    subject: Subject, settled: tuple[Settled, ...], shown: Set[str], tier: Tier
) -> Iterator[Waiting]:
    """Shown entries that wait for a decision or for the second signature (R-058)."""
    if not subject.may("queue", tier):
        return
    for one in settled:
        if one.entry.id not in shown or one.entry.kind in _CLAIMS_NOTHING:
            continue
        if one.state == "confirmed":
            if _lacks_signature(subject, one):
                yield _waiting(subject, one, "countersign")
        elif one.state in ("submitted", "changed", "disputed", "returned"):
            yield _waiting(subject, one, one.state)


def _waiting(subject: Subject, one: Settled, what: What) -> Waiting:
    decided = subject.student.consents.decided(one.entry.id)
    since = one.confirmation.on if one.confirmation else decided.on if decided else one.entry.day
    overdue = since is not None and subject.today - since > _PATIENCE
    return Waiting(what, one.entry.id, since, overdue)


def _lacks_signature(subject: Subject, one: Settled) -> bool:
    """Whether the school wants the deputy head's signature here and it is not there."""
    wanted = subject.school.settings.switches.countersign
    if wanted == "none" or one.confirmation is None or one.confirmation.countersigned:
        return False
    return wanted == "all" or any(one.entry.get(name) for name in _RESULTS)
