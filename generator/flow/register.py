"""What happened -> a line of the register, in somebody's name. May that person do it?"""

import datetime as dt
from collections import defaultdict
from pathlib import Path

from generator import __version__
from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.model.edition import Decision
from generator.model.entry import Act
from generator.model.event import Event, What
from generator.model.school import Person, School
from generator.publish import stamp
from generator.trouble import Trouble

_NAME = Text(
    "назовите сотрудника из school/people.yml, о котором есть действующий приказ: `--by ID` "
    "(или переменная STUPENI_BY)",
    "name a person of school/people.yml with an order in force: `--by ID` (or set STUPENI_BY)",
)


def register_of(job: Job) -> Path:
    """Where a school keeps its register."""
    return job.register


def begin(job: Job, what: What) -> Event:
    """An event of this moment, by whoever runs the job; about nobody yet."""
    return Event(stamp(job.now), what, (), (), "", job.by, f"stupeni {__version__}", {})


def grounds_of(decision: Decision, school: School) -> str:
    """On what ground whom was shown something of these students: `class,level@consent:a/first`."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for edition in decision.editions:
        consent = edition.reason.consent
        ground = f"consent:{edition.student}/{consent}" if consent else regulation_of(school)
        kinds[ground] |= {_kind(compartment) for compartment in edition.compartments}
    return " ".join(f"{','.join(sorted(kinds[ground]))}@{ground}" for ground in sorted(kinds))


def _kind(compartment: str) -> str:
    """Whose key opens it: family, class, level, teacher, staff."""
    kind, _, rest = compartment.partition(":")
    return rest.rpartition("/")[2] if kind == "child" else kind


def regulation_of(school: School) -> str:
    """The school's order under which portfolios are kept at all."""
    return f"regulation:{school.settings.regulation.order.date}"


def ground_of(person: Person, order: Act) -> str:
    """The order that appoints somebody; no number of it, because people write those freely."""
    return f"order:{person.id}:{order.date}"


def refuse_stranger(job: Job, school: School, today: dt.date) -> None:
    """Raises `Trouble` when a person is named who is not in people.yml, or without an order."""
    if ":" not in job.by and job.by != "ci":
        require_person(job, school, today)


def require_person(job: Job, school: School, today: dt.date) -> tuple[Person, str]:
    """Whoever answers for a thing that needs authority, and the order (R-060, R-133).

    Raises `Trouble` when nobody is named, or somebody whom no order in force names.
    """
    person = next((one for one in school.staff.people if one.id == job.by), None)
    if person is None:
        who = quote(job.by)
        raise Trouble(
            Text(f"для этого нужен ответственный, а {who} нет в school/people.yml",
                 f"somebody must answer for this, and {who} is not in school/people.yml"),
            _NAME,
        )  # fmt: skip
    order = person.order_on(today)
    if order is None:
        who = quote(person.id)
        raise Trouble(
            Text(f"о сотруднике {who} сегодня нет действующего приказа",
                 f"no order in force names {who} today"),
            _NAME,
        )  # fmt: skip
    return person, ground_of(person, order)
