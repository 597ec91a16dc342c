"""Student + day -> what their consents grant. To whom, of what, and what was taken back?"""

import datetime as dt
from dataclasses import dataclass

from generator.decide.table import Allowed, Covered, allowed_by, covered_by, lost_by
from generator.model.policy import LADDER
from generator.model.school import School
from generator.model.shown import Withdrawn
from generator.model.student import Student


@dataclass(frozen=True)
class Granted:
    """What the consents of one student grant on a day."""

    allowed: Allowed
    covered: Covered
    withdrawn: Withdrawn | None
    """What was taken back, as far as it is not granted anew."""


def grant(school: School, student: Student, today: dt.date) -> Granted:
    """What the consents allow, and the school's own choice: nothing for everybody unless it says
    so."""
    switches = school.settings.switches
    asked = student.consents.consents, student.record.born, switches.student_signs_from, today
    allowed, lost = dict(allowed_by(*asked)), lost_by(*asked)
    stopped = any(s.name == "public" and s.since <= today for s in school.access.suspended)
    closed = set() if switches.open_information and not stopped else {"public"}
    allowed = {rung: reason for rung, reason in allowed.items() if rung not in closed}
    withdrawn = None
    if lost and allowed and lost[1] - closed:
        widest = max(allowed, key=LADDER.index)
        withdrawn = Withdrawn(lost[0], widest, only_public=lost[1] - closed == {"public"})
    return Granted(allowed, covered_by(*asked), withdrawn)
