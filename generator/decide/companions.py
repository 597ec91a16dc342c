"""Words -> who else is in them and has not consented. What may not go on to an audience?

Default is deny: a name nobody knows, a student of no record or without a consent holds it back,
and so does a student's name that stands in the words and of whom nothing is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.decide.granted import grant
from generator.decide.subject import Subject, find_student
from generator.decide.table import Sight, inside, may_appear
from generator.model.entry import Companion, Scan
from generator.model.kinds import AnyEntry, GroupWork
from generator.model.names import Mention
from generator.model.policy import Visibility
from generator.model.record import Record
from generator.model.shared import collective_of
from generator.model.shown import Reason, Tier
from generator.model.told import BREAK, OWN_VOICE, WORDS, members_of, named_by, told_in


@dataclass(frozen=True)
class Spoken:
    """Somebody named in a field of an entry."""

    field: str
    who: Mention


def holding(
    subject: Subject, entry: AnyEntry, tier: Tier, sight: Sight, scan: Scan | None = None
) -> tuple[str, ...]:
    """Who is `named`, or `pictured`, in an entry and must not be before this audience.

    With a `scan`: who is pictured on that one.
    """
    if not entry.people or may_appear(sight, tier, None):
        return ()
    scans = (scan,) if scan else entry.scans
    return tuple(
        _called(subject, one)
        for one in entry.people
        if sight in _sights(one, scans) and not _may_appear(subject, one, tier, sight)
    )


def mentions_in(subject: Subject, entry: AnyEntry) -> tuple[Spoken, ...]:
    """Everybody named in what others would read of an entry, in its words and in its facts."""
    names = subject.names
    words = [*_words_around(subject, entry), *((keys[-1], text) for keys, text in told_in(entry))]
    # Most entries name nobody: one look at all their words is enough.
    if entry.visibility == "family" or not names.may_stand(BREAK.join(text for _, text in words)):
        return ()
    return tuple(Spoken(f"{key}", who) for key, text in words for who in names.find(text))


def naming(
    subject: Subject, entry: AnyEntry, mentions: tuple[Spoken, ...], tier: Tier
) -> tuple[str, ...]:
    """Who is named in the words of an entry and must not be before this audience."""
    if not mentions or may_appear("named", tier, None):
        return ()
    fine = _fine(subject, entry, tier)
    unread = () if subject.carries("words", tier) else WORDS
    unread = OWN_VOICE.union(unread) if tier == "public" else unread
    strangers = (one.who for one in mentions if one.field not in unread and not one.who.ids & fine)
    return tuple(dict.fromkeys(_called_by(subject, who) for who in strangers))


def all_agree(subject: Subject, entry: AnyEntry, tier: Tier) -> bool:
    """Whether everybody who made it consents that works are shown to this audience; of a work made
    in a group it has to be said who that is."""
    if "group" not in entry.authorship:
        return True
    members = (Companion(student=one, how="named") for one in members_of(subject.school, entry))
    others = (*entry.people, *members)
    return bool(others) and all(_may_appear(subject, one, tier, "author") for one in others)


def named_before(subject: Subject, entries: Iterable[AnyEntry], tier: Tier) -> tuple[str, ...]:
    """Ids of others whom these entries may name before this audience, as they have consented."""
    found = (_fine(subject, entry, tier) for entry in entries)
    return tuple(sorted(frozenset().union(*found) - {subject.student.id}))


def may_tell(subject: Subject, told: Record, rung: Visibility, tier: Tier) -> Reason | None:
    """Why this audience may read a student's own words about themself, or None: they are for
    nobody outside, as no confirmation speaks for them, and name nobody else."""
    reason = subject.may(inside(rung), tier, "words")
    return None if reason and names_others(subject, told, tier) else reason


def names_others(subject: Subject, told: Record, tier: Tier) -> bool:
    """Whether words that name nobody as consenting name another student before this audience."""
    if may_appear("named", tier, None):
        return False
    found = (who for _, text in told_in(told) for who in subject.names.find(text))
    return any(subject.student.id not in who.ids for who in found)


def _words_around(subject: Subject, entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """What others read with an entry and stands elsewhere: of its event, of its collective."""
    if event := subject.school.events.event(entry.event):
        yield from ((f"{keys[-1]}", text) for keys, text in told_in(event))
    if isinstance(entry, GroupWork) and (together := collective_of(subject.school, entry)):
        yield "leader", together.leader or ""


def _fine(subject: Subject, entry: AnyEntry, tier: Tier) -> frozenset[str]:
    """Who may be named here: oneself, and whoever is said to be and has consented to it."""
    said = named_by(entry) | members_of(subject.school, entry)
    may = (
        one for one in said
        if _may_appear(subject, Companion(student=one, how="named"), tier, "named")
    )  # fmt: skip
    return frozenset({subject.student.id, *may})


def _called_by(subject: Subject, who: Mention) -> str:
    return _called(subject, Companion(student=min(who.ids), how="named"))


def _sights(one: Companion, scans: Sequence[Scan]) -> Iterator[Sight]:
    if one.how != "pictured":
        yield "named"
    # Nobody is seen under a mask; that there is one has to be true of every scan by itself.
    if any(one.is_pictured_on(scan) for scan in scans):
        yield "pictured"


def _may_appear(subject: Subject, one: Companion, tier: Tier, sight: Sight) -> bool:
    if one.student is None:
        return bool(one.name and one.consent)
    if one.student == subject.student.id:
        return True
    other = find_student(subject.school, one.student)
    if other is None or (other.record.left and other.record.left <= subject.today):
        return False
    granted = grant(subject.school, other, subject.today)
    return may_appear(sight, tier, (granted.allowed, granted.covered))


def _called(subject: Subject, one: Companion) -> str:
    """As the family may know them: of a student of another class an id should not tell more."""
    other = find_student(subject.school, one.student or "")
    if other is None:
        return one.name or one.student or ""
    return f"{other.record.name.given} {other.record.name.surname[0]}."
