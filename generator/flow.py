"""The few ways through the house, each readable in a few lines."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import __version__
from generator.check import check
from generator.curate import Tidied, read_changes, write_changes
from generator.curate.ids import Choose
from generator.decide import decide, private_words
from generator.diagnostic import Diagnostic, Text, quote
from generator.load import load
from generator.load.folders import read_folders
from generator.media import Progress, prepare
from generator.media.shrink import Shrinking, Shrunk, write_light
from generator.model.edition import Decision, Holder
from generator.model.school import LEVELS, School
from generator.model.shown import ShownScan
from generator.model.site import Card, File, Leaves, PrivateWord, Shells
from generator.model.state import settle
from generator.pages import compose, compose_locked, policy
from generator.pages.cards import compose_cards
from generator.pages.summary import compose_summary, compose_table
from generator.publish import (
    Line,
    Release,
    Swept,
    next_count,
    plan,
    stamp,
    sweep,
    write_line,
    write_release,
)
from generator.reports import summarise
from generator.seal import seal, seal_rings
from generator.seal.codes import read_word_list, to_link, to_qr, to_text, to_words
from generator.seal.keys import Keys
from generator.seal.master import read_master, refuse_public, write_master
from generator.shell import build as build_shells
from generator.source import read_places
from generator.trouble import Trouble


@dataclass(frozen=True)
class Job:
    """What a door hands in: folders, the day and the moment, whoever watches."""

    portfolios: Path
    home: Path
    """Where theme/, schema/ and mkdocs.yml lie."""
    output: Path
    private: Path
    """Secrets, cards and caches of all schools; a folder below it for each."""
    now: dt.datetime
    """With its time zone; for the register, and for the day when `date` is None."""
    date: dt.date | None
    """The day everything is decided for."""
    progress: Progress
    tell: Callable[[Text], None]


@dataclass(frozen=True)
class Found:
    """What people wrote, and every mistake in it, with its line."""

    school: School | None
    diagnostics: tuple[Diagnostic, ...]
    today: dt.date
    """The day in the school's time zone."""

    @property
    def students(self) -> int:
        """How many students were read."""
        return len(self.school.students) if self.school else 0

    @property
    def is_fine(self) -> bool:
        """Whether it may be published."""
        return self.school is not None and not any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True)
class Studio:
    """What all three sites are made with."""

    shells: Shells
    leaves: Leaves
    master: bytes = field(repr=False)
    words: tuple[PrivateWord, ...]


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


@dataclass(frozen=True)
class Lighter:
    """What became lighter, and the confirmed scans that could be and were left as they are."""

    done: Shrinking
    confirmed: tuple[Shrunk, ...]


def find_mistakes(job: Job) -> Found:
    """Everything there is to mend, sorted by place."""
    loaded = load(job.portfolios, job.home / "schema", job.private / "digests.json")
    mistakes, today = [*loaded.diagnostics], job.date or job.now.date()
    if loaded.school:
        today = job.date or job.now.astimezone(ZoneInfo(loaded.school.settings.time_zone)).date()
        mistakes += check(loaded.school, today)
    return Found(loaded.school, tuple(read_places(job.portfolios, mistakes)), today)


def find_all_mistakes(job: Job) -> Found:
    """The same, and what is wrong with the scans that would be shown; those are made light."""
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return found
    decisions = [decide(found.school, level, found.today) for level in LEVELS]
    return _with_scans(job, found, decisions)[0]


def tidy(portfolios: Path, choose: Choose, *, write: bool) -> Tidied:
    """Every file put in order, or only what that would change; `choose` picks a sign by chance."""
    folders = read_folders(portfolios)
    links = [one for one in folders.diagnostics if one.code == "not-a-file"]
    tidied = read_changes(portfolios, folders.documents, choose)
    if write:
        write_changes(portfolios, tidied.changes)
    return replace(tidied, diagnostics=(*links, *tidied.diagnostics))


def shrink(job: Job, *, write: bool, force: bool) -> Lighter:
    """Every scan light and clean in its place; what a teacher confirmed only when forced to."""
    school, _ = _read_school(job)
    held = frozenset() if force else _confirmed(school)
    free = [path for path in school.scans if path not in held]
    done = write_light(job.portfolios, free, job.progress, write=write)
    spared = write_light(job.portfolios, sorted(held), job.progress, write=False)
    kinds = [one for one in spared.scans if not one.name]
    return Lighter(done, tuple(kinds))


