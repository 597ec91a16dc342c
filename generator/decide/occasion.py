"""Floors + occasion -> Deck. Who is shown before this audience, and who is not and why?

Made of what the audience may see in any case: an occasion shows less than the site, never more.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from generator.decide import compartments
from generator.decide.audiences import LEVEL_NAMES, Floor, find_holders
from generator.decide.members import Member
from generator.decide.subject import term
from generator.decide.turns import (
    keep_only,
    share_out,
    take_turn,
    tell_of_oneself,
)
from generator.diagnostic import Text
from generator.model.deck import Deck, HomeSheet, Occasion, Part, Turn
from generator.model.school import Event, SchoolClass
from generator.model.shared import entries_of
from generator.model.shown import NOTHING, ShownEntry, Tier

KEPT_FOR = dt.timedelta(days=7)
"""How long after the day copies may lie about, unless a consent ends before."""


def arrange(floors: tuple[Floor, ...], occasion: Occasion) -> Deck | None:
    """What is shown at an occasion, of floors of one school; None when there is nobody of that
    name."""
    rooms = tuple(_rooms(floors, occasion))
    if not rooms:
        return None
    members = sorted(_members(rooms, occasion), key=lambda one: one.alphabet)
    floor, room = rooms[0]
    parts = tuple(_parts(members, occasion))
    settings = floor.school.settings
    missing = [one.absent for one in members if not one.works]
    return Deck(
        occasion=occasion,
        school=settings.name,
        language=settings.language,
        level=floor.level,
        where=_where(floor, room, occasion),
        day=floor.today,
        keep=_last_day(parts, floor.today),
        audience=_audience(floor, room, occasion),
        address=getattr(settings.hosting, floor.level) or "",
        parts=parts,
        absent=tuple(one for one in missing if one),
        passed_over=missing.count(None),
        sheets=tuple(_sheets(members, parts)) if occasion.kind == "meeting" else (),
    )


def _rooms(floors: tuple[Floor, ...], occasion: Occasion) -> Iterator[tuple[Floor, SchoolClass]]:
    """The classes it is about, the suspended ones too: who is missing is asked of them."""
    alone, whole = occasion.kind == "student", occasion.kind == "ceremony"
    for floor in floors:
        years = (one for one in floor.school.years if one.year == floor.year)
        listed = (room for one in years for room in one.classes if room.level == floor.level)
        for room in sorted(listed, key=lambda room: (room.grade, room.id)):
            # Whoever consents to be shown to the school is shown to their level: so says the paper.
            known = room.students if alone else (room.id, *((floor.level,) if whole else ()))
            if occasion.whom in known:
                yield floor, room


def _members(rooms: tuple[tuple[Floor, SchoolClass], ...], occasion: Occasion) -> Iterator[Member]:
    for floor, room in rooms:
        here = {*room.students}
        here &= {occasion.whom} if occasion.kind == "student" else here
        for student in floor.school.students:
            left = student.record.left
            if student.id in here and not (left and left <= floor.today):
                yield Member(floor, room, student, occasion)


def _parts(members: list[Member], occasion: Occasion) -> Iterator[Part]:
    if occasion.kind == "ceremony":
        yield from _by_name(members) if occasion.by_name else _by_event(members)
        return
    found = {one.student.id: one.works for one in members if one.works}
    # A commission reads the whole package; a hall sees as much as it can look at.
    shared = found if occasion.tier == "commission" else share_out(found)
    turns = tuple(_turn(one, shared[one.student.id]) for one in members if one.works)
    if turns:
        yield Part(NOTHING, None, turns)


def _turn(member: Member, works: tuple[str, ...]) -> Turn:
    edition = member.before(member.occasion.tier)
    assert edition is not None
    turn = take_turn(edition, works)
    alone = member.occasion.kind == "student"
    return tell_of_oneself(turn, edition, member.occasion) if alone else turn


def _by_name(members: list[Member]) -> Iterator[Part]:
    turns = tuple(_turn(one, one.works) for one in members if one.works)
    if turns:
        yield Part(NOTHING, None, turns)


def _by_event(members: list[Member]) -> Iterator[Part]:
    """Events by their days, then what belongs to none, by its kind."""
    groups: dict[tuple[dt.date, str, str], list[tuple[Member, str]]] = {}
    for member in members:
        events = _events_of(member)
        for work in _shown(member):
            event = events.get(work.id)
            place = (event.date, event.title, event.id) if event else (dt.date.max, work.kind, "")
            groups.setdefault(place, []).append((member, work.id))
    for place in sorted(groups):
        turns = _grouped(groups[place])
        school = groups[place][0][0].floor.school
        kind = NOTHING if place[2] else term(school, "kinds", place[1])
        title = Text(place[1], place[1]) if place[2] else kind
        yield Part(title, place[0] if place[2] else None, turns)


def _grouped(pairs: list[tuple[Member, str]]) -> tuple[Turn, ...]:
    """One turn for each student, in the order of the alphabet they came in."""
    works: dict[str, list[str]] = {}
    members = {member.student.id: member for member, _ in pairs}
    for member, work in pairs:
        works.setdefault(member.student.id, []).append(work)
    return tuple(_turn(members[id], tuple(ids)) for id, ids in works.items())


def _events_of(member: Member) -> dict[str, Event]:
    """Entry -> its event in the school's register."""
    school = member.floor.school
    whole = entries_of(school, member.student)
    found = {entry.id: school.events.event(entry.event) for entry in whole}
    return {id: event for id, event in found.items() if event}


def _shown(member: Member) -> Iterator[ShownEntry]:
    edition = member.before(member.occasion.tier)
    known = {entry.id: entry for entry in edition.entries} if edition else {}
    yield from (known[id] for id in member.works)


def _sheets(members: list[Member], parts: tuple[Part, ...]) -> Iterator[HomeSheet]:
    """A sheet for every home that holds a card: none for a home that is suspended."""
    shown = {turn.edition.student: turn.works for part in parts for turn in part.turns}
    for member in members:
        edition = member.before("teacher")
        if edition is None or member.subject is None:
            continue
        alone = replace(member.floor, rooms=(member.room,), subjects=(member.subject,))
        key = compartments.of_family(member.student.id)
        year = tuple(one.id for one in edition.entries if one.year == edition.year)
        goals = tuple(goal for goal in edition.goals if goal.year == edition.year)
        kept = replace(keep_only(edition, year), goals=goals, missing=edition.missing)
        for holder in find_holders(alone):
            if holder.tier == "family" and key in holder.compartments:
                home = holder.title.rpartition(" — ")[2] if " — " in holder.title else ""
                yield HomeSheet(kept, holder.audience, home, shown.get(member.student.id, ()))


def _audience(floor: Floor, room: SchoolClass, occasion: Occasion) -> str:
    names: dict[Tier, str] = {
        "class": f"class:{floor.year}:{room.id}",
        "level": f"level:{floor.level}",
        "commission": f"commission:{floor.level}:{floor.year}",
    }
    return names[occasion.tier]


def _where(floor: Floor, room: SchoolClass, occasion: Occasion) -> Text:
    if occasion.whom == floor.level:
        return LEVEL_NAMES[floor.level]
    return Text(room.title, room.title)


def _last_day(parts: tuple[Part, ...], day: dt.date) -> dt.date:
    """A week after the day, or earlier, when a consent that something rests on ends before."""
    shown = [turn.edition for part in parts for turn in part.turns]
    reasons = [edition.reason for edition in shown]
    reasons += [entry.reason for edition in shown for entry in edition.entries]
    return min((day + KEPT_FOR, *(reason.until for reason in reasons if reason.until)))
