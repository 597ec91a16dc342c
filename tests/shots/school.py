"""The sample school for pictures. Is it built, and who opens which of its pages?"""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from generator.model.shown import Level
from tests.sample import Sample, build_sample, taken


class Readers(NamedTuple):
    """Those of a level whose pages have the most on them: audiences and a student."""

    student: str
    family: str
    room: str
    level: str
    teacher: str
    staff: str
    commission: str = ""


READERS: dict[Level, Readers] = {
    "primary": Readers(
        "belova-anna",
        "family:belova-anna/mama",
        "class:2026-27:4a",
        "level:primary",
        "teacher:orlova",
        "staff:primary/lebedeva",
        "commission:primary:2026-27/lebedeva",
    ),
    "basic": Readers(
        "kravtsov-ilya",
        "family:kravtsov-ilya",
        "class:2026-27:9a",
        "level:basic",
        "teacher:ermakov",
        "staff:basic/stepanov",
        "commission:basic:2026-27/morozova",
    ),
    "senior": Readers(
        "asadova-leyla",
        "family:asadova-leyla",
        "class:2026-27:11a",
        "level:senior",
        "teacher:ryabinin",
        "staff:senior/stepanov",
    ),
}


def read_sample() -> Sample:
    """The sample school, built; what an earlier run has built is taken up."""
    work = Path(tempfile.gettempdir()) / "stupeni-shots"
    if (work / "site" / "senior").exists():
        return taken(work)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    return build_sample(work)
