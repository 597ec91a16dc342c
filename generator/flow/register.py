"""What happened -> a line of the register, in somebody's name. May that person do it?"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

from generator import __version__
from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.model.edition import Decision
from generator.model.entry import Act
from generator.model.event import Event, What
from generator.model.school import Person, School
from generator.publish import append, stamp, verify
from generator.trouble import Trouble

_NAME = re.compile("[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
_LONGEST_ENDING = 3
_WANTED = Text(
    "назовите сотрудника из school/people.yml, о котором есть действующий приказ: `--by ID` "
    "(или переменная STUPENI_BY)",
    "name a person of school/people.yml with an order in force: `--by ID` (or set STUPENI_BY)",
)


def begin(job: Job, what: What) -> Event:
    """An event of this moment, by whoever runs the job; about nobody yet."""
    return Event(stamp(job.now), what, (), (), "", job.by, f"stupeni {__version__}", {})


def note(job: Job, school: School, event: Event) -> bool:
    """Adds the event to the register; whether it did (a release that is the last already is not).

    Raises `Trouble` when words of its details name somebody.
    """
    refuse_names(school, *(str(value) for value in event.details.values()))
    return append(job.register, event)


def refuse_names(school: School, *words: str) -> None:
    """Raises `Trouble` when these words name somebody: the register keeps ids (002 §7.5.4)."""
    told = " ".join(words)
    if any(_is_called(word, name) for word in _NAME.findall(told) for name in _names(school)):
        raise Trouble(
            Text(f"в журнале не должно быть имён, а здесь назван человек: {quote(told)}",
                 f"the register holds no names, and somebody is named here: {quote(told)}"),
            Text("скажите то же без имени или назовите `id`", "say it without a name, or by `id`"),
        )  # fmt: skip


def _names(school: School) -> Iterator[str]:
    for student in school.students:
        name = student.record.name
        yield from (name.surname, name.given)
        yield from (one.given_by.name.partition(" ")[0] for one in student.consents.consents)
    yield from (person.name.partition(" ")[0] for person in school.staff.people)


def _is_called(word: str, name: str) -> bool:
    """Whether a capitalised word is this name in one of its cases: «Беловой», «Белову»."""
    stem = name.rstrip("аеиойыья")
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING


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
    kind = compartment.partition(":")[0]
    return "family" if kind == "child" else kind


def regulation_of(school: School) -> str:
    """The school's order under which portfolios are kept at all."""
    return f"regulation:{school.settings.regulation.order.date}"


def ground_of(person: Person, order: Act) -> str:
    """The order that appoints somebody; no number of it, because people write those freely."""
    return f"order:{person.id}:{order.date}"


def refuse_broken(job: Job) -> None:
    """Raises `Trouble` when the register was touched: what it says of codes is not believed."""
    found = verify(job.register)
    if not found.is_whole:
        raise Trouble(
            Text(f"журнал `{job.register}` нарушен, строка {found.broken}: {found.why.ru}",
                 f"the register `{job.register}` is broken, line {found.broken}: {found.why.en}"),
            Text("верните его из копии или из Git; посмотреть: `stupeni register verify`",
                 "restore it from a copy or from Git; see: `stupeni register verify`"),
        )  # fmt: skip


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
            _WANTED,
        )  # fmt: skip
    order = person.order_on(today)
    if order is None:
        who = quote(person.id)
        raise Trouble(
            Text(f"о сотруднике {who} сегодня нет действующего приказа",
                 f"no order in force names {who} today"),
            _WANTED,
        )  # fmt: skip
    return person, ground_of(person, order)
