"""Files people write -> checked, put in order, made light. What is there to mend?"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.curate import Tidied, read_changes, write_changes
from generator.curate.ids import Choose
from generator.decide import decide
from generator.flow.depot import open_depot
from generator.flow.job import Found, Job, find_mistakes, read_school, settings_of
from generator.flow.private import private_room
from generator.flow.scans import scans_in, with_scans
from generator.flow.turn import in_turn
from generator.load import read_sources
from generator.load.folders import read_folders
from generator.media import Means
from generator.media.shrink import Shrinking, Shrunk, write_light
from generator.model.pinned import Sources
from generator.model.school import LEVELS, School
from generator.model.state import settle
from generator.seal.master import read_master
from generator.source import read_listing


@dataclass(frozen=True)
class Lighter:
    """What became lighter, and the confirmed scans that could be and were left as they are."""

    done: Shrinking
    confirmed: tuple[Shrunk, ...]


def find_all_mistakes(job: Job) -> Found:
    """The same, and what is wrong with the scans that would be shown; those are made light."""
    found = find_mistakes(job)
    if not found.is_fine or found.school is None:
        return found
    decisions = (decide(found.school, level, found.today) for level in LEVELS)
    scans = scans_in(one for it in decisions for one in it.editions)
    return with_scans(job, found, scans, Means())[0]


def tidy(portfolios: Path, choose: Choose, *, write: bool) -> Tidied:
    """Every file put in order, or only what that would change; `choose` picks a sign by chance."""
    folders = read_folders(read_listing(portfolios))
    links = [one for one in folders.diagnostics if one.code == "not-a-file"]
    sources = read_sources(portfolios) or Sources()
    tidied = read_changes(portfolios, _not_laid(folders.documents, sources), choose)
    if write:
        write_changes(portfolios, tidied.changes)
    return replace(tidied, diagnostics=(*links, *tidied.diagnostics))


def shrink(job: Job, *, write: bool, force: bool) -> Lighter:
    """Every scan light and clean in its place; what a teacher confirmed only when forced to."""
    school, _ = read_school(job)
    held = frozenset() if force else frozenset(_not_laid(_confirmed(school), school.sources))
    free = [path for path in _not_laid(school.scans, school.sources) if path not in held]
    done = write_light(job.portfolios, free, job.progress, write=write)
    spared = write_light(job.portfolios, sorted(held), job.progress, write=False)
    kinds = [one for one in spared.scans if not one.name]
    return Lighter(done, tuple(kinds))


@in_turn
def clear_cache(job: Job) -> Path:
    """Nothing of this school is remembered any more; the folder that was wiped."""
    settings = settings_of(job)
    room = private_room(job, settings)
    folder = room / "cache"
    shutil.rmtree(folder, ignore_errors=True)
    if job.cache and (shared := open_depot(job, settings, read_master(room / "master.key"))):
        shared.wipe()
    shutil.rmtree(job.digests, ignore_errors=True)
    return folder


def _not_laid(files: Iterable[str], sources: Sources) -> tuple[str, ...]:
    """Without what is laid out of a student's repository: mended here, it would stop the build."""
    pinned = {f"students/{one.student}/" for one in sources.sources}
    return tuple(file for file in files if not file.startswith(tuple(pinned)))


def _confirmed(school: School) -> frozenset[str]:
    """Scans whose bytes a teacher has confirmed: changed ones would have to be confirmed anew."""
    return frozenset(
        f"{entry.file.rpartition('/')[0]}/{scan.file}"
        for student in school.students
        for entry in student.entries
        if settle(school, student, entry)[0] == "confirmed"
        for scan in entry.scans
    )
