"""A level and what is kept of it -> its files. What is made of everybody, what stands?"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from generator.decide import decide_level, decide_student, find_floor
from generator.decide.audiences import Floor
from generator.exposure import find_grants
from generator.flow.exposure import record_of
from generator.flow.job import Job
from generator.flow.kept import Filed, Lists, Part
from generator.flow.marks import owner_of
from generator.flow.recall import Memory
from generator.flow.scans import scans_in
from generator.flow.studio import Workshop
from generator.model.edition import Decision
from generator.model.school import School
from generator.model.shown import ShownScan
from generator.model.site import Laid, Leaves
from generator.pages import outline, pictures_in
from generator.pages.spines import find_spines
from generator.progress import Done
from generator.publish import next_count, plan
from generator.seal import Sealed, join


@dataclass(frozen=True)
class Planned:
    """One level, sealed, not yet swept and handed over."""

    decision: Decision
    parts: tuple[Part | Filed, ...]
    lists: Lists
    files: tuple[Laid, ...]
    content: str


Shown = dict[ShownScan, None]
"""Scans in the order in which they were met, each once."""


def count_anew(floors: Sequence[Floor], memory: Memory) -> int:
    """How many students anything is to be made of."""
    return sum(s.student.id not in memory.whole for floor in floors for s in floor.subjects)


def decide_students(job: Job, school: School, whom: Set[str], memory: Memory) -> Shown:
    """What is granted of these students, who are whole, is kept until pages are made of it; their
    scans."""
    shown: Shown = {}
    today = job.today(school.settings)
    for level in job.levels:
        floor = find_floor(school, level, today, whom)
        record = record_of(job, level, school.settings)
        for subject in floor.subjects:
            share = decide_student(floor, subject)
            memory.write_share(share)
            record.prepare(share.student, find_grants(share.editions))
            shown |= dict.fromkeys(scans_in(share.editions))
    return shown


def recall_scans(floor: Floor, memory: Memory) -> Shown:
    """The scans of those who were not read again, and of whom pages are to be made."""
    kept = (one.student.id for one in floor.subjects if one.student.id in memory.works)
    anew = (memory.read_share(one) for one in kept if one not in memory.made)
    return dict.fromkeys(scan for share in anew for scan in scans_in(share.editions))


def plan_site(job: Job, shop: Workshop, memory: Memory, leaves: Leaves, done: Done) -> Planned:
    """A level, sealed: what stands of the last release, and what is made anew."""
    parts = tuple(_make(shop, memory, leaves, done))
    decision = decide_level(shop.floor, tuple(part.share for part in parts))
    lists, sealed = _list(job, shop, decision, parts, memory)
    files = plan(shop.lay_frame(sealed.doors), (*sealed.files, *lists.rings))
    return Planned(decision, parts, lists, files, sealed.content)


def lighten(planned: Planned, memory: Memory) -> Planned:
    """The same without what handing it over asks nobody for: how students are listed."""
    editions = (
        replace(one, entries=(), waiting=(), exhibits=(), honours=(), coverage=None, profile=None)
        for one in planned.decision.editions
    )
    decision = replace(planned.decision, editions=tuple(editions), homes=(), seen=())
    return replace(planned, decision=decision, parts=memory.put_by(planned.parts))


def _make(shop: Workshop, memory: Memory, leaves: Leaves, done: Done) -> Iterator[Part]:
    for student in (subject.student.id for subject in shop.floor.subjects):
        if student in memory.whole:
            yield memory.works[student].part
        elif student in memory.made:
            yield _reshell(shop, memory, memory.works[student].part)
            done()
        else:
            yield _make_part(shop, memory, leaves, student)
            done()


def _reshell(shop: Workshop, memory: Memory, part: Part) -> Part:
    level = shop.floor.level
    sealed = shop.reshell(part.sealed, memory.shells[level].shell, memory.reader(level))
    return replace(part, sealed=sealed)


def _make_part(shop: Workshop, memory: Memory, leaves: Leaves, student: str) -> Part:
    share = memory.read_share(student)
    scans = scans_in(share.editions)
    own = {scan.key: leaves[scan.key] for scan in scans if scan.key in leaves}
    mark = shop.mark_part(memory.mark_share(student), own)
    last = memory.last(student, shop.floor.level)
    if last and memory.is_made(last, mark):
        return last.part
    older = memory.standing(last)
    listed = outline(share, own)
    # Of each its first page hangs in lists.
    hung = {key: own[key][:1] for key in pictures_in(listed) if key in own}
    common = frozenset(scan.path for scan in scans if not owner_of(scan.path))
    spines = find_spines(share, shop.begun.language)
    return Part(listed, hung, shop.make_share(share, own, older), spines, common, mark)


def _list(
    job: Job, shop: Workshop, decision: Decision, parts: tuple[Part, ...], memory: Memory
) -> tuple[Lists, Sealed[Laid]]:
    """The lists of a level, and everything sealed of it but the keyrings."""
    before = join(part.sealed for part in parts)
    marks = memory.mark_lists(shop.mark, parts)
    lists = memory.read_lists(decision.level, marks)
    if lists is None:
        covers = {key: leaf for part in parts for key, leaf in part.leaves.items()}
        spines = {path: works for part in parts for path, works in part.spines.items()}
        made, shell = shop.make_lists(decision, covers, spines, before), shop.studio.shells.page
        lists = Lists(marks, made, 0, (), shell)
    sealed = join((before, lists.sealed))
    count = next_count(job.register, decision.level, sealed.content)
    if count != lists.count:
        rings = shop.make_rings(decision, sealed, count)
        lists = replace(lists, count=count, rings=rings)
    return lists, sealed
