"""Editions of a student, turned round -> who has each thing, and why. Who sees me?

Nothing is decided here: a thing is seen by whoever reads an edition that holds it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from generator.decide.subject import Subject
from generator.decide.table import rungs_of
from generator.diagnostic import Text
from generator.model.edition import Edition, Holder, Home
from generator.model.policy import Consent
from generator.model.seen import Seen, SeenConsent, SeenThing, Sight, Standing, Watcher
from generator.model.shown import NOTHING, Tier
from generator.model.things import SINGLE, Thing, things_of, tier_of

_WHO = Text("Кто меня видит", "Who sees me")
_NEAR: tuple[Tier, ...] = ("family", "teacher", "staff")
_FAR = tuple(tier for tier in get_args(Tier) if tier not in _NEAR)

_Door = tuple[Text, str]
_Hand = tuple[str, Thing]
"""A compartment, and a thing that its readers have."""


@dataclass(frozen=True)
class _Held:
    """Everything that one audience has."""

    compartment: str
    tier: Tier
    things: tuple[Thing, ...]


def look_back(
    subject: Subject, editions: tuple[Edition, ...], holders: tuple[Holder, ...]
) -> tuple[tuple[Edition, ...], tuple[Seen, ...]]:
    """The editions with who else has each thing, and a page about that, for those who may know."""
    held = tuple(_held(editions))
    return _tell_others(subject, editions, held), tuple(_pages(subject, editions, held, holders))


def _tell_others(
    subject: Subject, editions: tuple[Edition, ...], held: tuple[_Held, ...]
) -> tuple[Edition, ...]:
    have: dict[tuple[str, ...], set[Tier]] = {}
    for one in held:
        for thing in one.things:
            have.setdefault(thing.name, set()).add(one.tier)
    # Staff are told of together with the class teacher, one's own family as the other home.
    homes = subject.student.record.households
    told: tuple[Tier, ...] = (*(_NEAR[:1] if len(homes) > 1 else ()), "teacher", *_FAR)
    others = {name: tuple(t for t in told if t in tiers) for name, tiers in have.items()}
    things = {one.compartment: one.things for one in held}
    return tuple(
        _with_others(one, things[one.compartments[0]], others)
        if subject.may("behind", one.tier)
        else one
        for one in editions
    )


def _with_others(
    edition: Edition, things: tuple[Thing, ...], others: Mapping[tuple[str, ...], tuple[Tier, ...]]
) -> Edition:
    told: dict[str, list[Any]] = {}
    for thing in things:
        if hasattr(thing.shown, "seen_by"):
            shown: Any = thing.shown
            seen_by = others[thing.name]
            more = shown if shown.seen_by == seen_by else replace(shown, seen_by=seen_by)
            told.setdefault(thing.part, []).append(more)
    many: dict[str, Any] = {part: tuple(things) for part, things in told.items()}
    return replace(edition, **many | {part: told[part][0] for part in SINGLE if part in told})


def _pages(
    subject: Subject,
    editions: tuple[Edition, ...],
    held: tuple[_Held, ...],
    holders: tuple[Holder, ...],
) -> Iterator[Seen]:
    watchers = tuple(_watchers(held, editions, holders))
    things, consents = _turn(held), tuple(_consents(subject))
    for edition in editions:
        if subject.may("behind", edition.tier):
            yield Seen(
                path=f"{edition.path}/seen",
                edition=edition.path,
                tier=edition.tier,
                level=edition.level,
                compartments=edition.compartments,
                name=edition.name,
                class_title=edition.class_title,
                palette=edition.palette,
                watchers=watchers,
                things=tuple(_known_to(edition, held, things)),
                consents=consents,
            )


def open_doors(
    holders: tuple[Holder, ...], homes: tuple[Home, ...], seen: tuple[Seen, ...]
) -> tuple[tuple[Holder, ...], tuple[Home, ...]]:
    """The same, with a door to the page in the menu and on the first page of every family."""
    pages = {one.edition: one for one in seen if one.tier == "family"}
    return (
        tuple(
            replace(one, menu=tuple(_behind(one.menu, pages))) if one.tier == "family" else one
            for one in holders
        ),
        tuple(
            replace(one, homes=(*_rooms(one.editions, pages), *one.homes))
            if one.tier == "family"
            else one
            for one in homes
        ),
    )


def _behind(menu: tuple[_Door, ...], pages: Mapping[str, Seen]) -> Iterator[_Door]:
    """Every door of a menu, and after that of a portfolio the one that tells who sees it."""
    mine = tuple(path for _, path in menu if path in pages)
    for label, path in menu:
        yield label, path
        if path in pages:
            yield _label(pages[path], mine), pages[path].path


def _rooms(editions: tuple[str, ...], pages: Mapping[str, Seen]) -> Iterator[_Door]:
    mine = tuple(path for path in editions if path in pages)
    yield from ((_label(pages[path], mine), pages[path].path) for path in mine)


def _label(seen: Seen, mine: tuple[str, ...]) -> Text:
    """By the child's name where a family has several."""
    name = seen.name.partition(" ")[0]
    return Text(f"Кто видит: {name}", f"Who sees {name}") if len(mine) > 1 else _WHO


