"""What an edition shows -> what its works speak of, what is missing, how long it is quiet.

Made of what the audience sees, so that it can tell nobody of a thing not shown; to those on duty
it says, too, when a consent ends.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from typing import Literal

from generator.decide.entries import Settled
from generator.decide.subject import Subject
from generator.decide.table import Allowed
from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.kinds import AnyEntry
from generator.model.school import Level
from generator.model.shown import Coverage, Ending, ShownEntry, ShownResult, ShownResults, Tier
from generator.model.spoken import same
from generator.model.vocabulary import Group, Vocabulary

_Entries = tuple[AnyEntry, ...]


def cover_results(subject: Subject, settled: tuple[Settled, ...]) -> Iterator[ShownResults]:
    """The three groups of results (R-011): words, and the entries that speak of them."""
    kinds = subject.school.vocabularies.get("kinds")
    whole = tuple(one.entry for one in settled)
    finer = {
        "personal": _by_tag(subject, whole),
        "meta-subject": _by_action(subject, whole),
        "subject": _by_subject(whole),
    }
    for code, lines in finer.items():
        group = _group(kinds, code)
        if group and kinds:
            named = tuple(lines)
            rest = _by_kind(kinds, group, whole, {id for line in named for id in line.entries})
            # Subjects are as many as there are; the other two the regulation names one by one.
            balance = () if code == "subject" else named
            told = (*named, *rest) if code == "subject" else tuple(rest)
            yield ShownResults(code, Text(group.ru, group.en), told, balance)


def show_results(
    subject: Subject, covered: tuple[ShownResults, ...], shown: Set[str], tier: Tier
) -> Iterator[ShownResults]:
    """The same of what this audience sees; that a group is empty is said only to those who see
    the whole."""
    whole = bool(subject.may("family", tier))
    for one in covered:
        found = tuple(line for line in _seen(one.results, shown) if line.entries)
        balance = tuple(line for line in _seen(one.balance, shown) if line.entries or whole)
        if found or balance or whole:
            yield ShownResults(one.code, one.title, found, balance)


def _seen(lines: tuple[ShownResult, ...], shown: Set[str]) -> Iterator[ShownResult]:
    for line in lines:
        entries = tuple(id for id in line.entries if id in shown)
        # Most are whole: of six audiences and forty lines a school has a quarter of a million.
        yield line if entries == line.entries else replace(line, entries=entries)


def _by_tag(subject: Subject, whole: _Entries) -> Iterator[ShownResult]:
    tags = subject.school.vocabularies.get("tags")
    for one in tags.terms if tags else ():
        ids = tuple(entry.id for entry in whole if one.code in entry.tags)
        yield ShownResult(Text(one.ru, one.en), ids, one.code)


def _by_action(subject: Subject, whole: _Entries) -> Iterator[ShownResult]:
    actions = subject.school.vocabularies.get("learning-actions")
    version = subject.school.settings.switches.learning_actions
    ways = actions.groupings if actions else ()
    for group in next((way.groups for way in ways if way.version == version), ()):
        words = frozenset(group.words)
        ids = tuple(entry.id for entry in whole if not words.isdisjoint(entry.actions))
        yield ShownResult(Text(f"{group.ru} действия", f"{group.en} actions"), ids, group.code)


def _by_subject(whole: _Entries) -> Iterator[ShownResult]:
    taught = {entry.id: entry.get("subject") or "" for entry in whole}
    for name in sorted(set(taught.values()) - {""}, key=str.casefold):
        yield ShownResult(same(name), tuple(id for id in taught if taught[id] == name))


def _by_kind(
    kinds: Vocabulary, group: Group, whole: _Entries, named: Set[str]
) -> Iterator[ShownResult]:
    """What no finer word names, by its kind."""
    for one in kinds.terms:
        if one.code in group.words:
            ids = tuple(e.id for e in whole if e.kind == one.code and e.id not in named)
            yield ShownResult(Text(one.ru, one.en), ids)


def _group(kinds: Vocabulary | None, code: str) -> Group | None:
    ways = kinds.groupings if kinds else ()
    groups = next((way.groups for way in ways if way.version == "results"), ())
    return next((group for group in groups if group.code == code), None)


# ---- what is missing: sentences, never a percentage, and nothing is ever held back for it ----

_Check = Callable[[Edition], bool]


def _any_kind(*kinds: str) -> _Check:
    return lambda edition: any(entry.kind in kinds for entry in edition.entries)


_CHECKS: Mapping[str, _Check] = {
    "about": lambda edition: bool(edition.about or edition.motto),
    "work": lambda edition: any(entry.scans for entry in edition.entries),
    "why": lambda edition: any(e.why_it_matters or e.reflection for e in edition.entries),
    "best": lambda edition: bool(edition.highlights) or len(edition.entries) < 3,
    "goal": lambda edition: any(goal.year == edition.year for goal in edition.goals),
    "activity": _any_kind("activity", "course", "sport", "gto", "group", "volunteering"),
    "project": _any_kind("project"),
    "route": _any_kind("practice", "course", "training"),
    "year": lambda edition: bool(edition.years),
    "self": lambda edition: bool(edition.selves),
    "words": lambda edition: bool(edition.reviews),
}
CHECKLISTS: Mapping[Level, tuple[str, ...]] = {
    "primary": ("about", "work", "why", "best", "goal", "activity", "year"),
    "basic": ("about", "why", "best", "goal", "project", "activity", "self", "year"),
    "senior": ("about", "why", "best", "goal", "project", "route", "year", "words"),
}
"""What the portfolio of a level usually has (003 §3.1, R-041)."""


def find_missing(edition: Edition) -> tuple[str, ...]:
    """Names of what the level's checklist has and this edition has not."""
    return tuple(name for name in CHECKLISTS[edition.level] if not _CHECKS[name](edition))


_SOON = dt.timedelta(days=60)
"""How long before its last day a consent is told to end."""


def look_over(subject: Subject, edition: Edition, tier: Tier) -> Coverage | None:
    """What it has not yet, for those on duty (R-058); None where nothing is to be said."""
    reason = subject.may("coverage", tier)
    if reason is None:
        return None
    months = subject.school.settings.switches.remind_after_months
    balance = (line for one in edition.results if one.code == "personal" for line in one.balance)
    found = Coverage(
        missing=find_missing(edition),
        results=tuple(line.words for line in balance if not line.entries),
        quiet_since=quiet_since(edition.entries, subject.today, months),
        ending=_ends_soon(subject.granted.allowed, subject.today),
        reason=reason,
    )
    said = found.missing or found.results or found.quiet_since or found.ending
    return found if said else None


def _ends_soon(allowed: Allowed, today: dt.date) -> Ending | None:
    """The first last day within the next weeks, and the widest thing that goes with it."""
    last = {rung: one.until for rung, one in allowed.items() if one.until}
    soon = {rung: day for rung, day in last.items() if day - today <= _SOON}
    if not soon:
        return None
    day = min(soon.values())
    gone = {rung for rung, end in soon.items() if end == day}
    what: Literal["all", "others", "public"] = (
        "all" if "family" in gone else "public" if gone == {"public"} else "others"
    )
    return Ending(day, what)


def quiet_since(entries: tuple[ShownEntry, ...], today: dt.date, months: int) -> dt.date | None:
    """The day of the newest entry, when it is more than so many months ago (R-039)."""
    days = [day for e in entries if (day := e.end or e.start) and day <= today]
    newest = max(days, default=None)
    if newest is None:
        return None
    passed = (today.year - newest.year) * 12 + today.month - newest.month
    return newest if passed - (today.day < newest.day) >= months else None
