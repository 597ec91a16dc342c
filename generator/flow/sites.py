"""A school -> a sealed site for every level. May it be handed over?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.decide import decide_level, decide_student, find_floor, gather
from generator.decide.audiences import Floor
from generator.diagnostic import Diagnostic, Text
from generator.exposure import cards_of, find_grants
from generator.flow.access import news_of, remember
from generator.flow.exposure import record_of
from generator.flow.job import Found, Job, find_mistakes
from generator.flow.kept import Lists, Part
from generator.flow.marks import owner_of
from generator.flow.private import private_room, published_by
from generator.flow.recall import Memory, open_memory
from generator.flow.register import begin, grounds_of, note, refuse_broken, refuse_stranger
from generator.flow.scans import scans_in, with_scans
from generator.flow.still import keep_last, look, read_last
from generator.flow.studio import Workshop, open_studio, open_workshop
from generator.load import read_settings
from generator.model.edition import Decision
from generator.model.names import Names
from generator.model.published import Rings
from generator.model.school import LEVELS, School, Settings
from generator.model.shown import ShownScan
from generator.model.site import Laid, Leaves, PrivateWord
from generator.model.told import names_of
from generator.pages import outline
from generator.publish import Release, Swept, next_count, plan, sweep, write_release
from generator.seal import Sealed, join, seal_rings
from generator.seal.master import read_master, refuse_public
from generator.trouble import Trouble


@dataclass(frozen=True)
class Site:
    """One level, handed over."""

    level: str
    release: Release
    swept: Swept
    holders: int


@dataclass(frozen=True)
class Built:
    """What a build came to: the mistakes that stopped it, or a site for every level."""

    diagnostics: tuple[Diagnostic, ...]
    students: int
    sites: tuple[Site, ...] = ()

    @property
    def unchanged(self) -> "Built":
        """The same build when there was nothing to do."""
        sites = (replace(one, release=replace(one.release, changed=0)) for one in self.sites)
        return replace(self, sites=tuple(sites))


@dataclass(frozen=True)
class Planned:
    """One level, sealed and swept, not yet handed over."""

    decision: Decision
    parts: tuple[Part, ...]
    lists: Lists
    files: tuple[Laid, ...]
    content: str
    swept: Swept


def build_sites(job: Job) -> Built:
    """Load, check, decide, media, pages, seal, publish: a sealed site for every level.

    What an earlier build made of a student stands as long as nothing changed that it was made of;
    where nothing changed at all, nothing is done.
    """
    settings = read_settings(job.portfolios)
    if settings is None:
        return _stopped(find_mistakes(job))
    before = look(job, settings)
    last = read_last(job, settings, before)
    if isinstance(last, Built):
        refuse_public(private_room(job, settings) / "master.key", published_by(job))
        return last.unchanged
    built = _build(job, settings)
    if built.sites:
        keep_last(job, settings, before, built)
    return built


def _build(job: Job, settings: Settings) -> Built:
    job.tell(Text("Читаю и проверяю портфолио", "Reading and checking the portfolios"))
    studio = open_studio(job, settings)
    memory = open_memory(job, settings, studio.mark)
    found = memory.tell(find_mistakes(job, memory.recall))
    if not found.is_fine or found.school is None:
        return _stopped(found)
    refuse_stranger(job, found.school, found.today)
    refuse_broken(job)
    key = private_room(job, settings) / "master.key"
    refuse_public(key, published_by(job))
    master, school = read_master(key), found.school
    every = [find_floor(school, level, found.today) for level in LEVELS]
    floors = [floor for floor in every if floor.level in job.levels]
    scans = tuple(scan for floor in floors for scan in _decide(job, floor, memory))
    all_of_them = job.levels == LEVELS and not memory.works
    found, leaves = with_scans(job, found, scans, all_of_them=all_of_them)
    if not found.is_fine:
        return _stopped(found)
    job.tell(Text("Собираю и запечатываю страницы", "Making and sealing the pages"))
    shops = [open_workshop(studio, floor, master) for floor in floors]
    sought = gather(school, memory.words(school.students)), names_of(school)
    planned = [_plan_site(job, memory, sought, shop, _make(shop, memory, leaves)) for shop in shops]
    # Before anything is handed over: what was once published is never forgotten.
    rings = tuple(one for one in found.rings if one.level in job.levels)
    remember(job, school, found.today, rings)
    sites = tuple(
        _hand_over(job, memory, school, *each) for each in zip(planned, rings, strict=True)
    )
    # What was made of students of the other levels stands as it did.
    others = {one.student.id for f in every if f.level not in job.levels for one in f.subjects}
    students = [student for student in school.students if student.id not in others]
    memory.keep(students, {p.decision.level: p.parts for p in planned}, found.diagnostics)
    return replace(_stopped(found), sites=sites)


def _stopped(found: Found) -> Built:
    return Built(found.diagnostics, found.students)


def _decide(job: Job, floor: Floor, memory: Memory) -> Iterator[ShownScan]:
    """What is granted of each student anew is kept, until pages are made of it; its scans."""
    record = record_of(job, floor.level, floor.school.settings)
    for subject in floor.subjects:
        student = subject.student.id
        if student in memory.whole:
            continue
        if student in memory.works:
            share = memory.read_share(student)
        else:
            share = decide_student(floor, subject)
            memory.write_share(share)
            record.prepare(student, find_grants(share.editions))
        yield from scans_in(share.editions)


def _make(shop: Workshop, memory: Memory, leaves: Leaves) -> Iterator[Part]:
    for student in (subject.student.id for subject in shop.floor.subjects):
        if student in memory.whole:
            yield memory.works[student].part
        else:
            share = memory.read_share(student)
            scans = scans_in(share.editions)
            own = {scan.key: leaves[scan.key] for scan in scans if scan.key in leaves}
            mark = shop.mark_part(memory.mark_share(student), own)
            if made := memory.made_of(student, shop.floor.level, mark):
                yield made
                continue
            listed = outline(share, own)
            covers = {one.cover: own[one.cover] for one in listed.editions if one.cover}
            common = frozenset(scan.path for scan in scans if not owner_of(scan.path))
            yield Part(listed, covers, shop.make_share(share, own), common, mark)


def _plan_site(
    job: Job,
    memory: Memory,
    sought: tuple[tuple[PrivateWord, ...], Names],
    shop: Workshop,
    made: Iterator[Part],
) -> Planned:
    parts = tuple(made)
    decision = decide_level(shop.floor, tuple(part.share for part in parts))
    lists, sealed = _list(job, shop, decision, parts, memory)
    files = plan(shop.lay_frame(sealed.door), (*sealed.files, *lists.rings))
    words, names = sought
    swept = _refuse_leaks(sweep(files, words, shop.lay_empty_frame(), names))
    return Planned(decision, parts, lists, files, sealed.content, swept)


def _list(
    job: Job, shop: Workshop, decision: Decision, parts: tuple[Part, ...], memory: Memory
) -> tuple[Lists, Sealed[Laid]]:
    """The lists of a level, and everything sealed of it but the keyrings."""
    before = join(part.sealed for part in parts)
    marks = memory.mark_lists(shop.mark, parts)
    lists = memory.read_lists(decision.level, marks)
    if lists is None:
        covers = {key: leaf for part in parts for key, leaf in part.leaves.items()}
        lists = Lists(marks, shop.make_lists(decision, covers, before), 0, ())
    sealed = join((before, lists.sealed))
    count = next_count(job.register, decision.level, sealed.content)
    if count != lists.count:
        rings = seal_rings(decision, sealed, shop.keys, count)
        lists = replace(lists, count=count, rings=rings)
    return lists, sealed


def _refuse_leaks(swept: Swept) -> Swept:
    if swept.leaks:
        first = swept.leaks[0]
        raise Trouble(
            Text(
                f"слово из `{first.where}` стоит открыто в `{first.path}`; сайт не выпущен",
                f"a word from `{first.where}` stands in clear in `{first.path}`; nothing published",
            ),
            Text(
                "так быть не должно: сообщите разработчикам, прежний сайт не тронут",
                "this must not be: tell the developers; the site from before is untouched",
            ),
        )
    return swept


def _hand_over(job: Job, memory: Memory, school: School, planned: Planned, rings: Rings) -> Site:
    decision = planned.decision
    release = write_release(job.output, decision.level, planned.files)
    event = replace(
        begin(job, "release"),
        about=tuple(sorted({edition.student for edition in decision.editions})),
        audiences=tuple(holder.audience for holder in decision.holders),
        basis=grounds_of(decision, school),
        details={
            "level": decision.level,
            "release": release.digest,
            "content": planned.content,
            "count": planned.lists.count,
            **({"rings": told} if (told := news_of(job, school, rings)) else {}),
        },
    )
    note(job, school, event)
    students = [part.share.student for part in planned.parts]
    anew = [student for student in students if student not in memory.works]
    record = record_of(job, decision.level, school.settings)
    record.write(release.digest, cards_of(decision), anew, students)
    memory.keep_lists(decision.level, planned.lists)
    return Site(decision.level, release, planned.swept, len(decision.holders))
