"""A student's entries -> what one audience may see of them."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import get_args

from generator.decide.companions import Spoken, holding, mentions_in, naming
from generator.decide.facts import facts_of, links_of, said_of, say_decided, scans_of
from generator.decide.subject import Subject, duty_of, person, term
from generator.decide.table import Sight, Thing, inside
from generator.model.kinds import AnyEntry
from generator.model.policy import Category
from generator.model.school import level_of, year_of
from generator.model.shared import entries_of
from generator.model.shown import NOTHING, Confirmed, Reason, ShownEntry, Signed, State, Tier
from generator.model.state import settle
from generator.model.student import Confirmation


@dataclass(frozen=True)
class Settled:
    """An entry, how it stands, and the row of the table it stands in."""

    entry: AnyEntry
    state: State
    confirmation: Confirmation | None
    thing: Thing
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
    granted = [(one, _may_see(subject, one, tier)) for one in settled]
    shown = [_show(subject, tier, one, reason) for one, reason in granted if reason]
    ids = {entry.id for entry in shown}
    # A link to what this audience may not see would tell that there is something.
    return tuple(replace(e, links=tuple(id for id in e.links if id in ids)) for e in shown)


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
    tiers = (tier for tier in get_args(Tier) if subject.may(one.thing, tier))
    if sight == "named":
        found = (name for tier in tiers for name in _holding_words(subject, one, tier))
    else:
        found = (name for tier in tiers for name in holding(subject, one.entry, tier, sight))
    return tuple(dict.fromkeys(found))


def _settle(subject: Subject, entry: AnyEntry) -> Settled:
    state, word = settle(subject.school, subject.student, entry)
    # What was returned and then mended waits for the teacher's eyes before others see it again.
    mended = state == "submitted" and word is not None
    thing: Thing = "unsettled" if mended else _thing(subject, entry, state)
    return Settled(entry, state, None if mended else word, thing, mentions_in(subject, entry))


def _thing(subject: Subject, entry: AnyEntry, state: State) -> Thing:
    if state == "draft":
        return "draft"
    if state in ("returned", "disputed", "revoked"):
        return "unsettled"
    held = subject.school.settings.switches.unconfirmed == "hold"
    if held and not entry.scans and state != "confirmed":
        return "unsettled"
    if _is_earlier(subject, entry):
        return "earlier"
    return entry.visibility if state == "confirmed" else inside(entry.visibility)


def _is_earlier(subject: Subject, entry: AnyEntry) -> bool:
    """Whether it is of an earlier level and was not taken on to this one (003 §5.3)."""
    grade = subject.grade_on(entry.day)
    carried = entry.id in subject.student.portfolio.choices.carried
    return grade is not None and level_of(grade) != subject.room.level and not carried


def _show(subject: Subject, tier: Tier, one: Settled, reason: Reason) -> ShownEntry:
    entry, confirmation = one.entry, one.confirmation
    school, day = subject.school, one.entry.day
    behind, words = subject.may("behind", tier), subject.carries("words", tier)
    voice = words and tier != "public"  # no confirmation speaks for it
    note = confirmation.note if confirmation and subject.may("note", tier) else None
    kept = school.settings.switches.not_carried
    return ShownEntry(
        id=entry.id,
        kind=entry.kind,
        kind_label=term(school, "kinds", entry.kind),
        title=entry.title,
        start=entry.period.start if entry.period else entry.date,
        end=entry.period.end if entry.period else None,
        lasting=entry.period is not None and entry.period.end is None,
        year=year_of(day) if day else "",
        grade=subject.grade_on(day),
        facts=tuple(facts_of(subject, tier, entry)),
        said=tuple(said_of(entry)) if words else (),
        links=links_of(entry),
        tags=tuple(term(school, "tags", tag) for tag in entry.tags),
        scans=tuple(scans_of(subject, tier, entry)),
        reflection=(voice and entry.reflection) or "",
        why_it_matters=(voice and entry.why_it_matters) or "",
        state=one.state,
        confirmed=_confirmed(subject, tier, one),
        note=note or "",
        kept=kept if behind and _is_earlier(subject, entry) else "",
        decided=say_decided(subject.student.consents.decided(entry.id)) if behind else NOTHING,
        held=_holding(subject, one, "named") if behind else (),
        unpictured=_holding(subject, one, "pictured") if behind else (),
        seen_by=(),
        reason=reason,
        waits_for_all=bool(behind) and _waits_for_all(subject, one),
    )


def _waits_for_all(subject: Subject, one: Settled) -> bool:
    """Whether everybody would see it, were it confirmed as it stands."""
    wanted = one.entry.visibility == "public" and one.thing == "school"
    return wanted and "public" in subject.granted.allowed


def _confirmed(subject: Subject, tier: Tier, one: Settled) -> Confirmed | None:
    word = one.confirmation
    if one.state != "confirmed" or word is None:
        return None
    if not subject.may("named", tier):
        return Confirmed(by="", on=word.on, basis="")
    second, school = word.countersigned, subject.school
    return Confirmed(
        by=person(school, word.by),
        role=duty_of(school, word.by, subject.student),
        on=word.on,
        basis=word.basis if subject.may("basis", tier) else "",
        copy_true=word.copy_true,
        countersigned=Signed(
            person(school, second.by), second.on, duty_of(school, second.by, subject.student)
        )
        if second
        else None,
    )
