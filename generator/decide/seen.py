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
from generator.model.shown import NOTHING, Fact, Tier
from generator.model.things import SINGLE, Thing, things_of, tier_of

_WHO = Text("Кто меня видит", "Who sees me")
_NEAR: tuple[Tier, ...] = ("family", "teacher", "staff")
_FAR = tuple(tier for tier in get_args(Tier) if tier not in _NEAR)

_Door = tuple[Text, str]


@dataclass(frozen=True)
class _Held:
    """A thing in the hands of one audience."""

    compartment: str
    tier: Tier
    thing: Thing


def tell_others(subject: Subject, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """The same, each thing with who else has it, for those who may know that."""
    have: dict[tuple[str, ...], set[Tier]] = {}
    for one in _held(editions):
        have.setdefault(one.thing.name, set()).add(one.tier)
    # Staff are told of together with the class teacher, one's own family as the other home.
    homes = subject.student.record.households
    told: tuple[Tier, ...] = (*(_NEAR[:1] if len(homes) > 1 else ()), "teacher", *_FAR)
    others = {name: tuple(t for t in told if t in tiers) for name, tiers in have.items()}
    return tuple(
        _with_others(one, others) if subject.may("behind", one.tier) else one for one in editions
    )


def _with_others(edition: Edition, others: Mapping[tuple[str, ...], tuple[Tier, ...]]) -> Edition:
    told: dict[str, list[Any]] = {}
    for thing in things_of(edition):
        if hasattr(thing.shown, "seen_by"):
            shown: Any = thing.shown
            told.setdefault(thing.part, []).append(replace(shown, seen_by=others[thing.name]))
    many: dict[str, Any] = {part: tuple(things) for part, things in told.items()}
    return replace(edition, **many | {part: told[part][0] for part in SINGLE if part in told})


def find_seen(
    subject: Subject, editions: tuple[Edition, ...], holders: tuple[Holder, ...]
) -> Iterator[Seen]:
    """A page for each edition whose readers may know who else sees a thing."""
    held = tuple(_held(editions))
    watchers = tuple(_watchers(held, editions, holders))
    consents = tuple(_consents(subject))
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
                things=tuple(_turn(held, edition)),
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
        yield from (_Held(name, tier, thing) for thing in things[edition.path])


def _turn(held: tuple[_Held, ...], edition: Edition) -> Iterator[SeenThing]:
    """Every thing with its audiences. A family knows of everything that anybody sees of its child,
    staff of what they see themselves."""
    mine = {one.thing.name for one in held if one.compartment in edition.compartments}
    found: dict[tuple[str, ...], list[_Held]] = {}
    for one in held:
        if edition.tier == "family" or one.thing.name in mine:
            found.setdefault(one.thing.name, []).append(one)
    for hands in found.values():
        first = hands[0].thing
        whole = dict.fromkeys(part for one in hands for part in one.thing.parts)
        yield SeenThing(
            part=first.part,
            key=first.key,
            title=first.title,
            state=getattr(first.shown, "state", None) if first.part == "entries" else None,
            decided=next((h.thing.decided for h in hands if h.thing.decided.ru), NOTHING),
            sights=tuple(_sights(hands, tuple(whole))),
            waits_for_all=any(getattr(h.thing.shown, "waits_for_all", False) for h in hands),
        )


def _sights(hands: list[_Held], whole: tuple[Fact, ...]) -> Iterator[Sight]:
    """One for each audience and reason: marks of a year are one thing in many pieces."""
    for name, reason in dict.fromkeys((one.compartment, one.thing.reason) for one in hands):
        have = {part for one in hands if one.compartment == name for part in one.thing.parts}
        yield Sight(name, reason, tuple(part for part in whole if part not in have))


def _watchers(
    held: tuple[_Held, ...], editions: tuple[Edition, ...], holders: tuple[Holder, ...]
) -> Iterator[Watcher]:
    readers = {name: edition for edition in editions for name in edition.compartments}
    for name in dict.fromkeys(one.compartment for one in held):
        edition = readers[name]
        tier = tier_of(edition, name)
        cards = tuple(holder for holder in holders if name in holder.compartments)
        named = (card.title for card in cards if card.tier == tier and tier in _NEAR[1:])
        reasons = (one.thing.reason for one in held if one.compartment == name)
        yield Watcher(
            compartment=name,
            tier=tier,
            known_as=edition.name,
            group=edition.class_title if tier == "class" else "",
            people=tuple(dict.fromkeys(named)),
            guests=any(card.tier in ("class", "level") for card in cards),
            reasons=tuple(dict.fromkeys(reasons)),
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
