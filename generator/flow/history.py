"""One portfolio in Git -> what happened to it, day by day. What was done, and what was decided?

Who wrote a commit is not told: name and address in it are free text. Who decided is, for that
stands in confirmations.yml, where `check` asks for an order.
"""

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.flow.pinned import lay_or_stop
from generator.load import load_again, load_one, read_labels
from generator.model.school import School
from generator.model.student import Student
from generator.review.commits import MOST, Repository, is_plain, open_repository
from generator.review.compare import compare
from generator.review.fields import Words
from generator.review.sides import Pair
from generator.say import near_or
from generator.trouble import Trouble

_TOLD = ("entry-", "confirmed-entry-", "visibility-", "scan-added", "scan-replaced", "scan-removed")
_QUIET = ("entry-alike", "entry-moved")
_TITLE = re.compile("(?<=запись|.entry|..gone):? `[^`]*`$")
_STATES = {
    "confirmed": Text("подтверждено", "confirmed"),
    "returned": Text("возвращено с просьбой", "returned with a request"),
    "disputed": Text("уточняется", "disputed"),
    "revoked": Text("подтверждение снято", "the confirmation was taken back"),
}


@dataclass(frozen=True)
class Moment:
    """Something that happened to a portfolio: the day, the entry's title, and what."""

    on: dt.date
    title: str
    what: Text


def tell_history(job: Job, student: str, theirs: Mapping[str, str]) -> tuple[Moment, ...]:
    """All that happened to one portfolio, the newest first."""
    lay_or_stop(job.portfolios, job.private)
    school = load_one(job.portfolios, job.home / "schema", student).school
    now = next((one for one in school.students if one.id == student), None) if school else None
    if school is None or now is None:
        known = [one.id for one in school.students] if school else []
        raise Trouble(
            Text(f"ученика {quote(student)} нет", f"there is no student {quote(student)}"),
            near_or(student, known, Text("назовите папку из records", "name a folder of records")),
        )
    with open_repository(job.portfolios, theirs) as (repository, below):
        changed = tuple(_changes(job, school, student, (repository, below)))
    told = (*changed, *_decisions(school, now))
    return tuple(sorted(told, key=lambda one: one.on, reverse=True))


def _changes(
    job: Job, school: School, student: str, where: tuple[Repository, str]
) -> Iterator[Moment]:
    repository, below = where
    prefix, zone = f"{below}/" if below else "", ZoneInfo(school.settings.time_zone)
    words = Words(school, read_labels(job.home / "schema" / "labels"))
    owns = [f"{top}/{student}" for top in ("students", "records")]
    commits = repository.touching(*(prefix + own for own in owns))
    with TemporaryDirectory(prefix="stupeni-history-") as room:
        # Nothing was there at first; of a very long history the beginning is not looked at.
        before = load_again(Path(room), school, student).school if len(commits) < MOST else None
        for commit, when in commits:
            for own in owns:
                shutil.rmtree(Path(room) / own, ignore_errors=True)
                listed = repository.files(commit, prefix + own).items()
                files = {p.removeprefix(prefix): i for p, (mode, i) in listed if is_plain(mode)}
                repository.write(files, Path(room))
            after = load_again(Path(room), school, student).school
            day = dt.datetime.fromtimestamp(when, zone).date()
            if after and before:
                yield from _told(Pair(before, after, day), words, student)
            before = after


def _told(pair: Pair, words: Words, student: str) -> Iterator[Moment]:
    for card in compare(pair, words, (student,)).cards:
        for one in card.findings:
            if one.code.startswith(_TOLD) and one.code not in _QUIET:
                said = Text(_TITLE.sub("", one.message.ru), _TITLE.sub("", one.message.en))
                yield Moment(pair.today, card.title, said)


def _decisions(school: School, student: Student) -> Iterator[Moment]:
    titles = {one.id: one.title for one in student.entries}
    for one in student.confirmations.confirmations:
        person = school.staff.person(one.by)
        who = person.name if person else one.by
        why = one.note or one.basis
        state = _STATES[one.state]
        what = Text(f"{state.ru}: {who}, {why}", f"{state.en}: {who}, {why}")
        yield Moment(one.on, titles.get(one.entry, one.entry), what)
