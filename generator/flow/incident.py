"""What staff noticed -> a form for the administration and a line of the register (R-138)."""

from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostic import Text, quote
from generator.flow.job import Job, read_school
from generator.flow.private import private_room, published_by, write_private
from generator.flow.register import begin, require_person
from generator.flow.turn import in_turn
from generator.model.school import School
from generator.model.site import IncidentForm
from generator.pages.papers import compose_incident
from generator.publish import append, read
from generator.seal.master import refuse_public
from generator.trouble import Trouble


@dataclass(frozen=True)
class Incident:
    """What is known already; the rest is written on the form by hand."""

    what: str
    when: str = ""
    noticed: str = ""
    """By whom."""
    whom: tuple[str, ...] = ()
    """Students' ids."""
    told: str = ""
    """Who was told."""


@in_turn
def report_incident(job: Job, incident: Incident) -> Path:
    """A form to print and sign, in the private folder (002 §7.5.5); its file."""
    school, today = read_school(job)
    person, ground = require_person(job, school, today)
    names = _names(school, incident.whom)
    number = 1 + sum(event.what == "incident" for event in read(job.register))
    file = private_room(job, school.settings) / "incidents" / f"{number}-{today}.html"
    refuse_public(file, published_by(job))
    order = person.order_on(today)
    form = IncidentForm(
        school=school.settings.name,
        number=number,
        what=incident.what,
        when=incident.when,
        noticed=incident.noticed,
        whom=names,
        suspended=tuple(
            f"{stop.name} ({stop.since:%d.%m.%Y}): {stop.reason}"
            for stop in school.access.suspended
            if stop.holds_on(today)
        ),
        told=incident.told,
        by=f"{person.name} (№ {order.number})" if order else person.name,
        date=today,
    )
    written = write_private(
        file, compose_incident(form, school.settings.language, job.home / "theme")
    )
    # What happened and who saw it stands on the form: the register keeps ids (002 §7.5.4).
    append(job.register, replace(
        begin(job, "incident"), about=incident.whom, basis=ground, by=person.id,
        details={"number": number},
    ))  # fmt: skip
    return written


def _names(school: School, ids: tuple[str, ...]) -> tuple[str, ...]:
    known = {one.id: one.record.name for one in school.students}
    for one in ids:
        if one not in known:
            raise Trouble(
                Text(f"ученика {quote(one)} нет", f"there is no student {quote(one)}"),
                Text("назовите папку из records/", "name a folder of records/"),
            )
    return tuple(f"{known[one].given} {known[one].surname}" for one in ids)
