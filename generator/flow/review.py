"""Two states of a school -> a report for whoever decides. What changed, and for whom?"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check import check
from generator.decide import decide_student, find_floor
from generator.diagnostic import Diagnostic, Lang, Text, quote
from generator.exposure import Grant, Granted, find_grants
from generator.exposure import compare as compare_granted
from generator.flow.arrivals import with_pins
from generator.flow.job import Job, Order, in_order, read_before
from generator.flow.marks import owner_of
from generator.flow.private import private_room, published_by, write_private
from generator.flow.sides import Sides, open_commits, open_folders
from generator.load import Loaded, load, read_labels
from generator.media import Means, Prepared, prepare
from generator.model.reviewed import Card, Glance, Report
from generator.model.school import LEVELS, Level, School
from generator.model.site import Leaves
from generator.pages.decide import compose_review
from generator.review.compare import Compared, compare
from generator.review.fields import Words
from generator.review.sides import Pair, rooms_of
from generator.review.signature import find_unsigned
from generator.say import near_or
from generator.seal.cipher import is_of
from generator.seal.master import refuse_public
from generator.source import read_places
from generator.trouble import Trouble

_NOT_A_NAME = re.compile(r"[^\w.-]+")
_NAME = Text("имя", "the name")
_OURS = frozenset({"confirmation-outdated", "confirmation-entry-unknown"})
"""Said by `check` of what a review tells in words of its own."""


@dataclass(frozen=True)
class Reviewed:
    """The report, and the pictures of the scans in it by `ShownScan.key`."""

    report: Report
    leaves: Leaves


def review_commits(
    job: Job, base: str, head: str, theirs: Mapping[str, str], room: str = ""
) -> Reviewed:
    """What the second of two states in Git has other than the first; of one class if named."""
    with open_commits(job, base, head, theirs) as sides, with_pins(job, sides) as whole:
        return review_sides(job, whole, room)


def review_folders(job: Job, before: Path, after: Path, room: str = "") -> Reviewed:
    """What the second of two folders of portfolios has other than the first; of one class if
    named."""
    return review_sides(job, open_folders(job, before, after), room)


def write_page(job: Job, reviewed: Reviewed, language: Lang, file: Path | None) -> Path:
    """The page on which a teacher decides, in the private folder unless a file is named."""
    page = compose_review(reviewed.report, reviewed.leaves, language, job.home / "theme")
    if file is None:
        name = _NOT_A_NAME.sub("-", f"review-{reviewed.report.base}-{reviewed.report.head}")
        room = job.private / reviewed.report.site
        file = room / "reports" / f"{name[:80]}.html"
        refuse_public(file.parent, published_by(job))
    return write_private(file, page)


def review_sides(job: Job, sides: Sides, room: str = "") -> Reviewed:
    """What the second of two folders has other than the first, however they came about; of one
    class if named."""
    old, new = (load(folder, job.home / "schema") for folder in (sides.before, sides.after))
    if new.school is None:
        raise Trouble(
            Text("school/school.yml нового состояния не прочитан",
                 "school/school.yml of the new state could not be read"),
            Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
        )  # fmt: skip
    before = old.school or School(settings=new.school.settings)
    pair = Pair(before, new.school, job.today(new.school.settings))
    sides = _of_class(sides, pair, room) if room else sides
    students = sides.students if sides.students is not None else pair.ids
    words = Words(new.school, read_labels(job.home / "schema" / "labels"))
    compared = compare(pair, words, students)
    gone, there = (_prepare(job, sides, pair, compared, now=now) for now in (False, True))
    pictured = (one for one in there.diagnostics if one.place.file in sides.touched)
    found = (*_findings(job, sides, pair, (old, new)), *sides.shapes, *pictured)
    report = _report(sides, pair, compared, _shared_out(compared, found, pair))
    seen = _with_glances(report, pair, students)
    return Reviewed(_with_places(seen, sides.after), {**gone.leaves, **there.leaves})


def _of_class(sides: Sides, pair: Pair, room: str) -> Sides:
    """Of both states what concerns one class of this year."""
    found = next((one for one in rooms_of(pair.after, pair.today) if one.id == room), None)
    if found is None:
        known = [one.id for one in rooms_of(pair.after, pair.today)]
        raise Trouble(
            Text(f"класса {quote(room)} в этом году нет", f"no class {quote(room)} this year"),
            near_or(
                room, known, Text(f"классы: {', '.join(known)}", f"classes: {', '.join(known)}")
            ),
        )
    touched = frozenset(file for file in sides.touched if owner_of(file) in found.students)
    mine = sides.students if sides.students is not None else pair.ids
    return replace(
        sides,
        touched=touched,
        names=(sides.names[0], f"{sides.names[1]}, {found.title}"),
        students=mine & {*found.students},
        shapes=tuple(one for one in sides.shapes if owner_of(one.place.file) in found.students),
    )


def _findings(
    job: Job, sides: Sides, pair: Pair, loaded: tuple[Loaded, Loaded]
) -> list[Diagnostic]:
    """What `check` says of the new state and did not say of the old one, in the files at stake."""
    published = read_before(job, pair.after.settings)
    old, new = loaded
    before = {*old.diagnostics, *check(pair.before, pair.today, published)}
    known = {(one.code, one.place.file, one.message.ru) for one in before}
    after = (
        *new.diagnostics,
        *check(pair.after, pair.today, published),
        *find_unsigned(pair.after, is_of),
    )
    students, touched = sides.students, sides.touched
    return [
        one
        for one in dict.fromkeys(after)
        if (one.code, one.place.file, one.message.ru) not in known
        and (students is None or owner_of(one.place.file) in students or one.place.file in touched)
        # What a change does to a confirmation is said in words of the review's own.
        and one.code not in _OURS
    ]


def _shared_out(
    compared: Compared, found: tuple[Diagnostic, ...], pair: Pair
) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
    """What was found of each entry on its card; all else apart."""
    folders = {}
    for student in pair.after.students:
        for entry in student.entries:
            folders[entry.file.rpartition("/")[0]] = (student.id, entry.id)
    mine: dict[tuple[str, str], list[Diagnostic]] = {}
    others = list(compared.findings)
    carded = {(card.student, card.entry) for card in compared.cards}
    for one in found:
        folder = "/".join(one.place.file.split("/")[:4])
        owner = folders.get(folder)
        if owner in carded and owner:
            mine.setdefault(owner, []).append(one)
        else:
            others.append(one)
    cards = (
        replace(card, findings=(*card.findings, *mine.get((card.student, card.entry), ())))
        for card in compared.cards
    )
    return tuple(cards), tuple(others)


def _report(
    sides: Sides,
    pair: Pair,
    compared: Compared,
    found: tuple[tuple[Card, ...], tuple[Diagnostic, ...]],
) -> Report:
    cards, others = found
    told = compared.unlike | {one.place.file for one in others}
    # Of a folder of nobody there are no records to compare: it says something else, or new.
    known = pair.ids | {""}
    yaml = {one for one in sides.touched if one.endswith(".yml") and owner_of(one) in known}
    return Report(
        site=pair.after.settings.site,
        school=pair.after.settings.short_name,
        base=sides.names[0],
        head=sides.names[1],
        day=pair.today,
        cards=tuple(sorted(cards, key=_order)),
        others=tuple(sorted(others, key=in_order)),
        format_only=len(yaml - told),
    )


def _order(card: Card) -> tuple[bool, bool, str, str, str]:
    return not card.errors, not card.waits, card.class_title, card.student, card.title


def _with_glances(report: Report, pair: Pair, students: Set[str]) -> Report:
    """The report, with who comes to see what: both states are decided and compared."""
    found: dict[tuple[str, str], list[Glance]] = {}
    beside: list[tuple[str, Glance, Text]] = []
    for level in LEVELS:
        old, new = (
            Granted(_grants(one, level, pair, students), {}) for one in (pair.before, pair.after)
        )
        for change in compare_granted(level, "", old, new).changes:
            grant = change.grant
            glance = Glance(change.what, grant.tier, grant.group)
            if grant.part == "entries":
                found.setdefault((grant.student, grant.key[0]), []).append(glance)
            elif grant.tier not in ("family", "teacher", "staff"):
                title = _NAME if grant.part == "name" else grant.title
                beside.append((grant.name, glance, title))
    cards = (
        replace(card, glances=tuple(dict.fromkeys(found.get((card.student, card.entry), ()))))
        for card in report.cards
    )
    return replace(report, cards=tuple(cards), glances=tuple(dict.fromkeys(beside)))


def _grants(school: School, level: Level, pair: Pair, students: Set[str]) -> tuple[Grant, ...]:
    floor = find_floor(school, level, pair.today)
    mine = (one for one in floor.subjects if one.student.id in students)
    shares = (decide_student(floor, one) for one in mine)
    return tuple(grant for share in shares for grant in find_grants(share.editions))


def _with_places(report: Report, root: Path) -> Report:
    """The report, whose findings know their lines."""
    cards = (
        replace(card, findings=tuple(sorted(read_places(root, card.findings), key=_gravity)))
        for card in report.cards
    )
    others = sorted(read_places(root, report.others), key=_gravity)
    return replace(report, cards=tuple(cards), others=tuple(others))


_WEIGHTS = ("error", "warning", "note")


def _gravity(found: Diagnostic) -> tuple[int, Order]:
    return _WEIGHTS.index(found.severity), in_order(found)


def _prepare(job: Job, sides: Sides, pair: Pair, compared: Compared, *, now: bool) -> Prepared:
    """Pictures of every scan that is looked at, as it is now or as it was before."""
    cache = private_room(job, pair.after.settings) / "cache" / "media"
    scans = [scan for card in compared.cards for scan in card.scans]
    shown = [s.after if now else s.before for s in scans if now or s.fate != "same"]
    folder, means = sides.after if now else sides.before, Means(all_of_them=False)
    return prepare([one for one in shown if one], folder, cache, job.progress, means)
