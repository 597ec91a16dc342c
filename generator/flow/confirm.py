"""What a teacher decided -> confirmations.yml. May this person decide, and is it of today?"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from pathlib import Path

from generator.curate import write_changes
from generator.curate.decisions import added
from generator.diagnostic import Text, quote
from generator.flow.arrivals import open_reviewed
from generator.flow.job import Job, read_school
from generator.flow.marks import owner_of
from generator.flow.register import require_person
from generator.flow.turn import in_turn
from generator.load import load, read_sources
from generator.model.kinds import digest_entry
from generator.model.school import School
from generator.model.state import digests_of
from generator.model.student import Confirmation
from generator.review.decisions import Asked, Refused, parse_decisions, weigh, written
from generator.trouble import Trouble

Sign = Callable[[School, str, Confirmation], str]
"""School, student's id and decision -> the signature under it."""


@dataclass(frozen=True)
class Done:
    """Decisions that were written, by the student's id, and those that were not."""

    written: tuple[tuple[str, Confirmation], ...]
    refused: tuple[Refused, ...]


@in_turn
def confirm(job: Job, file: Path, *, write: bool, sign: Sign | None = None) -> Done:
    """Writes every decision of a file that may be written; without `write` only tells."""
    school = _read_decided(job)
    decisions = parse_decisions(_read(file))
    if decisions.site != school.settings.site:
        raise Trouble(
            Text("эти решения о другой школе", "these decisions are about another school"),
            Text("назовите папку той школы, которую проверяли",
                 "name the folder of the school that was looked at"),
        )  # fmt: skip
    # Of one entry the last word counts.
    asked = {(one.student, one.entry): one for one in decisions.decisions}
    return _decide(job, school, asked.values(), write=write, sign=sign)


@in_turn
def give_back(job: Job, student: str, entry: str, note: str, sign: Sign | None = None) -> Done:
    """Returns one entry, as it is now, with a kind reason that the family reads."""
    school = _read_decided(job)
    mine = (one for one in school.students if one.id == student)
    found = next((e for one in mine for e in one.entries if e.id == entry), None)
    if found is None:
        raise Trouble(
            Text(f"у {quote(student)} нет записи {quote(entry)}",
                 f"{quote(student)} has no entry {quote(entry)}"),
            Text("id записи — последнее слово в имени её папки",
                 "an entry's id is the last word of its folder's name"),
        )  # fmt: skip
    digest = digest_entry(found, digests_of(school, found))
    asked = Asked(student=student, entry=entry, digest=digest, state="returned", note=note)
    return _decide(job, school, (asked,), write=True, sign=sign)


def _read_decided(job: Job) -> School:
    """The school that is decided about: of students with a repository of their own what was last
    put before the teacher, though it is not approved yet."""
    school, sources = read_school(job)[0], read_sources(job.portfolios)
    if sources is None or not sources.sources:
        return school
    with open_reviewed(job) as sides:
        reviewed = load(sides.after, job.home / "schema").school
    return _with_seen(school, reviewed, sides.students or frozenset()) if reviewed else school


def _with_seen(school: School, reviewed: School, looked_at: Set[str]) -> School:
    """The same with these students' entries and scans as they were put before the teacher."""
    seen = {one.id: one for one in reviewed.students if one.id in looked_at}
    students = tuple(seen.get(one.id, one) for one in school.students)
    kept = {file: scan for file, scan in school.scans.items() if owner_of(file) not in seen}
    shown = {file: scan for file, scan in reviewed.scans.items() if owner_of(file) in seen}
    return school.model_copy(update={"students": students, "scans": kept | shown})


def _decide(
    job: Job, school: School, asked: Iterable[Asked], *, write: bool, sign: Sign | None
) -> Done:
    today = job.today(school.settings)
    person, _ = require_person(job, school, today)
    fitting, refused = list[tuple[str, Confirmation]](), list[Refused]()
    for one in asked:
        weighed = weigh(school, one, person.id, today)
        if isinstance(weighed, Refused):
            refused.append(weighed)
        else:
            signed = sign(school, one.student, weighed) if sign and write else None
            fitting.append((one.student, weighed.model_copy(update={"signature": signed})))
    if write:
        lines = ((student, written(decision)) for student, decision in fitting)
        write_changes(job.portfolios, added(job.portfolios, lines))
    return Done(tuple(fitting), tuple(refused))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble(
            Text(f"файл {quote(file)} не открывается", f"{quote(file)} cannot be opened"),
            Text("назовите файл, который сохранила страница проверки, чаще всего он в «Загрузках»",
                 "name the file that the page has saved, mostly among the downloads"),
        ) from error  # fmt: skip
