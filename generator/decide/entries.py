"""A student's entries -> what one audience may see of them."""

import datetime as dt
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import get_args

from generator.decide.companions import Spoken, holding, mentions_in, naming
from generator.decide.facts import NOT_PAPERS
from generator.decide.subject import FIRST_LETTER, Eyes, Subject
from generator.decide.table import Sight, Thing, inside
from generator.decide.wording import Worded, put_in_words
from generator.model.entry import Scan
from generator.model.kinds import AnyEntry
from generator.model.policy import Category
from generator.model.school import level_of
from generator.model.shared import entries_of
from generator.model.shown import NOTHING, Confirmed, Reason, ShownEntry, ShownScan, State, Tier
from generator.model.state import settle
from generator.model.student import Confirmation


@dataclass(frozen=True)
class Settled:
    """An entry, how it stands, and the row of the table it stands in."""

    entry: AnyEntry
    state: State
    confirmation: Confirmation | None
    thing: Thing
    worded: Worded
    """What an audience may be told of it, some of it or all."""
    kept_back: bool
    """Whether it is of an earlier level and was not taken on to this one (003 §5.3)."""
    mentions: tuple[Spoken, ...]
    """Everybody named in its words."""


def settle_entries(subject: Subject) -> tuple[Settled, ...]:
    """Everything a portfolio holds, the newest first."""
    whole = entries_of(subject.school, subject.student)
    entries = sorted(whole, key=lambda e: (e.day or dt.date.min, e.id), reverse=True)
    return tuple(_settle(subject, entry) for entry in entries)


def show_entries(
    subject: Subject, settled: tuple[Settled, ...], tier: Tier
) -> tuple[ShownEntry, ...]:
    """The entries this audience may see, each with its reason."""
    eyes = subject.eyes(tier)
    granted = [(one, reason) for one in settled if (reason := _may_see(subject, one, tier))]
    # A link to what this audience may not see would tell that there is something.
    ids = {one.entry.id for one, _ in granted}
    return tuple(_show(subject, eyes, one, reason, ids) for one, reason in granted)


def _may_see(subject: Subject, one: Settled, tier: Tier) -> Reason | None:
    if _holding_words(subject, one, tier):
        return None
    return subject.may(one.thing, tier, _category(one.entry))


def _category(entry: AnyEntry) -> Category | None:
    """What the whole entry is made of, if it is nothing without: a page of one's own is words."""
    return "words" if entry.kind == "page" else None


def _holding_words(subject: Subject, one: Settled, tier: Tier) -> tuple[str, ...]:
    said = holding(subject, one.entry, tier, "named")
    return (*said, *naming(subject, one.entry, one.mentions, tier))


def _holding(subject: Subject, one: Settled, sight: Sight) -> tuple[str, ...]:
    """Who keeps it, or its pictures, from those who would see it otherwise."""
    if not one.entry.people and not one.mentions:
        return ()
    tiers = (tier for tier in get_args(Tier) if subject.may(one.thing, tier))
    if sight == "named":
        found = (name for tier in tiers for name in _holding_words(subject, one, tier))
    else:
        found = (name for tier in tiers for name in holding(subject, one.entry, tier, sight))
    return tuple(dict.fromkeys(found))


def _settle(subject: Subject, entry: AnyEntry) -> Settled:
    state, word = settle(subject.school, subject.student, entry)
    earlier = _is_earlier(subject, entry)
    # What was returned and then mended waits for the teacher's eyes before others see it again.
    mended = state == "submitted" and word is not None
    thing: Thing = "unsettled" if mended else _thing(subject, entry, state, earlier)
    counts = None if mended else word
    worded, mentions = put_in_words(subject, entry, counts), mentions_in(subject, entry)
    return Settled(entry, state, counts, thing, worded, earlier, mentions)


def _thing(subject: Subject, entry: AnyEntry, state: State, earlier: bool) -> Thing:
    if state == "draft":
        return "draft"
    if state in ("returned", "disputed", "revoked"):
        return "unsettled"
    held = subject.school.settings.switches.unconfirmed == "hold"
    if held and not entry.scans and state != "confirmed":
        return "unsettled"
    if earlier:
        return "earlier"
    return entry.visibility if state == "confirmed" else inside(entry.visibility)


