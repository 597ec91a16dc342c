"""A school -> who holds which code, since when and until when. Who can come in today?"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostic import Text
from generator.flow.desk import Desk, sit_down
from generator.flow.job import Job
from generator.model.edition import Holder
from generator.model.entry import Act
from generator.model.event import Event
from generator.model.policy import Suspension
from generator.model.school import Level
from generator.model.shown import NOTHING
from generator.model.spoken import say_paper
from generator.publish import read

_ORDER = Text("приказ", "order")
_STAFF = ("teacher", "staff", "commission")


@dataclass(frozen=True)
class Row:
    """One code: whose it is, which one it is, from when until when it opens anything."""

    level: Level
    audience: str
    tier: str
    title: str
    epoch: int
    since: dt.date | None
    """The day of the first release with this code; None before there is one."""
    until: dt.date | None
    """The last day, where there is one: of an event, an order, a consent."""
    order: Text
    """The order that names a member of staff."""
    stopped: Suspension | None
    """The suspension in force."""


def list_access(job: Job) -> tuple[Row, ...]:
    """Every code of every level, those that are suspended too."""
    desk = sit_down(job)
    since = _first_days(read(job.register))
    return tuple(_row(desk, holder, since) for holder in desk.holders)


def stopped_elsewhere(job: Job) -> tuple[Suspension, ...]:
    """Suspensions in force of what is no card: a student, a class, a level, the school."""
    desk = sit_down(job)
    held = {holder.audience for holder in desk.holders} - desk.events
    return tuple(
        stop
        for stop in desk.school.access.suspended
        if stop.holds_on(desk.at.today) and not _stops_some(stop, held)
    )


def _stops_some(stop: Suspension, held: set[str]) -> bool:
    return any({one, one.partition("/")[0]} & {stop.name} for one in held)


def _row(desk: Desk, holder: Holder, since: Mapping[tuple[str, str], dt.date]) -> Row:
    order = next(iter(_orders(desk, holder)), None)
    return Row(
        level=holder.level,
        audience=holder.audience,
        tier=holder.tier,
        title=holder.title,
        epoch=holder.epoch,
        since=since.get((holder.level, holder.audience)),
        until=min(_ends(desk, holder), default=None),
        order=say_paper(_ORDER, order.number, order.date) if order else NOTHING,
        stopped=_stopped(desk, holder),
    )


def _stopped(desk: Desk, holder: Holder) -> Suspension | None:
    names = {holder.audience, holder.audience.partition("/")[0], f"level:{holder.level}", "school"}
    if holder.tier == "family":
        names |= {f"student:{one}" for one in desk.students((holder.audience,))}
    if holder.tier in ("family", "class"):
        names |= {key.removesuffix("/shared") for key in holder.compartments}
    stops = desk.school.access.suspended
    return next((s for s in stops if s.name in names and s.holds_on(desk.at.today)), None)


def _orders(desk: Desk, holder: Holder) -> Iterator[Act]:
    for person in desk.school.staff.people if holder.tier in _STAFF else ():
        order = person.order_on(desk.at.today)
        if order and holder.audience.endswith((f":{person.id}", f"/{person.id}")):
            yield order


def _ends(desk: Desk, holder: Holder) -> Iterator[dt.date]:
    yield from (order.until for order in _orders(desk, holder) if order.until)
    for name, until in desk.school.access.last_days:
        if name == holder.audience.partition("/")[0]:
            yield until
    if holder.tier == "family":
        for student in desk.students((holder.audience,)):
            consents = desk.at.students[student].consents.consents
            valid = [c.until for c in consents if c.purpose == "processing" and not c.withdrawn]
            yield from [max(valid)] if valid else []


def _first_days(events: tuple[Event, ...]) -> dict[tuple[str, str], dt.date]:
    """Level and audience -> the day of the first release since its code is what it is."""
    found: dict[tuple[str, str], dt.date] = {}
    for event in events:
        if event.what == "release":
            level, day = str(event.details.get("level")), dt.date.fromisoformat(event.at[:10])
            for audience in event.audiences:
                found.setdefault((level, audience), day)
        elif event.what == "access":
            for pair in str(event.details.get("epochs", "")).split():
                name = pair.rpartition("=")[0]
                found = {key: day for key, day in found.items() if key[1] != name}
    return found
