"""What staff decide about access -> access.yml and a line of the register. What changes?"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.curate import access as sheet
from generator.diagnostic import Text, quote
from generator.flow.desk import Desk, sit_down
from generator.flow.job import Job, read_before
from generator.flow.register import begin, refuse_names, require_person
from generator.flow.turn import in_turn
from generator.model.policy import Suspension
from generator.model.published import Published, Rings, handed_out, together
from generator.model.school import School
from generator.publish import append, stamp
from generator.publish.published import (
    details_of,
    news,
    read_published,
    rings_of,
    write_memory,
)
from generator.trouble import Trouble


@dataclass(frozen=True)
class Done:
    """What a decision came to."""

    names: tuple[str, ...]
    """Whom or what it is about."""
    raised: Mapping[str, int] = field(default_factory=dict)
    """Codes and keys that were replaced, with their numbers."""
    cards: tuple[str, ...] = ()
    """For whom a card has to be printed anew."""


@in_turn
def issue(job: Job, word: str, until: dt.date, reason: str) -> Done:
    """Opens a code for an event of a class or level; one that had a code before gets another."""
    desk = sit_down(job)
    name = _event(desk, word)
    if until < desk.at.today:
        raise Trouble(
            Text(f"день {quote(until)} уже прошёл", f"the day {quote(until)} is over"),
            Text("назовите последний день: `--until`", "name the last day: `--until`"),
        )
    before = [one for one in desk.school.access.opened if one.name == name]
    if any(one.until >= desk.at.today for one in before):
        raise Trouble(
            Text(f"код для {quote(name)} уже открыт", f"{quote(name)} has a code already"),
            Text("закройте его: `stupeni access expire`", "end it first: `stupeni access expire`"),
        )
    raw = sheet.open_event(sheet.read_file(job.portfolios), name, until, reason)
    # Whoever kept the code of an earlier event must not come in with it.
    raised = desk.raised((name,)) if before else {}
    return _write(desk, raw, "issue", reason, Done((name,), raised, _titles(desk, (name,), name)))


@in_turn
def rotate(job: Job, word: str, reason: str) -> Done:
    """A new code for a card, and a new key for everything that the old one opened."""
    desk = sit_down(job)
    names = desk.cards(word)
    raised = desk.raised(tuple(dict.fromkeys((*names, *desk.keys(names)))))
    raw = sheet.read_file(job.portfolios)
    return _write(desk, raw, "rotate", reason, Done(names, raised, _titles(desk, names)))


@in_turn
def suspend(job: Job, word: str, reason: str) -> Done:
    """Takes a card, a person, a class, a level or the school offline; its keys are replaced."""
    desk = sit_down(job)
    stopped = desk.school.access.stopped_on(desk.at.today)
    names = tuple(name for name in desk.stops(word) if name not in stopped)
    if not names:
        raise Trouble(
            Text(f"доступ {quote(word)} уже закрыт", f"{quote(word)} is suspended already"),
            Text("открыть снова: `stupeni access resume`", "to end that: `stupeni access resume`"),
        )
    raw = sheet.read_file(job.portfolios)
    raw = sheet.suspend(raw, names, desk.at.today, reason)
    stops = (Suspension(name=name, since=desk.at.today, reason=reason) for name in names)
    access = desk.school.access
    kept = desk.kept(access.model_copy(update={"suspended": (*access.suspended, *stops)}))
    return _write(desk, raw, "suspend", reason, Done(names, desk.raised(tuple(kept))))


@in_turn
def resume(job: Job, word: str, reason: str) -> Done:
    """Ends a suspension; the card is the same as before."""
    desk = sit_down(job)
    access, today = desk.school.access, desk.at.today
    stopped = access.stopped_on(today) | desk.at.published.suspended.keys()
    names = tuple(sorted(desk.meant(word) & stopped))
    if not names:
        raise Trouble(
            Text(f"доступ {quote(word)} и так открыт", f"{quote(word)} is not suspended"),
            Text("что закрыто: `stupeni access list`", "what is: `stupeni access list`"),
        )
    raw = sheet.resume(sheet.read_file(job.portfolios), access, names, today)
    return _write(desk, raw, "resume", reason, Done(names))


@in_turn
def expire(job: Job, word: str, reason: str) -> Done:
    """Ends the time of an event's code or of a commission now, and replaces the keys it opened
    that something is sealed with tomorrow."""
    desk = sit_down(job)
    name, last = desk.whole(word), desk.at.today - dt.timedelta(days=1)
    access = desk.school.access
    if not any(one == name and until > last for one, until in access.last_days):
        raise Trouble(
            Text(f"кода для {quote(name)} сейчас нет", f"{quote(name)} has no code now"),
            Text("какие есть: `stupeni access list`", "which there are: `stupeni access list`"),
        )
    raw = sheet.close_event(sheet.read_file(job.portfolios), access, name, last)
    kept = desk.kept(access.ended(name, last))
    return _write(desk, raw, "expire", reason, Done((name,), desk.raised(tuple(kept))))


@in_turn
def raise_keys(job: Job, reason: str) -> Done:
    """A new key for everything that somebody could still open who may not read it any more."""
    desk = sit_down(job)
    kept = desk.kept(desk.school.access)
    if not kept:
        raise Trouble(
            Text("поднимать нечего: лишних ключей ни у кого нет",
                 "nothing to raise: nobody keeps a key of something they may not read"),
            Text("заменить чью-то карточку: `stupeni access rotate`",
                 "to replace somebody's card: `stupeni access rotate`"),
        )  # fmt: skip
    names = tuple(sorted({audience for cards in kept.values() for audience, _ in cards}))
    raw = sheet.read_file(job.portfolios)
    return _write(desk, raw, "raise", reason, Done(names, desk.raised(tuple(kept))))


def _event(desk: Desk, word: str) -> str:
    name = desk.whole(word)
    if name not in desk.events:
        raise Trouble(
            Text(f"{quote(word)} — не класс и не ступень", f"{quote(word)} is no class or level"),
            Text(
                "назовите класс этого года, например `4a`, или ступень: `primary`, `basic`, "
                "`senior`",
                "name a class of this year, e.g. `4a`, or a level: `primary`, `basic`, `senior`",
            ),
        )
    return name


def _titles(desk: Desk, names: tuple[str, ...], *new: str) -> tuple[str, ...]:
    return (*(h.title for h in desk.holders if h.audience in names), *new)


def _write(desk: Desk, raw: bytes, action: str, reason: str, done: Done) -> Done:
    """Everything that changes, written: access.yml first, then who decided it and why."""
    job = desk.job
    person, ground = require_person(job, desk.school, desk.at.today)
    refuse_names(desk.school, reason)
    raw = sheet.raise_epochs(raw, desk.school.access, done.raised, reason)
    told = {
        "suspend": details_of(done.raised, suspended=done.names),
        "resume": details_of(done.raised, resumed=done.names),
    }
    event = replace(
        begin(job, "access"),
        about=desk.students(done.names),
        audiences=done.names,
        basis=ground,
        by=person.id,
        details={"action": action, "reason": reason} | told.get(action, details_of(done.raised)),
    )
    sheet.write_file(job.portfolios, raw)
    append(job.register, event)
    return done


def news_of(job: Job, school: School, rings: Rings) -> str:
    """Who gets which key with this release of a level, as far as the register was not told."""
    told = read_published(job.register, None).held.get(rings.level, {})
    return rings_of(news(handed_out(rings, school.access.numbers), told))


def remember(job: Job, school: School, today: dt.date, rings: tuple[Rings, ...]) -> None:
    """What access.yml says and who gets which key, kept where it cannot be taken back unseen.

    The private folder is told everything; the register, which travels with the portfolios, what
    no command has told it yet: somebody wrote it by hand. Who gets which key it learns with the
    release.
    """
    access, at = school.access, stamp(job.now)
    epochs = access.numbers
    told = read_published(job.register, None)
    new = {name: epoch for name, epoch in epochs.items() if epoch > told.epochs.get(name, 1)}
    stopped = access.stopped_on(today)
    fresh = sorted(stopped - told.suspended.keys())
    before = read_before(job, school.settings)
    known = Published(
        epochs={**before.epochs, **epochs},
        suspended=dict.fromkeys(stopped, at) | dict(before.suspended),
        held=dict(before.held) | {
            one.level: together(before.held.get(one.level, {}), handed_out(one, epochs))
            for one in rings
        },
    )  # fmt: skip
    # First the register, whose hour counts: if we are killed here the other learns it from there.
    if new or fresh:
        details = {"action": "by-hand"} | details_of(new, suspended=fresh)
        append(job.register, replace(begin(job, "access"), details=details))
    write_memory(job.memory(school.settings), known)
