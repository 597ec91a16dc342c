"""Words that a teacher types -> an occasion. Which works are meant, and who sits in the hall?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Text, quote
from generator.flow.meant import Words, words_of
from generator.model.deck import Kind, Occasion, Theme
from generator.model.school import School, year_of
from generator.model.shown import Tier
from generator.trouble import Trouble

_ALL = Text(
    "Тема — только название: показаны все работы. Сузьте: `--kind`, `--tag`, `--direction`, "
    "`--event`, `--since`, `--until`.",
    "The theme is a title only: all works are shown. Narrow them: `--kind`, `--tag`, "
    "`--direction`, `--event`, `--since`, `--until`.",
)


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
    if asked.kind == "meeting" and since is None:
        since = dt.date(int(year_of(today)[:4]), 9, 1)
    words = words_of(school)
    named = {one.field: [*map(one.code_of, getattr(asked, one.field))] for one in words}
    if asked.kind == "class" and not any(named.values()):
        named |= _bearing(words, asked.title)
    _refuse_backwards(since, asked.until)
    return Occasion(
        kind=asked.kind,
        whom=asked.whom,
        tier=_hall(school, asked),
        title=asked.title,
        theme=Theme(
            **{field: tuple(codes) for field, codes in named.items()},
            since=since,
            until=asked.until,
        ),
        by_name=asked.by_name,
        moving_up=asked.moving_up,
    )


def _bearing(words: Iterable[Words], title: str) -> dict[str, list[str]]:
    """What the school calls exactly as the teacher calls the hour."""
    for one in words:
        if term := one.find(title):
            return {one.field: [term.code]}
    return {}


def told_of(school: School, asked: Asked, occasion: Occasion) -> Text | None:
    """What became of the words on the title of a class hour, where one might think otherwise."""
    theme = occasion.theme
    if asked.kind != "class" or not asked.title:
        return None
    found = [one for one in words_of(school) if getattr(theme, one.field)]
    if not found and not theme.is_bounded:
        return _ALL
    own = next((one for one in found if not getattr(asked, one.field)), None)
    if own is None:
        return None
    option = f"--{own.field.removesuffix('s')} {getattr(theme, own.field)[0]}"
    return Text(
        f"Тема — слово школы, показаны только такие работы: `{option}`. Нужны все — назовите её "
        "иначе.",
        f"The theme is a word of the school, only such works are shown: `{option}`. For all of "
        "them call it otherwise.",
    )


def _hall(school: School, asked: Asked) -> Tier:
    """Who sits in the hall. Past a screen in the corridor everybody goes: what a class alone may
    see does not hang there."""
    if asked.auto:
        return "level"
    if asked.before:
        return asked.before
    if asked.kind != "ceremony":
        return "class"
    rooms = {room.id for years in school.years for room in years.classes}
    return "class" if asked.whom in rooms else "level"


def _refuse_backwards(since: dt.date | None, until: dt.date | None) -> None:
    if since and until and since > until:
        raise Trouble(
            Text(f"дни наоборот: с {quote(since)} по {quote(until)}",
                 f"the days are the wrong way round: from {quote(since)} to {quote(until)}"),
            Text("первый день — `--since`, последний — `--until`",
                 "the first day is `--since`, the last one `--until`"),
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
