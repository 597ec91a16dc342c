"""One student -> a folder and an archive for the family. What is theirs, and can go with them?"""

import datetime as dt
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.decide import begin_level, decide_student, find_floor
from generator.diagnostic import Lang, Text, quote
from generator.flow.job import Found, Job, find_mistakes
from generator.flow.marks import owner_of
from generator.flow.private import private_room, published_by
from generator.flow.register import begin, note, require_person
from generator.flow.scans import scans_in
from generator.media import Means, prepare
from generator.model.edition import Decision, Edition, Share
from generator.model.school import LEVELS, School
from generator.model.student import Student
from generator.pages import read_templates
from generator.pages.preview import Sitting
from generator.pages.takeaway import (
    ORIGINALS,
    Leaving,
    Original,
    Taken,
    compose_read_me,
    compose_takeaway,
)
from generator.say import near_or
from generator.seal.master import refuse_public
from generator.shell import build as build_shells
from generator.source import read_bytes
from generator.trouble import Trouble
from generator.whole import (
    NEW,
    bytes_of,
    clearing,
    make_private,
    refuse_file,
    write_folder,
    writing,
)

_SOMEBODY = "someone-else"
"""Stands in the copy of a record where another student of the school is named by id."""


@dataclass(frozen=True)
class Granted:
    """What the family may see of its child, and on which day."""

    share: Share
    edition: Edition
    decision: Decision
    day: dt.date


def make_takeaway(job: Job, whom: str, room: Path | None) -> tuple[Path, Path] | Found:
    """A folder and the same as a zip in `room` (None: in the private folder): all that is a
    student's own, readable without us. That it was made is registered (R-117, R-137).

    With mistakes in the files of the student or the school nothing is made but told of these.
    """
    found = _of(find_mistakes(job), whom)
    if not found.is_fine or found.school is None:
        return found
    school, today = found.school, found.today
    student = _find(school, whom)
    _, order = require_person(job, school, today)
    granted = _grant(school, student, today)
    name = f"{whom}-{granted.day}"
    place = room or private_room(job, school.settings) / "takeaway"
    folder, archive = place / name, place / f"{name}.zip"
    for one in (folder, archive):
        refuse_public(one, published_by(job), "--to")
        _refuse_taken(one)
    refuse_file(place)
    files = dict(sorted(_gather(job, school, granted)))
    drafts = place / f".{name}.new", place / f".{name}.zip.new"
    with writing(place), clearing(*drafts):
        make_private(place)
        shutil.rmtree(drafts[0], ignore_errors=True)
        write_folder(drafts[0], files.items())
        _write_zip(drafts[1], name, files.items())
        _note(job, school, whom, order)
        drafts[0].rename(folder)
        drafts[1].rename(archive)
    return folder, archive


def _note(job: Job, school: School, whom: str, order: str) -> None:
    home = (f"family:{whom}",)
    given = replace(begin(job, "export"), about=(whom,), audiences=home, basis=order)
    note(job, school, replace(given, details={"kind": "takeaway"}))


def _of(found: Found, whom: str) -> Found:
    """The same with what is said of the student and the school alone."""
    own = (one for one in found.diagnostics if owner_of(one.place.file) in ("", whom))
    return replace(found, diagnostics=tuple(own))


def _find(school: School, whom: str) -> Student:
    students = {one.id: one for one in school.students}
    if whom not in students:
        otherwise = Text("назовите папку ученика из records", "name a student's folder in records")
        raise Trouble(
            Text(f"нет ученика {quote(whom)}", f"there is no student {quote(whom)}"),
            near_or(whom, sorted(students), otherwise),
        )
    return students[whom]


def _grant(school: School, student: Student, today: dt.date) -> Granted:
    """What the family sees today; of somebody who has left, what it saw on the day before."""
    left = student.record.left
    day = min(today, left - dt.timedelta(days=1)) if left else today
    for level in LEVELS:
        floor = find_floor(school, level, day)
        for subject in floor.subjects:
            if subject.student.id == student.id:
                share = decide_student(floor, subject)
                own = next(one for one in share.editions if one.tier == "family")
                return Granted(share, own, _alone(begin_level(floor)), day)
    raise Trouble(
        Text("в этот день портфолио не показывали никому: нет согласия, ученика нет в классе, "
             "или доступ закрыт",
             "on this day the portfolio was shown to nobody: no consent, no class, or suspended"),
        Text("назовите день, когда его показывали: `--date ГГГГ-ММ-ДД`",
             "name a day on which it was shown: `--date YYYY-MM-DD`"),
    )  # fmt: skip


