"""Kind of thing × audience -> granted or not. The one table and the one function."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from generator.model.policy import LADDER, Category, Consent, Visibility
from generator.model.shown import Reason, Tier

Thing = Literal[
    "family",
    "class",
    "school",
    "public",
    "draft",
    "unsettled",
    "earlier",
    "note",
    "behind",
    "basis",
    "named",
    "paper",
    "will",
    "arranged",
    "mark",
    "state-register",
    "private-words",
    "request",
    "missing",
    "moving-up",
    "package",
    "coverage",
    "queue",
    "exhibition",
    "honour",
    "about",
]
"""The first four are the ladder a family chooses from. `unsettled`: returned, disputed, revoked or
held back; `earlier`: an entry of an earlier level that was not carried on; `note`: a teacher's
reason for returning; `behind`: who else sees a thing and who decided that; `basis`: on what basis
something was confirmed, in a teacher's free words; `named`: a grown-up's name under a confirmation
or a review, as a mentor or a leader; `paper`: what stands on
a paper and on which shelf it lies; `will`: the family's application for a result from elsewhere
and how it was credited; `arranged`: with whom the order of the first works was found; `request`:
what the student asked of a teacher; `missing`: what a portfolio has not, or not for long;
`moving-up`: the draft of what one tells about oneself on moving up to grade 5;
`package`: what is put forward at a transition; `coverage`: what a portfolio has not yet,
as those on duty ask; `queue`: what waits for a member of staff; `exhibition`: works on the wall of
a class or a level, beside those of others; `honour`: what a class or a level is thanked for this
year, beside what others are;
`about`: the page «О портфолио», with the names of those who answer for it."""

_OWN: frozenset[Tier] = frozenset({"family"})
_CLOSE: frozenset[Tier] = frozenset({"family", "teacher"})
_DUTY: frozenset[Tier] = frozenset({"family", "teacher", "staff"})

TABLE: Mapping[Thing, frozenset[Tier]] = {
    "family": _DUTY,
    "class": _DUTY | {"class"},
    "school": _DUTY | {"class", "level"},
    "public": _DUTY | {"class", "level", "public"},
    "draft": _OWN,
    "unsettled": _DUTY,
    "earlier": _DUTY,
    "note": _DUTY,
    "behind": _DUTY,
    "basis": _DUTY | {"commission"},
    "named": _DUTY | {"class", "level", "commission"},
    "paper": _DUTY,
    "will": _DUTY,
    "arranged": _DUTY,
    "mark": _DUTY,
    "state-register": _DUTY,
    "private-words": _OWN,
    "request": _CLOSE,
    "missing": _CLOSE,
    "moving-up": _CLOSE,
    "package": _DUTY | {"commission"},
    "coverage": frozenset({"teacher", "staff"}),
    "queue": frozenset({"teacher", "staff"}),
    "exhibition": _DUTY | {"class", "level"},
    "honour": _DUTY | {"class", "level"},
    "about": _DUTY | {"level"},
}

_RUNG: Mapping[Tier, Visibility] = {"class": "class", "level": "school", "public": "public"}

Allowed = Mapping[Visibility, Reason]
"""What the consents of one student allow on a day: rung of the ladder -> the paper behind it."""

Covered = Mapping[Visibility, frozenset[Category]]
"""What the consents of one student name for a rung of the ladder."""


def may_see(thing: Thing, tier: Tier, allowed: Allowed, duty: str) -> Reason | None:
    """Why this audience may see this kind of thing, or None. `duty` names the school's order."""
    if tier not in TABLE[thing] or "family" not in allowed:
        return None
    if tier == "family":
        return allowed["family"]
    if tier in _RUNG:
        return allowed.get(_RUNG[tier])
    return Reason("duty", duty)


def inside(rung: Visibility) -> Visibility:
    """As far as something may go for which no teacher's confirmation speaks: not to everybody."""
    return "school" if rung == "public" else rung


Sight = Literal["named", "pictured", "author"]
_OF_OTHERS: Mapping[Sight, Category] = {
    "named": "surname", "pictured": "photos", "author": "works",
}  # fmt: skip


def may_appear(sight: Sight, tier: Tier, other: tuple[Allowed, Covered] | None) -> bool:
    """Whether somebody else may be named or pictured before this audience, or a work of theirs may
    hang there, by what their own consents allow and cover; None is somebody of whom no consent is
    known."""
    if tier not in _RUNG:
        return True
    if other is None:
        return False
    return _RUNG[tier] in other[0] and may_carry(_OF_OTHERS[sight], tier, other[1])


def may_carry(category: Category, tier: Tier, covered: Covered) -> bool:
    """Whether what this audience sees may hold this: a consent for its rung has to name it."""
    return tier not in _RUNG or category in covered.get(_RUNG[tier], frozenset())


def allowed_by(
    consents: tuple[Consent, ...], born: dt.date, signs_from: int, today: dt.date
) -> Allowed:
    """What these consents allow today (R-142, R-143; 003 §1.4.1).

    Without a consent for processing nothing is allowed at all. A consent signed at an age at
    which the student signs too, and without that signature, reaches the family only.
    """
    allowed: dict[Visibility, Reason] = {}
    for consent in sorted(consents, key=lambda consent: consent.until):
        for rung in rungs_of(consent, born, signs_from, today):
            basis: Literal["own", "consent"] = "own" if rung == "family" else "consent"
            allowed[rung] = Reason(basis, consent.document, consent.until, consent.id)
    return allowed if "family" in allowed else {}


def covered_by(
    consents: tuple[Consent, ...], born: dt.date, signs_from: int, today: dt.date
) -> Covered:
    """What these consents name today for each rung they allow (R-143); the rest is not shown."""
    covered: dict[Visibility, frozenset[Category]] = {}
    for consent in consents:
        for rung in rungs_of(consent, born, signs_from, today):
            covered[rung] = covered.get(rung, frozenset()) | frozenset(consent.covers)
    return covered


def lost_by(
    consents: tuple[Consent, ...], born: dt.date, signs_from: int, today: dt.date
) -> tuple[dt.date, frozenset[Visibility]] | None:
    """The day of the newest withdrawal that counts today, and the rungs that nothing allows since;
    None when no rung was lost."""
    allowed = allowed_by(consents, born, signs_from, today)
    lost: dict[dt.date, frozenset[Visibility]] = {}
    for consent in consents:
        if consent.withdrawn and consent.withdrawn <= today:
            whole = consent.model_copy(update={"withdrawn": None})
            rungs = frozenset(rungs_of(whole, born, signs_from, today)) - set(allowed)
            if rungs:
                lost[consent.withdrawn] = rungs
    return (max(lost), frozenset().union(*lost.values())) if lost else None


def rungs_of(
    consent: Consent, born: dt.date, signs_from: int, today: dt.date
) -> tuple[Visibility, ...]:
    """The rungs of the ladder that one consent allows today."""
    if not consent.signed <= today <= consent.until:
        return ()
    if consent.withdrawn and consent.withdrawn <= today:
        return ()
    alone = age(born, consent.signed) >= signs_from and not consent.student_signed
    if consent.purpose == "distribution":
        return () if alone or consent.audience != "public" else ("public",)
    closed = LADDER[: min(LADDER.index(consent.audience), LADDER.index("school")) + 1]
    return ("family",) if alone else closed


def age(born: dt.date, day: dt.date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