def _held(editions: tuple[Edition, ...]) -> Iterator[_Held]:
    order = (*_NEAR, *_FAR)
    things = {one.path: tuple(things_of(one)) for one in editions}
    pairs = [(tier_of(one, name), name, one) for one in editions for name in one.compartments]
    for tier, name, edition in sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1])):
        yield _Held(name, tier, things[edition.path])


def _turn(held: tuple[_Held, ...]) -> dict[tuple[str, ...], SeenThing]:
    """Every thing with its audiences, by its name."""
    found: dict[tuple[str, ...], list[_Hand]] = {}
    for one in held:
        for thing in one.things:
            found.setdefault(thing.name, []).append((one.compartment, thing))
    return {name: _seen(hands) for name, hands in found.items()}


def _seen(hands: list[_Hand]) -> SeenThing:
    first = hands[0][1]
    return SeenThing(
        part=first.part,
        key=first.key,
        title=first.title,
        state=getattr(first.shown, "state", None) if first.part == "entries" else None,
        decided=next((thing.decided for _, thing in hands if thing.decided.ru), NOTHING),
        sights=tuple(_sights(hands)),
        waits_for_all=any(getattr(thing.shown, "waits_for_all", False) for _, thing in hands),
    )


def _known_to(
    edition: Edition, held: tuple[_Held, ...], things: Mapping[tuple[str, ...], SeenThing]
) -> Iterator[SeenThing]:
    """A family knows of everything that anybody sees of its child, staff of what they see
    themselves."""
    theirs = next(one.things for one in held if one.compartment in edition.compartments)
    mine = {thing.name for thing in theirs}
    everything = edition.tier == "family"
    yield from (one for name, one in things.items() if everything or name in mine)


def _sights(hands: list[_Hand]) -> Iterator[Sight]:
    """One for each audience and reason: marks of a year are one thing in many pieces."""
    parts = hands[0][1].parts
    alike = all(thing.parts == parts for _, thing in hands)
    whole = () if alike else tuple(dict.fromkeys(p for _, thing in hands for p in thing.parts))
    for name, reason in dict.fromkeys((holder, thing.reason) for holder, thing in hands):
        have = [part for holder, thing in hands if holder == name for part in thing.parts]
        yield Sight(name, reason, tuple(part for part in whole if part not in have))


def _watchers(
    held: tuple[_Held, ...], editions: tuple[Edition, ...], holders: tuple[Holder, ...]
) -> Iterator[Watcher]:
    readers = {name: edition for edition in editions for name in edition.compartments}
    for one in held:
        edition = readers[one.compartment]
        cards = tuple(holder for holder in holders if one.compartment in holder.compartments)
        named = (card.title for card in cards if card.tier == one.tier and one.tier in _NEAR[1:])
        yield Watcher(
            compartment=one.compartment,
            tier=one.tier,
            known_as=edition.name,
            group=edition.class_title if one.tier == "class" else "",
            people=tuple(dict.fromkeys(named)),
            guests=any(card.tier in ("class", "level") for card in cards),
            reasons=tuple(dict.fromkeys(thing.reason for thing in one.things)),
        )


def _consents(subject: Subject) -> Iterator[SeenConsent]:
    """Every consent ever given, the newest first."""
    listed = subject.student.consents.consents
    for one in sorted(listed, key=lambda one: one.signed, reverse=True):
        yield SeenConsent(
            purpose=one.purpose,
            audience=one.audience,
            covers=one.covers,
            given_by=one.given_by.name,
            signed=one.signed,
            student_signed=one.student_signed,
            until=one.until,
            withdrawn=one.withdrawn,
            document=one.document,
            standing=_standing(one, subject, subject.today),
        )


def _standing(consent: Consent, subject: Subject, today: dt.date) -> Standing:
    """As the table takes it, which alone says what a consent allows; the dates say why."""
    if consent.withdrawn and consent.withdrawn <= today:
        return "withdrawn"
    if today > consent.until:
        return "ended"
    if today < consent.signed:
        return "coming"
    signs_from = subject.school.settings.switches.student_signs_from
    allowed = rungs_of(consent, subject.student.record.born, signs_from, today)
    return "in-force" if consent.audience in allowed else "alone"
