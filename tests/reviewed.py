"""Two states of a small school -> a review of them. What does a teacher get to see?"""

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from generator.flow.job import Job
from generator.flow.review import Reviewed, review_folders
from generator.load import load
from generator.model.kinds import digest_entry
from generator.model.reviewed import Report
from generator.model.state import digests_of
from generator.progress import NOBODY
from tests.sample import ROOT
from tests.world import SCHEMA, TODAY, world

Files = Mapping[str, str | bytes | None]
_DIGEST = re.compile(r"DIGEST\(([a-z0-9]+)\)")


def job_of(portfolios: Path, by: str = "orlova") -> Job:
    """A job on the day of the world."""
    return Job(
        portfolios=portfolios, home=ROOT, output=portfolios.parent / "site",
        private=portfolios.parent / "private", now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
        date=TODAY, by=by, progress=NOBODY, tell=lambda _: None,
    )  # fmt: skip


def bind(root: Path) -> Path:
    """The school, in which `DIGEST(id)` became the digest of that entry as it stands."""
    files = [one for one in root.glob("records/*/confirmations.yml") if "DIGEST" in one.read_text()]
    school = load(root, SCHEMA).school if files else None
    if school is None:
        return root
    digests = {
        entry.id: digest_entry(entry, digests_of(school, entry))
        for student in school.students
        for entry in student.entries
    }
    for file in files:
        text = file.read_text("utf-8")
        file.write_text(_DIGEST.sub(lambda found: digests[found[1]], text), "utf-8")
    return root


def change(root: Path, files: Files) -> Path:
    """The school with these files written, or (None) taken away."""
    for name, content in files.items():
        if content is None:
            (root / name).unlink()
            continue
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else dedent(content).encode()
        (root / name).write_bytes(raw)
    return root


def reviewed(tmp_path: Path, before: Files, after: Files) -> Reviewed:
    """What `after` changes in the smallest whole school with the files of `before`."""
    old, new = bind(world(tmp_path / "before", before)), tmp_path / "after"
    shutil.copytree(old, new)
    change(new, after)
    return review_folders(job_of(new), old, new)


def said(report: Report) -> list[str]:
    """Gravity, code, place and words of everything that is found."""
    return [
        f"{one.severity} {one.code} {one.place.file}:{one.place.line} {one.message.ru}"
        for one in report.findings
    ]
