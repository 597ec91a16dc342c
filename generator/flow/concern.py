"""What stands in school/ before and after -> the students whom it concerns. May it be anybody?

A register of events is changed with every olympiad, a list of classes with every newcomer: then
few have to be looked at, and the scans of all others stay where they are.
"""

from collections.abc import Callable, Iterator, Set

from generator.model.collective import Achievement
from generator.model.record import Record
from generator.model.school import School
from generator.review.sides import alike

Mentions = Callable[[Set[str]], Set[str]]
"""Words -> students one of whose entries has one of them."""


def concerned_by(
    before: School, after: School, touched: Set[str], mentions: Mentions
) -> frozenset[str] | None:
    """Students whose portfolio may read, or be seen, otherwise; None when that may be anybody's.

    Both states need nothing but what stands in school/; `touched` are its files.
    """
    if _is_for_all(before, after):
        return None
    old, new = ({one.id: one for one in school.events.events} for school in (before, after))
    events = {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    found = mentions(events) if events else set()
    return frozenset((*found, *_in_classes(before, after), *_together(before, after, touched)))


def _is_for_all(before: School, after: School) -> bool:
    """Whether rules changed by which everybody is shown, or it cannot be told whether."""
    people = {one.id: one for one in after.staff.people}
    # Who came to the staff changes nobody's portfolio; who left, or got other duties, may.
    staff = any(people.get(one.id) != one for one in before.staff.people)
    rules = (
        (one.settings, one.access, {**one.own_words}, one.events.lists) for one in (before, after)
    )
    return staff or bool(before.unread or after.unread) or next(rules) != next(rules)


def _in_classes(before: School, after: School) -> Iterator[str]:
    """Who stands in another class of a year, or in one that is led or called otherwise."""
    old, new = (
        {(years.year, room.id): room for years in school.years for room in years.classes}
        for school in (before, after)
    )
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        mine, theirs = set(was.students if was else ()), set(now.students if now else ())
        bare = [one and one.model_copy(update={"students": ()}) for one in (was, now)]
        yield from mine ^ theirs if bare[0] == bare[1] else mine | theirs


def _together(before: School, after: School, touched: Set[str]) -> Iterator[str]:
    """Who took part in what a collective's file, or a scan beside it, says otherwise."""
    old, new = (_achievements(school) for school in (before, after))
    scans = {f.split("/")[2] for f in touched if f.startswith("school/collectives/")}
    for id in old.keys() | new.keys():
        both = [one for one in (old.get(id), new.get(id)) if one]
        if id in scans or len(both) == 1 or not _alike(both[0], both[1]):
            yield from (member.student for _, one in both for member in one.members)


def _achievements(school: School) -> dict[str, tuple[Record, Achievement]]:
    return {
        one.id: (group.model_copy(update={"achievements": ()}), one)
        for group in school.collectives.collectives
        for one in group.achievements
    }


def _alike(one: tuple[Record, Achievement], other: tuple[Record, Achievement]) -> bool:
    return alike(one[0], other[0]) and alike(one[1], other[1])
