"""A class, a student or nobody -> papers of consent to print. What does a family sign?"""

from pathlib import Path

from generator.decide.forms import BLANK, make_forms
from generator.diagnostic import Text, quote
from generator.flow.job import Job, read_school
from generator.flow.private import private_room, published_by, write_private
from generator.pages.forms import compose_forms
from generator.seal.master import refuse_public
from generator.trouble import Trouble


def make_consent_forms(job: Job, whom: str) -> Path:
    """Papers of consent and of its withdrawal, in the private folder (R-142, R-143)."""
    school, today = read_school(job)
    room = private_room(job, school.settings) / "consents"
    refuse_public(room, published_by(job))
    forms = make_forms(school, whom, today)
    if forms is None:
        raise Trouble(
            Text(f"нет ни класса, ни ученика {quote(whom)}", f"no class or student {quote(whom)}"),
            Text(f"укажите id класса или ученика этого года, например 4a, или {BLANK}: пустой лист",
                 f"name the id of a class or student of this year, e.g. 4a, or {BLANK} for none"),
        )  # fmt: skip
    return write_private(room / f"{whom}.html", compose_forms(forms, job.home / "theme"))
