"""Two states of a school -> a card for every entry that changed. What did it say, and what now?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.diagnostic import Diagnostic
from generator.model.kinds import AnyEntry, Entry, GroupWork, digest_entry
from generator.model.reviewed import Card, Fate, ReviewedScan, What
from generator.model.school import School
from generator.model.shown import Rectangle, ShownScan, State
from generator.model.state import digests_of, settle
from generator.model.student import Student
from generator.review import rules
from generator.review.fields import Words, told_fields
from generator.review.sides import Pair, alike

_CLAIMS_NOTHING = ("page", "series")


@dataclass(frozen=True)
class Compared:
    """What two states of a school differ in; findings about what is no entry."""

    cards: tuple[Card, ...]
    findings: tuple[Diagnostic, ...]
    unlike: frozenset[str]
    """Files that say something else now."""


def compare(pair: Pair, words: Words, students: Collection[str]) -> Compared:
    """A card for every entry of these students that changed, and what else did."""
    cards, findings, unlike = list[Card](), list[Diagnostic](), set[str]()
    for id in sorted(students):
        old, new = pair.students(id)
        if old is None and new is None:
            continue  # a folder of nobody: that, too, is told as a mistake
        if new is None and f"records/{id}/student.yml" in pair.after.unread:
            continue  # nobody is gone whose record cannot be read: that is told as a mistake
        for card, files in _cards(pair, words, old, new):
            cards.append(card)
            unlike |= files
        found = (*rules.of_records(old, new), *rules.of_decisions(pair, old, new))
        findings += found
        unlike |= {one.place.file for one in found}
    findings += rules.of_school(pair)
    return Compared(tuple(cards), tuple(findings), frozenset(unlike))


def _cards(
    pair: Pair, words: Words, old: Student | None, new: Student | None
) -> Iterator[tuple[Card, set[str]]]:
    before = {one.id: one for one in old.entries} if old else {}
    after = {one.id: one for one in new.entries} if new else {}
    for id in dict.fromkeys((*after, *before)):
        was, now = before.get(id), after.get(id)
        what = _what(pair, was, now)
        unread = now is None and was is not None and was.file in pair.after.unread
        if what is None or unread:
            continue
        student = new or old
        assert student
        states = _state(pair.before, old, was), _state(pair.after, new, now)
        card = _card(pair, words, student, (was, now), (what, *states))
        found = tuple(rules.of_entry(pair, card, student, was, now))
        yield _with(card, found), {one.file for one in (was, now) if one}


def _what(pair: Pair, was: Entry | None, now: Entry | None) -> What | None:
    if was is None or now is None:
        return "added" if now else "removed"
    if not alike(was, now) or digests_of(pair.before, was) != digests_of(pair.after, now):
        return "changed"
    return "moved" if was.file != now.file else None


def _with(card: Card, findings: tuple[Diagnostic, ...]) -> Card:
    return Card(**{**vars(card), "findings": findings})


def _state(school: School, student: Student | None, entry: Entry | None) -> State | None:
    return settle(school, student, entry)[0] if student and entry else None


def _card(
    pair: Pair,
    words: Words,
    student: Student,
    entries: tuple[Entry | None, Entry | None],
    told: tuple[What, State | None, State | None],
) -> Card:
    (was, now), (what, state_before, state) = entries, told
    entry = now or was
    assert entry
    name = student.record.name
    decidable = now is not None and state != "draft" and now.kind not in _CLAIMS_NOTHING
    return Card(
        student=student.id,
        name=f"{name.given} {name.surname}",
        class_title=pair.room(student.id),
        entry=entry.id,
        what=what,
        kind=words.kind(entry),
        title=entry.title,
        day=entry.day,
        state=state,
        was=state_before,
        digest=digest_entry(now, digests_of(pair.after, now)) if now and decidable else "",
        lines=told_fields(was, now, words),
        scans=tuple(_scans(pair, words, was, now)),
    )


def _scans(
    pair: Pair, words: Words, was: Entry | None, now: Entry | None
) -> Iterator[ReviewedScan]:
    old = {one.path.rpartition("/")[2]: one for one in shown_scans(pair.before, words, was)}
    new = {one.path.rpartition("/")[2]: one for one in shown_scans(pair.after, words, now)}
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        yield ReviewedScan(name, _fate(before, after), before, after)


def _fate(before: ShownScan | None, after: ShownScan | None) -> Fate:
    if before is None or after is None:
        return "added" if after else "removed"
    return "same" if before.key == after.key else "replaced"


def shown_scans(school: School, words: Words, entry: AnyEntry | None) -> Iterator[ShownScan]:
    """Every scan of an entry that is there, under its masks."""
    if entry is None or isinstance(entry, GroupWork):
        return
    folder = entry.file.rpartition("/")[0]
    for scan in entry.scans:
        file = school.scans.get(f"{folder}/{scan.file}")
        if file:
            masks = tuple(
                Rectangle(one.page, one.left, one.top, one.width, one.height) for one in scan.mask
            )
            yield ShownScan(
                file.path, file.digest, scan.description or "", words.document(scan), masks=masks
            )