def clear_cache(job: Job) -> Path:
    """Nothing of this school is remembered any more; the folder that was wiped."""
    folder = private_room(job, _read_school(job)[0]) / "cache"
    shutil.rmtree(folder, ignore_errors=True)
    # Shared by all schools, and as private: digests by file name.
    (job.private / "digests.json").unlink(missing_ok=True)
    return folder


def build_sites(job: Job) -> Built:
    """Load, check, decide, media, pages, seal, publish: a sealed site for every level."""
    job.tell(Text("Читаю и проверяю портфолио", "Reading and checking the portfolios"))
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return Built(found)
    school, room = found.school, private_room(job, found.school)
    refuse_public(room / "master.key", (job.output, job.portfolios))
    master = read_master(room / "master.key")
    decisions = [decide(school, level, found.today) for level in LEVELS]
    found, leaves = _with_scans(job, found, decisions)
    if not found.is_fine:
        return Built(found)
    job.tell(Text("Собираю и запечатываю страницы", "Making and sealing the pages"))
    shells = build_shells(job.home, room / "cache" / "shell", school.settings.language)
    words = private_words(school)
    studio = Studio(shells, leaves, master, words)
    planned = [_plan_site(job, decision, studio) for decision in decisions]
    return Built(found, tuple(_hand_over(job, one) for one in planned))


def make_key(job: Job) -> Path:
    """A new master key for this school, where nobody publishes it; its file."""
    file = key_file(job)
    write_master(file, (job.output, job.portfolios))
    return file


def key_file(job: Job) -> Path:
    """Where this school's master key lies, or would lie."""
    return private_room(job, _read_school(job)[0]) / "master.key"


def make_cards(job: Job) -> tuple[Path, ...]:
    """A printable page of access cards for every level, in the private folder."""
    school, today = _read_school(job)
    room, files = private_room(job, school), []
    refuse_public(room / "cards", (job.output, job.portfolios))
    for decision in (decide(school, level, today) for level in LEVELS):
        cards = tuple(card for _, card in cards_of(job, decision, today))
        html = compose_cards(cards, decision, job.home / "theme")
        files.append(write_private(room / "cards" / f"{decision.level}.html", html))
    return tuple(files)


def make_summary(job: Job, whom: str, since: dt.date, until: dt.date) -> tuple[Path, ...]:
    """A page and a table about a class or a student over a time, in the private folder (R-084)."""
    school, today = _read_school(job)
    room, language = private_room(job, school), school.settings.language
    refuse_public(room / "reports", (job.output, job.portfolios))
    summary = summarise((decide(school, level, today) for level in LEVELS), whom, since, until)
    if summary is None:
        raise Trouble(
            Text(f"нет ни класса, ни ученика {quote(whom)}", f"no class or student {quote(whom)}"),
            Text("укажите id класса или ученика, как в school/classes, например 4a",
                 "name the id of a class or student as in school/classes, e.g. 4a"),
        )  # fmt: skip
    theme, name = job.home / "theme", f"{whom}-{since}-{until}"
    page = compose_summary(summary, school.settings.name, language, theme)
    return (
        write_private(room / "reports" / f"{name}.html", page),
        write_private(room / "reports" / f"{name}.csv", compose_table(summary, language, theme)),
    )


def cards_of(job: Job, decision: Decision, today: dt.date) -> tuple[tuple[Holder, Card], ...]:
    """Every holder of a level with the card that opens what it may see."""
    keys = keys_of(read_master(job.private / decision.site / "master.key"), decision)
    words = read_word_list(job.home / "schema" / "words-ru.txt")
    cards = []
    for holder in decision.holders:
        secret = keys.secret(holder.audience)
        link = to_link(secret, decision.address) if holder.by_link and decision.address else ""
        card = Card(
            title=holder.title,
            level=decision.level,
            words=to_words(secret, words),
            code=to_text(secret),
            address=decision.address,
            by_link=holder.by_link,
            link=link,
            qr_svg=to_qr(link) if link else "",
            date=today,
            epoch=holder.epoch,
        )
        cards.append((holder, card))
    return tuple(cards)


