"""Seen -> a table. Who has what, until when, and by which paper?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import mode

from generator.diagnostic import Lang
from generator.model.seen import Seen, SeenThing, Sight, Watcher
from generator.model.shown import Fact, Reason, Tier
from generator.pages.catalogue import Texts
from generator.pages.words import begin_large, set_date

PARTS = (
    "about", "profile", "entries", "goals", "years", "selves", "interests", "reviews", "requests",
    "arranged", "moving_up", "package", "marks", "state_register", "missing", "quiet_since",
    "coverage", "waiting",
)  # fmt: skip
"""The order in which things stand in the table; the name stands with those who know it."""


_SAID_BY_US = frozenset({"missing", "quiet_since", "coverage", "waiting"})
"""What the program says of a portfolio to those who answer for it: no part of what is in it."""

_ON_DUTY: frozenset[Tier] = frozenset({"teacher", "staff"})

_BY_YEAR = frozenset({"years", "marks"})
"""What is called by its year alone."""

_RUNGS: tuple[Tier, ...] = ("family", "teacher", "staff", "class", "level", "public")
"""From those who are nearest to a child outwards; a commission stands beside."""

_FEW = 3
"""Things an audience has not, of which one says sooner what is missing than what is there."""


@dataclass(frozen=True)
class Column:
    """An audience: what it is called, who that is, how they know the child, and by what right."""

    label: str
    reach: str
    """How much of it all they have."""
    besides: str
    """What they have beside whole entries; empty where `reach` says it all."""
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """Whether an audience has a thing, and whether all of it; until when, where that differs."""

    label: str
    sees: bool
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


_Plain = tuple[Cell, ...]
"""What is said of an audience that has nothing of a thing, and of one that has all of it."""


@dataclass(frozen=True)
class Row:
    """A thing: what kind, its title, who decided to show it, how it stands, and who has it."""

    kind: str
    title: str
    decided: str
    """Who decided to show it and when; the day alone where it was those who mostly do."""
    state: str
    alone: bool
    """Whether the family alone has it."""
    waits_for_all: bool
    """Whether only a confirmation is missing for everybody to have it."""
    without: tuple[str, ...]
    """What is not shown of it, and to whom."""
    ends: tuple[str, ...]
    """Who has it until a day of its own."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shelf:
    """The things that the same audiences have: on a narrow screen they stand together."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Agreement:
    """A consent: how it stands, and the lines about it."""

    standing: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The page «Кто меня видит»."""

    seen: Seen
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    deciders: str
    """Who decided to show most of what is shown; empty where nobody had to."""
    shelves: tuple[Shelf, ...]
    """The same rows by who has them, the most first."""
    agreements: tuple[Agreement, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody without a code has any of it."""
        return any(one.tier == "public" for one in self.seen.watchers)


@dataclass(frozen=True)
class Speaker:
    """Words of the interface, in one language."""

    texts: Texts
    language: Lang


def tabulate(seen: Seen, texts: Texts, language: Lang) -> Table:
    """Every thing and every audience of one student, in words."""
    speak = Speaker(texts, language)
    labels = {one.compartment: _label(one, seen, speak) for one in seen.watchers}
    things = sorted(
        (one for one in seen.things if one.part != "name"), key=lambda one: PARTS.index(one.part)
    )
    plain = {name: tuple(Cell(label, sees) for sees in (False, True))
             for name, label in labels.items()}  # fmt: skip
    deciders = _deciders(things, speak)
    told = (_row(one, seen, plain, speak) for one in things)
    rows = tuple(replace(row, decided=_but(row.decided, deciders)) for row in told)
    return Table(
        seen=seen,
        deciders=deciders,
        columns=tuple(
            Column(
                begin_large(labels[one.compartment]),
                *_reach(one, seen, speak),
                tuple(_lines(one, seen, speak)),
            )
            for one in seen.watchers
        ),
        rows=rows,
        shelves=tuple(_shelves(rows, seen, speak)),
        agreements=tuple(_agreements(seen, speak)),
    )


def _deciders(things: list[SeenThing], speak: Speaker) -> str:
    """Those who decided most often, said once above the table."""
    said = (one.decided.get(speak.language) for one in things)
    return mode([words.partition(", ")[0] for words in said if words] or [""])


def _but(decided: str, deciders: str) -> str:
    who, _, day = decided.partition(", ")
    return day if deciders and who == deciders else decided


def _label(one: Watcher, seen: Seen, speak: Speaker) -> str:
    tier = "own" if one.tier == seen.tier == "family" else one.tier
    level = speak.texts[f"card-level-{seen.level}"]
    return _fill(speak.texts[f"who-watch-{tier}"], group=one.group, level=level)


def _fill(text: str, **words: str) -> str:
    for gap, word in words.items():
        text = text.replace(f"{{{gap}}}", word)
    return text


def _reach(one: Watcher, seen: Seen, speak: Speaker) -> tuple[str, str]:
    """How much an audience has, and what beside whole entries.

    A teacher's page does not know what the family keeps to itself: of nobody else it says «all».
    """
    things = [thing for thing in seen.things if thing.part not in {"name", *_SAID_BY_US}]
    mine = [(thing, _of(one, thing)) for thing in things]
    has_all = all(sights and not any(s.lacks for s in sights) for _, sights in mine)
    if has_all and "family" in (one.tier, seen.tier):
        return speak.texts["who-all"], _ours(one, seen, speak) if one.tier == "family" else ""
    is_cut = any(sight.lacks for _, sights in mine for sight in sights)
    missed = [thing for thing, sights in mine if not sights]
    if seen.tier == "family" and not is_cut and len(missed) <= _FEW:
        named = "; ".join(_named(one, speak) for one in missed)
        return speak.texts["who-almost"], _fill(speak.texts["who-lacks"], parts=named)
    entries = [sights for thing, sights in mine if sights and thing.part == "entries"]
    cut = [sights for sights in entries if any(sight.lacks for sight in sights)]
    others = [_kind(thing, speak) for thing, sights in mine if sights and thing.part != "entries"]
    listed = ", ".join(_small(kind) for kind in dict.fromkeys(others))
    if not entries:
        return listed or speak.texts["who-nothing"], ""
    notes = [speak.texts.count("who-cut", len(cut))] if cut else []
    notes += [_fill(speak.texts["who-besides"], what=listed)] if listed else []
    every = len(entries) == len([thing for thing in things if thing.part == "entries"])
    reach = (
        speak.texts["who-every-entry"] if every else speak.texts.count("who-entries", len(entries))
    )
    return reach, "; ".join(notes)


def _ours(one: Watcher, seen: Seen, speak: Speaker) -> str:
    """What the program says to those who answer for a portfolio, and not to its family."""
    ours = (thing for thing in seen.things if thing.part in _SAID_BY_US)
    missed = [_kind(thing, speak) for thing in ours if not _of(one, thing)]
    listed = "; ".join(_small(kind) for kind in dict.fromkeys(missed))
    return _fill(speak.texts["who-ours"], parts=listed) if listed else ""


def _named(one: SeenThing, speak: Speaker) -> str:
    """A thing in a list: what is known of it beside its kind stands in brackets."""
    title = one.title.get(speak.language)
    kind, _, known = title.partition(", ")
    if one.part == "reviews" and known:
        return f"{kind} ({known})"
    return title or _small(_kind(one, speak))


def _of(one: Watcher, thing: SeenThing) -> list[Sight]:
    return [sight for sight in thing.sights if sight.compartment == one.compartment]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _kind(one: SeenThing, speak: Speaker) -> str:
    return speak.texts[f"who-thing-{one.part.replace('_', '-')}"]


def _lines(one: Watcher, seen: Seen, speak: Speaker) -> Iterator[str]:
    yield ", ".join(one.people) or speak.texts[f"who-are-{one.tier}"]
    if one.guests:
        yield speak.texts["who-guests"]
    if one.known_as != seen.name:
        yield _fill(speak.texts["who-known"], name=one.known_as)
    for reason in one.reasons:
        right = _right(reason, seen, speak)
        if one.tier == "commission" and reason.basis == "duty":
            right = _fill(speak.texts["who-by-commission"], paper=reason.paper)
        yield ", ".join(filter(None, (right, _until(reason, speak))))


def _right(reason: Reason, seen: Seen, speak: Speaker) -> str:
    """By what right: a consent is named by its day too, when it is one of those on the page."""
    signed = (
        one.signed
        for one in seen.consents
        if (one.document, one.until) == (reason.paper, reason.until)
    )
    day = next(signed, None)
    if reason.basis == "consent" and day:
        spoken = set_date(day, speak.language)
        return _fill(speak.texts["who-by-consent-of"], day=spoken, paper=reason.paper)
    return _fill(speak.texts[f"who-by-{reason.basis}"], paper=reason.paper)


def _until(reason: Reason, speak: Speaker) -> str:
    until = reason.until
    return _fill(speak.texts["who-until"], day=set_date(until, speak.language)) if until else ""


def _row(one: SeenThing, seen: Seen, plain: Mapping[str, _Plain], speak: Speaker) -> Row:
    family = {watcher.compartment for watcher in seen.watchers if watcher.tier == "family"}
    claims = one.state not in (None, "confirmed")
    kind, title = _called(one, speak)
    cells = tuple(_cell(plain[who.compartment], who, _of(who, one), speak) for who in seen.watchers)
    return Row(
        kind=kind,
        title=title,
        decided=one.decided.get(speak.language),
        state=speak.texts[f"state-short-{one.state}"] if claims else "",
        alone={has.compartment for has in one.sights} <= family,
        waits_for_all=one.waits_for_all,
        without=tuple(_without(cells, speak)),
        ends=tuple(f"{begin_large(one.label)}: {note}" for one in cells for note in one.notes),
        cells=cells,
    )


def _called(one: SeenThing, speak: Speaker) -> tuple[str, str]:
    """Its kind and its title; a bare year is no title."""
    kind, title = _kind(one, speak), one.title.get(speak.language)
    if one.part in _BY_YEAR and title:
        return f"{kind}, {title}", ""
    return kind, begin_large(title)


def _without(cells: tuple[Cell, ...], speak: Speaker) -> Iterator[str]:
    found: dict[tuple[str, ...], list[str]] = {}
    for cell in cells:
        if cell.lacks:
            found.setdefault(cell.lacks, []).append(cell.label)
    for parts, who in found.items():
        listed = begin_large(", ".join(who))
        yield _fill(speak.texts["who-without"], parts=", ".join(parts), who=listed)


def _shelves(rows: tuple[Row, ...], seen: Seen, speak: Speaker) -> Iterator[Shelf]:
    found: dict[tuple[bool, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(cell.sees for cell in row.cells), []).append(row)
    for sees, mine in sorted(found.items(), key=lambda pair: -pair[0].count(True)):
        who = [one for one, has in zip(seen.watchers, sees, strict=True) if has]
        label = _widest(who, seen, speak) or _together(who, seen, speak)
        yield Shelf(begin_large(label), tuple(mine))


def _widest(who: list[Watcher], seen: Seen, speak: Speaker) -> str:
    """Audiences by the widest of them, when everybody nearer has it too; else nothing."""
    rungs = [one.tier for one in who if one.tier in _RUNGS]
    last = max(rungs, key=_RUNGS.index, default=None)
    if last is None or last == "teacher":
        return ""
    nearer = _RUNGS[: _RUNGS.index(last) + 1]
    if [one for one in seen.watchers if one.tier in nearer and one not in who]:
        return ""
    package = "-package" if any(one.tier not in _RUNGS for one in who) else ""
    name = "only-family" if last == "family" else f"to-{last}"
    level = speak.texts[f"who-level-{seen.level}"]  # its genitive
    return _fill(speak.texts[f"who-{name}{package}"], level=level)


def _together(who: list[Watcher], seen: Seen, speak: Speaker) -> str:
    """Audiences in few words: those who work at the school are mostly told in one."""
    tiers = {one.tier for one in who}
    all_staff = tiers >= _ON_DUTY
    labels = dict.fromkeys(
        speak.texts["who-on-duty"]
        if all_staff and one.tier in _ON_DUTY
        else _label(one, seen, speak)
        for one in who
    )
    listed = ", ".join(labels)
    return _fill(speak.texts["who-only"], who=listed) if len(labels) == 1 else listed


def _cell(plain: _Plain, watcher: Watcher, mine: list[Sight], speak: Speaker) -> Cell:
    timed = mine if len(watcher.reasons) > 1 else ()
    notes = tuple(dict.fromkeys(filter(None, (_until(one.reason, speak) for one in timed))))
    lacks = tuple(dict.fromkeys(_part(one, speak) for sight in mine for one in sight.lacks))
    cell = plain[bool(mine)]
    # Of half a million cells of a school nearly all are no more than yes or no.
    return replace(cell, notes=notes, lacks=lacks) if notes or lacks else cell


def _part(one: Fact, speak: Speaker) -> str:
    if one.field.startswith("scan:"):
        return _fill(speak.texts["who-part-scan"], what=one.words.get(speak.language))
    if one.field in ("paper", "note"):
        return speak.texts[f"who-part-{one.field}"]
    return speak.texts[f"fact-{one.field}"].lower()


def _agreements(seen: Seen, speak: Speaker) -> Iterator[Agreement]:
    for one in seen.consents:
        days = {"withdrawn": one.withdrawn, "coming": one.signed}
        day, signed = days.get(one.standing) or one.until, set_date(one.signed, speak.language)
        purpose = speak.texts[f"consent-for-{one.purpose}"]
        reach = (
            "" if one.purpose == "distribution" else speak.texts[f"consent-reach-{one.audience}"]
        )
        lines = [begin_large(", ".join(filter(None, (purpose, reach))))]
        covers = ", ".join(speak.texts[f"consent-covers-{name}"] for name in one.covers)
        lines += [_fill(speak.texts["consent-covers"], what=covers)] if covers else []
        lines += [_fill(speak.texts["consent-signed"], day=signed, by=one.given_by)]
        if one.student_signed:
            day_of = set_date(one.student_signed, speak.language)
            lines += [_fill(speak.texts["consent-student"], day=day_of)]
        lines += [_fill(speak.texts["consent-paper"], paper=one.document)]
        standing = _fill(speak.texts[f"consent-{one.standing}"], day=set_date(day, speak.language))
        yield Agreement(standing, tuple(lines))