def _alone(decision: Decision) -> Decision:
    """The same without a link to pages that lie elsewhere: a copy outlives them."""
    about = decision.about
    return replace(decision, about=about and replace(about, handbook=""))


def _gather(job: Job, school: School, granted: Granted) -> Iterator[Taken]:
    language, edition = school.settings.language, granted.edition
    scans, cache = scans_in((edition,)), private_room(job, school.settings) / "cache"
    made = prepare(scans, job.portfolios, cache / "media", job.progress, Means(all_of_them=False))
    theme = job.home / "theme"
    sitting = Sitting(
        granted.share,
        granted.decision,
        made.leaves,
        build_shells(job.home, cache / "shell", language),
        read_templates(theme, language),
    )
    originals = dict(_originals(edition, sitting.decision.language))
    leaving = Leaving(sitting, edition, granted.day, tuple(originals.values()))
    yield from compose_takeaway(leaving)
    yield "README.txt", compose_read_me(leaving, theme)
    for digest, one in ((scan.digest, originals.get(scan.path)) for scan in scans):
        if one and not one.kept_back:
            source = job.portfolios / "students" / edition.student / one.path
            yield f"{ORIGINALS}/{one.path}", _as_shown(source, digest)
    yield from _records(job, school, edition.student)


def _originals(edition: Edition, language: Lang) -> Iterator[tuple[str, Original]]:
    """Path of a scan that lies with the student's own works -> what is told of it.

    What a collective brought shows other children: it is on the page and nowhere else.
    """
    own = f"students/{edition.student}/"
    for entry in edition.entries:
        for scan in entry.scans:
            if scan.path.startswith(own):
                path = scan.path.removeprefix(own)
                says = scan.description or scan.document.get(language)
                yield scan.path, Original(entry.title, says, path, bool(scan.masks))


def _as_shown(source: Path, digest: str) -> bytes:
    content = source.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise Trouble(
            Text(f"файл `{source}` только что изменили", f"`{source}` was changed just now"),
            Text("повторите команду", "run the command again"),
        )
    return content


def _records(job: Job, school: School, whom: str) -> Iterator[Taken]:
    """The student's own records as they are written, but for the ids of other students."""
    others = sorted((one.id for one in school.students if one.id != whom), key=len, reverse=True)
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, others)) or '(?!)'})(?![\w-])")
    student, top = next(one for one in school.students if one.id == whom), f"students/{whom}/"
    # Those that were read, and no others: a hidden folder may be a link to somebody else's.
    for record in (student.portfolio, *student.entries):
        raw = read_bytes(job.portfolios, record.file)
        if isinstance(raw, bytes):
            text = named.sub(_SOMEBODY, raw.decode("utf-8-sig"))
            yield f"{ORIGINALS}/{record.file.removeprefix(top)}", text.encode()


def _refuse_taken(place: Path) -> None:
    if place.exists() or place.is_symlink():
        raise Trouble(
            Text(f"копия уже есть: `{place}`", f"there is a copy already: `{place}`"),
            Text("удалите её или назовите другую папку: `--to ПАПКА`",
                 "delete it, or name another folder: `--to FOLDER`"),
        )  # fmt: skip


def _write_zip(archive: Path, top: str, files: Iterable[Taken]) -> None:
    """The same bytes for the same files: no clock, no owner, nothing that depends on a packer."""
    archive.unlink(missing_ok=True)
    with (
        os.fdopen(os.open(archive, os.O_RDWR | NEW, 0o600), "w+b") as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed,
    ):
        for name, content in files:
            entry = zipfile.ZipInfo(f"{top}/{name}")
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            packed.writestr(entry, bytes_of(content))