def _is_earlier(subject: Subject, entry: AnyEntry) -> bool:
    grade = subject.grade_on(entry.day)
    carried = entry.id in subject.student.portfolio.choices.carried
    return grade is not None and level_of(grade) != subject.room.level and not carried


def _show(subject: Subject, eyes: Eyes, one: Settled, reason: Reason, ids: Set[str]) -> ShownEntry:
    entry, worded = one.entry, one.worded
    behind, words = "behind" in eyes.things, "words" in eyes.categories
    voice = words and eyes.tier != "public"  # no confirmation speaks for it
    note = one.confirmation.note if one.confirmation and "note" in eyes.things else None
    kept = subject.school.settings.switches.not_carried
    return ShownEntry(
        id=entry.id,
        kind=entry.kind,
        kind_label=worded.kind,
        title=entry.title,
        start=entry.period.start if entry.period else entry.date,
        end=entry.period.end if entry.period else None,
        lasting=entry.period is not None and entry.period.end is None,
        year=worded.year,
        grade=worded.grade,
        facts=tuple(fact for guard, fact in worded.facts if guard is None or guard in eyes.things),
        said=worded.said if words else (),
        measures=worded.measures,
        links=tuple(id for id in worded.links if id in ids),
        tags=worded.tags,
        scans=tuple(_scans(subject, eyes, one)),
        reflection=(voice and entry.reflection) or "",
        why_it_matters=(voice and entry.why_it_matters) or "",
        state=one.state,
        confirmed=_confirmed(eyes, one),
        note=note or "",
        kept=kept if behind and one.kept_back else "",
        decided=worded.decided if behind else NOTHING,
        held=_holding(subject, one, "named") if behind else (),
        unpictured=_holding(subject, one, "pictured") if behind else (),
        seen_by=(),
        reason=reason,
        waits_for_all=behind and _waits_for_all(subject, one),
    )


def _waits_for_all(subject: Subject, one: Settled) -> bool:
    """Whether everybody would see it, were it confirmed as it stands."""
    wanted = one.entry.visibility == "public" and one.thing == "school"
    return wanted and "public" in subject.granted.allowed


def _scans(subject: Subject, eyes: Eyes, one: Settled) -> Iterator[ShownScan]:
    """What stands on the paper only for those who may read it.

    A diploma bears the whole name: who knows only its first letter sees works and photographs, and
    of papers the facts. Nobody sees a picture of somebody else who has not consented to that.
    """
    for sheet in one.worded.sheets:
        kept_back = holding(subject, one.entry, eyes.tier, "pictured", sheet.scan)
        if _may_hang(eyes, sheet.scan) and not kept_back:
            reads = "paper" in eyes.things and sheet.paper != NOTHING
            yield replace(sheet.shown, paper=sheet.paper) if reads else sheet.shown


def _may_hang(eyes: Eyes, scan: Scan) -> bool:
    """Whether this audience may see such a picture at all (R-143).

    Nobody said what it is: then it may be a photograph of children, a work, a paper with a name.
    """
    if scan.document in ("photo", None) and "photos" not in eyes.categories:
        return False
    if scan.document is None and "works" not in eyes.categories:
        return False
    if scan.document == "photo":
        return True
    if scan.document in NOT_PAPERS:
        return "works" in eyes.categories
    return eyes.tier not in FIRST_LETTER and {"surname", "papers"} <= eyes.categories


def _confirmed(eyes: Eyes, one: Settled) -> Confirmed | None:
    word, signed = one.confirmation, one.worded.signed
    if one.state != "confirmed" or word is None or signed is None:
        return None
    if "named" not in eyes.things:
        return Confirmed(by="", on=word.on, basis="")
    return Confirmed(
        by=signed.by,
        role=signed.role,
        on=word.on,
        basis=word.basis if "basis" in eyes.things else "",
        copy_true=word.copy_true,
        countersigned=one.worded.countersigned,
    )