def sample_cards(job: Job) -> tuple[tuple[Holder, Card], ...]:
    """For a fictional school only: on every level the card of the fullest portfolio."""
    school, today = _read_school(job)
    if not school.settings.sample:
        return ()
    found = []
    for decision in (decide(school, level, today) for level in LEVELS):
        size = {e.compartments[0]: len(e.entries) for e in decision.editions}
        cards = [pair for pair in cards_of(job, decision, today) if pair[0].tier == "family"]
        found += sorted(cards, key=lambda pair: -size[pair[0].compartments[0]])[:1]
    return tuple(found)


def private_room(job: Job, school: School) -> Path:
    """The folder of one school's secrets and caches, closed to others."""
    room = job.private / school.settings.site
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    room.chmod(0o700)
    return room


def keys_of(master: bytes, decision: Decision) -> Keys:
    """The key schedule of a level, with every replaced code and key."""
    epochs = dict(decision.epochs) | {h.audience: h.epoch for h in decision.holders}
    return Keys(master, decision.site, decision.level, epochs)


def write_private(file: Path, text: str) -> Path:
    """A file with secrets, readable by its owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(text, encoding="utf-8")
    return file


def _read_school(job: Job) -> tuple[School, dt.date]:
    found = find_mistakes(job)
    if found.school is None:
        raise Trouble(
            Text("school/school.yml не прочитан", "school/school.yml could not be read"),
            Text("посмотрите, что в нём не так: `stupeni check`", "see why: `stupeni check`"),
        )
    return found.school, found.today


def _with_scans(job: Job, found: Found, decisions: Iterable[Decision]) -> tuple[Found, Leaves]:
    assert found.school is not None
    cache = private_room(job, found.school) / "cache" / "media"
    prepared = prepare(_scans(decisions), job.portfolios, cache, job.progress)
    whole = sorted((*found.diagnostics, *prepared.diagnostics), key=lambda one: one.place)
    return replace(found, diagnostics=tuple(whole)), prepared.leaves


def _confirmed(school: School) -> frozenset[str]:
    """Scans whose bytes a teacher has confirmed: changed ones would have to be confirmed anew."""
    return frozenset(
        f"{entry.file.rpartition('/')[0]}/{scan.file}"
        for student in school.students
        for entry in student.entries
        if settle(school, student, entry)[0] == "confirmed"
        for scan in entry.scans
    )


def _scans(decisions: Iterable[Decision]) -> list[ShownScan]:
    editions = [edition for decision in decisions for edition in decision.editions]
    return [scan for edition in editions for entry in edition.entries for scan in entry.scans]


def _plan_site(job: Job, decision: Decision, studio: Studio) -> Planned:
    theme, shells = job.home / "theme", studio.shells
    keys = keys_of(studio.master, decision)
    # The locked page is made from a decision that grants nothing: it cannot hint at anybody.
    nothing = replace(decision, editions=(), homes=(), about=None, holders=())
    locked = compose_locked(nothing, shells, theme)
    sealed = seal(compose(decision, studio.leaves, shells, theme), keys, locked)
    count = next_count(_register(job), decision.level, sealed.content)
    rings = seal_rings(decision, sealed, keys, count)
    files = plan(shells, locked, policy(shells), (*sealed.pages, *sealed.assets, *rings))
    swept = _refuse_leaks(sweep(files, studio.words))
    return Planned(decision, files, sealed.content, count, swept)


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


def _hand_over(job: Job, planned: Planned) -> Site:
    decision = planned.decision
    release = write_release(job.output, decision.level, planned.files)
    line = Line(
        at=stamp(job.now),
        what="release",
        level=decision.level,
        release=release.digest,
        content=planned.content,
        count=planned.count,
        audiences=tuple(holder.audience for holder in decision.holders),
        tool=f"stupeni {__version__}",
    )
    write_line(_register(job), line)
    return Site(decision.level, release, planned.swept, len(decision.holders))


def _register(job: Job) -> Path:
    return job.portfolios / "school" / "register.jsonl"
