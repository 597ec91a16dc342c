"""A school -> a sealed site for every level. May it be handed over?"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace

from generator.decide import find_floor, gather
from generator.decide.audiences import Floor
from generator.diagnostic import Diagnostic, Text
from generator.exposure import cards_of
from generator.flow.access import news_of, remember
from generator.flow.depot import open_depot
from generator.flow.executor import Executor, Here, open_executor
from generator.flow.exposure import record_of
from generator.flow.garbage import all_is_kept, until_the_end
from generator.flow.job import Found, Job, find_in_turn, find_mistakes
from generator.flow.levels import (
    Planned,
    Shown,
    count_anew,
    decide_students,
    lighten,
    plan_site,
    recall_scans,
)
from generator.flow.pinned import lay_sources
from generator.flow.private import private_room, published_by
from generator.flow.recall import Memory, open_memory
from generator.flow.register import begin, grounds_of, note, refuse_broken, refuse_stranger
from generator.flow.scans import with_scans
from generator.flow.still import keep_last, look, read_last
from generator.flow.studio import Studio, open_studio, open_workshop
from generator.flow.turn import in_turn
from generator.load import read_settings
from generator.media import Means
from generator.model.event import Event
from generator.model.names import Names
from generator.model.published import Rings
from generator.model.school import LEVELS, Level, School, Settings
from generator.model.site import Leaves, PrivateWord
from generator.progress import Done
from generator.publish import Release, Swept, sweep, write_release
from generator.seal.master import read_master, refuse_public
from generator.source import Listing, read_listing
from generator.stop import to_the_end
from generator.trouble import Trouble
from generator.whole import refuse_file


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


@in_turn
@until_the_end()
def build_sites(job: Job) -> Built:
    """Load, check, decide, media, pages, seal, publish: a sealed site for every level.

    What an earlier build made of a student stands as long as nothing changed that it was made of;
    where nothing changed at all, nothing is done.
    """
    refuse_file(job.output)
    settings = read_settings(job.portfolios)
    if settings is None:
        return _stopped(find_mistakes(job))
    lay_sources(job.portfolios, job.private)  # what keeps it from that, `find_mistakes` tells
    before, listing = look(job, settings)
    last = read_last(job, settings, before)
    if isinstance(last, Built):
        refuse_public(private_room(job, settings) / "master.key", published_by(job))
        return last.unchanged
    executor = open_executor(job, settings)
    with all_is_kept():
        ready = _prepare(job, settings, listing, executor)
    if isinstance(ready, Found):
        return _stopped(ready)
    del listing  # pages need the room
    planned = _plan(job, ready, executor)
    ready = replace(ready, leaves={})  # of the pictures of a whole school
    with all_is_kept():
        built = _publish(job, ready, planned)
    keep_last(job, settings, before, {one.level: one.release.lies for one in built.sites}, built)
    return built


@dataclass(frozen=True)
class Ready:
    """A school that may be published, and all that its levels are made of."""

    found: Found
    school: School
    memory: Memory
    floors: tuple[Floor, ...]
    """Of the levels that are built."""
    others: frozenset[str]
    """Students of the other levels."""
    leaves: Leaves
    studio: Studio
    master: bytes = field(repr=False)


def _plan(job: Job, ready: Ready, executor: Executor) -> list[Planned]:
    with job.progress.stage("pages", count_anew(ready.floors, ready.memory)) as done:
        plan_level = _planner(job, ready, done)

        def plan_lightly(level: Level) -> Planned:
            return lighten(plan_level(level), ready.memory)

        return executor.make(job, plan_lightly, plan_apart)


def plan_apart(job: Job) -> Planned:
    """The only level of this job, made in another process of the same school."""
    settings = read_settings(job.portfolios)
    lay_sources(job.portfolios, job.private)
    listing = read_listing(job.portfolios)
    ready = _prepare(job, settings, listing, Here()) if settings else None
    if not isinstance(ready, Ready):
        raise Trouble(
            Text("портфолио изменились, пока собирались сайты",
                 "the portfolios changed while the sites were being built"),
            Text("соберите ещё раз", "build again"),
        )  # fmt: skip
    with job.progress.stage("pages", count_anew(ready.floors, ready.memory)) as done:
        return _planner(job, ready, done)(job.levels[0])


def _prepare(job: Job, settings: Settings, listing: Listing, executor: Executor) -> Ready | Found:
    """Everything before pages are made; what was found when there is something to mend."""
    key, scans = private_room(job, settings) / "master.key", Shown()
    # Before anything of a child is written there.
    refuse_public(key, published_by(job))
    studio = open_studio(job, settings)
    memory = open_memory(job, settings, studio)

    def take(school: School, whole: Set[str]) -> None:
        scans.update(decide_students(job, school, whole, memory))
        memory.take(one for one in school.students if one.id in whole)

    found = memory.tell(find_in_turn(job, listing, memory.recall, take))
    if not found.is_fine or found.school is None:
        return found
    refuse_stranger(job, found.school, found.today)
    refuse_broken(job)
    school, master = found.school, read_master(key)
    every = {level: find_floor(school, level, found.today) for level in LEVELS}
    floors = tuple(every[level] for level in job.levels)
    for floor in floors:
        scans.update(recall_scans(floor, memory))
    all_of_them = job.levels == LEVELS and not memory.works
    means = Means(all_of_them, open_depot(job, settings, master), executor.read)
    found, leaves = with_scans(job, found, scans, means)
    if not found.is_fine:
        return found
    others = frozenset(
        one.student.id
        for level in every
        if level not in job.levels
        for one in every[level].subjects
    )
    return Ready(found, school, memory, floors, others, leaves, studio, master)


def _planner(job: Job, ready: Ready, done: Done) -> Callable[[Level], Planned]:
    """What makes a level."""
    floors = {floor.level: floor for floor in ready.floors}

    def plan_level(level: Level) -> Planned:
        shop = open_workshop(ready.studio, floors[level], ready.master)
        return plan_site(job, shop, ready.memory, ready.leaves, done)

    return plan_level


def _publish(job: Job, ready: Ready, planned: list[Planned]) -> Built:
    """Everything that was made, swept and handed over."""
    found, school, memory = ready.found, ready.school, ready.memory
    # Not before they are looked for: those of a school are as much as all that is known of it.
    words, names = gather(school, memory.words(school.students)), school.names
    with job.progress.stage("sweeping", len(planned)) as done:
        swept = [_sweep(ready, each, (words, names), done) for each in planned]
    # Before anything is handed over: what was once published is never forgotten.
    rings = tuple(one for one in found.rings if one.level in job.levels)
    remember(job, school, found.today, rings)
    sites = _hand_over_all(job, memory, school, zip(planned, rings, swept, strict=True))
    # What was made of students of the other levels stands as it did.
    students = [student for student in school.students if student.id not in ready.others]
    memory.keep(students, {p.decision.level: p.parts for p in planned}, found.diagnostics)
    return replace(_stopped(found), sites=sites)


def _stopped(found: Found) -> Built:
    return Built(found.diagnostics, found.students)


def _sweep(
    ready: Ready, planned: Planned, private: tuple[tuple[PrivateWord, ...], Names], done: Done
) -> Swept:
    floor = next(one for one in ready.floors if one.level == planned.decision.level)
    shop = open_workshop(ready.studio, floor, ready.master)
    swept = sweep(planned.files, private[0], shop.lay_empty_frame(), private[1])
    done()
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


def _hand_over_all(
    job: Job, memory: Memory, school: School, swept: Iterable[tuple[Planned, Rings, Swept]]
) -> tuple[Site, ...]:
    sites = []
    with job.progress.stage("publishing", len(job.levels)) as done:
        for planned, rings, clean in swept:
            # Whoever wants to stop waits until all that is told of a release is told.
            with to_the_end():
                release = _hand_over(job, memory, school, planned, rings)
            decision = planned.decision
            sites.append(Site(decision.level, release, clean, len(decision.holders)))
            done()
    return tuple(sites)


def _hand_over(job: Job, memory: Memory, school: School, planned: Planned, rings: Rings) -> Release:
    decision = planned.decision
    before = memory.sites.pop(decision.level, None)
    with write_release(job.output, decision.level, planned.files, before) as release:
        # Before readers see it: whoever looks into the register finds whatever was published.
        note(job, school, _event(job, school, planned, rings, release))
    students = [part.student for part in planned.parts]
    anew = [student for student in students if student not in memory.works]
    record = record_of(job, decision.level, school.settings)
    record.write(release.digest, cards_of(decision), anew, students)
    memory.keep_lists(decision.level, planned.lists)
    return release


def _event(job: Job, school: School, planned: Planned, rings: Rings, release: Release) -> Event:
    decision = planned.decision
    return replace(
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
