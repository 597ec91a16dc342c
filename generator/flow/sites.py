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
from generator.flow.kept import Part
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
from generator.pages.spines import find_spines
from generator.publish import Release, Swept, next_count, plan, sweep, write_release
from generator.seal import join, seal_rings
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
    files: tuple[Laid, ...]
    content: str
    count: int
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
    floors = [find_floor(school, level, found.today) for level in LEVELS]
    scans = tuple(scan for floor in floors for scan in _decide(floor, memory))
    found, leaves = with_scans(job, found, scans, all_of_them=not memory.works)
    if not found.is_fine:
        return _stopped(found)
    job.tell(Text("Собираю и запечатываю страницы", "Making and sealing the pages"))
    shops = [open_workshop(studio, floor, master) for floor in floors]
    words, names = gather(school, memory.words(school.students)), names_of(school)
    planned = [_plan_site(job, shop, _make(shop, memory, leaves), words, names) for shop in shops]
    # Before anything is handed over: what was once published is never forgotten.
    remember(job, school, found.today, found.rings)
    sites = tuple(
        _hand_over(job, memory, school, *each) for each in zip(planned, found.rings, strict=True)
    )
    memory.keep(school.students, {p.decision.level: p.parts for p in planned}, found.diagnostics)
    return replace(_stopped(found), sites=sites)


def _stopped(found: Found) -> Built:
    return Built(found.diagnostics, found.students)


def _decide(floor: Floor, memory: Memory) -> Iterator[ShownScan]:
    """What is granted of each student anew is kept, until pages are made of it; its scans."""
    for subject in floor.subjects:
        student = subject.student.id
        if student in memory.whole:
            continue
        if student not in memory.works:
            memory.write_share(decide_student(floor, subject))
        yield from scans_in(memory.read_share(student).editions)


def _make(shop: Workshop, memory: Memory, leaves: Leaves) -> Iterator[Part]:
    for student in (subject.student.id for subject in shop.floor.subjects):
        if student in memory.whole:
            yield memory.works[student].part
        else:
            share = memory.read_share(student)
            keys = {scan.key for scan in scans_in(share.editions)}
            own = {key: leaves[key] for key in keys if key in leaves}
            listed = outline(share, own)
            covers = {one.cover: own[one.cover] for one in listed.editions if one.cover}
            spines = find_spines(share, shop.begun.language)
            yield Part(listed, covers, shop.make_share(share, own), spines)


def _plan_site(
    job: Job,
    shop: Workshop,
    made: Iterator[Part],
    words: tuple[PrivateWord, ...],
    names: Names,
) -> Planned:
    parts = tuple(made)
    decision = decide_level(shop.floor, tuple(part.share for part in parts))
    covers = {key: leaf for part in parts for key, leaf in part.leaves.items()}
    spines = {path: works for part in parts for path, works in part.spines.items()}
    sealed = shop.make_lists(decision, covers, spines, join(part.sealed for part in parts))
    count = next_count(job.register, decision.level, sealed.content)
    rings = seal_rings(decision, sealed, shop.keys, count)
    files = plan(shop.lay_frame(sealed.door), (*sealed.files, *rings))
    swept = _refuse_leaks(sweep(files, words, shop.lay_empty_frame(), names))
    return Planned(decision, parts, files, sealed.content, count, swept)


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
            "count": planned.count,
            **({"rings": told} if (told := news_of(job, school, rings)) else {}),
        },
    )
    note(job, school, event)
    students = [part.share.student for part in planned.parts]
    anew = (student for student in students if student not in memory.works)
    granted = {student: find_grants(memory.read_share(student).editions) for student in anew}
    record = record_of(job, decision.level, school.settings)
    record.write(release.digest, cards_of(decision), granted, students)
    return Site(decision.level, release, planned.swept, len(decision.holders))
