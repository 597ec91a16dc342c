"""A school -> a sealed site for every level. May it be handed over?"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.decide import decide, private_words
from generator.diagnostic import Text
from generator.flow.access import news_of, remember
from generator.flow.exposure import remember_granted
from generator.flow.job import Found, Job, find_mistakes
from generator.flow.private import keys_of, private_room, published_by
from generator.flow.register import begin, grounds_of, note, refuse_broken, refuse_stranger
from generator.flow.scans import with_scans
from generator.model.edition import Decision
from generator.model.names import Names
from generator.model.published import Rings
from generator.model.school import LEVELS, School
from generator.model.site import File, Leaves, PrivateWord, Shells
from generator.model.told import names_of
from generator.pages import compose, compose_door, compose_locked, policy
from generator.publish import Release, Swept, next_count, plan, sweep, write_release
from generator.seal import seal, seal_rings
from generator.seal.master import read_master, refuse_public
from generator.shell import build as build_shells
from generator.trouble import Trouble


@dataclass(frozen=True)
class Studio:
    """What all three sites are made with."""

    shells: Shells
    leaves: Leaves
    master: bytes = field(repr=False)
    words: tuple[PrivateWord, ...]
    names: Names


@dataclass(frozen=True)
class Planned:
    """One level, sealed and swept, not yet handed over."""

    decision: Decision
    files: tuple[File, ...]
    content: str
    count: int
    swept: Swept


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

    found: Found
    sites: tuple[Site, ...] = ()


def build_sites(job: Job) -> Built:
    """Load, check, decide, media, pages, seal, publish: a sealed site for every level."""
    job.tell(Text("Читаю и проверяю портфолио", "Reading and checking the portfolios"))
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return Built(found)
    refuse_stranger(job, found.school, found.today)
    refuse_broken(job)
    school, room = found.school, private_room(job, found.school)
    refuse_public(room / "master.key", published_by(job))
    master = read_master(room / "master.key")
    decisions = [decide(school, level, found.today) for level in LEVELS]
    found, leaves = with_scans(job, found, decisions)
    if not found.is_fine:
        return Built(found)
    job.tell(Text("Собираю и запечатываю страницы", "Making and sealing the pages"))
    shells = build_shells(job.home, room / "cache" / "shell", school.settings.language)
    words = private_words(school)
    studio = Studio(shells, leaves, master, words, names_of(school))
    planned = [_plan_site(job, decision, studio) for decision in decisions]
    # Before anything is handed over: what was once published is never forgotten.
    remember(job, school, found.today, found.rings)
    sites = zip(planned, found.rings, strict=True)
    return Built(found, tuple(_hand_over(job, school, *one) for one in sites))


def _plan_site(job: Job, decision: Decision, studio: Studio) -> Planned:
    theme, shells = job.home / "theme", studio.shells
    keys = keys_of(studio.master, decision)
    # The locked page is made from a decision that grants nothing: it cannot hint at anybody.
    nothing = replace(decision, editions=(), homes=(), seen=(), about=None, holders=())
    locked = compose_locked(nothing, shells, theme)
    sealed = seal(compose(decision, studio.leaves, shells, theme), keys, locked)
    count = next_count(job.register, decision.level, sealed.content)
    rings = seal_rings(decision, sealed, keys, count)
    door = compose_door(sealed.door, decision.language, theme)
    made = (*sealed.pages, *sealed.assets, *sealed.open, *rings)
    files = plan(shells, (locked, door), policy(shells), made)
    frame = _of_no_school(nothing, shells, theme)
    swept = _refuse_leaks(sweep(files, studio.words, frame, studio.names))
    return Planned(decision, files, sealed.content, count, swept)


def _of_no_school(nothing: Decision, shells: Shells, theme: Path) -> tuple[File, ...]:
    """The frame as it would be of a school without a name: every word in it is the program's."""
    locked = compose_locked(replace(nothing, school="", site=""), shells, theme)
    door = compose_door("o/", nothing.language, theme)
    return plan(shells, (locked, door), policy(shells), ())


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


def _hand_over(job: Job, school: School, planned: Planned, rings: Rings) -> Site:
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
    remember_granted(job, decision, release.digest)
    return Site(decision.level, release, planned.swept, len(decision.holders))
