"""Words that a teacher types -> an occasion. Which works are meant, and who sits in the hall?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Text, quote
from generator.model.deck import Kind, Occasion, Theme
from generator.model.school import School, year_of
from generator.model.shown import Tier
from generator.model.vocabulary import Term
from generator.say import choose, near_or
from generator.trouble import Trouble


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed."""

    kind: Kind
    whom: str
    title: str = ""
    before: Tier | None = None
    """Who sits in the hall; None for whoever usually does."""
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    by_name: bool = False
    moving_up: bool = False
    auto: int = 0
    """After how many seconds the next slide comes by itself; 0 for never."""
    code: bool = False
    """Whether the occasion's own code stands on the last slide."""
    folder: Path | None = None
    """Where to; None for the private folder."""


def occasion_of(school: School, today: dt.date, asked: Asked) -> Occasion:
    """What is to be shown; Trouble for words that mean nothing."""
    _refuse_contradictions(asked)
    since = asked.since
    if asked.kind == "news":
        _refuse_closed(school, today)
    if asked.kind in ("meeting", "news") and since is None and not asked.events:
        since = dt.date(int(year_of(today)[:4]), 9, 1)
    events = [_one_of(one, _events(school), "события", "event") for one in asked.events]
    return Occasion(
        kind=asked.kind,
        whom=asked.whom,
        tier=_hall(school, asked),
        title=asked.title,
        theme=Theme(
            kinds=_codes(school, asked.kinds, ("kinds",), ("вида записей", "kind of entries")),
            tags=_codes(school, asked.tags, ("tags", "learning-actions"), ("результата", "result")),
            directions=_codes(
                school, asked.directions, ("directions", "activity-directions"),
                ("направления", "direction"),
            ),
            events=tuple(events),
            since=since,
            until=asked.until,
        ),
        by_name=asked.by_name,
        moving_up=asked.moving_up,
    )  # fmt: skip


def _hall(school: School, asked: Asked) -> Tier:
    """Who sits in the hall. Past a screen in the corridor everybody goes: what a class alone may
    see does not hang there."""
    if asked.kind == "news":
        return "public"
    if asked.auto:
        return "level"
    if asked.before:
        return asked.before
    if asked.kind != "ceremony":
        return "class"
    rooms = {room.id for years in school.years for room in years.classes}
    return "class" if asked.whom in rooms else "level"


def _refuse_closed(school: School, today: dt.date) -> None:
    """Raises `Trouble` where the school shows nothing to everybody (003 §1.2)."""
    open_now = school.settings.switches.open_information
    if not open_now or "public" in school.access.stopped_on(today):
        raise Trouble(
            Text("школа сейчас никому без кода ничего не показывает",
                 "the school shows nothing without a code now"),
            Text("новость собирают, когда это решено приказом и записано в school/school.yml: "
                 "`open_information: true`, а показ всем не приостановлен",
                 "news is made when an order says so, school/school.yml says "
                 "`open_information: true`, and showing to everybody is not suspended"),
        )  # fmt: skip


def _refuse_contradictions(asked: Asked) -> None:
    if asked.kind == "ceremony" and not (asked.events or asked.since or asked.until):
        raise Trouble(
            Text("не сказано, за что вызывать", "no word what people are called for"),
            Text("назовите событие (`--event`) или дни (`--since`, `--until`)",
                 "name an event (`--event`) or days (`--since`, `--until`)"),
        )  # fmt: skip
    if asked.code and (asked.auto or asked.kind == "student" or asked.before == "commission"):
        raise Trouble(
            Text("здесь код показать нельзя: его увидели бы и те, кому он не дан",
                 "no code may be shown here: people to whom it is not given would see it"),
            Text("уберите `--code`: на последнем слайде останется адрес",
                 "leave out `--code`: the address stays on the last slide"),
        )  # fmt: skip
    if asked.auto and asked.before in ("class", "commission"):
        raise Trouble(
            Text("у экрана в коридоре проходят все", "everybody passes a screen in the corridor"),
            Text("уберите `--before` или `--auto`", "leave out `--before` or `--auto`"),
        )


def _codes(
    school: School, typed: Iterable[str], lists: tuple[str, ...], what: tuple[str, str]
) -> tuple[str, ...]:
    """The codes that are meant: people type them or the words that stand for them."""
    known = [school.vocabularies[name].terms for name in lists if name in school.vocabularies]
    terms = [term for some in known for term in some]
    return tuple(_one_of(one, terms, *what) for one in typed)


def _one_of(typed: str, terms: Iterable[Term], ru: str, en: str) -> str:
    terms, word = tuple(terms), " ".join(typed.casefold().split())
    for term in terms:
        if word in {name.casefold() for name in (term.code, term.ru, term.en, *term.aliases)}:
            return term.code
    # Of a long title people type what they remember.
    partly = [term for term in terms if len(word) > 2 and word in term.ru.casefold()]
    if len({term.ru for term in partly}) == 1:
        return partly[0].code
    advice = choose(typed, [(one.code, Text(one.ru, one.en), one.aliases) for one in terms])
    if len(terms) > 20:
        otherwise = Text("как он называется, сказано в файлах школы", "see the school's files")
        advice = near_or(typed, [name for one in terms for name in (one.code, one.ru)], otherwise)
    raise Trouble(Text(f"нет {ru} {quote(typed)}", f"there is no {en} {quote(typed)}"), advice)


def _events(school: School) -> list[Term]:
    """The register of events as words to choose from, by id or by title; the newest first, for a
    contest of every year has one title."""
    events = sorted(school.events.events, key=lambda one: one.date, reverse=True)
    return [Term(code=one.id, ru=one.title, en=one.title) for one in events]
